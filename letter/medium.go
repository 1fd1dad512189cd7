package letter

import (
	"unicode"
	"unicode/utf8"

	"payung/paper"
)

// medium is what a letter is written on, piece by piece from the top: paper
// or a DOCX.
type medium interface {
	letterhead(h Letterhead, logo *paper.Picture)
	head(fields []field, dated string) // the date stands on the line of the first field
	title(lines []string)
	paragraph(spans []paper.Span, s paper.Style)
	fields(fields []field, indent float64)
	items(items []item, s paper.Style)
	table(t paper.Table)
	// ending is the closing, the signatures and the witnesses, which never stand
	// alone on a page. The left signature and the witnesses may be nil.
	ending(closing []paper.Span, left, right *signature, witnesses *paper.Table)
	copies(items []item)                    // stay together
	attachment(lines []field, title string) // begins a new page
}

// field is a fact with its label, such as Nomor.
type field struct{ label, value string }

// item is a paragraph with its number.
type item struct {
	label string
	spans []paper.Span
}

// signature is one side of the signatures.
type signature struct {
	above []string // place and date, on whose behalf, title
	stamp bool     // room for the stamp duty
	name  string
	below []string // rank, NIP
}

// How paragraphs stand in a letter, mm.
const (
	paragraphIndent = 12.5
	paragraphAfter  = 1.6
	itemIndent      = 8
	copiesPoints    = 9.5
	copiesTitle     = "Tembusan:"
)

// styleOf is how a paragraph of the text stands: one that goes on with the
// sentence before the facts is not indented.
func styleOf(text string) paper.Style {
	s := paper.Style{Align: paper.Justified, First: paragraphIndent, After: paragraphAfter}
	if first, _ := utf8.DecodeRuneInString(text); unicode.IsLower(first) {
		s.First = 0
	}
	return s
}
