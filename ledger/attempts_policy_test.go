package ledger_test

import (
	"maps"

	"payung/domain/calendar"
	"payung/domain/obligation"
	"payung/ledger"
)

func init() { maps.Copy(attempts, policyAttempts) }

// policyAttempts are on what a Pemda has settled about reminders, hours and
// days.
var policyAttempts = map[string]attempt{
	"Calendar": {shared: true, try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.Calendar(v.pemda.ID)) }},
	"Ladders":  {shared: true, try: func(tx *ledger.Tx, v *victim) (int, error) { return rows(tx.Ladders(v.pemda.ID)) }},
	"PreviewLadder": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		e, err := tx.PreviewLadder(v.pemda.ID, ledger.LadderInput{Kind: ledger.KindTask, Ladder: full()})
		return int(e.Obligations), err
	}},
	"SetLadder": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		e, err := tx.SetLadder(v.pemda.ID, ledger.LadderInput{Kind: ledger.KindTask, Ladder: full()})
		return int(e.Obligations), err
	}},
	"Hours":        {shared: true, try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.Hours(v.pemda.ID)) }},
	"PreviewHours": {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.PreviewHours(v.pemda.ID, sixDays)) }},
	"SetHours":     {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.SetHours(v.pemda.ID, sixDays)) }},
	"Holidays": {shared: true, try: func(tx *ledger.Tx, v *victim) (int, error) {
		days, _, err := tx.Holidays(v.pemda.ID, 2026)
		return len(days), err
	}},
	"PreviewHolidays": {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.PreviewHolidays(jubilee(v))) }},
	"RecordHolidays":  {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.RecordHolidays(jubilee(v))) }},
	"PreviewWithdrawal": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return one(tx.PreviewWithdrawal(ledger.Withdrawal{PartyID: v.pemda.ID, Day: "2026-12-25", Reason: "x"}))
	}},
	"WithdrawHoliday": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return one(tx.WithdrawHoliday(ledger.Withdrawal{PartyID: v.pemda.ID, Day: "2026-12-25", Reason: "x"}))
	}},
	"Recalculations": {shared: true, try: func(tx *ledger.Tx, v *victim) (int, error) {
		// So that there is one; strangers are refused, which is tried above.
		_, _ = tx.SetLadder(v.pemda.ID, ledger.LadderInput{Kind: ledger.KindTask, Ladder: full()})
		return rows(tx.Recalculations(ledger.RecalculationFilter{}, page))
	}},
	"WaitingRecalculations": {shared: true, try: func(tx *ledger.Tx, v *victim) (int, error) {
		// So that one waits; strangers may not touch what is national.
		_, _ = tx.WithdrawHoliday(ledger.Withdrawal{Day: "2026-12-25", Reason: "x"})
		n, err := tx.WaitingRecalculations()
		return int(n), err
	}},
}

var sixDays = ledger.HoursInput{Hours: obligation.DefaultHours(), Week: 6}

func jubilee(v *victim) ledger.HolidayInput {
	return ledger.HolidayInput{PartyID: v.pemda.ID, Decree: "SK Bupati", Days: []ledger.HolidayDay{
		{Day: "2026-12-15", Kind: calendar.Libur, Name: "Hari jadi"},
	}}
}
