package api

import (
	"encoding/json"
	"strings"

	"payung/domain/obligation"
	"payung/ledger"
	"payung/models"
)

// AgreementInput is a new agreement, or one that is already under way.
type AgreementInput struct {
	Title          string             `json:"title" maxLength:"300"`
	PemdaPartyID   string             `json:"pemda_party_id" maxLength:"64"`
	BPJSPartyID    string             `json:"bpjs_party_id" maxLength:"64"`
	ServingPartyID string             `json:"serving_party_id,omitempty" maxLength:"64" doc:"the BPJS office that serves it, if another one signs"`
	Zone           string             `json:"zone,omitempty" enum:"Asia/Jakarta,Asia/Makassar,Asia/Jayapura"`
	Ladder         *obligation.Ladder `json:"ladder,omitempty" doc:"policy of reminders; by default a week before, the day before, the day after"`
	CutiIsWorkday  bool               `json:"cuti_is_workday,omitempty" doc:"collective leave does not move a date"`
	ImportedOn     string             `json:"imported_on,omitempty" format:"date" doc:"under way since before: nothing is sent for steps before this day"`
	Historical     bool               `json:"historical,omitempty" doc:"known from sources only: no clock, no reminders"`
	SourceID       string             `json:"source_id,omitempty" maxLength:"64"`
	Lines          []LineInput        `json:"lines,omitempty" maxItems:"50"`
	Numbers        []NumberInput      `json:"numbers,omitempty" maxItems:"10"`
}

// NumberInput is one party's number for an agreement.
type NumberInput struct {
	IssuerPartyID string `json:"issuer_party_id" maxLength:"64"`
	Year          int    `json:"year"`
	Number        string `json:"number" maxLength:"100"`
}

// Agreement is one cooperation agreement (PKS).
type Agreement struct {
	ID             string `json:"id"`
	Title          string `json:"title"`
	PemdaPartyID   string `json:"pemda_party_id"`
	BPJSPartyID    string `json:"bpjs_party_id"`
	ServingPartyID string `json:"serving_party_id,omitempty"`
	Zone           string `json:"zone"`
	CutiIsWorkday  bool   `json:"cuti_is_workday"`
	ImportedOn     string `json:"imported_on,omitempty" format:"date"`
	Historical     bool   `json:"historical"`
	ClosedOn       string `json:"closed_on,omitempty" format:"date"`
	CloseReason    string `json:"close_reason,omitempty"`
	SourceID       string `json:"source_id,omitempty"`
	Version        int64  `json:"version" doc:"orders what its process has heard"`
	CreatedAt      string `json:"created_at" format:"date-time"`
}

// AgreementDetail is an agreement with what hangs on it directly.
type AgreementDetail struct {
	Agreement
	Ladder     obligation.Ladder `json:"ladder"`
	Lines      []Line            `json:"lines"`
	Numbers    []NumberInput     `json:"numbers"`
	Milestones []Milestone       `json:"milestones"`
}

// Milestone is something reached. Signing is never cover.
type Milestone struct {
	Code     string `json:"code" enum:"meeting_held,basis_in_force,signed,year_opened,rosters_in,renewal_decided,terminated"`
	About    string `json:"about,omitempty" doc:"a worker group, a line and year, a year"`
	On       Date   `json:"on"`
	SourceID string `json:"source_id,omitempty"`
}

func agreementView(a models.Agreement) Agreement {
	return Agreement{
		ID: a.ID, Title: a.Title, PemdaPartyID: a.PemdaPartyID, BPJSPartyID: a.BPJSPartyID, ServingPartyID: a.ServingPartyID, Zone: a.Zone,
		CutiIsWorkday: !a.CutiMoves, ImportedOn: a.ImportedOn, Historical: a.Historical, ClosedOn: a.ClosedOn, CloseReason: a.CloseReason,
		SourceID: a.SourceID, Version: a.Version, CreatedAt: instant(a.CreatedAt, a.Zone),
	}
}

func agreementRoutes(s *server) {
	create(s, PolicyWrite, "/agreements", "create-agreement", "Record an agreement, new or under way, with its lines and numbers",
		func(tx *ledger.Tx, in *Sent[AgreementInput]) (AgreementDetail, error) {
			b := in.Body
			a, err := tx.CreateAgreement(ledger.AgreementInput{
				Title: b.Title, PemdaPartyID: b.PemdaPartyID, BPJSPartyID: b.BPJSPartyID, ServingPartyID: b.ServingPartyID, Zone: b.Zone,
				Ladder: b.Ladder, CutiIsWorkday: b.CutiIsWorkday, ImportedOn: b.ImportedOn, Historical: b.Historical, SourceID: b.SourceID,
				Lines: each(b.Lines, LineInput.input), Numbers: each(b.Numbers, func(n NumberInput) ledger.NumberInput { return ledger.NumberInput(n) }),
			})
			if err != nil {
				return AgreementDetail{}, err
			}
			return agreementDetail(tx, a.ID)
		})
	read(s, PolicyRead, "/agreements", "list-agreements", "List agreements",
		func(tx *ledger.Tx, in *PageQuery) (List[Agreement], error) {
			return paged(*in, tx.Agreements, func(a models.Agreement) string { return a.ID }, agreementView)
		})
	read(s, PolicyRead, "/agreements/{id}", "get-agreement", "One agreement with its lines, numbers and milestones",
		func(tx *ledger.Tx, in *ByID) (AgreementDetail, error) { return agreementDetail(tx, in.ID) })
	create(s, PolicyWrite, "/agreements/{id}/numbers", "create-number", "Record a party's number for an agreement",
		func(tx *ledger.Tx, in *Of[NumberInput]) (List[NumberInput], error) {
			if err := tx.AddNumber(in.ID, ledger.NumberInput(in.Body)); err != nil {
				return List[NumberInput]{}, err
			}
			return ofAgreement(tx, in.ID, tx.Numbers, numberView)
		})
	read(s, PolicyRead, "/agreements/{id}/numbers", "list-numbers", "List an agreement's numbers",
		func(tx *ledger.Tx, in *ByID) (List[NumberInput], error) {
			return ofAgreement(tx, in.ID, tx.Numbers, numberView)
		})
}

func numberView(n models.AgreementNumber) NumberInput {
	return NumberInput{IssuerPartyID: n.IssuerPartyID, Year: n.Year, Number: n.Number}
}

func agreementDetail(tx *ledger.Tx, id string) (AgreementDetail, error) {
	a, err := tx.Agreement(id)
	if err != nil {
		return AgreementDetail{}, err
	}
	out := AgreementDetail{Agreement: agreementView(a)}
	if err := json.Unmarshal([]byte(a.Ladder), &out.Ladder); err != nil {
		return out, err
	}
	if out.Lines, err = linesOf(tx, id); err != nil {
		return out, err
	}
	numbers, err := tx.Numbers(id)
	if err != nil {
		return out, err
	}
	out.Numbers = each(numbers, numberView)
	milestones, err := tx.Milestones(id)
	out.Milestones = each(milestones, func(m models.Milestone) Milestone {
		return Milestone{Code: m.Code, About: m.About, On: dateOf(m.OnDay, m.Precision), SourceID: m.SourceID}
	})
	return out, err
}

// listOf splits a comma-separated column.
func listOf(s string) []string {
	if s == "" {
		return []string{}
	}
	return strings.Split(s, ",")
}
