package api

import (
	"context"
	"net/http"
	"strconv"

	"payung/domain/enrolment"
	"payung/domain/fault"
	"payung/ledger"
)

// EnrolmentRow is one person of a batch.
type EnrolmentRow struct {
	EnrolmentID  string `json:"enrolment_id"`
	Row          int64  `json:"row" doc:"by which the branch names it"`
	UnitID       string `json:"unit_id"`
	UnitName     string `json:"unit_name"`
	ObligationID string `json:"obligation_id" doc:"the list"`
	PersonID     string `json:"person_id"`
	Name         string `json:"name"`
	NIK          string `json:"nik,omitempty" doc:"the last four digits behind a mask"`
	Born         string `json:"born,omitempty" format:"date"`
	State        string `json:"state" enum:"waiting,registered,rejected,corrected,withdrawn,unanswered"`
	Reason       string `json:"reason,omitempty" doc:"of a rejection"`
	On           string `json:"on,omitempty" format:"date" doc:"of the answer"`
	Card         string `json:"card,omitempty" doc:"the last four characters of the card number behind a mask"`
	Employer     string `json:"employer,omitempty" doc:"employer number (NPP)"`
	CorrectionID string `json:"correction_id,omitempty" doc:"obligation to mend the row"`
	Leaving      string `json:"leaving,omitempty" doc:"why the person has left the list since; no leaving ends a registration"`
}

func enrolmentRowView(r ledger.EnrolmentRowView) EnrolmentRow {
	out := EnrolmentRow{
		EnrolmentID: r.EnrolmentID, Row: r.Number, UnitID: r.UnitID, UnitName: r.UnitName, ObligationID: r.ObligationID, PersonID: r.PersonID, Name: r.Name, Born: r.Born,
		State: r.State, Reason: r.Reason, On: r.OnDay, Employer: r.Employer, CorrectionID: r.CorrectionID, Leaving: r.Leaving,
	}
	if r.NIKLast4 != "" {
		out.NIK = "************" + r.NIKLast4
	}
	if r.CardLast4 != "" {
		out.Card = "*******" + r.CardLast4
	}
	return out
}

// EnrolmentRowQuery narrows the rows of a batch.
type EnrolmentRowQuery struct {
	ByID
	UnitID    string `query:"unit_id" maxLength:"64"`
	State     string `query:"state" enum:"waiting,registered,rejected,corrected,withdrawn,unanswered"`
	PageSize  int    `query:"page_size" default:"50" minimum:"1" maximum:"500" doc:"rows at most"`
	PageToken string `query:"page_token" maxLength:"10" doc:"next_page_token of the page before"`
}

// SettleInput settles a rejected row by word.
type SettleInput struct {
	How string `json:"how" enum:"again,leave" doc:"again: the list was right, send the row once more; leave: the person is not enrolled in this year"`
}

// OfRow names one row of a batch in the path.
type OfRow struct {
	ByID
	Row  int64 `path:"row" minimum:"1" maximum:"10000"`
	Body SettleInput
}

// RevealedRow is a row with what is otherwise masked.
type RevealedRow struct {
	Row  int64  `json:"row"`
	NIK  string `json:"nik" readOnly:"true" doc:"16 digits, as text"`
	Card string `json:"card,omitempty" readOnly:"true"`
}

// RejectionReason is why the branch rejects a name.
type RejectionReason struct {
	Code   string `json:"code"`
	NameID string `json:"name_id"`
	NameEN string `json:"name_en"`
	Field  string `json:"field,omitempty" doc:"of the list that has to be mended"`
}

func enrolmentRowRoutes(s *server) {
	read(s, PolicyRead, "/enrolments/{id}/rows", "list-enrolment-rows", "The people of a batch by row, masked", enrolmentRows)
	change(s, PolicyWrite, "/enrolments/{id}/rows/{row}/settle", "settle-rejection", "Settle a rejected row although the list stays as it is",
		func(tx *ledger.Tx, in *OfRow) (EnrolmentRow, error) {
			r, err := tx.SettleRejection(in.ID, in.Row, in.Body.How)
			return enrolmentRowView(r), err
		})
	// No write of the usual kind, for the reason [personRoutes] gives.
	reveal := route{method: http.MethodPost, path: "/enrolments/{id}/reveal", id: "reveal-enrolment", summary: "Show NIKs and card numbers of a batch in full; who saw them and what for is written down"}
	serve(s, PolicyWrite, reveal, func(ctx context.Context, in *Of[RevealInput]) (out List[RevealedRow], err error) {
		err = s.Ledger.Write(ctx, callOf(ctx).actor, func(tx *ledger.Tx) error {
			rows, err := tx.RevealEnrolment(in.ID, in.Body.Purpose)
			out.Items = each(rows, func(r ledger.RevealedRow) RevealedRow { return RevealedRow{Row: r.Number, NIK: r.NIK, Card: r.Card} })
			return err
		})
		return out, err
	})
	read(s, PolicyRead, "/obligations/{id}/corrections", "list-corrections", "The rejected rows that a unit has to mend",
		func(tx *ledger.Tx, in *ByID) (List[EnrolmentRow], error) {
			rows, err := tx.Corrections(in.ID)
			return listed(rows, err, enrolmentRowView)
		})
	serve(s, PolicyPublic, route{method: http.MethodGet, path: "/rejection-reasons", id: "list-rejection-reasons", summary: "Why the branch rejects names"},
		func(context.Context, *struct{}) (List[RejectionReason], error) {
			return listed(enrolment.Reasons(), nil, func(r enrolment.Reason) RejectionReason {
				return RejectionReason{Code: r.Code, NameID: r.Name.ID, NameEN: r.Name.EN, Field: r.Field}
			})
		})
}

// enrolmentRows lists rows by number, which is also the token of the next page.
func enrolmentRows(tx *ledger.Tx, in *EnrolmentRowQuery) (List[EnrolmentRow], error) {
	after := int64(0)
	if in.PageToken != "" {
		n, err := strconv.ParseInt(in.PageToken, 10, 64)
		if err != nil || n < 1 {
			return List[EnrolmentRow]{}, fault.New(fault.Invalid, "bad_page_token", "this page token was not given out here").On("page_token")
		}
		after = n
	}
	if _, err := tx.Enrolment(in.ID); err != nil {
		return List[EnrolmentRow]{}, err
	}
	rows, err := tx.EnrolmentRows(in.ID, ledger.EnrolmentRowFilter{UnitID: in.UnitID, State: in.State, After: after, Size: in.PageSize + 1})
	next := ""
	if len(rows) > in.PageSize {
		rows = rows[:in.PageSize]
		next = whole(rows[len(rows)-1].Number)
	}
	out, err := listed(rows, err, enrolmentRowView)
	out.NextPageToken = next
	return out, err
}
