package agreement

import "payung/domain/obligation"

// Answer is what was decided about the next year.
type Answer string

// The answers. A planned gap needs a reason; it is a decision, not an accident.
const (
	Renew   Answer = "renew"
	Decline Answer = "decline"
)

// RenewalLadder reminds of a renewal 180, 120, 90, 60 and 30 days before the
// period ends. For a budget year the first step falls on 4 July, in time for
// the draft budget (KUA-PPAS) that goes to the council in the second week of
// July.
func RenewalLadder() obligation.Ladder {
	return obligation.Ladder{Code: "renewal", Steps: []obligation.Step{
		{Code: "T-180", Offset: "-P180D", Tone: obligation.Reminder, Level: 0},
		{Code: "T-120", Offset: "-P120D", Tone: obligation.Reminder, Level: 0},
		{Code: "T-90", Offset: "-P90D", Tone: obligation.Request, Level: 0},
		{Code: "T-60", Offset: "-P60D", Tone: obligation.Request, Level: 1},
		{Code: "T-30", Offset: "-P30D", Tone: obligation.Warning, Level: 1},
	}}
}
