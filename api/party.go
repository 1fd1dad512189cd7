package api

import (
	"payung/ledger"
	"payung/models"
)

// PartyInput is a new party.
type PartyInput struct {
	Kind       string `json:"kind" enum:"pemda,bpjs,village,outside"`
	Name       string `json:"name" maxLength:"200"`
	ShortName  string `json:"short_name,omitempty" maxLength:"60"`
	RegionCode string `json:"region_code,omitempty" maxLength:"13"`
	Zone       string `json:"zone,omitempty" enum:"Asia/Jakarta,Asia/Makassar,Asia/Jayapura" doc:"by default that of the region"`

	Email       string `json:"email,omitempty" format:"email" maxLength:"200"`
	Phone       string `json:"phone,omitempty" maxLength:"30"`
	Address     string `json:"address,omitempty" maxLength:"500"`
	OfficeHours string `json:"office_hours,omitempty" maxLength:"200" example:"Senin–Jumat 08.00–16.00"`
	BankAccount string `json:"bank_account,omitempty" maxLength:"100" doc:"of the treasury, for refunds"`
}

// Party is somebody who can make or serve an agreement.
type Party struct {
	ID string `json:"id"`
	PartyInput
}

func partyView(p models.Party) Party {
	return Party{ID: p.ID, PartyInput: PartyInput{
		Kind: p.Kind, Name: p.Name, ShortName: p.ShortName, RegionCode: p.RegionCode, Zone: p.Zone,
		Email: p.Email, Phone: p.Phone, Address: p.Address, OfficeHours: p.OfficeHours, BankAccount: p.BankAccount,
	}}
}

func partyRoutes(s *server) {
	create(s, PolicyWrite, "/parties", "create-party", "Record a party",
		func(tx *ledger.Tx, in *Sent[PartyInput]) (Party, error) {
			p, err := tx.CreateParty(ledger.PartyInput(in.Body))
			return partyView(p), err
		})
	read(s, PolicyRead, "/parties", "list-parties", "List parties",
		func(tx *ledger.Tx, in *PageQuery) (List[Party], error) {
			return paged(*in, tx.Parties, func(p models.Party) string { return p.ID }, partyView)
		})
	read(s, PolicyRead, "/parties/{id}", "get-party", "One party",
		func(tx *ledger.Tx, in *ByID) (Party, error) {
			p, err := tx.Party(in.ID)
			return partyView(p), err
		})
}
