package ledger

import (
	"encoding/json"
	"slices"

	"payung/domain/cell"
	"payung/domain/fault"
	"payung/domain/tally"
	"payung/models"
)

// TallySheet is a recap with what its rows mean by now.
type TallySheet struct {
	models.Tally
	Party     models.Party
	Sheet     string // name of the sheet
	Mapped    tally.Mapping
	Columns   []TallyColumn
	Rows      []tally.Resolved
	Questions []TallyQuestion
	Findings  []tally.Finding
	Done      *TallyResult // what applying it did; nil: not applied yet
	Places    map[string]TallyPlace
}

// TallyColumn is one column of the sheet.
type TallyColumn struct {
	Index   int
	Letters string
	Heading string
	Samples []string
	Field   tally.Field // "": not used
}

// TallyQuestion is a question with the names of what it offers.
type TallyQuestion struct {
	tally.Question
	District string
	Choices  []TallyChoice
}

// TallyChoice is one answer a question offers.
type TallyChoice struct {
	TallyPlace
	Score float64
}

// Sure counts the rows that are known.
func (s TallySheet) Sure() int { return s.count(func(r tally.Resolved) bool { return r.ID != "" }) }

// New counts the rows of offices that will be recorded.
func (s TallySheet) New() int { return s.count(func(r tally.Resolved) bool { return r.New }) }

// Left counts the rows that are left out on purpose.
func (s TallySheet) Left() int { return s.count(func(r tally.Resolved) bool { return r.Left }) }

// Open counts the rows that wait for an answer.
func (s TallySheet) Open() int { return len(s.Rows) - s.Sure() - s.New() - s.Left() }

func (s TallySheet) count(is func(tally.Resolved) bool) int {
	n := 0
	for _, r := range s.Rows {
		if is(r) {
			n++
		}
	}
	return n
}

// TallySheet reads a recap and finds what its rows mean.
func (tx *Tx) TallySheet(id string) (TallySheet, error) {
	var rows []models.Tally
	if err := tx.tallies().Where("id = ?", id).Limit(1).Find(&rows).Error; err != nil {
		return TallySheet{}, err
	}
	if len(rows) == 0 {
		return TallySheet{}, notFound("recap")
	}
	s, _, err := tx.readTally(rows[0])
	return s, err
}

// readTally opens a recap's sheet and resolves its names against the register
// of its party.
func (tx *Tx) readTally(t models.Tally) (TallySheet, *register, error) {
	s := TallySheet{Tally: t}
	var err error
	if s.Party, err = tx.Party(t.PartyID); err != nil {
		return s, nil, err
	}
	if t.Result != "" {
		if err := json.Unmarshal([]byte(t.Result), &s.Done); err != nil {
			return s, nil, wrap("result of a recap", err)
		}
	}
	if err := json.Unmarshal([]byte(t.Mapping), &s.Mapped); err != nil {
		return s, nil, wrap("columns of a recap", err)
	}
	s.Grid = nil
	reg, err := tx.registerOf(s.Party, tally.Kind(t.Kind))
	if err != nil {
		return s, nil, err
	}
	s.Places = reg.places
	if len(t.Grid) == 0 {
		return s, reg, nil
	}
	raw, err := tx.l.keys.Open(t.Grid, gridOf(t.ID))
	if err != nil {
		return s, nil, wrap("sheet of a recap", err)
	}
	var grid tally.Grid
	if err := json.Unmarshal(raw, &grid); err != nil {
		return s, nil, wrap("sheet of a recap", err)
	}
	answers, err := tx.tallyAnswers(t)
	if err != nil {
		return s, nil, err
	}
	s.Sheet, s.Columns = grid.Sheet, columnsOf(grid, s.Mapped)
	if _, ok := s.Mapped.Sound(tally.Kind(t.Kind)); !ok {
		return s, reg, nil // the columns come first
	}
	s.resolve(grid, reg, answers)
	return s, reg, nil
}

func (s *TallySheet) resolve(grid tally.Grid, reg *register, answers []tally.Answer) {
	o := tally.Options{Kind: tally.Kind(s.Kind), Mapping: s.Mapped, Year: s.Year, Phrases: map[string]tally.Phrase{}}
	for _, d := range reg.Districts.All() {
		o.Districts = append(o.Districts, d.Name)
	}
	for _, a := range answers {
		if p, ok := tally.Meaning(a.Choice); ok && a.About == tally.AboutPhrase {
			o.Phrases[a.Text] = p
		}
	}
	rows, findings := tally.Read(grid, o)
	var questions []tally.Question
	s.Rows, questions = tally.Resolve(o.Kind, rows, reg.Register, answers)
	_, twice := tally.Facts(o.Kind, s.Rows)
	s.Findings = slices.Concat(findings, twice)
	for _, q := range questions {
		out := TallyQuestion{Question: q, District: reg.places[q.Place].Name}
		for _, h := range q.Hits {
			out.Choices = append(out.Choices, TallyChoice{reg.places[h.ID], h.Score})
		}
		s.Questions = append(s.Questions, out)
	}
}

// samples is how many cells of a column people see when they say what it means.
const samples = 3

func columnsOf(g tally.Grid, m tally.Mapping) []TallyColumn {
	out := make([]TallyColumn, g.Width())
	for i := range out {
		out[i] = TallyColumn{Index: i, Letters: cell.Letters(i)}
		for _, c := range m.Columns {
			if c.Index == i {
				out[i].Field = c.Field
			}
		}
		for _, l := range g.Lines {
			switch text := l.At(i); {
			case l.Number <= m.Heading && text != "":
				out[i].Heading = text
			case text != "" && len(out[i].Samples) < samples:
				out[i].Samples = append(out[i].Samples, text)
			}
		}
	}
	return out
}

// MapTally says what the columns of a recap mean.
func (tx *Tx) MapTally(id string, m tally.Mapping) (TallySheet, error) {
	t, err := tx.tally(id)
	if err != nil {
		return TallySheet{}, err
	}
	if err := tx.actor.may(t.Scope); err != nil {
		return TallySheet{}, err
	}
	if wrong, ok := m.Sound(tally.Kind(t.Kind)); !ok {
		return TallySheet{}, fault.New(fault.Invalid, "tally_columns", "the columns do not fit: look at %s", wrong).On("columns").With("field", string(wrong))
	}
	t.Mapping = encode(m)
	if err := tx.db.Model(&models.Tally{}).Where("id = ?", t.ID).Update("mapping", t.Mapping).Error; err != nil {
		return TallySheet{}, err
	}
	if err := tx.audit("tally.mapped", "tally", t.ID, t.Scope, map[string]any{"columns": len(m.Columns)}); err != nil {
		return TallySheet{}, err
	}
	s, _, err := tx.readTally(t)
	return s, err
}
