// Package delivery is where messages leave the house: it takes what the ledger
// holds ready, has it put into words, hands it to a channel and writes down what
// came of it. Nothing is sent while a transaction is open, each channel of each
// sender goes its own pace, and what holds one up holds up no other.
package delivery

import (
	"context"
	"log/slog"
	"sync"

	"payung/channel"
	"payung/ledger"
)

// Options says what an office works with.
type Options struct {
	Ledger *ledger.Ledger
	Log    *slog.Logger
	Lanes  int                                           // channels at work at once; 0: 16
	Open   func(channel.Options) (channel.Sender, error) // nil: [channel.Open]
}

// Office sends messages. It is safe for concurrent use.
type Office struct {
	o       Options
	mu      sync.Mutex
	running map[ledger.Lane]bool
	lanes   sync.WaitGroup
}

const lanesAtOnce = 16

// New makes an office.
func New(o Options) *Office {
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Lanes == 0 {
		o.Lanes = lanesAtOnce
	}
	if o.Open == nil {
		o.Open = channel.Open
	}
	return &Office{o: o, running: map[ledger.Lane]bool{}}
}

// Bundle puts what waits into messages: the work of a leased loop.
func (*Office) Bundle(ctx context.Context, h *ledger.Hold) (more bool, err error) {
	return h.Bundle(ctx)
}

// Deliver starts the lanes that have something to send and are not at work: the
// work of a leased loop. It waits for none of them.
func (o *Office) Deliver(ctx context.Context, _ *ledger.Hold) (more bool, err error) {
	due, err := o.o.Ledger.Lanes(ctx)
	if err != nil {
		return false, err
	}
	for _, lane := range due {
		if o.begin(lane) {
			o.lanes.Go(func() {
				defer o.end(lane)
				o.run(ctx, lane)
			})
		}
	}
	return false, nil
}

// Wait waits until the lanes have ended what they were about.
func (o *Office) Wait() { o.lanes.Wait() }

func (o *Office) begin(lane ledger.Lane) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.running[lane] || len(o.running) >= o.o.Lanes {
		return false
	}
	o.running[lane] = true
	return true
}

func (o *Office) end(lane ledger.Lane) {
	o.mu.Lock()
	defer o.mu.Unlock()
	delete(o.running, lane)
}
