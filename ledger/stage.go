package ledger

import (
	"payung/domain/agreement"
	"payung/domain/calendar"
	"payung/domain/worker"
)

// Stage is how far an agreement has come, told by its milestones and years. It
// says nothing about people.
type Stage string

// The stages.
const (
	StagePrepared   Stage = "prepared"   // nothing has happened yet
	StageMet        Stage = "met"        // a KSO meeting was held
	StageBasis      Stage = "basis"      // a regulation is in force, nothing signed
	StageSigned     Stage = "signed"     // signed, no year opened
	StageCollecting Stage = "collecting" // a year is open, lists are asked for
	StageAnswered   Stage = "answered"   // every unit has answered
	StageRenewal    Stage = "renewal"    // the next year is being asked about
	StageRunOut     Stage = "run_out"    // the last year is over and nothing follows
	StageEnded      Stage = "ended"      // terminated
)

// Stages lists them in order.
func Stages() []Stage {
	return []Stage{StagePrepared, StageMet, StageBasis, StageSigned, StageCollecting, StageAnswered, StageRenewal, StageRunOut, StageEnded}
}

func (f facts) stage(r RecapRow) Stage {
	id := r.Agreement.ID
	reached := map[string]bool{}
	for _, m := range f.milestones[id] {
		reached[m.Code] = true
	}
	for _, renewal := range f.renewals[id] {
		if renewal.State == "open" || calendar.Day(renewal.DecidedOn) > r.Today {
			reached["renewal_open"] = true
		}
	}
	last := calendar.Day("")
	for _, p := range f.periods[id] {
		last = max(last, calendar.Day(p.ToDay))
	}
	closed := calendar.Day(r.Agreement.ClosedOn)
	switch {
	case closed != "" && closed <= r.Today:
		return StageEnded
	case last != "" && last < r.Today:
		return StageRunOut
	case reached["renewal_open"]:
		return StageRenewal
	case last != "" && r.Duties.All > 0 && r.Duties.Open()+r.Duties.Submitted == 0:
		return StageAnswered
	case last != "":
		return StageCollecting
	case reached[string(agreement.Signed)]:
		return StageSigned
	case reached[string(agreement.BasisInForce)] && !reached[string(agreement.MeetingHeld)]:
		return StageBasis
	case reached[string(agreement.MeetingHeld)]:
		return StageMet
	}
	return StagePrepared
}

// Codes of findings: something that is recorded and is not as it should be, or
// is not recorded and should be.
const (
	FindingSetAside    = "set_aside"          // duties that could not be stepped
	FindingUndated     = "no_deadline"        // duties with no date
	FindingNoBasis     = "no_basis"           // no regulation in force for a group that needs one
	FindingUnsigned    = "year_not_signed"    // a year is open, no signature is on record
	FindingUncovered   = "signed_unprotected" // signed, and nobody protected yet
	FindingLeadUnknown = "lead_unnamed"       // a source counts more leads than it names
	FindingCitations   = "citations_disagree" // sources cite a regulation differently
)

// Findings lists all codes in the order in which they are shown.
func Findings() []string {
	return []string{FindingSetAside, FindingUndated, FindingNoBasis, FindingUnsigned, FindingUncovered, FindingLeadUnknown, FindingCitations}
}

func (f facts) findings(r RecapRow) []string {
	if r.Stage == StageEnded {
		return nil
	}
	id := r.Agreement.ID
	unnamed := false
	for _, l := range f.leads[id] {
		unnamed = unnamed || l.LeadUnitID == ""
	}
	disagree := false
	for _, b := range f.bases[id] {
		disagree = disagree || f.disagree[b.RegulationID]
	}
	holds := map[string]bool{
		FindingSetAside:    r.Duties.SetAside > 0,
		FindingUndated:     r.Duties.Undated > 0,
		FindingNoBasis:     len(f.unbased(r)) > 0,
		FindingUnsigned:    len(f.periods[id]) > 0 && r.SignedOn.Zero(),
		FindingUncovered:   !r.SignedOn.Zero() && r.People.Protected == 0,
		FindingLeadUnknown: unnamed,
		FindingCitations:   disagree,
	}
	var out []string
	for _, code := range Findings() {
		if holds[code] {
			out = append(out, code)
		}
	}
	return out
}

// unbased lists the active groups that need a regulation and have none in
// force on the day.
func (f facts) unbased(r RecapRow) []string {
	var out []string
	for _, l := range f.lines[r.Agreement.ID] {
		group, _ := worker.Find(l.GroupCode)
		covered := !group.NeedsBasis || l.State != "active"
		for _, b := range f.bases[r.Agreement.ID] {
			if (b.GroupCode == "" || b.GroupCode == l.GroupCode) && calendar.Day(b.FromDay) <= r.Today && (b.ToDay == "" || calendar.Day(b.ToDay) >= r.Today) {
				covered = true
			}
		}
		if !covered {
			out = append(out, l.GroupCode)
		}
	}
	return out
}
