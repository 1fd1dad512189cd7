package web

import (
	"cmp"
	"slices"
	"strings"

	"payung/domain/fault"
	"payung/ledger"
	"payung/models"
)

// unitNames are units with the names that tell them apart.
type unitNames struct {
	units   map[string]models.Unit
	regions []string
	first   map[string]string // kecamatan of a unit, by its ID
}

// unitsOf reads the units of the governments that files are for.
func (v *visit) unitsOf(tx *ledger.Tx, rows []models.Upload, parties []party) (unitNames, error) {
	p := unitNames{units: map[string]models.Unit{}, first: map[string]string{}}
	for _, u := range rows {
		if !slices.Contains(p.regions, u.RegencyCode) {
			p.regions = append(p.regions, u.RegencyCode)
		}
	}
	for _, of := range parties {
		if !slices.Contains(p.regions, of.Region) {
			continue
		}
		for after := ""; ; {
			part, err := tx.Units(ledger.UnitFilter{PartyID: of.ID}, ledger.Page{After: after, Size: 1000})
			if err != nil {
				return p, err
			}
			for _, u := range part {
				p.units[u.ID] = u
				after = u.ID
			}
			if len(part) < 1000 {
				break
			}
		}
	}
	for id, u := range p.units {
		if parent := p.units[u.ParentID]; parent.Kind == "kecamatan" {
			p.first[id] = parent.Name
		}
	}
	return p, nil
}

func (p unitNames) kecamatan(unitID string) string { return p.first[unitID] }

// called is the name of a unit with its kecamatan.
func (p unitNames) called(unitID string) string {
	u, ok := p.units[unitID]
	switch {
	case !ok:
		return ""
	case p.first[unitID] != "":
		return u.Name + ", " + p.first[unitID]
	}
	return u.Name
}

// lists are the names to choose from, by government.
func (p unitNames) lists() []unitList {
	byRegion := map[string][]string{}
	for id, u := range p.units {
		if u.Kind != "kecamatan" && u.ValidTo == "" {
			byRegion[u.RegencyCode] = append(byRegion[u.RegencyCode], p.called(id))
		}
	}
	var out []unitList
	for _, r := range p.regions {
		slices.Sort(byRegion[r])
		out = append(out, unitList{r, byRegion[r]})
	}
	return out
}

// find is the unit of a region that somebody typed: its name with its kecamatan,
// or its name alone where no other unit has it.
func (p unitNames) find(region, typed string) (string, error) {
	plain := func(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }
	whole, alone, several := "", "", false
	for id, u := range p.units {
		if u.RegencyCode != region {
			continue
		}
		if plain(p.called(id)) == plain(typed) {
			whole = id
		}
		if plain(u.Name) == plain(typed) {
			several = alone != ""
			alone = id
		}
	}
	if whole == "" && several {
		return "", fault.New(fault.Invalid, "several_units_named_so", "several units have that name: add the kecamatan").On("unit")
	}
	if found := cmp.Or(whole, alone); found != "" {
		return found, nil
	}
	return "", fault.New(fault.Invalid, "no_unit_named_so", "no office or village has that name: choose one from the list").On("unit")
}
