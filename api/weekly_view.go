package api

import (
	"payung/domain/matter"
	"payung/domain/rupiah"
	"payung/ledger"
	"payung/weekly"
)

// Weekly is the one page of a week: what it says, and the same in words.
type Weekly struct {
	Week        string           `json:"week" format:"date" doc:"its first day"`
	Kept        bool             `json:"kept" doc:"it stands as it is; false: what it would say now"`
	At          string           `json:"at" format:"date-time"`
	Agreement   string           `json:"agreement"`
	Pemda       string           `json:"pemda"`
	Sample      bool             `json:"sample,omitempty"`
	Unprotected *int64           `json:"unprotected,omitempty" doc:"people, computed; absent: not known"`
	Needed      *int64           `json:"needed,omitempty" doc:"rupiah for the rest of the years; absent: not known"`
	Lines       []WeeklyLine     `json:"lines"`
	Reported    []WeeklyReported `json:"reported" doc:"figures of others, latest first"`
	Lists       WeeklyLists      `json:"lists"`
	Matters     []WeeklyMatter   `json:"matters" doc:"what waits for a decision, in order; the first three stand on the page"`
	Holds       []WeeklyHold     `json:"holds" doc:"the five that hold things up most"`
	Holding     int              `json:"holding" doc:"how many do in all"`
	Desks       []WeeklyDesk     `json:"desks" doc:"who holds files, the oldest first"`
	Waiting     int              `json:"waiting" doc:"how many desks do in all"`
	Change      *WeeklyChange    `json:"change,omitempty"`
	Missing     []string         `json:"missing" doc:"what is not on record"`
	Sections    []WeeklySection  `json:"sections" doc:"the page in words"`
	Message     string           `json:"message" doc:"the page as a text for a chat"`
}

// WeeklyLine is one group in one year.
type WeeklyLine struct {
	Group       string       `json:"group"`
	Year        int          `json:"year"`
	People      int64        `json:"people" doc:"to be protected"`
	Basis       string       `json:"basis,omitempty" enum:"quota,target,list" doc:"what that number rests on"`
	Source      WeeklySource `json:"source" doc:"of that number"`
	Listed      int64        `json:"listed"`
	Submitted   int64        `json:"submitted"`
	Registered  int64        `json:"registered"`
	Protected   int64        `json:"protected" doc:"on the day"`
	Lapsed      int64        `json:"lapsed" doc:"were protected until a day that has passed"`
	ProtectedBy WeeklySource `json:"protected_by" doc:"who says so"`
	Money       *WeeklyMoney `json:"money,omitempty" doc:"absent: it cannot be computed"`
}

// WeeklySource says according to whom and as of when.
type WeeklySource struct {
	Who string `json:"who,omitempty" doc:"absent: recorded directly"`
	On  string `json:"on,omitempty" format:"date"`
}

// WeeklyMoney is what a group costs for the rest of its year.
type WeeklyMoney struct {
	FromMonth   string `json:"from_month,omitempty"`
	Months      int    `json:"months"`
	Cost        int64  `json:"cost" doc:"rupiah"`
	Ahead       int64  `json:"ahead" doc:"paid for these months already"`
	Needed      int64  `json:"needed"`
	Paid        int64  `json:"paid" doc:"in the whole year"`
	Ceiling     int64  `json:"ceiling" doc:"of the budget; 0: none is on record"`
	Short       int64  `json:"short" doc:"what the budget lacks"`
	RuleVersion string `json:"rule_version"`
}

// WeeklyReported is a figure of others.
type WeeklyReported struct {
	Value      int64  `json:"value"`
	Of         int64  `json:"of,omitempty"`
	About      bool   `json:"about,omitempty"`
	Definition string `json:"definition"`
	Who        string `json:"who"`
	On         Date   `json:"on"`
}

// WeeklyLists counts the lists of names that are owed.
type WeeklyLists struct {
	All      int64 `json:"all"`
	Answered int64 `json:"answered"`
	Late     int64 `json:"late"`
}

// WeeklyMatter is one thing to decide.
type WeeklyMatter struct {
	Kind   string `json:"kind" enum:"renewal,ending,signature,basis,year,budget,extension,outage,sign_letter,write_letter,desk,undated,late"`
	About  string `json:"about,omitempty"`
	Count  int64  `json:"count,omitempty"`
	Places int64  `json:"places,omitempty" doc:"kecamatan"`
	Amount int64  `json:"amount,omitempty" doc:"rupiah"`
	By     string `json:"by,omitempty" format:"date"`
	Since  string `json:"since,omitempty" format:"date"`
}

// WeeklyHold is an office that holds things up.
type WeeklyHold struct {
	UnitID string `json:"unit_id"`
	Name   string `json:"name"`
	Head   string `json:"head,omitempty" doc:"post"`
	Silent int    `json:"silent"`
	Of     int    `json:"of"`
	Late   int    `json:"late"`
	People int64  `json:"people" doc:"missing to what should be named"`
	Since  string `json:"since,omitempty" format:"date"`
}

// WeeklyDesk is a post that holds files.
type WeeklyDesk struct {
	Title string `json:"title,omitempty"`
	What  string `json:"what" enum:"paused,forms,answers,cards,handover"`
	Count int64  `json:"count"`
	Since string `json:"since" format:"date"`
	Late  bool   `json:"late"`
}

// WeeklyChange is how many more there are than on an earlier day.
type WeeklyChange struct {
	Since     string `json:"since" format:"date"`
	Protected int64  `json:"protected"`
	Answered  int64  `json:"answered"`
}

// WeeklySection is one question and its answer in words.
type WeeklySection struct {
	Key     string       `json:"key" enum:"people,matters,holds,desks,money"`
	Title   string       `json:"title"`
	Figure  string       `json:"figure,omitempty"`
	Unit    string       `json:"unit,omitempty"`
	Lines   []string     `json:"lines"`
	Items   []WeeklyItem `json:"items"`
	Note    string       `json:"note,omitempty"`
	Missing []string     `json:"missing" doc:"what is not on record, and what to do"`
	Source  string       `json:"source"`
}

// WeeklyItem is one of a list.
type WeeklyItem struct {
	Head string `json:"head"`
	Tail string `json:"tail,omitempty"`
	Text string `json:"text,omitempty"`
}

// WeeklyWeek is a week that is kept.
type WeeklyWeek struct {
	Week        string `json:"week" format:"date"`
	At          string `json:"at" format:"date-time"`
	Unprotected *int64 `json:"unprotected,omitempty"`
	Needed      *int64 `json:"needed,omitempty" doc:"rupiah"`
}

// WeeklyRule says on which day weeks begin and whether the Sekda is told.
type WeeklyRule struct {
	Weekday int  `json:"weekday" minimum:"1" maximum:"7" doc:"1: Monday … 7: Sunday"`
	Silent  bool `json:"silent" doc:"nobody is told"`
}

// WeeklyLink is the address at which anybody reads an agreement's page.
type WeeklyLink struct {
	Address   string `json:"address,omitempty" doc:"a URL, or a path where pages are not reached from outside; absent: no link is open"`
	Actor     string `json:"actor,omitempty"`
	CreatedAt string `json:"created_at,omitempty" format:"date-time"`
}

func weeklyView(v ledger.WeeklyView, p weekly.Page) Weekly {
	f := v.Facts
	out := Weekly{
		Week: v.WeekOn, Kept: v.Kept(), At: instant(f.At, string(f.Zone)), Agreement: f.Agreement, Pemda: f.Pemda, Sample: f.Sample,
		Lines: each(f.Lines, weeklyLine), Lists: WeeklyLists(f.Lists), Matters: each(f.Matters, weeklyMatter), Holding: f.Holding, Waiting: f.Waiting,
		Reported: each(f.Reported, func(r weekly.Reported) WeeklyReported {
			return WeeklyReported{Value: r.Value, Of: r.Of, About: r.About, Definition: r.Definition, Who: r.Who, On: dateOf(string(r.On.On), string(r.On.Precision))}
		}),
		Holds: each(f.Holds, func(h matter.Hold) WeeklyHold {
			return WeeklyHold{UnitID: h.ID, Name: h.Name, Head: h.Head, Silent: h.Silent, Of: h.Of, Late: h.Late, People: h.People, Since: string(h.Since)}
		}),
		Desks: each(f.Desks, func(d weekly.Desk) WeeklyDesk {
			return WeeklyDesk{Title: d.Title, What: d.What, Count: d.Count, Since: string(d.Since), Late: d.Late}
		}),
		Missing: each(f.Missing, func(m weekly.Missing) string { return m.What }),
		Sections: each(p.Sections, func(s weekly.Section) WeeklySection {
			return WeeklySection{
				Key: s.Key, Title: s.Title, Figure: s.Figure, Unit: s.Unit, Lines: each(s.Lines, same), Note: s.Note, Missing: each(s.Missing, same), Source: s.Source,
				Items: each(s.Items, func(i weekly.Item) WeeklyItem { return WeeklyItem(i) }),
			}
		}),
		Message: p.Message(""),
	}
	out.Unprotected, out.Needed = weeklyFigures(f)
	if c := f.Change; c != nil {
		out.Change = &WeeklyChange{Since: string(c.Since), Protected: c.Protected, Answered: c.Answered}
	}
	return out
}

func same(s string) string { return s }

// weeklyFigures are the two numbers of a page, as far as they are known.
func weeklyFigures(f weekly.Facts) (unprotected, needed *int64) {
	if n, known := f.Unprotected(); known {
		unprotected = &n
	}
	if sum, known := f.Needed(); known {
		n := int64(sum)
		needed = &n
	}
	return unprotected, needed
}

func weeklyLine(l weekly.Line) WeeklyLine {
	out := WeeklyLine{
		Group: l.Group, Year: l.Year, People: l.People, Basis: l.Basis, Source: WeeklySource{l.By.Who, string(l.By.On)}, Listed: l.Listed, Submitted: l.Submitted,
		Registered: l.Registered, Protected: l.Protected, Lapsed: l.Lapsed, ProtectedBy: WeeklySource{l.Saying.Who, string(l.Saying.On)},
	}
	if m := l.Money; m != nil {
		whole := func(a rupiah.Amount) int64 { return int64(a) }
		out.Money = &WeeklyMoney{
			FromMonth: string(m.From), Months: m.Months, Cost: whole(m.Cost), Ahead: whole(m.Ahead), Needed: whole(m.Needed()), Paid: whole(m.Paid),
			Ceiling: whole(m.Ceiling), Short: whole(m.Short()), RuleVersion: m.Rule,
		}
	}
	return out
}

func weeklyMatter(m matter.Matter) WeeklyMatter {
	return WeeklyMatter{
		Kind: string(m.Kind), About: m.About, Count: m.Count, Places: m.Places, Amount: int64(m.Amount), By: string(m.By), Since: string(m.Since),
	}
}
