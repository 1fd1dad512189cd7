package tally

import (
	"slices"
	"strings"

	"payung/domain/match"
)

// Resolve finds what the names of rows mean. Each name is asked about once,
// however many rows it stands in.
func Resolve(k Kind, rows []Row, reg Register, answers []Answer) ([]Resolved, []Question) {
	r := resolver{kind: k, reg: reg, answers: answers, out: make([]Resolved, len(rows))}
	r.districts(rows)
	for i := range rows {
		r.out[i].Row = rows[i]
		r.subject(i)
	}
	r.assign()
	r.phrases(rows)
	slices.SortStableFunc(r.questions, func(a, b Question) int { return order(a.About) - order(b.About) })
	return r.out, r.questions
}

// order puts questions whose answer settles others first.
func order(about string) int {
	return slices.Index([]string{AboutDistrict, AboutName, AboutPhrase}, about)
}

type resolver struct {
	kind      Kind
	reg       Register
	answers   []Answer
	out       []Resolved
	subjects  []subject
	questions []Question
}

// subject is one name as it stands under one kecamatan.
type subject struct {
	place, text, label string
	rows               []int
	choice             string
}

func (r *resolver) answer(about, place, text string) string {
	for _, a := range r.answers {
		if a.About == about && a.Text == text && a.Place == place {
			return a.Choice
		}
	}
	return ""
}

// districts finds the kecamatan that headings and columns name.
func (r *resolver) districts(rows []Row) {
	var queries []match.Query
	var lines [][]int
	at := map[string]int{}
	for _, row := range rows {
		key := match.Key(row.District)
		if key == "" {
			continue
		}
		i, ok := at[key]
		if !ok {
			i = len(queries)
			at[key] = i
			q := match.Query{Text: row.District, Fixed: r.answer(AboutDistrict, "", key)}
			queries, lines = append(queries, q), append(lines, nil)
		}
		lines[i] = append(lines[i], row.Line)
	}
	found := make([]string, len(queries))
	// Two spellings of one kecamatan are no rivals.
	for i, q := range queries {
		got := r.reg.Districts.Find(q)
		if got.Verdict == match.Sure {
			found[i] = got.ID
			continue
		}
		if q.Fixed == "" && got.Verdict == match.Ask {
			r.questions = append(r.questions, Question{About: AboutDistrict, Text: match.Key(q.Text), Label: q.Text, Lines: lines[i], Hits: got.Hits})
		}
	}
	for i, row := range rows {
		if n, ok := at[match.Key(row.District)]; ok {
			r.out[i].DistrictID = found[n]
		}
	}
}

// subject puts a row to the others of the same name.
func (r *resolver) subject(i int) {
	o := &r.out[i]
	if id := dotted(o.Code); id != "" && r.reg.Places.Has(id) && r.reg.Places.Alike(o.Name, id) >= 0.6 {
		o.ID = id
		return
	}
	if choice := r.answer(AboutNPP, "", match.Key(o.NPP)); o.NPP != "" && r.reg.Places.Has(choice) {
		o.ID = choice
		return
	}
	text := match.Same(o.Name)
	n := slices.IndexFunc(r.subjects, func(s subject) bool { return s.place == o.DistrictID && s.text == text })
	if n < 0 {
		n = len(r.subjects)
		r.subjects = append(r.subjects, subject{place: o.DistrictID, text: text, label: o.Name, choice: r.answer(AboutName, o.DistrictID, text)})
	}
	r.subjects[n].rows = append(r.subjects[n].rows, i)
}

// assign matches the names of the file with each other in sight.
func (r *resolver) assign() {
	queries, of := []match.Query(nil), []int(nil)
	for n, s := range r.subjects {
		q := match.Query{Text: s.label, Group: s.place}
		switch {
		case s.choice == NoneOfThem || s.choice == NotNow || s.choice == AsNew:
			for _, i := range s.rows {
				r.out[i].Left, r.out[i].New = s.choice != AsNew, s.choice == AsNew
			}
			continue
		case r.reg.Places.Has(s.choice):
			q.Fixed = s.choice
		}
		queries, of = append(queries, q), append(of, n)
	}
	for n, got := range r.reg.Places.Assign(queries) {
		s := r.subjects[of[n]]
		switch {
		case got.Verdict == match.Sure:
			for _, i := range s.rows {
				r.out[i].ID = got.ID
			}
		case got.Verdict == match.None && r.kind == Offices:
			for _, i := range s.rows {
				r.out[i].New = true
			}
		case got.Verdict == match.None && r.kind == Members:
			for _, i := range s.rows {
				r.out[i].Left = true // BPJS's list has employers of every sort
			}
		default:
			r.questions = append(r.questions, Question{About: AboutName, Place: s.place, Text: s.text, Label: s.label, Lines: r.lines(s.rows), Hits: got.Hits})
		}
	}
}

func (r *resolver) lines(rows []int) []int {
	out := make([]int, len(rows))
	for n, i := range rows {
		out[n] = r.out[i].Line
	}
	return out
}

// phrases asks once about each cell nobody could read, of rows that count.
func (r *resolver) phrases(rows []Row) {
	at := map[string]int{}
	for i, row := range rows {
		if r.out[i].Left {
			continue
		}
		for _, u := range row.Unclear {
			key := match.Key(u.Text)
			if slices.ContainsFunc(r.answers, func(a Answer) bool { return a.About == AboutPhrase && a.Text == key && a.Choice == NotNow }) {
				continue
			}
			n, ok := at[key]
			if !ok {
				n = len(r.questions)
				at[key] = n
				r.questions = append(r.questions, Question{About: AboutPhrase, Text: key, Label: u.Text})
			}
			r.questions[n].Lines = append(r.questions[n].Lines, row.Line)
		}
	}
}

// dotted is a code of Kemendagri with its dots, from "7405072007" too; "" for
// anything else.
func dotted(code string) string {
	digits := strings.ReplaceAll(code, ".", "")
	if len(digits) != len("7405072007") || strings.Trim(digits, "0123456789") != "" {
		return ""
	}
	return digits[:2] + "." + digits[2:4] + "." + digits[4:6] + "." + digits[6:]
}
