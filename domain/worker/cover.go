package worker

import "payung/domain/calendar"

// Milestones are the days on which things happened to one person's
// registration; an empty day has not happened.
type Milestones struct {
	AgreementSigned      calendar.Day // the PKS
	Listed               calendar.Day // named in the list of a unit
	Submitted            calendar.Day // list handed to BPJS
	NumberIssued         calendar.Day // participant number of a wage earner
	RegistrationAccepted calendar.Day // form received complete, or electronic input accepted
}

// CoverFrom is the first covered day, if there is one. A wage earner is covered
// from the issue of the number (Permenaker 1/2025, article 3A), an own-account
// worker from the accepted registration (BPJS Ketenagakerjaan, membership
// procedure under Perdir 22/2022). Nothing else starts cover, least of all a
// signature.
func CoverFrom(s Segment, m Milestones) (calendar.Day, bool) {
	switch s {
	case PPU:
		return m.NumberIssued, m.NumberIssued != ""
	case BPU:
		return m.RegistrationAccepted, m.RegistrationAccepted != ""
	default:
		return "", false
	}
}
