// Package region knows the government regions of Indonesia from province down
// to village, by the codes of the Ministry of Home Affairs (Kemendagri).
//
// A code is written with dots: "74" is a province, "74.05" a kabupaten or kota,
// "74.05.01" a kecamatan and "74.05.01.2001" a desa or kelurahan. The empty
// code stands for the whole country where a function says so.
//
// The table, its origin and its licence (ODbL 1.0) are described in
// data/SOURCE.md and told by [Dataset]. It is unpacked on first use and then
// kept; looking up never fails but for a code that is not in the table.
package region

// Kind is what a region is in law, in the words of the offices.
type Kind string

// The kinds. The code tells them apart: in Permendagri 137/2017 the second part
// of a kabupaten's code runs from 01 and that of a kota from 71, and the last
// part begins with 1 for a kelurahan, 2 for a desa, 3 for a desa adat.
const (
	Province         Kind = "provinsi"
	Regency          Kind = "kabupaten"
	City             Kind = "kota"
	District         Kind = "kecamatan" // "distrik" in Papua
	Village          Kind = "desa"
	Ward             Kind = "kelurahan" // part of the town's own administration, with no budget of its own
	CustomaryVillage Kind = "desa adat"
)

// Region is one region. Name is written as offices write it: a kota keeps its
// word ("Kota Kendari"), everything else goes without ("Konawe Selatan").
// Names repeat, even inside one kabupaten; only Code identifies.
type Region struct {
	Code string `json:"code"`
	Name string `json:"name"`
	Kind Kind   `json:"kind"`
}

// FullName is the name with the word for its kind in front, such as "Kabupaten
// Konawe Selatan" or "Desa Wunduhaka". Local words (gampong, nagari, kampung)
// are not in the table.
func (r Region) FullName() string {
	switch r.Kind {
	case Province:
		return "Provinsi " + r.Name
	case Regency:
		return "Kabupaten " + r.Name
	case District:
		return "Kecamatan " + r.Name
	case Village:
		return "Desa " + r.Name
	case Ward:
		return "Kelurahan " + r.Name
	case CustomaryVillage:
		return "Desa Adat " + r.Name
	default:
		return r.Name
	}
}

// Find is the region with that code. It is false for codes that are not
// well-formed and for those not in force, see [Changed].
func Find(code string) (Region, bool) {
	k, ok := parseKey(code)
	if !ok {
		return Region{}, false
	}
	t := loaded()
	i, ok := t.search(k)
	if !ok {
		return Region{}, false
	}
	return t.region(t.rows[i]), true
}

// Children are the regions directly below, in order of code. Below the empty
// code are the provinces; below a village or an unknown code there is nothing.
func Children(code string) []Region {
	t := loaded()
	rows := t.below(code)
	var children []Region
	for len(rows) > 0 {
		child := rows[0]
		children = append(children, t.region(child))
		rows = rows[t.span(rows, child.key):]
	}
	return children
}
