package api

import (
	"payung/domain/enrolment"
	"payung/ledger"
)

// EnrolmentInput opens a batch: the branch's forms have come.
type EnrolmentInput struct {
	YearID       string `json:"year_id" maxLength:"64"`
	FormsOn      string `json:"forms_on,omitempty" format:"date" doc:"when the forms came; by default today"`
	Receipt      string `json:"receipt,omitempty" maxLength:"200" doc:"number of the receipt (tanda terima)"`
	DeskPostID   string `json:"desk_post_id,omitempty" maxLength:"64" doc:"who completes the forms; by default the head of the office that leads the group, else the Sekda"`
	BranchPostID string `json:"branch_post_id,omitempty" maxLength:"64" doc:"who registers; by default a post of the branch that serves"`
	SourceID     string `json:"source_id,omitempty" maxLength:"64"`
}

// Enrolment is a batch of names that goes to the BPJS branch.
type Enrolment struct {
	ID           string       `json:"id"`
	AgreementID  string       `json:"agreement_id"`
	YearID       string       `json:"year_id"`
	Year         int          `json:"year"`
	GroupCode    string       `json:"group_code"`
	Number       int          `json:"number" doc:"of the batch in its year"`
	Stage        string       `json:"stage" enum:"forms,answers,cards,handover,done,unanswered,withdrawn" doc:"whose turn it is"`
	FormsOn      string       `json:"forms_on" format:"date"`
	FormsReceipt string       `json:"forms_receipt,omitempty"`
	SentOn       string       `json:"sent_on,omitempty" format:"date"`
	SentReceipt  string       `json:"sent_receipt,omitempty"`
	CardsOn      string       `json:"cards_on,omitempty" format:"date"`
	Certificate  string       `json:"certificate,omitempty"`
	ClosedOn     string       `json:"closed_on,omitempty" format:"date"`
	NextAt       string       `json:"next_at,omitempty" format:"date-time" doc:"when names without an answer may be sent again"`
	People       BatchPeople  `json:"people"`
	Clocks       []BatchClock `json:"clocks" doc:"obligations that time the batch, in the order in which they begin"`
}

// BatchPeople counts the people of a batch, each in one of the six states.
type BatchPeople struct {
	All        int64 `json:"all"`
	Waiting    int64 `json:"waiting"`
	Registered int64 `json:"registered"`
	Rejected   int64 `json:"rejected" doc:"to be mended by their units"`
	Corrected  int64 `json:"corrected" doc:"mended since: they may be sent again"`
	Withdrawn  int64 `json:"withdrawn" doc:"rejected, and off the list since"`
	Unanswered int64 `json:"unanswered" doc:"no answer came in time: they may be sent again"`
	Cards      int64 `json:"cards" doc:"handed over; counted above too"`
}

// BatchClock is one obligation that times a batch.
type BatchClock struct {
	ObligationID string `json:"obligation_id"`
	Kind         string `json:"kind" enum:"enrolment_forms,enrolment_cards,enrolment_handover"`
	OwnerPostID  string `json:"owner_post_id,omitempty"`
	Owner        string `json:"owner,omitempty"`
	CountedFrom  string `json:"counted_from,omitempty" format:"date" doc:"the day after which working days count"`
	Workdays     int    `json:"workdays,omitempty"`
	TargetOn     string `json:"target_on,omitempty" format:"date" doc:"absent: no term is known"`
	State        string `json:"state" enum:"open,submitted,closed,cancelled"`
	ClosedOn     string `json:"closed_on,omitempty" format:"date"`
}

// EnrolmentUnit is one unit of a batch.
type EnrolmentUnit struct {
	UnitID       string      `json:"unit_id"`
	UnitName     string      `json:"unit_name"`
	CorrectionID string      `json:"correction_id,omitempty" doc:"obligation to mend what was rejected"`
	People       BatchPeople `json:"people"`
}

// ReadyUnit is a unit with people who could go with the next batch.
type ReadyUnit struct {
	UnitID   string `json:"unit_id"`
	UnitName string `json:"unit_name"`
	People   int64  `json:"people"`
	Held     int64  `json:"held" doc:"of them on other lists too, which nobody has decided yet: they do not go"`
}

// ReadyQuery names a year.
type ReadyQuery struct {
	ByID
	YearID string `query:"year_id" required:"true" maxLength:"64"`
}

func enrolmentView(e ledger.EnrolmentView) Enrolment {
	return Enrolment{
		ID: e.ID, AgreementID: e.AgreementID, YearID: e.PeriodID, Year: e.Year, GroupCode: e.GroupCode, Number: e.Number, Stage: string(e.Stage),
		FormsOn: e.FormsOn, FormsReceipt: e.FormsReceipt, SentOn: e.SentOn, SentReceipt: e.SentReceipt, CardsOn: e.CardsOn, Certificate: e.Certificate,
		ClosedOn: e.ClosedOn, NextAt: instant(e.NextAt, e.Zone), People: batchPeople(e.Counts), Clocks: each(e.Clocks, batchClock),
	}
}

func batchPeople(c enrolment.Counts) BatchPeople {
	return BatchPeople{
		All: c.People, Waiting: c.Waiting, Registered: c.Registered, Rejected: c.Rejected, Corrected: c.Corrected, Withdrawn: c.Withdrawn, Unanswered: c.Unanswered, Cards: c.Handed,
	}
}

func batchClock(c ledger.BatchClock) BatchClock {
	return BatchClock{
		ObligationID: c.ID, Kind: c.Kind, OwnerPostID: c.OwnerPostID, Owner: c.OwnerTitle, CountedFrom: c.CountedFrom, Workdays: c.CountedDays,
		TargetOn: c.TargetOn, State: c.State, ClosedOn: c.ClosedOn,
	}
}

func shownEnrolment(e ledger.EnrolmentView, err error) (Enrolment, error) {
	return enrolmentView(e), err
}

func enrolmentRoutes(s *server) {
	create(s, PolicyWrite, "/agreements/{id}/enrolments", "open-enrolment", "Open a batch: the branch's forms have come, and their clock runs",
		func(tx *ledger.Tx, in *Of[EnrolmentInput]) (Enrolment, error) {
			b := in.Body
			e, err := tx.OpenEnrolment(in.ID, ledger.EnrolmentInput{
				PeriodID: b.YearID, FormsOn: b.FormsOn, Receipt: b.Receipt, DeskPostID: b.DeskPostID, BranchPostID: b.BranchPostID, SourceID: b.SourceID,
			})
			if err != nil {
				return Enrolment{}, err
			}
			return shownEnrolment(tx.Enrolment(e.ID))
		})
	read(s, PolicyRead, "/agreements/{id}/enrolments", "list-enrolments", "The batches of an agreement, the newest first",
		func(tx *ledger.Tx, in *Page) (List[Enrolment], error) {
			if _, err := tx.Agreement(in.ID); err != nil {
				return List[Enrolment]{}, err
			}
			rows := func(p ledger.Page) ([]ledger.EnrolmentView, error) { return tx.Enrolments(in.ID, p) }
			return paged(in.PageQuery, rows, func(e ledger.EnrolmentView) string { return e.ID }, enrolmentView)
		})
	read(s, PolicyRead, "/agreements/{id}/ready-to-enrol", "list-ready-to-enrol", "How many people of a year could go with the next batch, by unit",
		func(tx *ledger.Tx, in *ReadyQuery) (List[ReadyUnit], error) {
			rows, err := tx.ReadyToEnrol(in.ID, in.YearID)
			return listed(rows, err, func(r ledger.ReadyUnit) ReadyUnit { return ReadyUnit(r) })
		})
	read(s, PolicyRead, "/enrolments/{id}", "get-enrolment", "One batch: whose turn it is, its people and its clocks",
		func(tx *ledger.Tx, in *ByID) (Enrolment, error) { return shownEnrolment(tx.Enrolment(in.ID)) })
	read(s, PolicyRead, "/enrolments/{id}/units", "list-enrolment-units", "The units of a batch with their counts",
		func(tx *ledger.Tx, in *ByID) (List[EnrolmentUnit], error) {
			rows, err := tx.EnrolmentUnits(in.ID)
			return listed(rows, err, func(u ledger.EnrolmentUnit) EnrolmentUnit {
				return EnrolmentUnit{UnitID: u.UnitID, UnitName: u.UnitName, CorrectionID: u.CorrectionID, People: batchPeople(u.Counts)}
			})
		})
	change(s, PolicyWrite, "/enrolments/{id}/withdraw", "withdraw-enrolment", "End a batch that was opened by mistake, before it is sent",
		func(tx *ledger.Tx, in *Of[ReasonInput]) (Enrolment, error) {
			if _, err := tx.WithdrawEnrolment(in.ID, in.Body.Reason); err != nil {
				return Enrolment{}, err
			}
			return shownEnrolment(tx.Enrolment(in.ID))
		})
	enrolmentFactRoutes(s)
	enrolmentRowRoutes(s)
}
