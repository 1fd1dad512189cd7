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
}

// Party is somebody who can make or serve an agreement.
type Party struct {
	ID         string `json:"id"`
	Kind       string `json:"kind"`
	Name       string `json:"name"`
	ShortName  string `json:"short_name,omitempty"`
	RegionCode string `json:"region_code,omitempty"`
	Zone       string `json:"zone"`
}

func partyView(p models.Party) Party {
	return Party{ID: p.ID, Kind: p.Kind, Name: p.Name, ShortName: p.ShortName, RegionCode: p.RegionCode, Zone: p.Zone}
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
