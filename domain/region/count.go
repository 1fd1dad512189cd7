package region

// Counts are numbers of regions below one region, on every level. Villages
// includes desa adat, as the decree's own totals do.
type Counts struct {
	Provinces         int `json:"provinces"`
	Regencies         int `json:"regencies"`
	Cities            int `json:"cities"`
	Districts         int `json:"districts"`
	Villages          int `json:"villages"`
	CustomaryVillages int `json:"customary_villages"` // of the Villages
	Wards             int `json:"wards"`
}

// Count counts what lies below a code, or in the whole country for the empty
// code. Below an unknown code there is nothing.
func Count(code string) Counts {
	var c Counts
	for _, r := range loaded().below(code) {
		switch r.key.kind() {
		case Province:
			c.Provinces++
		case Regency:
			c.Regencies++
		case City:
			c.Cities++
		case District:
			c.Districts++
		case Village:
			c.Villages++
		case CustomaryVillage:
			c.Villages++
			c.CustomaryVillages++
		case Ward:
			c.Wards++
		}
	}
	return c
}
