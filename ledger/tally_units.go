package ledger

import (
	"slices"
	"strings"

	"payung/domain/match"
	"payung/domain/region"
	"payung/domain/tally"
	"payung/models"
)

// units records what the recap names and the register lacks: kecamatan first,
// then villages below them, then offices, each with the post of its head.
func (a *applying) units() error {
	wanted := map[string]bool{}
	for _, r := range a.s.Rows {
		if r.ID != "" {
			wanted[r.ID] = true
		}
	}
	for id := range wanted {
		if a.reg.units[id].ID != "" {
			a.out.Units.Unchanged++
		}
	}
	var districts, villages []region.Region
	for _, d := range region.Children(a.reg.region) {
		below := region.Children(d.Code)
		needed := wanted[d.Code]
		for _, v := range below {
			// All desa are asked for lists; a kelurahan is part of the town's own
			// administration and counts where the recap names it.
			if wanted[v.Code] || a.t.Kind == string(tally.Villages) && v.Kind != region.Ward {
				needed = true
				if a.reg.units[v.Code].ID == "" {
					villages = append(villages, v)
				}
			}
		}
		if needed && a.reg.units[d.Code].ID == "" {
			districts = append(districts, d)
		}
	}
	coordinator, err := a.coordinator()
	if err != nil {
		return err
	}
	if err := a.create(districts, func(d region.Region) UnitInput {
		return UnitInput{Kind: "kecamatan", Name: d.FullName(), RegionCode: d.Code, HeadTitle: "Camat " + d.Name, ReportsTo: coordinator}
	}); err != nil {
		return err
	}
	if err := a.create(villages, func(v region.Region) UnitInput {
		in := UnitInput{Kind: "desa", Name: v.FullName(), RegionCode: v.Code, HeadTitle: "Kepala Desa " + v.Name, ParentUnitID: a.reg.units[region.Parent(v.Code)].ID}
		if v.Kind == region.Ward {
			in.Kind, in.HeadTitle = "kelurahan", "Lurah "+v.Name
		}
		return in
	}); err != nil {
		return err
	}
	return a.offices(coordinator)
}

// coordinator is the post heads of offices and camat report to: the Sekda, where
// there is one.
func (a *applying) coordinator() (string, error) {
	var found []models.Post
	err := a.tx.db.Where("party_id = ? AND role IN ('sekda', 'coordinator') AND valid_to = ''", a.t.PartyID).Order("role DESC, id").Limit(1).Find(&found).Error
	if err != nil || len(found) == 0 {
		return "", err
	}
	return found[0].ID, nil
}

func (a *applying) create(list []region.Region, input func(region.Region) UnitInput) error {
	if len(list) == 0 {
		return nil
	}
	in := make([]UnitInput, len(list))
	for i, r := range list {
		in[i] = input(r)
	}
	made, err := a.tx.CreateUnits(a.t.PartyID, in)
	if err != nil {
		return err
	}
	for _, u := range made {
		a.reg.units[u.RegionCode] = u
	}
	a.out.Units.Created += len(made)
	return nil
}

// offices records those that are new, once for each name.
func (a *applying) offices(coordinator string) error {
	a.made = map[string]models.Unit{}
	var in []UnitInput
	for _, r := range a.s.Rows {
		name := tally.TitleCase(r.Name)
		if r.New && !slices.ContainsFunc(in, func(u UnitInput) bool { return u.Name == name }) {
			in = append(in, UnitInput{Kind: "opd", Name: name, HeadTitle: tally.HeadOf(name), ReportsTo: coordinator})
		}
	}
	if len(in) == 0 {
		return nil
	}
	made, err := a.tx.CreateUnits(a.t.PartyID, in)
	for _, u := range made {
		a.made[u.Name] = u
	}
	a.out.Units.Created += len(made)
	return err
}

// unit is the unit of a row or of its facts.
func (a *applying) unit(id, name string) models.Unit {
	if id != "" {
		return a.reg.units[id]
	}
	return a.made[tally.TitleCase(name)]
}

// nppKey is a number of an employer as it is remembered.
func nppKey(npp string) string { return match.Key(strings.TrimSpace(npp)) }
