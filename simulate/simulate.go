// Package simulate plays a year of an agreement before anybody has to live
// through it: the real workflow on Temporal's time-skipping environment, the
// real ledger in a folder of its own, the real delivery into a channel that only
// writes down. Units behave as they are told to. The same seed gives the same
// year.
package simulate

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"payung/channel"
	"payung/delivery"
	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/obligation"
	"payung/domain/rupiah"
	"payung/ledger"
)

// zone is where the simulated local government lies.
const zone = calendar.WITA

// mostUnits bounds a simulation; the largest regency has 852 villages.
const mostUnits = 1000

// Options says what year to play.
type Options struct {
	Units  int               // villages
	Start  calendar.Day      // the agreement's lists are asked for in the morning of this day
	Months int               // 0: 12
	Ladder obligation.Ladder // of reminders
	Seed   uint64            // of everything that is left to chance
	Shares Shares            // how many units behave how
	ByUnit map[string]Conduct
	// Off are stretches in which the installation is off, in order of time.
	Off []ledger.Downtime
	// Channel is how heads of villages are reached: whatsapp, email or wa_link.
	// All others have e-mail.
	Channel  string
	Progress func(done, of int, what string) // nil: none
}

// Report is what happened.
type Report struct {
	Options  Options
	Due      []calendar.Day         // last days of the lists that were asked for
	Planned  []ledger.PlannedNotice // what the dry run said on the first morning
	Calendar []delivery.Planned     // the messages it said
	Notices  []Notice               // the steps that were taken
	Messages []Sent                 // in order of time
	Coverage []Cover                // at the end of each month
	Conduct  map[Kind]int           // units by how they behave
	Open     int                    // duties to hand in a list that stand open at the end
	Closed   map[string]time.Time   // when a list was accepted, by duty
	Repeats  int                    // messages that reached the channels more than once
	Wrong    int                    // counters that differed from rows in a daily round
	Outages  []ledger.Downtime      // as the installation noticed them
	Units    map[string]string      // names of units by duty
}

// Notice is a step that was taken, by duty and post.
type Notice struct {
	At                                               time.Time
	ObligationID, PostID, Step, Tone, Target, Missed string
	Generation                                       int
}

// Sent is a message that went out.
type Sent struct {
	At      time.Time
	Post    string
	Unit    string // of that post
	Channel string
	Kind    string
	Subject string
	Text    string
	Key     string
	Items   int64
	Cost    rupiah.Amount
	Steps   []string // of the ladder; none: news only
	Duties  []string // that the text is about
}

// Cover is how many people had reached which state when a month ended.
type Cover struct {
	Month  calendar.Month
	People ledger.People
}

// Run plays a year. Nothing it does leaves the machine, and nothing of it is
// kept.
func Run(ctx context.Context, o Options) (r *Report, err error) {
	if err := o.fill(); err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp("", "payung-simulate-")
	if err != nil {
		return nil, fmt.Errorf("simulate: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	p, err := open(ctx, o, "sqlite://"+folder+"/ledger.db")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, p.ledger.Close()) }()
	if err := p.play(); err != nil {
		return nil, err
	}
	return p.report()
}

// fill checks what was asked for and fills in what is usual.
func (o *Options) fill() error {
	if o.Months == 0 {
		o.Months = 12
	}
	if o.Channel == "" {
		o.Channel = channel.WhatsApp
	}
	if o.Ladder.Code == "" {
		o.Ladder = obligation.Default()
	}
	switch {
	case o.Units < 1 || o.Units > mostUnits:
		return fault.New(fault.Invalid, "bad_count", "units must be between 1 and %d", mostUnits).On("units").With("field", "units")
	case !o.Start.Valid():
		return fault.New(fault.Invalid, "bad_date", "%s is no day", o.Start).On("start").With("field", "start")
	case o.Months < 1 || o.Months > 24:
		return fault.New(fault.Invalid, "bad_count", "months must be between 1 and 24").On("months").With("field", "months")
	case !slices.Contains([]string{channel.WhatsApp, channel.Email, channel.Link}, o.Channel):
		return fault.New(fault.Invalid, "unknown_channel", "villages are reached by whatsapp, email or wa_link").On("channel").With("channel", o.Channel)
	}
	slices.SortFunc(o.Off, func(a, b ledger.Downtime) int { return a.From.Compare(b.From) })
	for i, d := range o.Off {
		if !d.From.After(o.begin()) || !d.To.After(d.From) || i > 0 && d.From.Before(o.Off[i-1].To) {
			return fault.New(fault.Invalid, "bad_period", "a downtime begins after the start, ends after it begins, and overlaps no other").On("downtime")
		}
	}
	if err := o.Shares.check(); err != nil {
		return err
	}
	return o.Ladder.Check()
}

// begin is the first instant, end the last day.
func (o Options) begin() time.Time { return o.Start.In(zone, 7, 0) }

func (o Options) end() calendar.Day {
	return zone.DayOf(o.begin().AddDate(0, o.Months, 0))
}

// due are the last days of the two lists that are asked for: those of the year,
// and those of the next.
func (o Options) due() []calendar.Day {
	c := calendar.National()
	return []calendar.Day{c.OnOrAfter(o.Start.Add(60)), c.OnOrAfter(o.Start.Add(330))}
}
