package api

import "payung/ledger"

// Across is somebody who stands on lists of several kabupaten in one year.
type Across struct {
	PersonID string        `json:"person_id" doc:"as the first of them knows them"`
	Places   []AcrossPlace `json:"places"`
}

// AcrossPlace is one of the lists.
type AcrossPlace struct {
	PersonID      string `json:"person_id" doc:"each kabupaten has its own"`
	RegencyCode   string `json:"regency_code"`
	UnitID        string `json:"unit_id"`
	UnitName      string `json:"unit_name"`
	ObligationID  string `json:"obligation_id"`
	AgreementID   string `json:"agreement_id"`
	GroupCode     string `json:"group_code"`
	FundingSource string `json:"funding_source"`
	Name          string `json:"name"`
	NIK           string `json:"nik,omitempty" doc:"the last four digits behind a mask"`
	Born          string `json:"born,omitempty"`
}

// AcrossQuery asks for a year.
type AcrossQuery struct {
	PageQuery
	Year int `query:"year" required:"true" minimum:"2004" maximum:"2100"`
}

func acrossRegencies(tx *ledger.Tx, in *AcrossQuery) (List[Across], error) {
	rows := func(p ledger.Page) ([]ledger.Across, error) { return tx.Across(in.Year, p) }
	return paged(in.PageQuery, rows, func(a ledger.Across) string { return a.ID }, func(a ledger.Across) Across {
		return Across{PersonID: a.ID, Places: each(a.Places, func(p ledger.AcrossPlace) AcrossPlace {
			return AcrossPlace{
				PersonID: p.PersonID, RegencyCode: p.RegencyCode, UnitID: p.UnitID, UnitName: p.UnitName, ObligationID: p.ObligationID, AgreementID: p.AgreementID,
				GroupCode: p.GroupCode, FundingSource: p.FundingSource, Name: p.Name, NIK: "************" + p.NIKLast4, Born: p.Born,
			}
		})}
	})
}
