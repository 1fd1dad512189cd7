package ledger

import (
	"math"
	"slices"
	"strings"
	"time"

	"payung/domain/calendar"
	"payung/domain/obligation"
	"payung/models"
)

// weighing works out what another policy makes of an agreement's open
// obligations. Those that stand alike are worked out once.
type weighing struct {
	now      time.Time
	zone     calendar.Zone
	old, new *planner
	seen     map[standing]*outcome
	outcomes []*outcome
}

// standing is all of an obligation that its plan and its place in it depend on.
type standing struct {
	kind, group, ladder, taken, next string
	date                             dated
	targetAt, fatalAt, until, nextAt int64
	paused, lapsed, aside            bool
}

// outcome is what becomes of obligations of one standing.
type outcome struct {
	changed   bool              // the row is another one; later reminders can move without that
	after     models.Obligation // a sample
	date      *DateMove         // nil: it stays
	reminders []ReminderMove
	of        []models.Obligation // as they were
}

// weigh compares two policies for the obligations given.
func (tx *Tx) weigh(a models.Agreement, old, now *policy, open []models.Obligation) *weighing {
	w := &weighing{
		now: tx.at, zone: calendar.Zone(a.Zone), old: newPlanner(a, old), new: newPlanner(a, now), seen: map[standing]*outcome{},
	}
	for _, o := range open {
		k := standing{
			o.Kind, o.GroupCode, o.Ladder, o.TakenSteps, o.NextStep, datedOf(o), o.TargetAt, o.FatalAt, o.TakenUntil, o.NextAt,
			o.PausedAt != 0, o.LapsedAt != 0, o.Fault != "",
		}
		out := w.seen[k]
		if out == nil {
			out = w.judge(o)
			w.seen[k], w.outcomes = out, append(w.outcomes, out)
		}
		out.of = append(out.of, o)
	}
	return w
}

// effect sums up what changes.
func (w *weighing) effect() Effect {
	var e Effect
	for _, out := range w.outcomes {
		if out.changed || len(out.reminders) > 0 {
			e.add(out.date, out.reminders, int64(len(out.of)))
		}
	}
	e.sort()
	return e
}

// judge works out one obligation under the new policy. One whose ladder is
// damaged stays as it is: the clock sets it aside.
func (w *weighing) judge(o models.Obligation) *outcome {
	after := o
	d := recounted(o, w.new.days)
	if d != datedOf(o) {
		d.apply(&after, w.zone)
	}
	before, err := w.old.whole(o)
	if err != nil {
		return &outcome{after: o}
	}
	plan, err := w.new.whole(after)
	if err != nil {
		return &outcome{after: o}
	}
	taken, until := takenSteps(o), time.UnixMicro(o.TakenUntil)
	if !slices.Equal(left(before, taken, until), left(plan, taken, until)) {
		c := obligation.Carry(before, plan, until, taken, w.now)
		after.TakenUntil, after.TakenSteps = c.Until.UnixMicro(), strings.Join(c.Taken, ",")
		if slices.ContainsFunc(plan, func(p obligation.Planned) bool { return p.Lapse && p.At.After(w.now) }) {
			after.LapsedAt = 0 // the last day has not come yet, by this calendar
		}
	}
	if err := w.new.arm(&after); err != nil {
		return &outcome{after: o}
	}
	if o.Fault != "" {
		after.NextAt, after.NextStep = 0, ""
	}
	out := &outcome{changed: after != o, after: after}
	if after.TargetOn != o.TargetOn || after.FatalOn != o.FatalOn {
		out.date = &DateMove{AgreementID: o.AgreementID, Kind: o.Kind, GroupCode: o.GroupCode, From: o.TargetOn, To: after.TargetOn}
	}
	out.reminders = compared(after, w.sends(before, o), w.sends(plan, after))
	return out
}

func takenSteps(o models.Obligation) []string {
	if o.TakenSteps == "" {
		return nil
	}
	return strings.Split(o.TakenSteps, ",")
}

// left is what of a plan has not been dealt with.
func left(plan []obligation.Planned, taken []string, until time.Time) []obligation.Planned {
	return slices.DeleteFunc(slices.Clone(obligation.Without(plan, taken)), func(p obligation.Planned) bool { return !p.At.After(until) })
}

// sent is a step as the clock will send it.
type sent struct {
	code string
	Sending
}

// sends lists what the clock will send of an obligation if nobody answers.
func (w *weighing) sends(plan []obligation.Planned, o models.Obligation) []sent {
	if o.NextAt == 0 {
		return nil
	}
	var out []sent
	for _, wake := range wakes(obligation.Without(plan, takenSteps(o)), o, w.now, time.UnixMicro(math.MaxInt64), nil) {
		if s := wake.taken.Send; s != nil {
			out = append(out, sent{s.Code, Sending{At: wake.at.UnixMicro(), Tone: string(s.Tone), Level: s.Level}})
		}
	}
	return out
}

// compared lists the steps that are sent otherwise than before.
func compared(o models.Obligation, before, after []sent) []ReminderMove {
	var out []ReminderMove
	move := func(step string, was, becomes Sending) {
		if was != becomes {
			out = append(out, ReminderMove{
				AgreementID: o.AgreementID, Kind: o.Kind, GroupCode: o.GroupCode, TargetOn: o.TargetOn, Step: step, Was: was, Becomes: becomes,
			})
		}
	}
	find := func(in []sent, code string) Sending {
		i := slices.IndexFunc(in, func(s sent) bool { return s.code == code })
		if i < 0 {
			return Sending{}
		}
		return in[i].Sending
	}
	for _, s := range before {
		move(s.code, s.Sending, find(after, s.code))
	}
	for _, s := range after {
		if find(before, s.code) == (Sending{}) {
			move(s.code, Sending{}, s.Sending)
		}
	}
	return out
}
