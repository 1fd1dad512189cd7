package api

import (
	"context"
	"net/http"
	"time"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/ledger"
)

// RevealInput says what a NIK is needed in full for.
type RevealInput struct {
	Purpose string `json:"purpose" enum:"correction,bpjs_exchange,claim,audit,subject_request" doc:"it is written down with who asked and when"`
}

// RevealedNIK is a NIK in full.
type RevealedNIK struct {
	NIK string `json:"nik" readOnly:"true" doc:"16 digits, as text"`
}

// Reveal is one time that somebody saw a NIK in full.
type Reveal struct {
	ID       string `json:"id"`
	At       string `json:"at" format:"date-time"`
	Actor    string `json:"actor"`
	PersonID string `json:"person_id" doc:"empty: everybody of a batch"`
	UnitID   string `json:"unit_id" doc:"on whose list the person stood"`
	Purpose  string `json:"purpose"`

	EnrolmentID string `json:"enrolment_id,omitempty" doc:"the batch whose people were seen"`
	People      int64  `json:"people,omitempty" doc:"of it"`
}

// RevealQuery narrows the list of reveals.
type RevealQuery struct {
	PageQuery
	From     string `query:"from" format:"date-time" doc:"not before"`
	To       string `query:"to" format:"date-time" doc:"before"`
	PersonID string `query:"person_id" maxLength:"64"`
}

func personRoutes(s *server) {
	// No write of the usual kind: that would keep its answer under the caller's
	// Idempotency-Key. Seeing a number twice does no harm; both are written down.
	reveal := route{method: http.MethodPost, path: "/persons/{id}/reveal", id: "reveal-nik", summary: "Show a person's NIK in full; who saw it and what for is written down"}
	serve(s, PolicyWrite, reveal, func(ctx context.Context, in *Of[RevealInput]) (out RevealedNIK, err error) {
		err = s.Ledger.Write(ctx, callOf(ctx).actor, func(tx *ledger.Tx) error {
			out.NIK, err = tx.RevealNIK(in.ID, in.Body.Purpose)
			return err
		})
		return out, err
	})
	read(s, PolicyRead, "/reveals", "list-reveals", "Who saw which NIK, when and what for", func(tx *ledger.Tx, in *RevealQuery) (List[Reveal], error) {
		from, err := instantOf("from", in.From)
		if err != nil {
			return List[Reveal]{}, err
		}
		until, err := instantOf("to", in.To)
		if err != nil {
			return List[Reveal]{}, err
		}
		f := ledger.RevealFilter{From: from, Until: until, PersonID: in.PersonID}
		rows := func(p ledger.Page) ([]ledger.Reveal, error) { return tx.Reveals(f, p) }
		return paged(in.PageQuery, rows, func(r ledger.Reveal) string { return r.ID }, func(r ledger.Reveal) Reveal {
			return Reveal{ID: r.ID, At: instant(r.At, string(calendar.WIB)), Actor: r.Actor, PersonID: r.PersonID, UnitID: r.UnitID, Purpose: r.Purpose, EnrolmentID: r.EnrolmentID, People: r.People}
		})
	})
}

// instantOf reads a parameter of the address; no text is no instant.
func instantOf(name, text string) (t time.Time, err error) {
	if text == "" {
		return t, nil
	}
	if t, err = time.Parse(time.RFC3339, text); err != nil {
		err = fault.New(fault.Invalid, "bad_instant", "%s is no instant such as 2026-03-27T08:00:00+08:00", name).On("query." + name)
	}
	return t, err
}
