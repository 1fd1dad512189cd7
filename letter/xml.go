package letter

import (
	"bytes"
	"encoding/xml"
	"math"
	"strconv"
	"strings"
	"unicode"
)

// markup is a piece of WordprocessingML (ECMA-376 part 1) being written.
type markup struct{ bytes.Buffer }

// open begins an element; attributes come as names and values in turn.
func (m *markup) open(name string, attributes ...string) { m.tag(name, attributes, ">") }

// empty is an element without content.
func (m *markup) empty(name string, attributes ...string) { m.tag(name, attributes, "/>") }

func (m *markup) close(name string) { m.raw("</" + name + ">") }

// raw takes over what is markup already.
func (m *markup) raw(s string) {
	_, _ = m.WriteString(s) // a buffer takes everything
}

func (m *markup) tag(name string, attributes []string, end string) {
	m.raw("<" + name)
	for i := 0; i+1 < len(attributes); i += 2 {
		m.raw(" " + attributes[i] + `="`)
		m.escape(attributes[i+1])
		m.raw(`"`)
	}
	m.raw(end)
}

func (m *markup) escape(s string) {
	_ = xml.EscapeText(&m.Buffer, []byte(s)) // a buffer takes everything
}

// element is an element with text in it.
func (m *markup) element(name, text string, attributes ...string) {
	m.open(name, attributes...)
	m.escape(shown(text))
	m.close(name)
}

// shown is text with a visible box for what would turn or hide its
// neighbours. Scripts and pictures are left to the fonts of the reader.
func shown(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case unicode.IsPrint(r), r == '\u00a0', r == '\n':
			return r
		}
		return '□'
	}, text)
}

// twips is a length in twentieths of a point, as WordprocessingML counts.
func twips(mm float64) string { return strconv.Itoa(int(math.Round(mm / 25.4 * 72 * 20))) }

// emu is a length in English metric units, as DrawingML counts.
func emu(mm float64) string { return strconv.Itoa(int(math.Round(mm * 36000))) }
