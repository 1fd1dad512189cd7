package delivery

import (
	"context"
	"errors"
	"maps"
	"time"

	"github.com/google/uuid"

	"payung/channel"
	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/ledger"
	"payung/models"
	"payung/notice"
)

// SaveChannel checks and keeps how a party's messages leave by one kind of
// channel. Secrets that are not given stay as they are.
func SaveChannel(tx *ledger.Tx, partyID string, in ledger.ChannelInput) (models.Channel, error) {
	_, secrets, err := tx.ChannelSecrets(partyID, in.Kind)
	if err != nil {
		return models.Channel{}, err
	}
	maps.Copy(secrets, in.Secrets)
	if in.Enabled {
		if err := channel.Check(in.Kind, in.Settings, secrets); err != nil {
			return models.Channel{}, err
		}
	}
	return tx.SaveChannel(partyID, in)
}

// testTime is how long somebody waits for a test.
const testTime = 40 * time.Second

// Test sends one test message by a channel to an address that somebody typed,
// and says what came of it. The address is kept nowhere.
func (o *Office) Test(ctx context.Context, actor ledger.Actor, partyID, kind, to string) error {
	var settings, secrets map[string]string
	var from string
	err := o.o.Ledger.Read(ctx, actor, func(tx *ledger.Tx) (err error) {
		settings, secrets, from, err = tested(tx, partyID, kind)
		return err
	})
	if err != nil {
		return err
	}
	if err := channel.Check(kind, settings, secrets); err != nil {
		return err
	}
	sender, err := o.o.Open(channel.Options{Kind: kind, Settings: settings, Secrets: secrets})
	if err != nil {
		sender = broken{err}
	}
	if kind == channel.WhatsApp {
		to = ledger.PhoneDigits(to)
	}
	if to == "" && kind != channel.Webhook {
		return fault.New(fault.Invalid, "missing_field", "to is needed").On("to").With("field", "to")
	}
	text := notice.Test(calendar.ID, from, o.o.Ledger.Now())
	within, cancel := context.WithTimeout(ctx, testTime)
	defer cancel()
	_, err = sender.Send(within, channel.Message{
		Key: "payung-test-" + uuid.NewString(), Kind: "test", Single: true, To: to, Subject: text.Subject, Text: text.Body, HTML: text.HTML, Variables: text.Variables,
		Person: channel.Person{Post: text.Variables[0]},
	})
	verdict := ledger.VerdictSent
	f, failed := errors.AsType[*channel.Failure](err)
	if failed {
		verdict = string(f.Verdict)
	}
	kept := o.o.Ledger.Write(context.WithoutCancel(ctx), actor, func(tx *ledger.Tx) error { return tx.TestedChannel(partyID, kind, verdict) })
	if err := errors.Join(sender.Close(), kept); kept != nil {
		return err
	}
	if failed {
		return fault.New(fault.Refused, "test_not_sent", "the test was not taken: %s", f.Detail).With("reason", f.Code).With("said", f.Detail)
	}
	return err
}

func tested(tx *ledger.Tx, partyID, kind string) (settings, secrets map[string]string, from string, err error) {
	if partyID != "" {
		p, err := tx.Party(partyID)
		if err != nil {
			return nil, nil, "", err
		}
		from = p.Name
	}
	c, secrets, err := tx.ChannelSecrets(partyID, kind)
	if err != nil {
		return nil, nil, "", err
	}
	if c.ID == "" {
		return nil, nil, "", fault.New(fault.NotFound, "channel_not_set_up", "this channel is not set up").With("channel", kind)
	}
	settings, err = ledger.ChannelValues(c)
	return settings, secrets, from, err
}
