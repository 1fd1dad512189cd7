package roster

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"

	"payung/domain/calendar"
	"payung/domain/cell"
	"payung/domain/worker"
)

// leavingFile has the words for each reason to leave, by its code; those for
// still being there are under the empty one. "Tidak", "tidak aktif" and the like
// are not among them: they say that somebody left and not why, and a death is
// never to be taken for a resignation.
//
//go:embed leaving.json
var leavingFile []byte

var leavings = mustRead(parseLeavings(leavingFile))

// Left is what became of somebody who is on the list no more. The zero value is
// that of everybody else.
type Left struct {
	Reason worker.Reason
	On     calendar.Day // the reason dates from; empty for one that strikes, see [worker.Leaving]
}

// leavingWords are what lists write of a reason.
type leavingWords struct {
	ID   string   `json:"id"` // as the template offers it
	EN   string   `json:"en"`
	Also []string `json:"also"`
}

type leavingTable struct {
	words  map[worker.Reason]leavingWords
	byText map[string]worker.Reason // folded
}

func parseLeavings(data []byte) (leavingTable, error) {
	t := leavingTable{byText: map[string]worker.Reason{}}
	if err := json.Unmarshal(data, &t.words); err != nil {
		return t, fmt.Errorf("roster: leaving: %w", err)
	}
	reasons := leavingReasons()
	if len(t.words) != len(reasons) {
		return t, errors.New("roster: leaving: there is an unknown reason, or one without words")
	}
	for _, reason := range reasons {
		w := t.words[reason]
		for _, text := range append([]string{w.ID, w.EN}, w.Also...) {
			key := fold(text)
			if other, twice := t.byText[key]; key == "" || twice && other != reason {
				return t, fmt.Errorf("roster: leaving: %q is of two reasons, or nothing", text)
			}
			t.byText[key] = reason
		}
	}
	return t, nil
}

// leavingReasons are the empty reason, of whoever is still there, and all
// others.
func leavingReasons() []worker.Reason {
	reasons := []worker.Reason{""}
	for _, l := range worker.Leavings() {
		reasons = append(reasons, l.Reason)
	}
	return reasons
}

// LeavingChoices are what a template offers for the field [Leaving]: still
// there, then the reasons why not, in the order of [worker.Leavings].
func LeavingChoices(l calendar.Lang) []string {
	var list []string
	for _, reason := range leavingReasons() {
		if w := leavings.words[reason]; l == calendar.EN {
			list = append(list, w.EN)
		} else {
			list = append(list, w.ID)
		}
	}
	return list
}

// ReadLeaving reads what a list says of whether somebody is still there: the
// empty reason if so, or if it says nothing. It is false for anything else than
// the words known for a reason.
func ReadLeaving(text string) (worker.Reason, bool) { return leavingOf([]byte(text)) }

func leavingOf(value []byte) (worker.Reason, bool) {
	if unwritten(value) {
		return "", true
	}
	var buf [32]byte
	reason, known := leavings.byText[string(appendFolded(buf[:0], value))]
	return reason, known
}

// readLeaving reads whether the person has left, and reports that the row gives
// a reason. Nothing else in such a row but the NIK means anything any more.
func (c *Checker) readLeaving(n number) bool {
	if c.at.leaving < 0 && c.at.leavingDate < 0 {
		return false
	}
	said, day := c.cell(c.at.leaving), c.cell(c.at.leavingDate)
	reason, known := leavingOf(said.Value)
	switch {
	case said.Kind == cell.Error:
		c.find(c.at.leaving, Leaving, Error, ErrorCell, nil)
		return false
	case !known:
		c.find(c.at.leaving, Leaving, Error, LeavingBad, nil)
		return false
	case reason == "" && !unwritten(day.Value):
		c.find(c.at.leavingDate, LeavingDate, Error, LeavingUnsaid, nil)
		return false
	case reason == "":
		return false
	}
	on, wrong := c.leavingDay(day, reason, n)
	if wrong != "" {
		c.find(c.at.leavingDate, LeavingDate, Error, wrong, nil)
	}
	if !c.repeats(n) && !c.out.Refused {
		c.out.Left = Left{reason, on}
	}
	return true
}

// leavingDay reads the day a reason dates from. The last day on the list that
// follows from it has passed, or is today.
func (c *Checker) leavingDay(value cell.Cell, reason worker.Reason, n number) (calendar.Day, Rule) {
	rule, _ := worker.FindLeaving(reason)
	switch {
	case !rule.KeepsHistory:
		return "", ""
	case unwritten(value.Value):
		return "", LeavingDateMissing
	case value.Kind == cell.Error:
		return "", ErrorCell
	}
	d, ok := day(0), false
	switch value.Kind {
	case cell.Date:
		d, ok = serialDay(value.Value, c.row.Date1904)
	case cell.Text:
		var wrong Rule
		d, wrong = readDay(value.Value, thisCentury)
		ok = wrong == ""
	}
	switch on := d.calendar(); {
	case !ok:
		return "", LeavingDateBad
	case rule.LastDay(on) > c.terms.On:
		return "", LeavingDateLater
	case d <= n.birth.born:
		return "", LeavingDateEarly
	default:
		return on, ""
	}
}

// thisCentury is that of a year of two digits in which somebody left.
func thisCentury(_, _, year int) int { return 2000 + year }
