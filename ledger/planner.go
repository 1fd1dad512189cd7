package ledger

import (
	"encoding/json"
	"time"

	"payung/domain/calendar"
	"payung/domain/obligation"
	"payung/models"
)

// terms is what the reminder plan of an obligation depends on.
type terms struct {
	target, fatal int64
	ladder        string
}

// planner computes reminder plans, each distinct one once.
type planner struct {
	zone     calendar.Zone
	calendar *calendar.Calendar
	ladder   string // the agreement's
	still    bool   // no clock runs: known from sources only, or ended
	plans    map[terms][]obligation.Planned
}

func (tx *Tx) planner(a models.Agreement) *planner {
	c := tx.l.calendar
	if !a.CutiMoves {
		c = c.CutiIsWorkday()
	}
	return &planner{
		zone: calendar.Zone(a.Zone), calendar: c, ladder: a.Ladder, still: a.Historical || a.ClosedOn != "",
		plans: map[terms][]obligation.Planned{},
	}
}

// plan is the one use of [obligation.Plan]: steps, dry run and pages all come
// through here.
func (p *planner) plan(o models.Obligation) ([]obligation.Planned, error) {
	k := terms{o.TargetAt, o.FatalAt, o.Ladder}
	if k.ladder == "" {
		k.ladder = p.ladder
	}
	if plan, ok := p.plans[k]; ok {
		return plan, nil
	}
	t := obligation.Terms{Zone: p.zone}
	if err := json.Unmarshal([]byte(k.ladder), &t.Ladder); err != nil {
		return nil, wrap("stored ladder", err)
	}
	if err := t.Ladder.Check(); err != nil {
		return nil, err
	}
	if k.target != 0 {
		t.Target = time.UnixMicro(k.target)
	}
	if k.fatal != 0 {
		t.Fatal = time.UnixMicro(k.fatal)
	}
	plan := obligation.Plan(t, p.calendar)
	p.plans[k] = plan
	return plan, nil
}

// arm sets when an obligation is looked at next.
func (p *planner) arm(o *models.Obligation) error {
	o.NextAt, o.NextStep = 0, ""
	if p.still || !running(*o) || o.PausedAt != 0 || o.TargetAt == 0 {
		return nil
	}
	plan, err := p.plan(*o)
	if err != nil {
		return err
	}
	for _, s := range plan {
		if at := s.At.UnixMicro(); at > o.TakenUntil {
			o.NextAt, o.NextStep = at, s.Code
			return nil
		}
	}
	return nil
}
