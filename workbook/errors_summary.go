package workbook

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"payung/domain/cell"
	"payung/domain/roster"
	"payung/domain/rupiah"
)

// summarySheet is what the first sheet of a workbook of errors is called, unless
// its owner has one of that name.
const summarySheet = "Ringkasan"

// summarize writes the summary: how many rows, how to correct them, the kinds of
// findings with their counts, and the findings one by one with links.
func (r *report) summarize(f *excelize.File, name string) error {
	s := &summary{report: r, page: newPage(f, name, 74, 22, 22, 16)}
	s.opening()
	s.kinds()
	s.list()
	return s.err
}

// summary is the sheet being written.
type summary struct {
	*report
	*page
}

func (s *summary) opening() {
	s.title(s.words["summary_title"])
	s.line(s.styles.body, s.words.say("summary_file", "file", s.File, "when", s.Day.Long(s.Lang)))
	bad, doubtful := 0, 0
	for row := range groups(s.findings, sameRow) {
		wrong := slices.ContainsFunc(row, func(f roster.Finding) bool { return f.Level == roster.Error })
		switch {
		case row[0].Row == 0:
		case wrong:
			bad++
		default:
			doubtful++
		}
	}
	if len(s.findings) == 0 {
		s.line(s.styles.strong, s.words["summary_all_good"])
		return
	}
	s.line(s.styles.strong, s.words.say("summary_counts",
		"bad", rupiah.Number(int64(bad), s.Lang), "doubtful", rupiah.Number(int64(doubtful), s.Lang), "rows", rupiah.Number(int64(s.People), s.Lang)))
	for i, key := range []string{"summary_step_1", "summary_step_2", "summary_step_3"} {
		s.step(i+1, s.words.say(key, "column", roster.Corrections(s.Lang)))
	}
}

// kinds lists what was found by kind, in the order of the rules.
func (s *summary) kinds() {
	count, first := map[roster.Rule]int{}, map[roster.Rule]roster.Finding{}
	for _, f := range s.findings {
		if count[f.Rule]++; count[f.Rule] == 1 {
			first[f.Rule] = f
		}
	}
	if len(count) == 0 {
		return
	}
	s.skip()
	s.row(s.styles.heading, s.words["summary_kind"], s.words["summary_level"], s.words["summary_count"], s.words["summary_first"])
	for _, rule := range roster.Rules() {
		if count[rule] == 0 {
			continue
		}
		f := first[rule]
		s.row(s.styles.text, roster.Title(rule, s.Lang), s.words["level_"+string(f.Level)], count[rule])
		s.place(f)
	}
}

// list names the findings one by one.
func (s *summary) list() {
	if len(s.findings) == 0 {
		return
	}
	s.skip()
	if all := len(s.findings); all > mostShown {
		s.line(s.styles.body, s.words.say("summary_more", "shown", rupiah.Number(int64(mostShown), s.Lang), "all", rupiah.Number(int64(all), s.Lang), "column", roster.Corrections(s.Lang)))
	}
	s.row(s.styles.heading, s.words["summary_list"], s.words["summary_column"], s.words["summary_found"], s.words["summary_row"])
	for _, f := range s.findings[:min(mostShown, len(s.findings))] {
		s.row(s.styles.text, s.sentence(f), s.columnName(f), f.Found)
		s.place(f)
	}
}

// place links to the row of a finding, in the last column.
func (s *summary) place(f roster.Finding) {
	if f.Row == 0 {
		s.put(4, s.styles.text, "")
		return
	}
	s.put(4, s.styles.link, f.Row)
	s.link(4, s.Sheet, s.cellOf(f))
}

// cellOf is the cell a finding is about, or the one with its sentence if people
// cannot see it.
func (r *report) cellOf(f roster.Finding) string {
	if f.Column < 0 || f.Field == roster.RowID {
		return at(r.seen.note, f.Row)
	}
	return at(f.Column, f.Row)
}

// columnName is how people find a column: its letter and what it holds.
func (s *summary) columnName(f roster.Finding) string {
	name := cell.Letters(f.Column)
	for _, h := range roster.Fields() {
		if h.Field == f.Field {
			name = strings.TrimSpace(name + " " + column{h}.heading(s.Lang))
		}
	}
	return name
}

// numbered is a name of a sheet for which there is another one.
func numbered(name string, n int) string { return fmt.Sprintf("%s (%d)", name, n) }
