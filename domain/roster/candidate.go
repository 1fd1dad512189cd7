package roster

import (
	"cmp"

	"payung/domain/cell"
)

// candidate is one row, or two, taken for the headings.
type candidate struct {
	from, lines int // places in the head
	texts       []string
	fields      []Field
	fits        []int
	score       int
}

// Weights of a known heading; one known in part has half.
const (
	weightNIK   = 6
	weightName  = 4
	weightOther = 2
	enough      = 5 // NIK and name, both known in part
)

// read takes rows for headings. The score is 0 if they are none.
func read(rows []cell.Row, from int) candidate {
	c := candidate{from: from, lines: len(rows)}
	width := 0
	for _, r := range rows {
		for _, v := range r.Cells {
			width = max(width, v.Column+1)
			if digits, letters := counted(v.Value); digits >= nikLike && letters <= 1 {
				return c // somebody's row
			}
		}
	}
	best := map[Field]int{}
	upper := ""
	for column := range min(width, 256) {
		text := headingText(rows[0].At(column))
		f, fit := match(text)
		if len(rows) == 2 {
			upper = cmp.Or(text, upper)
			text, f, fit = match2(text, upper, headingText(rows[1].At(column)))
		}
		c.texts, c.fields, c.fits = append(c.texts, text), append(c.fields, f), append(c.fits, fit)
		if f != "" {
			best[f] = max(best[f], fit)
		}
	}
	for _, f := range append(order[:], birthColumn) {
		weight := weightOther
		switch f {
		case NIK:
			weight = weightNIK
		case Name:
			weight = weightName
		}
		c.score += weight * best[f] / fitWhole
	}
	if c.score < enough || best[NIK] == 0 && best[Name] == 0 || len(best) < 2 {
		c.score = 0
	}
	return c
}

// Possible are all rows of a head, and all two rows, that may be headings, each as
// a mapping with a signature and no columns: a person may have understood such
// headings before, where [Guess] knows none of their words.
func Possible(head []cell.Row) []Mapping {
	var list []Mapping
	for i := range min(len(head), headRows) {
		for lines := 1; lines <= 2 && i+lines <= len(head); lines++ {
			if signature := Signature(read(head[i:i+lines], i).texts); signature != "" {
				list = append(list, Mapping{HeadFrom: head[i].Number, HeadTo: head[i+lines-1].Number, Signature: signature})
			}
		}
	}
	return list
}

// match2 matches a heading of two lines, the upper of which may be merged over
// several columns.
func match2(above, upper, below string) (text string, f Field, fit int) {
	if below == "" {
		f, fit = match(above)
		return above, f, fit
	}
	text = upper + " " + below
	if f, fit = match(text); fit == fitWhole {
		return text, f, fit
	}
	over, overFit := match(upper)
	if f, fit = match(below); fit == fitWhole {
		// "Tanggal" below "Mulai bekerja" is no day of birth.
		part := f == Born || f == Birthplace
		if part && overFit == fitWhole && over != birthColumn && over != Born && len(words(below)) == 1 {
			return text, over, fitPart
		}
		return text, f, fit
	}
	f, fit = match(text)
	return text, f, fit
}

// headingText is a cell as part of a heading: a short text with letters.
func headingText(c cell.Cell) string {
	_, letters := counted(c.Value)
	if c.Kind != cell.Text || letters == 0 || len(c.Value) > 120 {
		return ""
	}
	return string(appendText(nil, c.Value))
}
