package roster

import (
	"bytes"

	"payung/domain/cell"
)

// Confidence says how sure a guess is.
type Confidence string

// The confidences. A list is read without asking only if the guess is sure.
const (
	Sure   Confidence = "sure"   // known headings for NIK and name, and the cells agree
	Likely Confidence = "likely" // part of a heading, or the cells alone
	Unsure Confidence = "unsure" // several columns may be meant, or NIK or name was not found
)

// Guessed is what a sheet's first rows say about its columns.
type Guessed struct {
	Mapping    Mapping     `json:"mapping"`
	Confidence Confidence  `json:"confidence"`
	ByContent  []Field     `json:"by_content,omitempty"` // found by what the cells hold, not by a heading
	Ambiguous  []Ambiguity `json:"ambiguous,omitempty"`
	Unmapped   []Unmapped  `json:"unmapped,omitempty"` // columns with a heading that means no field

	headed []int // columns with a heading that is known, needed or not
}

// Ambiguity is a field that several columns may hold. The mapping has the first
// of them.
type Ambiguity struct {
	Field   Field `json:"field"`
	Columns []int `json:"columns"`
}

// Unmapped is a column that is left out.
type Unmapped struct {
	Column  int    `json:"column"`
	Heading string `json:"heading"`
}

// How many rows a guess looks at.
const (
	headRows   = 30 // headings stand in one of them
	sampleRows = 40 // and this many more show what the columns hold
)

// Head collects copies of a sheet's first rows for [Guess].
type Head []cell.Row

// Add copies a row and reports whether more are wanted.
func (h *Head) Add(r *cell.Row) bool {
	if len(*h) >= headRows+sampleRows {
		return false
	}
	row := *r
	row.Cells = make([]cell.Cell, len(r.Cells))
	for i, c := range r.Cells {
		c.Value = bytes.Clone(c.Value)
		row.Cells[i] = c
	}
	*h = append(*h, row)
	return len(*h) < headRows+sampleRows
}

// Guess finds the headings among the first rows of a sheet, in one row or in
// two, and what each column holds. Without headings it goes by the cells alone,
// as with rows pasted from elsewhere. Whatever it returns is to be checked with
// [Mapping.Check], and by a person unless it is sure.
func Guess(head []cell.Row) Guessed {
	best := candidate{from: -1}
	for i := range min(len(head), headRows) {
		for lines := 1; lines <= 2 && i+lines <= len(head); lines++ {
			c := read(head[i:i+lines], i)
			// A title above the headings adds nothing to them.
			if c.score > best.score || c.score > 0 && c.score == best.score && c.lines < best.lines {
				best = c
			}
		}
	}
	g := Guessed{Mapping: Mapping{Columns: map[Field]int{}}}
	body := head
	if best.from >= 0 {
		g.take(best, head)
		body = head[best.from+best.lines:]
	}
	columns := survey(body)
	g.fill(columns)
	g.Confidence = g.judge(best, columns)
	return g
}

// take makes the mapping of the headings. Of several columns for a field the
// one with the best fit is taken, and of those the first.
func (g *Guessed) take(c candidate, head []cell.Row) {
	g.Mapping.HeadFrom = head[c.from].Number
	g.Mapping.HeadTo = head[c.from+c.lines-1].Number
	g.Mapping.Signature = Signature(c.texts)
	fits := map[Field]int{}
	candidates := map[Field][]int{}
	for column, f := range c.fields {
		if c.fits[column] > fitNone {
			g.headed = append(g.headed, column)
		}
		if f == "" {
			if c.texts[column] != "" && c.fits[column] == fitNone {
				g.Unmapped = append(g.Unmapped, Unmapped{column, masked([]byte(c.texts[column]), "")})
			}
			continue
		}
		targets := []Field{f}
		if f == birthColumn {
			targets = []Field{Birthplace, Born}
		}
		for _, t := range targets {
			if fit := c.fits[column]; fit > fits[t] {
				fits[t], candidates[t] = fit, []int{column}
			} else if fit == fits[t] {
				candidates[t] = append(candidates[t], column)
			}
		}
	}
	for _, f := range order {
		if len(candidates[f]) > 0 {
			g.Mapping.Columns[f] = candidates[f][0]
		}
		if len(candidates[f]) > 1 {
			g.Ambiguous = append(g.Ambiguous, Ambiguity{f, candidates[f]})
		}
	}
}
