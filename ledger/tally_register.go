package ledger

import (
	"slices"
	"strings"

	"payung/domain/match"
	"payung/domain/region"
	"payung/domain/tally"
	"payung/models"
)

// register is what the names of a government's recaps can mean. Villages and
// kecamatan go by their region codes, whether they are units yet or not; offices
// by the IDs of their units.
type register struct {
	tally.Register
	region string
	places map[string]TallyPlace
	units  map[string]models.Unit // by candidate; none where it is no unit yet
}

// TallyPlace is something a name in a recap can mean.
type TallyPlace struct {
	ID         string // a region code, or the ID of a unit without one
	Name       string
	DistrictID string
	District   string
}

// registerOf reads the register of a party for recaps of a kind.
func (tx *Tx) registerOf(party models.Party, kind tally.Kind) (*register, error) {
	var units []models.Unit
	if err := tx.db.Where("party_id = ? AND valid_to = ''", party.ID).Order("id").Find(&units).Error; err != nil {
		return nil, wrap("units of a party", err)
	}
	r := &register{region: party.RegionCode, places: map[string]TallyPlace{}, units: map[string]models.Unit{}}
	var loose []models.Unit // recorded without a region code
	for _, u := range units {
		if u.RegionCode == "" {
			loose = append(loose, u)
		} else {
			r.units[u.RegionCode] = u
		}
	}
	var districts, villages, offices []match.Candidate
	for _, d := range region.Children(party.RegionCode) {
		districts = append(districts, match.Candidate{ID: d.Code, Name: d.Name, Kind: match.District})
		r.places[d.Code] = TallyPlace{ID: d.Code, Name: d.FullName()}
		loose = r.bind(d, loose, "")
		for _, v := range region.Children(d.Code) {
			villages = append(villages, match.Candidate{ID: v.Code, Name: v.Name, Group: d.Code, Kind: kindOf(v)})
			r.places[v.Code] = TallyPlace{ID: v.Code, Name: v.FullName(), DistrictID: d.Code, District: d.Name}
			loose = r.bind(v, loose, r.units[d.Code].ID)
		}
	}
	above := map[string]string{} // kecamatan by the ID of its unit
	for _, d := range districts {
		above[r.units[d.ID].ID] = d.ID
	}
	for _, u := range loose {
		c := match.Candidate{ID: u.ID, Name: u.Name, Group: above[u.ParentID], Kind: match.Office}
		if u.Kind == "desa" || u.Kind == "kelurahan" || u.Kind == "kecamatan" {
			c.Kind = match.Kind(u.Kind)
			villages = append(villages, c)
		} else {
			c.Group = ""
			offices = append(offices, c)
		}
		r.units[u.ID] = u
		r.places[u.ID] = TallyPlace{ID: u.ID, Name: u.Name, DistrictID: c.Group, District: r.places[c.Group].Name}
	}
	r.Districts = match.New(districts)
	switch kind {
	case tally.Villages:
		r.Places = match.New(villages)
	case tally.Offices:
		r.Places = match.New(append(append(offices, districts...), wards(villages)...))
	default:
		r.Places = match.New(append(append(villages, offices...), districts...))
	}
	return r, nil
}

// bind takes a unit of the same kind, place and name for a region that has none
// yet, so that a village typed by hand does not become two. It returns the
// units that are left.
func (r *register) bind(v region.Region, loose []models.Unit, parentID string) []models.Unit {
	if _, ok := r.units[v.Code]; ok {
		return loose
	}
	for i, u := range loose {
		if u.Kind == string(kindOf(v)) && u.ParentID == parentID && bare(u.Name) == bare(v.Name) {
			r.units[v.Code] = u
			return slices.Delete(slices.Clone(loose), i, i+1)
		}
	}
	return loose
}

// bare is a name without the word for its kind.
func bare(name string) string {
	_, text, _ := strings.Cut(match.Same(name), ":")
	return text
}

func kindOf(v region.Region) match.Kind {
	switch v.Kind {
	case region.Ward:
		return match.Ward
	case region.District:
		return match.District
	default:
		return match.Village
	}
}

func wards(list []match.Candidate) []match.Candidate {
	var out []match.Candidate
	for _, c := range list {
		if c.Kind == match.Ward {
			out = append(out, c)
		}
	}
	return out
}
