package delivery

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"payung/channel"
	"payung/domain/calendar"
	"payung/ledger"
	"payung/notice"
)

// Times of one message.
const (
	sendTime  = 2 * time.Minute  // for one attempt; the ledger's claim is longer
	graceTime = 10 * time.Second // for what is on its way when the process is to end
)

// run sends a lane's messages one after the other until none is left for now.
func (o *Office) run(ctx context.Context, lane ledger.Lane) {
	settings, secrets, err := o.o.Ledger.ChannelOf(ctx, lane)
	if err != nil {
		o.o.Log.ErrorContext(ctx, "channel cannot be read, trying again", "channel", lane.Channel, "error", err)
		return
	}
	sender, err := o.o.Open(channel.Options{Kind: lane.Channel, Settings: settings, Secrets: secrets})
	if err != nil {
		sender = broken{err}
	}
	defer func() {
		if err := sender.Close(); err != nil {
			o.o.Log.Debug("channel not closed properly", "channel", lane.Channel, "error", err)
		}
	}()
	price := func(d calendar.Day) int64 { return int64(channel.PriceOn(lane.Channel, settings, d)) }
	var before *ledger.Outcome
	for {
		got, err := o.take(ctx, lane, price, before)
		if err != nil {
			o.o.Log.ErrorContext(ctx, "lane stopped, trying again", "channel", lane.Channel, "error", err)
			return
		}
		before = nil
		switch {
		case got.Dispatch != nil:
			before = o.send(ctx, sender, *got.Dispatch)
			pace(ctx, got.Dispatch.PerMinute)
		case got.Done:
			return
		}
	}
}

// tries is how often the outcome of a message is written down before it is given
// up as unknown.
const tries = 30

// take settles the message before and takes the next. A message that cannot be
// prepared is set aside. While the ledger is away what came of the message
// before is kept, because nobody else knows.
func (o *Office) take(ctx context.Context, lane ledger.Lane, price func(calendar.Day) int64, before *ledger.Outcome) (ledger.TakenMessage, error) {
	for again := 0; ; again++ {
		claim := uuid.NewString()
		if ctx.Err() != nil {
			claim = "" // only what was sent is written down
		}
		got, err := o.o.Ledger.TakeMessage(context.WithoutCancel(ctx), lane, claim, price, before)
		if id := ledger.StuckMessage(err); id != "" {
			err = o.o.Ledger.SetAsideMessage(context.WithoutCancel(ctx), id, err)
			if err == nil {
				continue
			}
		}
		if err == nil || before == nil || again == tries {
			return got, err
		}
		time.Sleep(time.Second)
	}
}

// send words one message and hands it to the channel. Whatever goes wrong comes
// back as its outcome.
func (o *Office) send(ctx context.Context, sender channel.Sender, d ledger.Dispatch) (out *ledger.Outcome) {
	out = &ledger.Outcome{MessageID: d.ID, Claim: d.Claim, Verdict: ledger.VerdictRefused}
	defer func() {
		if p := recover(); p != nil {
			o.o.Log.Error("message could not be sent, set aside", "message", d.ID, "panic", p)
			out.Verdict, out.Failed = ledger.VerdictRefused, ledger.Failed{Code: "set_aside", Detail: "it cannot be worded"}
		}
	}()
	text := word(d, out)
	within, cancel := context.WithTimeout(context.WithoutCancel(ctx), sendTime)
	defer cancel()
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(graceTime, cancel) })
	defer stop()
	receipt, err := sender.Send(within, channel.Message{
		Key: d.Key, Kind: d.Kind, Single: len(d.Letter.Items) == 1, To: d.To, Subject: text.Subject, Text: text.Body, HTML: text.HTML,
		Variables: text.Variables, Link: text.Link,
		Person: channel.Person{Name: d.Person.Name, Post: d.Person.PostTitle, Unit: d.Person.UnitName, Email: d.Person.Email, Phone: d.Person.Phone},
	})
	if err == nil {
		out.Verdict, out.ProviderID = ledger.VerdictSent, receipt.ProviderID
		return out
	}
	f, ok := errors.AsType[*channel.Failure](err)
	if !ok {
		f = &channel.Failure{Verdict: channel.Unknown, Code: "error", Detail: fmt.Sprintf("%T", err)}
	}
	o.o.Log.WarnContext(ctx, "message not sent", "message", d.ID, "channel", d.Channel, "verdict", f.Verdict, "code", f.Code, "attempt", d.Attempt)
	out.Verdict, out.Failed = string(f.Verdict), ledger.Failed{Code: f.Code, Detail: f.Detail, After: f.After}
	return out
}

// word puts a message into words and notes what its text says.
func word(d ledger.Dispatch, out *ledger.Outcome) notice.Text {
	text := notice.Compose(d.Letter, Limit(d.Channel))
	out.Subject, out.Text = text.Subject, text.Body
	for n, id := range d.ItemIDs {
		if text.Named[n] {
			out.Named = append(out.Named, id)
		} else {
			out.Counted = append(out.Counted, id)
		}
	}
	return text
}

// Limit is how many things a message of a channel names; the rest it counts.
func Limit(kind string) int {
	switch kind {
	case channel.Email, channel.Webhook:
		return 60
	case channel.WhatsApp: // a template has room for one
		return 1
	}
	return 20
}

// pace waits between two messages of a lane that may send so many a minute.
func pace(ctx context.Context, perMinute int64) {
	if perMinute <= 0 {
		return
	}
	select {
	case <-ctx.Done():
	case <-time.After(time.Minute / time.Duration(perMinute)):
	}
}

// broken is a channel whose settings are of no use: it says so for each message,
// and none of them loses an attempt.
type broken struct{ err error }

// Send says what is wrong with the settings.
func (b broken) Send(context.Context, channel.Message) (channel.Receipt, error) {
	if f, ok := errors.AsType[*channel.Failure](b.err); ok {
		return channel.Receipt{}, f
	}
	return channel.Receipt{}, &channel.Failure{Verdict: channel.Away, Code: "settings", Detail: "the channel's settings are of no use"}
}

// Close has nothing to end.
func (broken) Close() error { return nil }
