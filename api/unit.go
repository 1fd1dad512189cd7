package api

import (
	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/region"
	"payung/ledger"
	"payung/models"
)

// UnitInput is a new unit with the post of its head.
type UnitInput struct {
	Kind         string `json:"kind" enum:"opd,kecamatan,desa,kelurahan,secretariat,desk"`
	Role         string `json:"role,omitempty" maxLength:"40" doc:"what it does for the agreement: personnel_lead, village_lead, …"`
	Name         string `json:"name" maxLength:"200"`
	RegionCode   string `json:"region_code,omitempty" maxLength:"13"`
	ParentUnitID string `json:"parent_unit_id,omitempty" maxLength:"64"`
	HeadTitle    string `json:"head_title" maxLength:"200" example:"Kepala Dinas Kesehatan"`
	ReportsTo    string `json:"reports_to,omitempty" maxLength:"64" doc:"post above the head; by default the head of the parent unit"`
	ValidFrom    string `json:"valid_from,omitempty" format:"date"`
}

// UnitsInput is many units at once; all of them are recorded or none.
type UnitsInput struct {
	Units []UnitInput `json:"units" minItems:"1" maxItems:"2000"`
}

// Unit is an office or a village that can owe something.
type Unit struct {
	ID         string `json:"id"`
	PartyID    string `json:"party_id"`
	ParentID   string `json:"parent_unit_id,omitempty"`
	Kind       string `json:"kind"`
	Role       string `json:"role,omitempty"`
	Name       string `json:"name"`
	RegionCode string `json:"region_code,omitempty"`
	ValidFrom  string `json:"valid_from,omitempty" format:"date"`
	ValidTo    string `json:"valid_to,omitempty" format:"date"`
}

func unitView(u models.Unit) Unit {
	return Unit{
		ID: u.ID, PartyID: u.PartyID, ParentID: u.ParentID, Kind: u.Kind, Role: u.Role, Name: u.Name,
		RegionCode: u.RegionCode, ValidFrom: u.ValidFrom, ValidTo: u.ValidTo,
	}
}

// UnitQuery narrows a list of units.
type UnitQuery struct {
	Page
	Kind string `query:"kind" maxLength:"40"`
	On   string `query:"on" format:"date" doc:"only units that exist on that day"`
}

// RegionUnitsInput asks for the units of a whole kabupaten or kota.
type RegionUnitsInput struct {
	RegionCode string `json:"region_code" maxLength:"13" example:"74.05"`
	ReportsTo  string `json:"reports_to,omitempty" maxLength:"64" doc:"post above the camat"`
	Wards      bool   `json:"wards,omitempty" doc:"kelurahan too"`
	ValidFrom  string `json:"valid_from,omitempty" format:"date"`
}

func unitRoutes(s *server) {
	create(s, PolicyWrite, "/parties/{id}/units", "create-units", "Record units with the posts of their heads",
		func(tx *ledger.Tx, in *Of[UnitsInput]) (List[Unit], error) {
			units, err := tx.CreateUnits(in.ID, each(in.Body.Units, func(u UnitInput) ledger.UnitInput { return ledger.UnitInput(u) }))
			return listed(units, err, unitView)
		})
	create(s, PolicyWrite, "/parties/{id}/units/from-region", "create-units-from-region",
		"Record every kecamatan and desa of a kabupaten as units: kepala desa below camat",
		func(tx *ledger.Tx, in *Of[RegionUnitsInput]) (List[Unit], error) {
			units, err := unitsOfRegion(tx, in.ID, in.Body)
			return listed(units, err, unitView)
		})
	read(s, PolicyRead, "/parties/{id}/units", "list-units", "List a party's units",
		func(tx *ledger.Tx, in *UnitQuery) (List[Unit], error) {
			if _, err := tx.Party(in.ID); err != nil {
				return List[Unit]{}, err
			}
			f := ledger.UnitFilter{PartyID: in.ID, Kind: in.Kind, On: calendar.Day(in.On)}
			rows := func(p ledger.Page) ([]models.Unit, error) { return tx.Units(f, p) }
			return paged(in.PageQuery, rows, func(u models.Unit) string { return u.ID }, unitView)
		})
}

// unitsOfRegion records the kecamatan of a region as units, then its villages
// below them, so that reminders climb from kepala desa to camat.
func unitsOfRegion(tx *ledger.Tx, partyID string, in RegionUnitsInput) ([]models.Unit, error) {
	r, ok := region.Find(in.RegionCode)
	if !ok || r.Kind != region.Regency && r.Kind != region.City {
		return nil, fault.New(fault.Invalid, "not_a_regency", "%s is no kabupaten or kota in force", in.RegionCode).On("region_code").With("code", in.RegionCode)
	}
	districts := region.Children(in.RegionCode)
	made, err := tx.CreateUnits(partyID, each(districts, func(d region.Region) ledger.UnitInput {
		return ledger.UnitInput{Kind: "kecamatan", Name: d.FullName(), RegionCode: d.Code, HeadTitle: "Camat " + d.Name, ReportsTo: in.ReportsTo, ValidFrom: in.ValidFrom}
	}))
	if err != nil {
		return nil, err
	}
	var villages []ledger.UnitInput
	for i, d := range districts {
		for _, v := range region.Children(d.Code) {
			u := ledger.UnitInput{Kind: "desa", Name: v.FullName(), RegionCode: v.Code, ParentUnitID: made[i].ID, HeadTitle: "Kepala Desa " + v.Name, ValidFrom: in.ValidFrom}
			if v.Kind == region.Ward {
				if !in.Wards {
					continue
				}
				u.Kind, u.HeadTitle = "kelurahan", "Lurah "+v.Name
			}
			villages = append(villages, u)
		}
	}
	if len(villages) == 0 {
		return made, nil
	}
	below, err := tx.CreateUnits(partyID, villages)
	return append(made, below...), err
}
