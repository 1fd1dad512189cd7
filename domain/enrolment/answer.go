package enrolment

import (
	"strings"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/worker"
)

// Answer is what the branch says about one person of a batch.
type Answer struct {
	Number   int64 // of the row in the batch, from 1
	State    State // Registered or Rejected
	Card     string
	Employer string
	Reason   string // of a rejection
	On       calendar.Day
}

// Bounds of numbers that BPJS gives. No description of either was found, so that
// only what can be no number at all is refused.
const (
	leastCard, mostCard         = 8, 20
	leastEmployer, mostEmployer = 6, 20
)

// Check refuses an answer that says nothing or contradicts itself, and tidies
// its numbers.
func (a *Answer) Check() *fault.Fault {
	a.Card, a.Employer = tidy(a.Card), tidy(a.Employer)
	switch {
	case a.State != Registered && a.State != Rejected:
		return fault.New(fault.Invalid, "unknown_answer_state", "a name is answered with registered or rejected").On("state")
	case a.State == Rejected && a.Card != "":
		return fault.New(fault.Invalid, "rejected_with_card", "a name that is rejected has no card number").On("card")
	case a.State == Registered && a.Reason != "":
		return fault.New(fault.Invalid, "registered_with_reason", "a name that is registered needs no reason").On("reason")
	case a.Card != "" && !number(a.Card, leastCard, mostCard):
		return fault.New(fault.Invalid, "bad_card_number", "a card number (KPJ) has %d to %d letters or digits", leastCard, mostCard).On("card")
	case a.Employer != "" && !number(a.Employer, leastEmployer, mostEmployer):
		return fault.New(fault.Invalid, "bad_employer_number", "an employer number (NPP) has %d to %d letters or digits", leastEmployer, mostEmployer).On("employer")
	case a.State == Rejected:
		if _, ok := FindReason(a.Reason); !ok {
			return fault.New(fault.Invalid, "unknown_rejection", "there is no reason %q for a rejection", a.Reason).On("reason")
		}
	}
	return nil
}

// Protects reports whether the answer starts protection: a wage earner is
// protected from the issue of the number, an own-account worker from the
// accepted registration.
func (a Answer) Protects(s worker.Segment) bool {
	if a.State != Registered {
		return false
	}
	m := worker.Milestones{RegistrationAccepted: a.On}
	if a.Card != "" {
		m.NumberIssued = a.On
	}
	_, ok := worker.CoverFrom(s, m)
	return ok
}

// tidy takes away what people put between the digits of a number.
func tidy(s string) string {
	return strings.ToUpper(strings.Map(func(r rune) rune {
		if r == ' ' || r == '.' || r == '-' || r == '/' || r == '\'' {
			return -1
		}
		return r
	}, strings.TrimSpace(s)))
}

func number(s string, least, most int) bool {
	digits := 0
	for _, r := range s {
		switch {
		case '0' <= r && r <= '9':
			digits++
		case 'A' <= r && r <= 'Z':
		default:
			return false
		}
	}
	return least <= len(s) && len(s) <= most && digits >= 5
}
