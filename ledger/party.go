package ledger

import (
	"strings"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/region"
	"payung/models"
)

// PartyInput is a new party.
type PartyInput struct {
	Kind       string // pemda, bpjs, village, outside
	Name       string
	ShortName  string
	RegionCode string
	Zone       string // "": by the region's province

	Email, Phone, Address, OfficeHours, BankAccount string
}

// CreateParty records a party. Its scope follows from its region: a kabupaten
// owns its rows, a province the rows of its own offices.
func (tx *Tx) CreateParty(in PartyInput) (models.Party, error) {
	p := models.Party{
		ID: newID(), Kind: in.Kind, Name: strings.TrimSpace(in.Name), ShortName: strings.TrimSpace(in.ShortName),
		RegionCode: in.RegionCode, Zone: in.Zone, CreatedAt: tx.micros(),
		Email: in.Email, Phone: in.Phone, Address: in.Address, OfficeHours: in.OfficeHours, BankAccount: in.BankAccount,
	}
	if in.RegionCode != "" {
		if _, ok := region.Find(in.RegionCode); !ok {
			return p, unknownRegion("region_code", in.RegionCode)
		}
		p.Scope = scopeOfRegion(in.RegionCode)
		if p.Zone == "" {
			p.Zone = string(region.ZoneOf(in.RegionCode))
		}
	}
	if p.Kind == "bpjs" {
		// Every government deals with BPJS offices, wherever they sit: all may
		// see them, and only they themselves and the operator change them.
		p.Scope = models.Scope{BranchID: p.ID}
	}
	if _, err := calendar.ParseZone(p.Zone); err != nil {
		return p, fault.New(fault.Invalid, "unknown_zone", "%s", err).On("zone")
	}
	if p.Name == "" {
		return p, missing("name")
	}
	if err := create(tx, p.Scope, p); err != nil {
		return p, err
	}
	return p, tx.audit("party.created", "party", p.ID, p.Scope, map[string]any{"kind": p.Kind, "region": p.RegionCode})
}

func scopeOfRegion(code string) models.Scope {
	return models.Scope{ProvinceCode: region.ProvinceOf(code), RegencyCode: region.RegencyOf(code)}
}

// Party reads one party.
func (tx *Tx) Party(id string) (models.Party, error) {
	return take[models.Party](tx, "parties", "party", id)
}

// Parties lists parties by ID.
func (tx *Tx) Parties(p Page) ([]models.Party, error) {
	var rows []models.Party
	err := tx.from("parties").Where("id > ?", p.After).Order("id").Limit(p.Size).Find(&rows).Error
	return rows, err
}
