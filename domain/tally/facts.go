package tally

import (
	"strings"

	"payung/domain/calendar"
)

// Fact is how many people of a unit have reached a state, as a recap says.
type Fact struct {
	State  State
	People int64
	About  bool
	Until  calendar.Day // with IsPaid; "": not said
}

// UnitFacts are the facts about one unit, of all its rows.
type UnitFacts struct {
	ID    string // of the candidate; "": new, see Name
	Name  string
	Lines []int
	Count Count // how many there are
	Facts []Fact
}

// TwiceDiffers says that two rows of one village or office say different things:
// neither counts.
const TwiceDiffers = "twice_differs"

// Facts gathers what rows say about each unit. An employer may have several
// numbers (NPP) at BPJS, so those of one village are added up and it is paid
// only as far as all of them are; anywhere else two different rows about the
// same unit are a finding, and neither counts.
func Facts(k Kind, rows []Resolved) ([]UnitFacts, []Finding) {
	var out []UnitFacts
	var findings []Finding
	at, bad := map[string]int{}, map[int]bool{}
	for _, r := range rows {
		if r.Left || r.ID == "" && !r.New {
			continue
		}
		key := r.ID
		if r.New {
			key = "new/" + r.DistrictID + "/" + OfficeKey(r.Name)
		}
		u := UnitFacts{ID: r.ID, Name: r.Name, Lines: []int{r.Line}}
		u.Count, u.Facts = r.facts(k)
		n, known := at[key]
		switch {
		case !known:
			at[key] = len(out)
			out = append(out, u)
		case k == Members:
			out[n].add(u)
		default:
			out[n].Lines = append(out[n].Lines, r.Line)
			if !bad[n] && !same(out[n], u) {
				bad[n] = true
				findings = append(findings, Finding{Code: TwiceDiffers, Line: r.Line, About: r.Name, Says: int64(out[n].Lines[0])})
			}
		}
	}
	for n := range out {
		if bad[n] {
			out[n].Count, out[n].Facts = Count{}, nil
		}
	}
	return out, findings
}

// facts are what one row says. People counted are a number reported; only the
// words for a state, and BPJS's own list, tell how far they have come.
func (r Row) facts(k Kind) (Count, []Fact) {
	if k == Contacts {
		return Count{}, nil
	}
	count, registered := r.People, r.Registered
	if k == Members {
		count, registered = Count{}, r.People
	}
	if r.State == IsRegistered && !registered.Said {
		registered = r.People
	}
	paid := r.Paid
	if r.State == IsPaid && !paid.Said {
		if paid = registered; !paid.Said {
			paid = r.People
		}
	}
	var out []Fact
	if r.State == IsSubmitted && r.People.Said {
		out = append(out, Fact{State: IsSubmitted, People: r.People.N, About: r.People.About})
	}
	if registered.Said {
		out = append(out, Fact{State: IsRegistered, People: registered.N, About: registered.About})
	}
	if paid.Said && r.State != NotYet {
		out = append(out, Fact{State: IsPaid, People: paid.N, About: paid.About, Until: r.Until})
	}
	return count, out
}

// add puts another row of the same unit to it.
func (u *UnitFacts) add(o UnitFacts) {
	u.Lines = append(u.Lines, o.Lines...)
	u.Count.N += o.Count.N
	u.Count.Said = u.Count.Said || o.Count.Said
	for _, f := range o.Facts {
		found := false
		for i := range u.Facts {
			if g := &u.Facts[i]; g.State == f.State {
				found = true
				g.People += f.People
				g.About = g.About || f.About
				g.Until = min(g.Until, f.Until)
			}
		}
		if !found {
			u.Facts = append(u.Facts, f)
		}
	}
}

func same(a, b UnitFacts) bool {
	if a.Count != b.Count || len(a.Facts) != len(b.Facts) {
		return false
	}
	for i := range a.Facts {
		if a.Facts[i] != b.Facts[i] {
			return false
		}
	}
	return true
}

// Meaning is what a choice says that a cell means: nothing, a state, or paid up
// to a day ("paid:2026-12-31").
func Meaning(choice string) (Phrase, bool) {
	state, until, dated := strings.Cut(choice, ":")
	p := Phrase{State: State(state), Clear: true}
	switch p.State {
	case "nothing":
		p.State = Unsaid
	case IsPaid:
		if dated {
			p.Until = calendar.Day(until)
			return p, p.Until.Valid() && inYears(p.Until.Year())
		}
	case NotYet, IsSubmitted, IsRegistered:
	default:
		return Phrase{}, false
	}
	return p, !dated
}
