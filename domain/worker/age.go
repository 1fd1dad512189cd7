package worker

import (
	"strconv"

	"payung/domain/calendar"
)

// Age is the number of completed years on day d of somebody born on that day.
// Whoever was born on 29 February completes a year on 1 March when there is no
// such day. It is negative before birth.
func Age(birth, d calendar.Day) int {
	years := d.Year() - birth.Year()
	if d < Birthday(birth, years) {
		years--
	}
	return years
}

// Birthday is the day on which somebody born on that day completes so many
// years.
func Birthday(birth calendar.Day, years int) calendar.Day {
	y, m, d := birth.Date()
	return calendar.NewDay(y+years, m, d)
}

// Window is an age limit in completed years on the day of registration, both
// ends included; zero means no limit. Whoever was inside it then may go on
// paying later, however old.
type Window struct {
	Min int `json:"min,omitempty"`
	Max int `json:"max,omitempty"`
	Provenance
}

// Level says whether a finding stops a registration.
type Level string

// The levels of a finding.
const (
	Refuses Level = "error"
	Warns   Level = "warning"
)

// Codes of findings about one person's eligibility.
const (
	BirthUnknown        = "birth_unknown"
	RegisteredUnborn    = "registered_before_birth"
	TooYoung            = "too_young"
	TooOld              = "too_old"
	GroupNotInUse       = "group_not_in_use"
	GroupBeingPhasedOut = "group_being_phased_out"
)

// Finding is one thing to know about a person's eligibility.
type Finding struct {
	Code  string
	Level Level
	Note  Note
	Provenance
}

// Eligible says what speaks against registering somebody born on one day in the
// group on another; nothing found means eligible. A limit whose source is not
// settled only warns, because it must not keep anybody out.
func (g Group) Eligible(birth, registered calendar.Day) []Finding {
	var found []Finding
	if !g.On(registered) {
		found = append(found, g.finding(GroupNotInUse, g.Provenance))
	}
	if g.PhaseOut != nil && g.PhaseOut.By < registered {
		f := g.finding(GroupBeingPhasedOut, g.PhaseOut.Provenance)
		f.Level = Warns
		f.Note.Params["by"] = string(g.PhaseOut.By)
		found = append(found, f)
	}
	if !birth.Valid() {
		return append(found, Finding{Code: BirthUnknown, Level: Warns, Note: Note{Key: BirthUnknown}})
	}
	age := Age(birth, registered)
	if age < 0 {
		return append(found, Finding{Code: RegisteredUnborn, Level: Refuses, Note: Note{Key: RegisteredUnborn}})
	}
	return append(found, g.outsideWindow(age)...)
}

func (g Group) outsideWindow(age int) []Finding {
	if g.Age == nil {
		return nil
	}
	code, limit := "", 0
	switch w := g.Age; {
	case age < w.Min:
		code, limit = TooYoung, w.Min
	case w.Max > 0 && age > w.Max:
		code, limit = TooOld, w.Max
	default:
		return nil
	}
	f := g.finding(code, g.Age.Provenance)
	f.Note.Params["age"] = strconv.Itoa(age)
	f.Note.Params["limit"] = strconv.Itoa(limit)
	return []Finding{f}
}

// finding refuses only on settled ground.
func (g Group) finding(code string, p Provenance) Finding {
	level := Warns
	if p.Confidence.Settled() {
		level = Refuses
	}
	return Finding{
		Code: code, Level: level, Provenance: p,
		Note: Note{Key: code, Params: map[string]string{"group": g.Code}},
	}
}
