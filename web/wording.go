package web

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"payung/domain/calendar"
	"payung/domain/obligation"
	"payung/domain/rupiah"
	"payung/ledger"
	"payung/models"
)

// tag is a status told three ways: by shape, word and colour.
type tag struct {
	Shape string // late: square, warn: triangle, ok: disc, idle: ring
	Word  string
}

// soon is how many days before a date it is called out.
const soon = 7

// status says in one tag how an agreement stands.
func (w words) status(r ledger.RecapRow) (tag, error) {
	said := func(shape, key string, pairs ...any) (tag, error) {
		word, err := w.say(key, pairs...)
		return tag{shape, word}, err
	}
	left := -1
	if r.Next.On != "" {
		left = r.Next.On.Sub(r.Today)
	}
	switch {
	case r.Stage == ledger.StageEnded:
		return said("idle", "status.ended")
	case r.Agreement.Historical:
		return said("idle", "status.historical")
	case r.Duties.Late > 0:
		return said("late", "status.late", "n", r.Today.Sub(r.Duties.LateSince))
	case r.Stage == ledger.StageRunOut:
		return said("late", "status.run_out")
	case r.Duties.Undated > 0:
		return said("warn", "status.undated")
	case left >= 0 && left <= soon:
		return said("warn", "status.soon", "n", left)
	case r.Duties.All == 0:
		return said("idle", "status.none")
	case r.Duties.Open() == 0:
		return said("ok", "status.answered")
	}
	return said("ok", "status.on_time")
}

// shapeOf is the shape of a unit's state.
func shapeOf(state string) string {
	switch state {
	case ledger.CellLate:
		return "late"
	case ledger.CellNoAnswer:
		return "warn"
	case ledger.CellNotRegistered, ledger.CellPaused:
		return "idle"
	case ledger.CellSubmitted:
		return "half"
	default:
		return "ok"
	}
}

// cell says how a unit stands with one duty.
func (w words) cell(c ledger.Cell) (tag, error) {
	word, err := w.say("cell."+c.State, "n", c.DaysLate)
	return tag{shapeOf(c.State), word}, err
}

// duty names what a column of the matrix asks for.
func (w words) duty(kind, group string, year int) (string, error) {
	name, err := w.say("duty." + kind)
	if err != nil {
		return "", err
	}
	if group != "" {
		name += " " + w.group(group)
	}
	if year > 0 {
		name += " " + strconv.Itoa(year)
	}
	return name, nil
}

// action is one next action in words.
func (w words) action(a ledger.Action) (string, error) {
	return w.say("action."+a.Code, "n", a.Count, "date", a.On.Long(w.lang), "group", w.group(a.Group), "year", cmp.Or(a.Year, "–"))
}

// source says according to whom.
func (w words) source(s models.Source) (string, error) {
	where := cmp.Or(s.Publisher, s.Title)
	switch {
	case s.ID == "":
		return w.say("source.direct")
	case s.SaidBy == "":
		return where, nil
	case where == "":
		return s.SaidBy, nil
	}
	return s.SaidBy + " (" + where + ")", nil
}

// counted is a reported number with its unit and, if the register has one, its
// denominator: "85 dari 159 desa (53,46%)".
func (w words) counted(f ledger.Reported) (string, error) {
	value := number(f.Value, w.lang)
	kind := "people"
	switch {
	case strings.HasPrefix(f.Measure, "rupiah_"):
		value, kind = rupiah.Amount(f.Value).String(), "money"
	case ledger.CountedKind(f.Measure) != "":
		kind = ledger.CountedKind(f.Measure)
	case !strings.HasPrefix(f.Measure, "people_"):
		kind = "money" // neither people nor places: the number alone
	}
	if f.About {
		about, err := w.say("figure.about")
		if err != nil {
			return "", err
		}
		value = about + " " + value
	}
	if f.Of > 0 {
		return w.say("figure.of."+kind, "value", value, "of", number(f.Of, w.lang), "percent", rupiah.Percent(f.Value, f.Of, w.lang))
	}
	return w.say("figure."+kind, "value", value)
}

// figure is everything about a reported number but the number: what it means,
// according to whom, as of when.
func (w words) figure(f ledger.Reported) (string, error) {
	by, err := w.source(f.Source)
	if err != nil {
		return "", err
	}
	return w.say("figure.by", "source", by, "date", f.When().Words(w.lang))
}

// peopleState is how many people are in one state.
type peopleState struct {
	Word   string
	People int64
}

// states lists the people of each state in order, each for itself.
func (w words) states(p ledger.People) ([]peopleState, error) {
	counts := map[string]int64{"listed": p.Listed, "submitted": p.Submitted, "registered": p.Registered, "paid": p.Paid, "protected": p.Protected}
	out := make([]peopleState, 0, len(counts))
	for _, s := range ledger.PeopleStates() {
		word, err := w.say("people." + s)
		if err != nil {
			return nil, err
		}
		out = append(out, peopleState{word, counts[s]})
	}
	return out, nil
}

// named is the word for a code of an open list, such as a kind of unit; one
// that is not known is shown as it is.
func (w words) named(list, code string) string {
	if s, ok := w.text[list+code]; ok {
		return s
	}
	return code
}

// regulation is how a regulation is cited: "Perbup No. 24 Tahun 2021".
func (w words) regulation(kind, number string, year int) (string, error) {
	return w.say("regulation", "kind", w.named("regulation.", kind), "number", number, "year", year)
}

// when is a date as a timeline tells it: an exact one with its day of the week.
func (w words) when(d calendar.When) string {
	if d.Precision == calendar.Exact {
		return d.On.Long(w.lang)
	}
	return d.Words(w.lang)
}

// toneShape is the shape of a notice's tone.
func toneShape(tone string) string {
	switch obligation.Tone(tone) {
	case obligation.Warning:
		return "late"
	case obligation.Request:
		return "warn"
	default:
		return "idle"
	}
}

// segment is a piece of a bar, in percent of its length.
type segment struct {
	Shape        string
	From, Length float64
}

type piece struct {
	shape string
	n     int64
}

// bars lays pieces end to end.
func bars(pieces ...piece) []segment {
	all := int64(0)
	for _, p := range pieces {
		all += p.n
	}
	var out []segment
	at := int64(0)
	for _, p := range pieces {
		if p.n > 0 {
			out = append(out, segment{p.shape, 100 * float64(at) / float64(all), 100 * float64(p.n) / float64(all)})
		}
		at += p.n
	}
	return out
}

// duties is the bar of an agreement's answers.
func duties(c ledger.DutyCount) []segment {
	return bars(piece{"ok", c.Answered}, piece{"nil", c.Nihil}, piece{"half", c.Submitted}, piece{"late", c.Late}, piece{"warn", c.NoAnswer - min(c.NoAnswer, c.Late)},
		piece{"idle", c.Paused + c.NotRegistered - (c.Late - min(c.NoAnswer, c.Late))})
}

// tallyBar is the bar of a tally, the best first.
func tallyBar(t ledger.Tally) []segment {
	var pieces []piece
	for _, state := range slices.Backward(ledger.CellStates()) {
		shape := shapeOf(state)
		if state == ledger.CellNihil {
			shape = "nil"
		}
		pieces = append(pieces, piece{shape, int64(t[state])})
	}
	return bars(pieces...)
}

// tally says how many units are in each state that occurs, the worst first.
func (w words) tally(t ledger.Tally) ([]tag, error) {
	var out []tag
	for _, state := range ledger.CellStates() {
		if t[state] == 0 {
			continue
		}
		word, err := w.say("tally."+state, "n", t[state])
		if err != nil {
			return nil, err
		}
		out = append(out, tag{shapeOf(state), word})
	}
	return out, nil
}

// zoneOf is the zone a page about several regions tells the time in: that of
// its first row.
func zoneOf(rows []ledger.RecapRow) calendar.Zone {
	if len(rows) == 0 {
		return calendar.WIB
	}
	return rows[0].Zone
}
