package intake

import (
	"maps"
	"slices"
	"strings"

	"payung/domain/match"
	"payung/domain/roster"
	"payung/ledger"
)

// sameVillage is how much a text is to be like the name of a village to mean
// it.
const sameVillage = 0.8

// otherVillage warns of a village's list in which half of the rows or more name
// another village of the kabupaten: it may have been put with the wrong one.
func (r *reader) otherVillage(tx *ledger.Tx) ([]roster.Finding, error) {
	kind := match.Kind(r.Unit.Kind)
	if len(r.villages) == 0 || kind != match.Village && kind != match.Ward {
		return nil, nil
	}
	units, err := unitsOf(tx, r.Agreement.PemdaPartyID)
	if err != nil {
		return nil, err
	}
	var all []match.Candidate
	for _, u := range units {
		if k := match.Kind(u.Kind); k == match.Village || k == match.Ward {
			all = append(all, match.Candidate{ID: u.ID, Name: u.Name, Group: u.ParentID, Kind: k})
		}
	}
	villages := match.New(all)
	others, most, example := 0, 0, ""
	for _, text := range slices.Sorted(maps.Keys(r.villages)) {
		if villages.Alike(text, r.Unit.ID) >= sameVillage {
			continue
		}
		found := villages.Find(match.Query{Text: text})
		if found.Verdict != match.Sure {
			continue // a hamlet, or nothing that is known
		}
		n := r.villages[text]
		if others += n; n > most {
			most, example = n, text
		}
	}
	if others == 0 || 2*others < len(r.places) {
		return nil, nil
	}
	return []roster.Finding{{
		Column: r.column(roster.Village), Field: roster.Village, Level: roster.Warning, Rule: roster.OtherVillage,
		Params: map[string]string{"village": strings.TrimSpace(example), "unit": r.Unit.Name},
	}}, nil
}

// column is where a field stands, -1 if nowhere.
func (r *reader) column(f roster.Field) int {
	if at, ok := r.mapping.Columns[f]; ok {
		return at
	}
	return -1
}
