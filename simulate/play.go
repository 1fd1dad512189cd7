package simulate

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/converter"
	sdklog "go.temporal.io/sdk/log"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"payung/activities"
	"payung/delivery"
	"payung/intake"
	"payung/keyring"
	"payung/ledger"
	"payung/models"
	"payung/protocol"
	"payung/workflows"
)

// play is a simulation under way.
type play struct {
	ctx     context.Context //nolint:containedctx // it lives as long as the play
	o       Options
	lot     *rand.Rand
	ledger  *ledger.Ledger
	office  *delivery.Office
	intake  *intake.Intake
	record  *record
	town    town
	agenda  agenda
	sending map[int64]bool // instants at which a sending is entered

	turns sync.Mutex // an activity and an event take turns

	mu   sync.Mutex
	env  *testsuite.TestWorkflowEnvironment // nil: the installation is off
	at   time.Time                          // while it is
	err  error
	over bool // this stretch is to end

	out Report
}

// open makes the ledger of a play, with nothing in it.
func open(ctx context.Context, o Options, database string) (*play, error) {
	p := &play{
		ctx: ctx, o: o, at: o.begin(), sending: map[int64]bool{}, record: &record{keys: map[string]int{}},
		lot: rand.New(rand.NewPCG(o.Seed, 1)),
	}
	p.out = Report{Options: o, Due: o.due(), Conduct: map[Kind]int{}, Closed: map[string]time.Time{}, Units: map[string]string{}}
	if _, err := ledger.Migrate(ctx, database); err != nil {
		return nil, err
	}
	var err error
	p.ledger, err = ledger.Open(ctx, ledger.Options{
		Database: database, Log: slog.New(slog.DiscardHandler), Now: p.now, Elapsed: func() (time.Duration, bool) { return p.now().Sub(o.begin()), true },
		// A key of zeros: what it seals is made up, and gone with the folder.
		Keys: func(bool) (*keyring.Ring, error) { return keyring.New("simulate", make([]byte, 32)) },
	})
	if err != nil {
		return nil, err
	}
	p.office = delivery.New(delivery.Options{Ledger: p.ledger, Log: slog.New(slog.DiscardHandler), Open: p.record.open})
	p.intake = intake.New(p.ledger, func(context.Context, string) error { return nil })
	return p, nil
}

// now is the simulated time.
func (p *play) now() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.env != nil {
		return p.env.Now()
	}
	return p.at
}

// play plays stretch after stretch: one ends where the installation is switched
// off, or where the workflow continues as new.
func (p *play) play() error {
	if err := p.settleTown(); err != nil {
		return err
	}
	p.agenda.add(p.at.Add(time.Minute), func() error { return p.openYear(0) })
	p.rounds()
	end := p.o.end().In(zone, 0, 0)
	in := protocol.AgreementInput{AgreementID: p.town.agreement.ID, Epoch: 1}
	off := slices.Clone(p.o.Off)
	for p.at.Before(end) && p.err == nil && p.ctx.Err() == nil {
		until := end
		if len(off) > 0 && off[0].From.Before(end) {
			until = off[0].From
		}
		next, err := p.stretch(in, until)
		if err != nil {
			return err
		}
		in = next
		if len(off) == 0 || p.at.Before(off[0].From) {
			continue
		}
		// The alarm clock is a new one when the installation is back.
		in = protocol.AgreementInput{AgreementID: p.town.agreement.ID, Epoch: 1}
		if err := p.switchOff(off[0], end); err != nil {
			return err
		}
		off = off[1:]
	}
	return errors.Join(p.err, p.ctx.Err())
}

// switchOff lets a stretch go by in which the installation is off.
func (p *play) switchOff(d ledger.Downtime, end time.Time) error {
	if err := p.ledger.Beat(p.ctx); err != nil {
		return err
	}
	p.at = d.To
	if !d.To.Before(end) {
		return nil
	}
	return p.ledger.Beat(p.ctx)
}

// stretch runs the workflow from now until an instant, or until it continues as
// new, and answers with what the next run is to begin with.
func (p *play) stretch(in protocol.AgreementInput, until time.Time) (protocol.AgreementInput, error) {
	var suite testsuite.WorkflowTestSuite
	suite.SetLogger(sdklog.NewStructuredLogger(slog.New(slog.DiscardHandler)))
	env := suite.NewTestWorkflowEnvironment()
	env.SetStartTime(p.at)
	// A machine that is busy with something else stops nothing.
	env.SetTestTimeout(10 * time.Minute)
	env.SetWorkerOptions(worker.Options{DeadlockDetectionTimeout: time.Minute})
	workflows.Register(env)
	acts := &activities.Ledger{Ledger: p.ledger}
	for name, fn := range map[string]any{
		protocol.ActivityDecide: acts.Decide, protocol.ActivityRead: acts.ReadAgreement,
		protocol.ActivityTakeSteps: func(ctx context.Context, in protocol.TakeStepsInput) (protocol.Snapshot, error) {
			p.turns.Lock()
			defer p.turns.Unlock()
			out, err := acts.TakeSteps(ctx, in)
			return out, errors.Join(err, p.settle())
		},
	} {
		env.RegisterActivityWithOptions(fn, activity.RegisterOptions{Name: name})
	}
	p.mu.Lock()
	p.env, p.over = env, false
	p.mu.Unlock()
	env.RegisterDelayedCallback(func() { p.over = true; env.CancelWorkflow() }, until.Sub(p.at))
	p.arm()
	env.ExecuteWorkflow(protocol.TypeAgreement, in)
	p.mu.Lock()
	p.env, p.at = nil, env.Now()
	p.mu.Unlock()
	if p.over || p.err != nil {
		return in, p.err
	}
	err := env.GetWorkflowError()
	again, ok := errors.AsType[*workflow.ContinueAsNewError](err)
	if !ok {
		return in, fmt.Errorf("simulate: the agreement ended by itself: %w", err)
	}
	var next protocol.AgreementInput
	return next, converter.GetDefaultDataConverter().FromPayloads(again.Input, &next)
}

// arm has the next event of the agenda happen at its time.
func (p *play) arm() {
	next := p.agenda.next()
	if next.IsZero() {
		return
	}
	p.env.RegisterDelayedCallback(p.turn, max(next.Sub(p.now()), 0))
}

// turn lets everything happen whose time has come.
func (p *play) turn() {
	p.turns.Lock()
	defer p.turns.Unlock()
	for do := p.agenda.due(p.now()); do != nil && !p.over; do = p.agenda.due(p.now()) {
		if err := errors.Join(do(), p.settle()); err != nil {
			p.fail(err)
			return
		}
	}
	p.arm()
}

// fail ends the play.
func (p *play) fail(err error) {
	p.err, p.over = err, true
	p.env.CancelWorkflow()
}

// awake is an instant at which people find the installation on: one within a
// downtime moves to the hour after it.
func (p *play) awake(at time.Time) time.Time {
	for _, d := range p.o.Off {
		if !at.Before(d.From) && at.Before(d.To) {
			return d.To.Add(time.Hour)
		}
	}
	return at
}

// enter puts an event into the agenda, and is there when its time comes.
func (p *play) enter(at time.Time, do func() error) {
	sooner := p.agenda.next()
	p.agenda.add(at, do)
	if p.env != nil && (sooner.IsZero() || at.Before(sooner)) {
		p.env.RegisterDelayedCallback(p.turn, max(at.Sub(p.now()), 0))
	}
}

func (p *play) write(fn func(*ledger.Tx) error) error {
	return p.ledger.Write(p.ctx, ledger.Operator(), fn)
}

func (p *play) read(fn func(*ledger.Tx) error) error {
	return p.ledger.Read(p.ctx, ledger.Operator(), fn)
}

// duties are the lists that are owed.
func (p *play) duties(tx *ledger.Tx) ([]models.Obligation, error) {
	return tx.Obligations(ledger.ObligationFilter{AgreementID: p.town.agreement.ID, Kind: ledger.KindRoster}, ledger.Page{Size: 10_000})
}
