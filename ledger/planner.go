package ledger

import (
	"encoding/json"
	"strings"
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

// planner computes reminder plans, each distinct one once. What could not be
// read of its Pemda's policy comes back as the error of every plan.
type planner struct {
	zone   calendar.Zone
	policy *policy
	err    error
	days   *calendar.Calendar
	ladder string // the agreement's
	still  bool   // no clock runs: known from sources only, or ended
	plans  map[terms][]obligation.Planned
}

func (tx *Tx) planner(a models.Agreement) *planner {
	p, err := tx.policyOf(a.PemdaPartyID)
	if err != nil {
		return &planner{err: err}
	}
	return newPlanner(a, p)
}

// newPlanner plans the obligations of an agreement by a policy.
func newPlanner(a models.Agreement, by *policy) *planner {
	return &planner{
		zone: calendar.Zone(a.Zone), policy: by, days: by.of(a), ladder: a.Ladder, still: a.Historical || a.ClosedOn != "",
		plans: map[terms][]obligation.Planned{},
	}
}

// whole is the one use of [obligation.Plan]: steps, dry run and pages all come
// through here.
func (p *planner) whole(o models.Obligation) ([]obligation.Planned, error) {
	if p.err != nil {
		return nil, p.err
	}
	k := terms{o.TargetAt, o.FatalAt, p.policy.ladder(o, p.ladder)}
	if plan, ok := p.plans[k]; ok {
		return plan, nil
	}
	t := obligation.Terms{Zone: p.zone, Hours: p.policy.hours}
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
	plan := obligation.Plan(t, p.days)
	p.plans[k] = plan
	return plan, nil
}

// plan is what may still be sent of an obligation's present date, and what was
// sent in its time: steps that a change of plan has put into the future again
// are left out.
func (p *planner) plan(o models.Obligation) ([]obligation.Planned, error) {
	plan, err := p.whole(o)
	if err != nil || o.TakenSteps == "" {
		return plan, err
	}
	return obligation.Without(plan, strings.Split(o.TakenSteps, ",")), nil
}

// arm sets when an obligation is looked at next.
func (p *planner) arm(o *models.Obligation) error {
	o.NextAt, o.NextStep = 0, ""
	if p.err != nil {
		return p.err
	}
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
