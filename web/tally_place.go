package web

import (
	"payung/domain/fault"
	"payung/domain/region"
	"payung/ledger"
)

// regencies are the kabupaten and kota that the visitor may hand in recaps for.
func regencies(a ledger.Actor) []string {
	var out []string
	for _, p := range region.Children("") {
		if a.ProvinceCode != "" && a.ProvinceCode != p.Code {
			continue
		}
		for _, r := range region.Children(p.Code) {
			if a.RegencyCode == "" || a.RegencyCode == r.Code {
				out = append(out, r.FullName())
			}
		}
	}
	return out
}

// government finds the party of a kabupaten or kota by its name, or records it:
// the first recap of a region needs nothing before it.
func government(tx *ledger.Tx, name string) (string, error) {
	var found []region.Region
	for _, r := range region.ByName(name, "") {
		if r.Kind == region.Regency || r.Kind == region.City {
			found = append(found, r)
		}
	}
	if len(found) != 1 {
		return "", fault.New(fault.Invalid, "which_regency", "write the full name of one kabupaten or kota, such as Kabupaten Konawe Selatan").On("regency")
	}
	parties, err := tx.Parties(ledger.Page{Size: 1000})
	if err != nil {
		return "", err
	}
	for _, p := range parties {
		if p.Kind == "pemda" && p.RegionCode == found[0].Code {
			return p.ID, nil
		}
	}
	p, err := tx.CreateParty(ledger.PartyInput{Kind: "pemda", Name: found[0].FullName(), RegionCode: found[0].Code})
	return p.ID, err
}
