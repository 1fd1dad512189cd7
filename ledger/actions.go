package ledger

import (
	"payung/domain/calendar"
)

// MaxActions is how many actions a page shows at once: more is a list nobody
// begins.
const MaxActions = 5

// Codes of actions, besides those of findings.
const (
	ActionLate         = "late"           // units whose date has passed
	ActionSilent       = "no_answer"      // asked with a date, nothing came, not late yet
	ActionRenewal      = "renewal_open"   // answer whether the next year is covered
	ActionRunningOut   = "running_out"    // the last year ends soon and nobody has asked
	ActionDue          = "due"            // what falls due next
	ActionPlanned      = "planned_line"   // a group that is planned and not begun
	ActionSign         = "sign"           // everything but a signature
	ActionOpenYear     = "open_year"      // signed, no year opened
	ActionNotProtected = FindingUncovered // a signature is not cover
)

// ActionCodes lists every code an action can have.
func ActionCodes() []string {
	return append(Findings(), ActionLate, ActionSilent, ActionRenewal, ActionRunningOut, ActionDue, ActionPlanned, ActionSign, ActionOpenYear)
}

// Urgency of an action.
const (
	Urgent = "late"
	Soon   = "warn"
	Later  = "idle"
)

// Action is one thing to do next.
type Action struct {
	Code    string
	Urgency string
	Count   int64
	On      calendar.Day // since when, or until when
	Group   string
	Year    string
}

// runningOut is how long before a last year ends the renewal is asked for:
// the renewal ladder's first step.
const runningOut = 180

// actions lists what to do next, most urgent first.
func actions(o Overview, f facts) []Action {
	var out []Action
	add := func(hold bool, a Action) {
		if hold {
			out = append(out, a)
		}
	}
	found := map[string]bool{}
	for _, code := range o.Findings {
		found[code] = true
	}
	live, id := o.Live(), o.Agreement.ID
	add(found[FindingSetAside], Action{Code: FindingSetAside, Urgency: Urgent, Count: o.Duties.SetAside})
	add(o.Duties.Late > 0, Action{Code: ActionLate, Urgency: Urgent, Count: o.Duties.Late, On: o.Duties.LateSince})
	add(found[FindingUndated], Action{Code: FindingUndated, Urgency: Soon, Count: o.Duties.Undated})
	last := calendar.Day("")
	for _, p := range f.periods[id] {
		last = max(last, calendar.Day(p.ToDay))
	}
	add(live && o.Stage == StageRenewal, Action{Code: ActionRenewal, Urgency: Soon, On: last})
	add(live && last != "" && o.Stage != StageRenewal && last.Sub(o.Today) <= runningOut, Action{Code: ActionRunningOut, Urgency: Soon, On: last})
	silent := o.Duties.NoAnswer - o.Duties.Late
	add(live && silent > 0, Action{Code: ActionSilent, Urgency: Soon, Count: silent, On: o.Next.On})
	add(live && o.Next.On >= o.Today, Action{Code: ActionDue, Urgency: Later, Count: o.Next.Count, On: o.Next.On, Group: o.Next.Group})
	for _, group := range f.unbased(o.RecapRow) {
		add(o.Stage != StageEnded, Action{Code: FindingNoBasis, Urgency: Soon, Group: group})
	}
	add(live && (o.Stage == StageMet || o.Stage == StageBasis), Action{Code: ActionSign, Urgency: Later})
	add(live && o.Stage == StageSigned, Action{Code: ActionOpenYear, Urgency: Soon})
	for _, l := range f.lines[id] {
		add(l.State == "planned" && o.Stage != StageEnded, Action{Code: ActionPlanned, Urgency: Later, Group: l.GroupCode, Year: l.PlannedFor})
	}
	for _, code := range []string{FindingUnsigned, ActionNotProtected, FindingLeadUnknown, FindingCitations} {
		add(found[code], Action{Code: code, Urgency: Later})
	}
	return out[:min(len(out), MaxActions)]
}
