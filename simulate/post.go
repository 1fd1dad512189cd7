package simulate

import (
	"context"
	"sync"
	"time"

	"payung/channel"
	"payung/delivery"
	"payung/ledger"
	"payung/protocol"
)

// record is the channel of a play: it takes every message and sends none.
type record struct {
	mu   sync.Mutex
	keys map[string]int // how often each message came
	told []string       // those whose delivery has to be reported, by key
}

func (r *record) open(o channel.Options) (channel.Sender, error) {
	return recorder{r, o.Kind == channel.WhatsApp}, nil
}

type recorder struct {
	*record
	reports bool // the provider tells later that a message was delivered
}

// Send writes a message down.
func (r recorder) Send(_ context.Context, m channel.Message) (channel.Receipt, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.keys[m.Key]++
	if r.reports {
		r.told = append(r.told, m.Key)
	}
	return channel.Receipt{ProviderID: m.Key}, nil
}

// Close has nothing to end.
func (recorder) Close() error { return nil }

// delivered takes the messages whose delivery is to be reported.
func (r *record) delivered() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := r.told
	r.told = nil
	return out
}

// settle does what the loops of a worker do after a change: tell the workflow,
// and put what waits into messages.
func (p *play) settle() error {
	select {
	case <-p.ledger.Stirred():
		if err := p.loop("relay", p.relay); err != nil {
			return err
		}
	default:
	}
	select {
	case <-p.ledger.Rung():
		if err := p.loop("bundle", p.office.Bundle); err != nil {
			return err
		}
		return p.plan()
	default:
		return nil
	}
}

// loop runs one turn after the other of a leased loop until nothing is left.
func (p *play) loop(name string, work func(context.Context, *ledger.Hold) (bool, error)) error {
	for {
		more, err := p.ledger.Turn(p.ctx, ledger.Loop{Name: name, Work: work}, "simulate")
		if err != nil || !more {
			return err
		}
	}
}

// relay pokes the workflow if it has anything to learn.
func (p *play) relay(ctx context.Context, h *ledger.Hold) (bool, error) {
	wishes, err := p.ledger.Wishes(ctx)
	if err != nil {
		return false, err
	}
	for _, w := range wishes {
		if w.Poke && w.AgreementID == p.town.agreement.ID && w.EnrolmentID == "" {
			p.env.SignalWorkflow(protocol.SignalPoke, protocol.Poke{Epoch: w.Epoch})
		}
		if err := h.Granted(ctx, w); err != nil {
			return false, err
		}
	}
	return len(wishes) > 0, nil
}

// plan enters a sending for every instant at which a message is to go out.
func (p *play) plan() error {
	var queued []ledger.Dispatched
	err := p.read(func(tx *ledger.Tx) (err error) {
		queued, err = tx.Outbox(ledger.OutboxFilter{State: ledger.MessageQueued}, 10_000)
		return err
	})
	for _, m := range queued {
		if at := max(m.NextAt, p.now().UnixMicro()); !p.sending[at] {
			p.sending[at] = true
			p.enter(time.UnixMicro(at), func() error {
				delete(p.sending, at)
				return p.send()
			})
		}
	}
	return err
}

// send lets everything go out that is due, by the channels and by hand.
func (p *play) send() error {
	if err := p.loop("deliver", p.office.Deliver); err != nil {
		return err
	}
	p.office.Wait()
	if err := p.deliver(p.record.delivered()); err != nil {
		return err
	}
	var links []delivery.Link
	err := p.read(func(tx *ledger.Tx) (err error) {
		links, err = delivery.Links(tx, 10_000)
		return err
	})
	for _, l := range links {
		if err == nil {
			err = p.write(func(tx *ledger.Tx) error { return delivery.LinkSent(tx, l.ID) })
		}
	}
	if err != nil {
		return err
	}
	return p.plan() // what was put off is entered again
}

// deliver reports messages as delivered, as a provider does.
func (p *play) deliver(keys []string) error {
	heard := make([]ledger.Heard, len(keys))
	for i, k := range keys {
		heard[i] = ledger.Heard{Key: k, State: ledger.MessageDelivered, At: p.now()}
	}
	if len(heard) == 0 {
		return nil
	}
	return p.ledger.Hear(p.ctx, ledger.Lane{Channel: channel.WhatsApp, SenderID: p.town.pemda.ID}, heard)
}
