package ledger_test

import (
	"fmt"
	"maps"

	"payung/domain/obligation"
	"payung/ledger"
	"payung/models"
)

// treated is what was asked for, stood still or failed around a village's
// duties.
type treated struct {
	request models.ExtensionRequest // nobody has answered it
	stopped ledger.PauseView        // its clock stands
	grace   string                  // nobody has answered it
	feed    models.Feed
	camat   string // post
}

// treat asks for more time for one of the village's tasks, stops the clock of
// another, and lets an outage propose more time for the rest.
func (v *victim) treat() {
	v.t.Helper()
	v.camat = v.heads()["Camat Contoh"].ID
	v.write(func(tx *ledger.Tx) error {
		v.request = must(tx.AskExtension(v.task(2), ledger.ExtensionAsk{UntilOn: "2026-12-20", Reason: "banjir"}))
		must(tx.Pause(v.task(1), ledger.PauseInput{Reason: obligation.BPJSAnswer, Holder: "BPJS"}))
		v.stopped = must(tx.PauseOf(v.task(1)))
		f, _, err := tx.CreateFeed(ledger.FeedInput{Kind: ledger.FeedUnit, SubjectID: v.unit.ID})
		v.feed = f
		return err
	})
	v.grace = "019f-grace"
	at := v.clock.now().UnixMicro()
	exec(v.t, v.url, fmt.Sprintf("INSERT INTO outages (id, from_at, to_at, planned, created_at) VALUES ('019f-outage', %d, %d, FALSE, %d)", at, at, at))
	exec(v.t, v.url, fmt.Sprintf(`INSERT INTO graces (id, province_code, regency_code, unit_id, branch_id, agreement_id, outage_id, target_on, fatal_on, until_on,
		fatal_until, lost_minutes, duties, state, approver_post_id, answer, answered_by, answered_at, created_at)
		VALUES ('%s', '74', '74.05', '', '%s', '%s', '019f-outage', '2026-12-01', '', '2026-12-02', '', 240, 1, 'waiting', '', '', '', 0, %d)`,
		v.grace, v.bpjs.ID, v.agreement.ID, at))
}

func init() {
	maps.Copy(unscoped, map[string]string{
		"Doubt":   "about the clock of the installation, shown on every page",
		"Outages": "about the installation",
		"Uptimes": "about the installation",
	})
	maps.Copy(attempts, map[string]attempt{
		"Fairness": {shared: true, try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.Fairness(v.pemda.ID)) }},
		"SetFairness": {try: func(tx *ledger.Tx, v *victim) (int, error) {
			return done(tx.SetFairness(v.pemda.ID, obligation.DefaultFairness()))
		}},
		"Approvers": {shared: true, try: func(tx *ledger.Tx, v *victim) (int, error) {
			return rows(tx.Approvers(v.agreement.ID, []string{v.post.ID}))
		}},
		"AskExtension": {try: func(tx *ledger.Tx, v *victim) (int, error) {
			return one(tx.AskExtension(v.task(0), ledger.ExtensionAsk{UntilOn: "2026-12-20", Reason: "x"}))
		}},
		"WithdrawExtension": {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.WithdrawExtension(v.request.ID, "x")) }},
		"AnswerExtensions": {try: func(tx *ledger.Tx, v *victim) (int, error) {
			return rows(tx.AnswerExtensions(v.agreement.ID, []string{v.request.ID}, ledger.ExtensionAnswer{Approve: true, ApproverPostID: v.camat}))
		}},
		"Extension": {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.Extension(v.request.ID)) }},
		"Extensions": {try: func(tx *ledger.Tx, v *victim) (int, error) {
			return rows(tx.Extensions(ledger.ExtensionFilter{AgreementID: v.agreement.ID}, page))
		}},
		"WaitingExtensions": {try: func(tx *ledger.Tx, v *victim) (int, error) {
			found, err := tx.WaitingExtensions(v.agreement.ID)
			return len(found), err
		}},
		"AskedUntil": {try: func(tx *ledger.Tx, v *victim) (int, error) {
			day, err := tx.AskedUntil(v.task(2))
			return len(day), err
		}},
		"AskedUntilEach": {try: func(tx *ledger.Tx, v *victim) (int, error) {
			found, err := tx.AskedUntilEach([]string{v.task(2)})
			return len(found), err
		}},
		"HandOn": {try: func(tx *ledger.Tx, v *victim) (int, error) {
			return one(tx.HandOn(v.stopped.ID, ledger.PauseInput{Holder: "BPKAD"}))
		}},
		"PauseOf": {try: func(tx *ledger.Tx, v *victim) (int, error) {
			p, err := tx.PauseOf(v.task(1))
			return len(p.ID), err
		}},
		"Pauses": {try: func(tx *ledger.Tx, v *victim) (int, error) {
			return rows(tx.Pauses(ledger.PauseFilter{AgreementID: v.agreement.ID}, page))
		}},
		"Desks":  {try: func(tx *ledger.Tx, v *victim) (int, error) { return rows(tx.Desks(v.agreement.ID)) }},
		"Graces": {shared: true, try: func(tx *ledger.Tx, v *victim) (int, error) { return rows(tx.Graces(v.agreement.ID)) }},
		"Grace":  {shared: true, try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.Grace(v.grace)) }},
		"GraceOwners": {try: func(tx *ledger.Tx, v *victim) (int, error) {
			return of(v, func(post string) string {
				if post == v.post.ID {
					return v.unit.ID
				}
				return ""
			})(tx.GraceOwners(v.grace))
		}},
		"AnswerGrace": {try: func(tx *ledger.Tx, v *victim) (int, error) {
			return one(tx.AnswerGrace(v.grace, ledger.GraceAnswer{Approve: true, ApproverPostID: v.camat}))
		}},
		"CreateFeed": {try: func(tx *ledger.Tx, v *victim) (int, error) {
			f, _, err := tx.CreateFeed(ledger.FeedInput{Kind: ledger.FeedUnit, SubjectID: v.unit.ID})
			return len(f.Actor), err
		}},
		"FeedSubject": {try: func(tx *ledger.Tx, v *victim) (int, error) {
			name, err := tx.FeedSubject(ledger.FeedUnit, v.unit.ID)
			return len(name), err
		}},
		"Feed": {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.Feed(v.feed.ID)) }},
		"Feeds": {try: func(tx *ledger.Tx, v *victim) (int, error) {
			return rows(tx.Feeds(ledger.FeedFilter{SubjectID: v.unit.ID}, page))
		}},
		"RevokeFeed":   {try: func(tx *ledger.Tx, v *victim) (int, error) { return done(tx.RevokeFeed(v.feed.ID)) }},
		"ConfirmClock": {refuse: "clock_not_in_doubt", try: func(tx *ledger.Tx, _ *victim) (int, error) { return done(tx.ConfirmClock()) }},
	})
}
