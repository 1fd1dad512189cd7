package workbook

import (
	"strings"

	"payung/domain/rupiah"
)

// guideSheet explains how to fill the list.
const guideSheet = "Petunjuk"

// due is the line above the list that says until when, whom and how many.
func (t *template) due() string {
	parts := []string{t.Line}
	if t.Deadline.Valid() {
		parts = []string{t.words.say("template_deadline", t.deadline()...), t.Line}
	}
	for _, target := range []struct {
		key   string
		count int
	}{{"template_minimum", t.Minimum}, {"template_ceiling", t.Ceiling}} {
		if target.count > 0 {
			parts = append(parts, t.words.say(target.key, "count", rupiah.Number(int64(target.count), t.Lang)))
		}
	}
	return strings.Join(parts, " · ")
}

func (t *template) deadline() []string {
	return []string{"day", t.Deadline.Long(t.Lang), "zone", t.Zone.Label()}
}

func (t *template) how() string {
	if len(t.People) > 0 {
		return t.words["template_how_again"]
	}
	return t.words["template_how"]
}

// guide writes the sheet of instructions: what to do in order, then every column
// with an example.
func (t *template) guide() error {
	if _, err := t.file.NewSheet(guideSheet); err != nil {
		return err
	}
	g := newPage(t.file, guideSheet, 24, 62, 24)
	g.title(t.words["guide_title"])
	g.line(g.styles.body, t.words.say("template_about", "line", t.Line, "agreement", t.Agreement))
	for i, step := range t.steps() {
		g.step(i+1, step)
	}
	g.skip()
	g.title(t.words["guide_columns"])
	g.row(g.styles.heading, t.words["guide_column"], t.words["guide_meaning"], t.words["guide_example"])
	for _, c := range t.columns {
		meaning, explained := t.words["hint_"+string(c.Field)]
		if !explained || !t.shows(c) {
			continue
		}
		if c.Required {
			meaning += " (" + t.words["guide_required"] + ")"
		}
		g.row(g.styles.text, c.heading(t.Lang), meaning, t.words["example_"+string(c.Field)])
	}
	return g.err
}

// steps are the instructions that hold for this template.
func (t *template) steps() []string {
	steps := []string{t.words["guide_rows"], t.words["guide_nik"], t.words["guide_date"]}
	if len(t.People) > 0 {
		steps = append(steps, t.words["guide_people"])
	}
	steps = append(steps, t.words["guide_none"])
	if t.Deadline.Valid() {
		steps = append(steps, t.words.say("guide_deadline", t.deadline()...))
	}
	return append(steps, t.words["guide_send"], t.words["guide_privacy"])
}
