package ledger_test

import (
	"context"
	"fmt"
	"maps"
	"time"

	"payung/ledger"
	"payung/models"
)

func init() { maps.Copy(attempts, deliveryAttempts) }

// dispatched is what a victim has in the outbox.
type dispatched struct {
	message models.Message // for the village's head, by a link that somebody clicks
	bad     string         // an address of that post
}

// dispatch puts what waits into messages, sets up a channel, and lets an address
// of the village be bad.
func (v *victim) dispatch() {
	v.t.Helper()
	v.turn("bundle", func(ctx context.Context, h *ledger.Hold) (bool, error) { return h.Bundle(ctx) })
	v.clock.add(5 * time.Minute)
	v.write(func(tx *ledger.Tx) error {
		must(tx.SaveChannel(v.pemda.ID, ledger.ChannelInput{Kind: ledger.ChannelEmail, Settings: map[string]string{"host": "mail"}, Secrets: map[string]string{"password": "x"}}))
		for _, d := range must(tx.Outbox(ledger.OutboxFilter{PostID: v.post.ID}, 10)) {
			v.message = d.Message
		}
		return nil
	})
	v.bad = "0192-bad"
	exec(v.t, v.url, fmt.Sprintf(`INSERT INTO bad_addresses (id, province_code, regency_code, unit_id, branch_id, channel, recipient, post_id, holder_id, reason, message_id, created_at, cleared_at)
		SELECT '%s', province_code, regency_code, unit_id, branch_id, 'email', recipient, post_id, holder_id, '', id, 1, 0 FROM messages WHERE id = '%s'`, v.bad, v.message.ID))
}

var mail = ledger.ChannelInput{Kind: ledger.ChannelEmail, Settings: map[string]string{"host": "other"}}

var deliveryAttempts = map[string]attempt{
	"Outbox": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return of(v, func(d ledger.Dispatched) string { return d.UnitID })(tx.Outbox(ledger.OutboxFilter{}, 100))
	}},
	"Dispatched": {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.Dispatched(v.message.ID)) }},
	"MessagesOf": {try: func(tx *ledger.Tx, v *victim) (int, error) { return rows(tx.MessagesOf(v.obligation.ID)) }},
	"Resend":     {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.Resend(v.message.ID)) }},
	"Links": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return of(v, func(l ledger.ReadyLink) string { return l.UnitID })(tx.Links(100))
	}},
	"LinkLetter": {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.LinkLetter(v.message.ID)) }},
	"CountLinks": {try: func(tx *ledger.Tx, _ *victim) (int, error) {
		n, err := tx.CountLinks()
		return int(n), err
	}},
	"LinkSent": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return done(tx.LinkSent(v.message.ID, "Payung", "Yth.", []bool{true}))
	}},
	"RecordTold": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return one(tx.RecordTold(v.agreement.ID, ledger.Told{PeriodID: v.period.ID, How: ledger.ProofPhone}))
	}},
	"SaveChannel": {try: func(tx *ledger.Tx, v *victim) (int, error) { return one(tx.SaveChannel(v.pemda.ID, mail)) }},
	"ChannelsOf":  {try: func(tx *ledger.Tx, v *victim) (int, error) { return rows(tx.ChannelsOf(v.pemda.ID)) }},
	"ChannelSecrets": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		_, secrets, err := tx.ChannelSecrets(v.pemda.ID, ledger.ChannelEmail)
		return len(secrets), err
	}},
	"TestedChannel": {try: func(tx *ledger.Tx, v *victim) (int, error) {
		return done(tx.TestedChannel(v.pemda.ID, ledger.ChannelEmail, "sent"))
	}},
	"BadAddresses":    {try: func(tx *ledger.Tx, v *victim) (int, error) { return rows(tx.BadAddresses(v.post.ID)) }},
	"ClearBadAddress": {try: func(tx *ledger.Tx, v *victim) (int, error) { return done(tx.ClearBadAddress(v.bad)) }},
	"SetChat":         {try: func(tx *ledger.Tx, v *victim) (int, error) { return done(tx.SetChat(v.holder.ID, "123456")) }},
}
