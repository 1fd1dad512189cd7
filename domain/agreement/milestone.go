// Package agreement knows what an agreement between a local government and
// BPJS Ketenagakerjaan goes through: milestones, what the law wants before a
// decision, yearly periods and their renewal. It is pure and reads no clock.
package agreement

import (
	"payung/domain/fault"
)

// Milestone is something an agreement has reached. Milestones are facts beside
// each other, not a sequence: Konawe Selatan had its regulation two years
// before it signed, Konawe Utara had enrolled villages before it first met.
type Milestone string

// The milestones, in the order in which a report lists them.
const (
	MeetingHeld    Milestone = "meeting_held"
	BasisInForce   Milestone = "basis_in_force" // about a worker group
	Signed         Milestone = "signed"
	YearOpened     Milestone = "year_opened"     // about a line and year
	RostersIn      Milestone = "rosters_in"      // about a line and year: every unit has answered
	RenewalDecided Milestone = "renewal_decided" // about a year
	Terminated     Milestone = "terminated"
)

// Milestones lists all of them in reporting order.
func Milestones() []Milestone {
	return []Milestone{MeetingHeld, BasisInForce, Signed, YearOpened, RostersIn, RenewalDecided, Terminated}
}

// Decision is a change that the agreement's workflow puts in order. Its names
// reach histories and are for ever.
type Decision string

// The decisions people can take.
const (
	RecordMeeting       Decision = "recordMeeting"
	BringBasisIntoForce Decision = "bringBasisIntoForce"
	ReplaceBasis        Decision = "replaceBasis"
	Sign                Decision = "sign"
	OpenYear            Decision = "openYear"
	MoveDeadline        Decision = "moveDeadline"
	DecideRenewal       Decision = "decideRenewal"
	Terminate           Decision = "terminate"
)

// Decisions lists all of them; the workflow registers one update for each.
func Decisions() []Decision {
	return []Decision{RecordMeeting, BringBasisIntoForce, ReplaceBasis, Sign, OpenYear, MoveDeadline, DecideRenewal, Terminate}
}

// Codes of what can stand in the way of a decision.
const (
	NeedSignature  = "signature"        // the agreement is not signed
	NeedLine       = "line"             // no worker group is covered that is more than planned
	NeedBasis      = "basis_for_group"  // no regulation in force covers the group on that day
	NeedUnits      = "units"            // nobody would owe anything
	NeedSignatory  = "signatory"        // a party has nobody who signs
	NeedDeadline   = "deadline"         // the fatal date lies before the target date
	NeedOpenDuty   = "open_obligation"  // nothing open whose date could move
	NeedPeriod     = "period"           // no year that could be renewed
	NeedLaterDate  = "later_date"       // the date lies before what it follows
	NeedNotPlanned = "line_not_planned" // a planned line carries no duties yet
)

// Wanted is one demand of a decision and whether it is met.
type Wanted struct {
	Code  string
	About string
	Met   bool
}

// Missing collects every unmet demand, so that people learn of all at once.
func Missing(wanted ...Wanted) []fault.Reason {
	var out []fault.Reason
	for _, w := range wanted {
		if !w.Met {
			out = append(out, fault.Reason{Code: w.Code, About: w.About})
		}
	}
	return out
}

// Refusal is the one answer to a decision with unmet demands; nil if there are
// none.
func Refusal(d Decision, missing []fault.Reason) error {
	if len(missing) == 0 {
		return nil
	}
	f := fault.New(fault.Refused, "prerequisites_missing", "%s is not possible yet", d)
	f.Reasons = missing
	return f.With("decision", string(d))
}

// Closed is the answer to any decision on a terminated agreement.
func Closed() error {
	return fault.New(fault.Refused, "agreement_terminated", "the agreement has been terminated and takes no decisions")
}
