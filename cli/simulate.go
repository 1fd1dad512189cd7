package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"payung/domain/calendar"
	"payung/domain/obligation"
	"payung/ledger"
	"payung/simulate"
)

type simulateCmd struct {
	common
	Units    int      `help:"Villages that owe lists." default:"336"`
	Start    string   `help:"Day on which the lists are asked for, such as 2026-01-05; empty: the Monday after next New Year." placeholder:"DAY"`
	Months   int      `help:"How long it goes on." default:"12"`
	Ladder   string   `help:"Reminders: default (T-7, T-1, T+1) or full (nine steps)." default:"default" enum:"default,full"`
	Shares   string   `help:"How many units in a hundred behave how: ontime, late (after a colon: within how many days), broken (the file has to be mended), extend (more time is asked for), silent. 'silent=100' is the dry run." default:"ontime=45,late=25:30,broken=10,extend=10,silent=10"`
	Conduct  string   `help:"CSV file that says how single units behave: 'Desa 001,late,12'." type:"existingfile" placeholder:"FILE"`
	Seed     uint64   `help:"Of everything left to chance; the same one gives the same year." default:"1"`
	Downtime []string `help:"A stretch in which the installation is off, such as 2026-03-03..2026-03-06 or with hours 2026-03-03T03:00..2026-03-06T08:00 (WITA); can be given again." placeholder:"FROM..TO"`
	Channel  string   `help:"How heads of villages are reached: whatsapp, email or wa_link; all others have e-mail." default:"whatsapp" enum:"whatsapp,email,wa_link"`
	Lang     string   `help:"Language of the report: id or en." default:"id" enum:"id,en"`
	CSV      string   `help:"Write every message to this file." type:"path" placeholder:"FILE"`
	Quiet    bool     `help:"Print totals only, not every message."`
}

// Run plays a year and prints every message of it, what they cost and how many
// people were protected when.
func (c *simulateCmd) Run(s *session) error {
	c.begin(s)
	o, err := c.options(time.Now())
	if err != nil {
		return err
	}
	r, err := simulate.Run(s.ctx, o)
	if err != nil {
		return err
	}
	if c.CSV != "" {
		if err := c.save(r); err != nil {
			return err
		}
	}
	if s.json {
		return json.NewEncoder(s.out).Encode(r.Summary())
	}
	return r.Print(s.out, calendar.Lang(c.Lang), !c.Quiet)
}

func (c *simulateCmd) options(now time.Time) (simulate.Options, error) {
	o := simulate.Options{Units: c.Units, Start: calendar.Day(c.Start), Months: c.Months, Ladder: obligation.Default(), Seed: c.Seed, Channel: c.Channel}
	if c.Start == "" {
		o.Start = calendar.NewDay(now.Year()+1, 1, 2)
		for o.Start.Weekday() != time.Monday {
			o.Start = o.Start.Add(1)
		}
	}
	if c.Ladder == "full" {
		o.Ladder = obligation.Full()
	}
	var err error
	if o.Shares, err = simulate.ParseShares(c.Shares); err != nil {
		return o, err
	}
	if c.Conduct != "" {
		f, err := os.Open(c.Conduct)
		if err != nil {
			return o, fmt.Errorf("how units behave: %w", err)
		}
		defer func() { _ = f.Close() }() // it was read, or that failed
		if o.ByUnit, err = simulate.ParseConducts(f); err != nil {
			return o, err
		}
	}
	for _, d := range c.Downtime {
		off, err := downtime(d)
		if err != nil {
			return o, err
		}
		o.Off = append(o.Off, off)
	}
	return o, nil
}

// downtime reads "2026-03-03..2026-03-06", from midnight to midnight, or with a
// time of day.
func downtime(s string) (ledger.Downtime, error) {
	first, last, ok := strings.Cut(s, "..")
	from, err := moment(first)
	to, wrong := moment(last)
	if err = errors.Join(err, wrong); !ok || err != nil {
		return ledger.Downtime{}, fmt.Errorf("--downtime %q is not FROM..TO: days, or days with a time such as 2026-03-03T03:00", s)
	}
	return ledger.Downtime{From: from, To: to}, nil
}

func moment(s string) (time.Time, error) {
	zone := calendar.WITA.Location()
	if t, err := time.ParseInLocation("2006-01-02T15:04", s, zone); err == nil {
		return t, nil
	}
	return time.ParseInLocation(time.DateOnly, s, zone)
}

func (c *simulateCmd) save(r *simulate.Report) (err error) {
	f, err := os.OpenFile(c.CSV, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("simulate: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return r.CSV(f, calendar.Lang(c.Lang))
}
