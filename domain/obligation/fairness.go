package obligation

import "fmt"

// Fairness is how much time a Pemda gives beyond its deadlines. No source
// settles any of its numbers; each Pemda may set its own.
type Fairness struct {
	MaxExtensions int // of one duty, before the deadline has to be moved for all
	ApproverLevel int // posts above the owner: 1 is the one directly above
	PauseDays     int // working days of a pause after which somebody is asked how long it will be
	OutageDays    int // working days up to and with a deadline in which an outage of ours counts
	OutageMinutes int // of office time that one outage must have taken to count
	Office        Office
}

// DefaultFairness holds where a Pemda has settled nothing.
func DefaultFairness() Fairness {
	return Fairness{MaxExtensions: 2, ApproverLevel: 1, PauseDays: 10, OutageDays: 2, OutageMinutes: 120, Office: Office{Opens: 8, Closes: 16}}
}

// Check refuses numbers that make no sense.
func (f Fairness) Check() error {
	for _, n := range []struct {
		what          string
		n, least, max int
	}{
		{"extensions", f.MaxExtensions, 0, 20},
		{"approver's level", f.ApproverLevel, 1, 5},
		{"days of a pause", f.PauseDays, 1, 250},
		{"days before a deadline", f.OutageDays, 0, 60},
		{"minutes of an outage", f.OutageMinutes, 1, 10_000},
		{"opening hour", f.Office.Opens, 0, 23},
		{"closing hour", f.Office.Closes, f.Office.Opens + 1, 24},
	} {
		if n.n < n.least || n.n > n.max {
			return fmt.Errorf("obligation: the %s must be from %d to %d, not %d", n.what, n.least, n.max, n.n)
		}
	}
	return nil
}

// PauseReason says who holds a matter, so that its clock stands.
type PauseReason string

// The reasons.
const (
	BPJSAnswer     PauseReason = "bpjs_answer"     // menunggu jawaban BPJS Ketenagakerjaan
	DukcapilAnswer PauseReason = "dukcapil_answer" // menunggu pemadanan data oleh Dinas Dukcapil
	Transfer       PauseReason = "transfer"        // menunggu transfer atau pencairan dana
	Budget         PauseReason = "budget"          // menunggu pengesahan anggaran
	Signing        PauseReason = "signature"       // menunggu tanda tangan pimpinan
	Regulation     PauseReason = "regulation"      // menunggu peraturan
	OtherReason    PauseReason = "other"           // a note says what
)

// PauseReasons lists all of them, the most frequent first.
func PauseReasons() []PauseReason {
	return []PauseReason{BPJSAnswer, DukcapilAnswer, Transfer, Budget, Signing, Regulation, OtherReason}
}
