package ledger_test

import (
	"maps"

	"payung/domain/enrolment"
	"payung/ledger"
)

// enrolled is what became of the names on the village's list at BPJS.
type enrolled struct {
	batch      string // of which one is registered with a card and one rejected
	rejectedAs int64  // number of the row
	correction string
	unsent     string // a batch that is being prepared
}

// enrol sends the people of the village's list, and one more, to the branch.
func (v *victim) enrol() {
	v.t.Helper()
	v.write(func(tx *ledger.Tx) error {
		must(tx.Join(v.obligation.ID, ledger.JoinInput{Row: person(12)}))
		v.batch = must(tx.OpenEnrolment(v.agreement.ID, ledger.EnrolmentInput{PeriodID: v.period.ID})).ID
		must(tx.SendEnrolment(v.batch, ledger.SendInput{}))
		var said []enrolment.Answer
		for _, r := range must(tx.EnrolmentRows(v.batch, ledger.EnrolmentRowFilter{UnitID: v.unit.ID, Size: 10})) {
			if v.rejectedAs == 0 {
				v.rejectedAs = r.Number
				said = append(said, enrolment.Answer{Number: r.Number, State: enrolment.Rejected, Reason: enrolment.Other})
				continue
			}
			said = append(said, enrolment.Answer{Number: r.Number, State: enrolment.Registered, Card: "15012345678"})
		}
		must(tx.AnswerEnrolment(v.batch, ledger.AnswersInput{Rows: said}))
		v.correction = must(tx.EnrolmentRow(v.batch, v.rejectedAs)).CorrectionID
		must(tx.RecordCards(v.batch, ledger.CardsInput{}))
		must(tx.HandOver(v.batch, ledger.ReceiptInput{UnitID: v.unit.ID, People: int64(len(said) - 1), Receiver: "Sekdes"}))
		v.unsent = must(tx.OpenEnrolment(v.agreement.ID, ledger.EnrolmentInput{PeriodID: v.period.ID})).ID
		return nil
	})
}

func init() { maps.Copy(attempts, enrolmentAttempts) }

// enrolmentAttempts are on batches, of which everybody of the kabupaten may see
// how far they are and nobody the rows of other units.
var enrolmentAttempts = map[string]attempt{
	"OpenEnrolment": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return one(tx.OpenEnrolment(v.agreement.ID, ledger.EnrolmentInput{PeriodID: v.period.ID}))
	}},
	"WithdrawEnrolment": {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.WithdrawEnrolment(v.unsent, "x")) }},
	"SendEnrolment": {refuse: "nobody_to_enrol", try: func(tx *ledger.Tx, v *victim) (int, error) {
		return one(tx.SendEnrolment(v.unsent, ledger.SendInput{UnitIDs: []string{v.unit.ID}}))
	}},
	"AnswerEnrolment": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		out, err := tx.AnswerEnrolment(v.batch, ledger.AnswersInput{Rows: []enrolment.Answer{{Number: v.rejectedAs, State: enrolment.Registered}}})
		return int(out.Registered), err
	}},
	"RecordCards": {refuse: "nobody_without_card", try: func(tx *ledger.Tx, v *victim) (int, error) {
		return one(tx.RecordCards(v.batch, ledger.CardsInput{}))
	}},
	"HandOver": {refuse: "more_cards_than_people", try: func(tx *ledger.Tx, v *victim) (int, error) {
		return one(tx.HandOver(v.batch, ledger.ReceiptInput{UnitID: v.unit.ID, People: 1, Receiver: "x"}))
	}},
	"SettleRejection": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return one(tx.SettleRejection(v.batch, v.rejectedAs, ledger.SettleAgain))
	}},
	"RevealEnrolment": {try: func(tx *ledger.Tx, v *victim) (int, error) { return rows(tx.RevealEnrolment(v.batch, "audit")) }},
	"Enrolment":       {shared: true, try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.Enrolment(v.batch)) }},
	"Enrolments":      {shared: true, try: func(tx *ledger.Tx, v *victim) (int, error) { return rows(tx.Enrolments(v.agreement.ID, page)) }},
	"EnrolmentUnits": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return of(v, func(u ledger.EnrolmentUnit) string { return u.UnitID })(tx.EnrolmentUnits(v.batch))
	}},
	"EnrolmentRows": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return of(v, func(r ledger.EnrolmentRowView) string { return r.UnitID })(tx.EnrolmentRows(v.batch, ledger.EnrolmentRowFilter{Size: 100}))
	}},
	"EnrolmentRow": {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.EnrolmentRow(v.batch, v.rejectedAs)) }},
	"EnrolmentPeople": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		people, err := tx.EnrolmentPeople(v.batch)
		if _, ok := people[v.rejectedAs]; !ok {
			return 0, err
		}
		return len(people), err
	}},
	"Corrections": {try: func(tx *ledger.Tx, v *victim) (int, error) { return rows(tx.Corrections(v.correction)) }},
	"CardReceipts": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return of(v, func(r ledger.ReceiptView) string { return r.UnitID })(tx.CardReceipts(v.batch))
	}},
	"ReadyToEnrol": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return of(v, func(u ledger.ReadyUnit) string { return u.UnitID })(tx.ReadyToEnrol(v.agreement.ID, v.period.ID))
	}},
}
