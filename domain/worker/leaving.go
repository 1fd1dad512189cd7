package worker

import (
	"fmt"
	"slices"

	"payung/domain/calendar"
)

// Reason is why somebody leaves a list.
type Reason string

// The reasons for leaving. One change of status is not another: whoever becomes
// PPPK or PNS has neither died nor resigned.
const (
	Died             Reason = "died"
	BecamePPPK       Reason = "became_pppk"
	BecamePNS        Reason = "became_pns"
	Resigned         Reason = "resigned"
	Moved            Reason = "moved"
	ContractEnded    Reason = "contract_ended"
	EnteredByMistake Reason = "entered_by_mistake" // never belonged to the group
)

// Leaving is what follows from a reason.
type Leaving struct {
	Reason       Reason
	OpensClaim   bool // of JKM, or of JKK after an accident at work
	Deactivates  bool // goes to BPJS Ketenagakerjaan in data_tk_na, as NA (non-aktif)
	KeepsHistory bool // the enrolment is closed and stays; else it is struck
	Provenance
}

// Leavings are all reasons and what follows from each, in the order in which
// lists show them.
func Leavings() []Leaving {
	guide := Provenance{"SIPP user guide on changes of data (2024), chapters 3 to 6", Verified}
	status := Provenance{"UU 20/2023, article 66; press reports of staff moved to PPPK", Plausible}
	return []Leaving{
		{Died, true, false, true, guide},
		{BecamePPPK, false, true, true, status},
		{BecamePNS, false, true, true, status},
		{Resigned, false, true, true, guide},
		{Moved, false, true, true, Provenance{"practice of the offices", Plausible}},
		{ContractEnded, false, true, true, guide},
		{EnteredByMistake, false, false, false, guide},
	}
}

// FindLeaving is what follows from a reason, if it is one of [Leavings].
func FindLeaving(r Reason) (Leaving, bool) {
	all := Leavings()
	i := slices.IndexFunc(all, func(l Leaving) bool { return l.Reason == r })
	if i < 0 {
		return Leaving{}, false
	}
	return all[i], true
}

// Enrolment is one person's time in a group. To is the last day in it and
// Reason why it was the last; both are empty while it goes on.
type Enrolment struct {
	Group  string // code of a [Group]
	From   calendar.Day
	To     calendar.Day
	Reason Reason
}

// End is the enrolment closed on its last day. It refuses an unknown reason or
// one that strikes an enrolment instead of closing it, a day before the
// beginning, and a second end. Whoever becomes PPPK on a day was in the group
// until the day before.
func (e Enrolment) End(reason Reason, on calendar.Day) (Enrolment, error) {
	l, known := FindLeaving(reason)
	switch {
	case e.To != "":
		return e, fmt.Errorf("worker: the enrolment ended on %s already", e.To)
	case !known:
		return e, fmt.Errorf("worker: %q is no reason for leaving", reason)
	case !l.KeepsHistory:
		return e, fmt.Errorf("worker: an enrolment %s is struck, it has no end", reason)
	case !on.Valid():
		return e, fmt.Errorf("worker: %q is no day", on)
	case on < e.From:
		return e, fmt.Errorf("worker: the enrolment cannot end on %s, before it begins on %s", on, e.From)
	}
	e.To, e.Reason = on, reason
	return e, nil
}
