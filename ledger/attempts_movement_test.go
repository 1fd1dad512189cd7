package ledger_test

import (
	"maps"
	"time"

	"payung/domain/quota"
	"payung/ledger"
)

// published is what a village's list went through in public and in the year
// after.
type published struct {
	window    ledger.WindowView
	objection ledger.ObjectionView // open
	upheld    ledger.ObjectionView
	place     string // of somebody on the list
	left      string // of somebody who died
	claim     string
}

// publish opens a window on the village's list, has two objections made, and
// lets somebody join and die. The clock stands where it stood before.
func (v *victim) publish() {
	v.t.Helper()
	stood := v.clock.now()
	defer v.clock.set(stood)
	var token string
	v.write(func(tx *ledger.Tx) error {
		w := must(tx.OpenWindow(v.agreement.ID, ledger.WindowInput{PeriodID: v.period.ID, Opens: wita("2026-12-02", 8), Closes: wita("2026-12-05", 17)}))
		for _, p := range must(tx.WindowPages(w.ID)) {
			if p.UnitID == v.unit.ID {
				token = p.Token
			}
		}
		v.window = must(tx.Window(w.ID))
		must(tx.SetQuotas(v.agreement.ID, v.period.ID, []ledger.QuotaInput{{UnitID: v.unit.ID, Quota: quota.Quota{Minimum: 5}}}, ""))
		v.place = must(tx.RosterRows(v.roster.ID, page))[0].ID
		return nil
	})
	v.clock.set(wita("2026-12-03", 9))
	for _, key := range []string{"the first form of it", "the second form of it"} {
		must(v.Object(v.t.Context(), token, ledger.ObjectionInput{Key: key, Kind: ledger.PersonMissing, Text: "Belum tercantum", Address: "10.0.0.1"}))
	}
	v.write(func(tx *ledger.Tx) error {
		all := must(tx.Objections(ledger.ObjectionFilter{WindowID: v.window.ID}, page))
		v.objection, v.upheld = all[0], all[1]
		_, err := tx.DecideObjection(v.upheld.ID, ledger.Verdict{Upheld: true, Reason: "benar"})
		return err
	})
	v.clock.set(wita("2027-02-01", 9))
	v.write(func(tx *ledger.Tx) error {
		in := must(tx.Join(v.obligation.ID, ledger.JoinInput{Row: person(9), From: "2027-01-10"}))
		for _, p := range must(tx.RosterRows(in.Roster.ID, page)) {
			if p.Name == person(9).Name {
				v.left = p.ID
			}
		}
		v.claim = must(tx.Leave(v.left, ledger.LeavingInput{Reason: "died", On: "2027-01-20"})).Claim.ID
		return nil
	})
}

func init() {
	maps.Copy(attempts, map[string]attempt{
		"Statement": {try: func(tx *ledger.Tx, v *victim) (int, error) {
			s, err := tx.Statement(v.obligation.ID)
			if s.ID == "" {
				return 0, err
			}
			return one(s, err)
		}},
		"Duty":  {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.Duty(v.obligation.ID)) }},
		"Place": {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.Place(v.place)) }},
		"SetQuotas": {try: func(tx *ledger.Tx, v *victim) (int, error) {
			return tx.SetQuotas(v.agreement.ID, v.period.ID, []ledger.QuotaInput{{UnitID: v.unit.ID, Quota: quota.Quota{Minimum: 7}}}, "")
		}},
		"Shortfalls": {try: func(tx *ledger.Tx, v *victim) (int, error) {
			s, err := tx.Shortfalls(v.agreement.ID, v.period.ID)
			return of(v, func(r ledger.Shortfall) string { return r.UnitID })(s.Rows, err)
		}},
		"Join": {try: func(tx *ledger.Tx, v *victim) (int, error) {
			return one(tx.Join(v.obligation.ID, ledger.JoinInput{Row: person(10)}))
		}},
		"Leave": {try: func(tx *ledger.Tx, v *victim) (int, error) {
			return one(tx.Leave(v.place, ledger.LeavingInput{Reason: "entered_by_mistake"}))
		}},
		"Restore":   {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.Restore(v.left, "keliru")) }},
		"Movements": {try: func(tx *ledger.Tx, v *victim) (int, error) { return rows(tx.Movements(v.obligation.ID, 10)) }},
		"Claims":    {try: func(tx *ledger.Tx, _ *victim) (int, error) { return rows(tx.Claims(ledger.ClaimFilter{}, page)) }},
		"Claim":     {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.Claim(v.claim)) }},
		// The clock stands before the death again.
		"ReceivePaper": {refuse: "received_at_no_time", try: func(tx *ledger.Tx, v *victim) (int, error) {
			return one(tx.ReceivePaper(v.claim, "ktp_heir", ledger.PaperInput{}))
		}},
		"OpenWindow": {try: func(tx *ledger.Tx, v *victim) (int, error) {
			return one(tx.OpenWindow(v.agreement.ID, ledger.WindowInput{PeriodID: v.period.ID, Opens: wita("2027-03-02", 8), Closes: wita("2027-03-05", 17)}))
		}},
		"MoveWindow": {try: func(tx *ledger.Tx, v *victim) (int, error) {
			return one(tx.MoveWindow(v.window.ID, time.UnixMicro(v.window.ClosesAt).Add(time.Hour), "listrik padam"))
		}},
		"Windows": {shared: true, try: func(tx *ledger.Tx, v *victim) (int, error) { return rows(tx.Windows(v.agreement.ID)) }},
		"Window":  {shared: true, try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.Window(v.window.ID)) }},
		"WindowPages": {try: func(tx *ledger.Tx, v *victim) (int, error) {
			return of(v, func(p ledger.PageView) string { return p.UnitID })(tx.WindowPages(v.window.ID))
		}},
		"Objections": {try: func(tx *ledger.Tx, v *victim) (int, error) {
			return rows(tx.Objections(ledger.ObjectionFilter{WindowID: v.window.ID}, page))
		}},
		"DecideObjection": {try: func(tx *ledger.Tx, v *victim) (int, error) {
			return one(tx.DecideObjection(v.objection.ID, ledger.Verdict{Reason: "x"}))
		}},
		"FollowObjection": {try: func(tx *ledger.Tx, v *victim) (int, error) {
			latest, err := tx.LatestRoster(v.obligation.ID)
			if err != nil {
				return 0, err
			}
			return one(tx.FollowObjection(v.upheld.ID, latest.ID))
		}},
	})
}
