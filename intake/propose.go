package intake

import (
	"context"
	"strings"

	"payung/domain/cell"
	"payung/domain/match"
	"payung/domain/nik"
	"payung/domain/region"
	"payung/domain/roster"
	"payung/ledger"
	"payung/models"
	"payung/sheet"
)

// clues is what a file that came without a word says about whose it is.
type clues struct {
	match.Evidence
	districts []string // region codes of kecamatan, by the NIKs
	identity  [][2]string
}

// lookAt is how many rows of a list are read to find out whose it is.
const lookAt = 300

// gather reads the beginning of a book for clues.
func gather(ctx context.Context, book sheet.Book, seen *clues) error {
	if at := sheetNamed(book, roster.IdentitySheet); at >= 0 {
		pairs, err := readPairs(ctx, book, at)
		if err != nil {
			return err
		}
		seen.identity = pairs
	}
	list, err := choose(ctx, book, "")
	if err != nil || list.at < 0 {
		return err
	}
	at, guess := list.at, list.guess
	village, hasVillage := guess.Mapping.Columns[roster.Village]
	number, hasNIK := guess.Mapping.Columns[roster.NIK]
	rows := 0
	return peek(ctx, book, at, func(r *cell.Row) bool {
		if r.Number < max(guess.Mapping.HeadFrom, 1) {
			for _, c := range r.Cells {
				if c.Kind == cell.Text {
					seen.Titles = append(seen.Titles, string(c.Value))
				}
			}
			return true
		}
		if r.Number <= guess.Mapping.HeadTo {
			return true
		}
		if hasVillage {
			seen.Villages = append(seen.Villages, string(r.At(village).Value))
		}
		if hasNIK {
			if n := strings.TrimSpace(string(r.At(number).Value)); len(n) >= nik.Length {
				seen.districts = append(seen.districts, n[:2]+"."+n[2:4]+"."+n[4:6])
			}
		}
		rows++
		return rows < lookAt
	})
}

// propose ranks the units a file may belong to.
func propose(tx *ledger.Tx, u models.Upload, f File, seen clues) ([]ledger.Proposed, error) {
	if id, bad := roster.ParseIdentity(seen.identity); len(bad) == 0 {
		return []ledger.Proposed{{UnitID: id.Unit, ObligationID: id.Obligation, Points: 100, Sure: true, Reasons: []string{"identity"}}}, nil
	}
	units, err := unitsOf(tx, f.PemdaPartyID)
	if err != nil {
		return nil, err
	}
	var owing, districts []match.Candidate
	byCode := map[string]string{}
	for _, unit := range units {
		c := match.Candidate{ID: unit.ID, Name: unit.Name, Group: unit.ParentID, Kind: match.Kind(unit.Kind)}
		if unit.Kind == "kecamatan" {
			districts = append(districts, c)
			byCode[unit.RegionCode] = unit.ID
		} else {
			owing = append(owing, c)
		}
	}
	for _, code := range seen.districts {
		if id := byCode[code]; id != "" {
			seen.Districts = append(seen.Districts, id)
		}
	}
	if seen.Senders, err = tx.PhoneOwners(f.PemdaPartyID, f.Sender); err != nil {
		return nil, err
	}
	if tx.Actor().Reach == ledger.Units && u.UnitID != "" {
		seen.Senders = append(seen.Senders, u.UnitID)
	}
	found, verdict := match.New(owing).Propose(seen.Evidence, match.New(districts))
	out := make([]ledger.Proposed, len(found))
	for i, p := range found {
		out[i] = ledger.Proposed{UnitID: p.ID, Points: p.Points, Sure: i == 0 && verdict == match.Sure}
		for _, r := range p.Reasons {
			out[i].Reasons = append(out[i].Reasons, r.Code)
		}
	}
	return out, nil
}

// unitsOf are all units of a government that exist.
func unitsOf(tx *ledger.Tx, partyID string) ([]models.Unit, error) {
	var all []models.Unit
	for after := ""; ; {
		part, err := tx.Units(ledger.UnitFilter{PartyID: partyID}, ledger.Page{After: after, Size: 1000})
		if err != nil || len(part) == 0 {
			return all, err
		}
		all, after = append(all, part...), part[len(part)-1].ID
	}
}

// district reports whether there is a kecamatan of a code.
func district(code string) bool { _, ok := region.Find(code); return ok }
