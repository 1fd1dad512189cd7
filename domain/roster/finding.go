package roster

import (
	"fmt"
	"strings"
	"unicode"

	"payung/domain/cell"
)

// Level is how much a finding weighs.
type Level string

// The levels. Only an error keeps a row out.
const (
	Error   Level = "error"
	Warning Level = "warning" // somebody should look
	Info    Level = "info"    // something was put right or taken from elsewhere
)

// Finding is one thing to say about a cell, a row or a whole list; [Say] has
// the words.
type Finding struct {
	Row    int               `json:"row"`             // as the sheet shows it; 0: the list as a whole
	Column int               `json:"column"`          // from 0; -1: no one column
	Field  Field             `json:"field,omitempty"` // empty: no one field
	Level  Level             `json:"level"`
	Rule   Rule              `json:"rule"`
	Found  string            `json:"found,omitempty"`  // what stands there, shortened, digits of a NIK masked
	Params map[string]string `json:"params,omitempty"` // for the words; nil for most rules
}

// shown is how many characters of a cell a finding repeats.
const shown = 40

// Shown is a cell of a field as people may be shown it: a date as the sheet shows
// it, the rest short, on one line, and with no more than the last four digits of
// what is or might be a NIK. The field may be empty.
func Shown(c cell.Cell, f Field, date1904 bool) string {
	if c.Kind == cell.Date && f != NIK {
		if d, ok := serialDay(c.Value, date1904); ok {
			y, m, dom := d.parts()
			return fmt.Sprintf("%02d-%02d-%d", dom, m, y)
		}
	}
	return masked(c.Value, f)
}

// nikLike is how many digits a writing has to have before it is taken for part
// of a NIK: more than any date, fewer than any damaged NIK worth guarding.
const nikLike = 9

// masked is a cell's text as a finding may repeat it: short, on one line, and
// with no more than the last four digits of what is or might be a NIK.
func masked(value []byte, f Field) string {
	text := strings.ToValidUTF8(string(value), "�")
	digits := 0
	for _, r := range text {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	hide := 0
	if f == NIK || digits >= nikLike {
		hide = digits - 4
	}
	var b strings.Builder
	length := 0
	for _, r := range strings.TrimSpace(text) {
		if length == shown {
			b.WriteRune('…')
			break
		}
		switch {
		case unicode.IsDigit(r):
			if hide > 0 {
				r = '*'
			}
			hide--
		case !unicode.IsPrint(r):
			r = ' '
		}
		b.WriteRune(r)
		length++
	}
	return b.String()
}
