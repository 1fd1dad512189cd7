package paper

import (
	"strings"
	"unicode/utf8"
)

// word is a run without a blank, possibly in two faces.
type word struct {
	runs  []run
	width float64
	glued bool // no blank stands before it
}

// run is visible text in one face.
type run struct {
	text string
	face Face
}

// textLine is what stands on one line.
type textLine struct {
	words []word
	width float64 // with single blanks
	last  bool    // of its paragraph: not justified
}

// lines breaks spans into lines of that width; the first is shorter by
// s.First. A line feed in the text ends a line. There is always one line.
func (d *Document) lines(spans []Span, width float64, s Style) []textLine {
	var all []textLine
	first := s.First
	for _, part := range paragraphs(spans) {
		all = append(all, d.breakLines(d.words(part, s), width, first, s)...)
		first = 0
	}
	return all
}

// paragraphs cuts spans at their line feeds.
func paragraphs(spans []Span) [][]Span {
	parts := [][]Span{nil}
	for _, span := range spans {
		for i, text := range strings.Split(span.Text, "\n") {
			if i > 0 {
				parts = append(parts, nil)
			}
			parts[len(parts)-1] = append(parts[len(parts)-1], Span{Text: text, Bold: span.Bold})
		}
	}
	return parts
}

// words cuts spans at their blanks. A word may run over the border of spans.
func (d *Document) words(spans []Span, s Style) []word {
	var words []word
	open := false
	for _, span := range spans {
		face := s.Face
		if span.Bold {
			face = Bold
		}
		of := s
		of.Face = face
		for i, text := range strings.Split(d.visible(span.Text, face), " ") {
			open = open && i == 0
			if text == "" {
				continue
			}
			if !open {
				words = append(words, word{})
				open = true
			}
			w := &words[len(words)-1]
			w.runs = append(w.runs, run{text: text, face: face})
			w.width += d.measure(text, of)
		}
	}
	return words
}

// breakLines fills lines with words, the first shorter than the others.
func (d *Document) breakLines(words []word, width, first float64, s Style) []textLine {
	blank := d.measure(" ", s)
	var done []textLine
	line, room := textLine{}, width-first
	for _, w := range words {
		for _, part := range d.parts(w, width-first, s) {
			before := blank
			if len(line.words) == 0 || part.glued {
				before = 0
			}
			if len(line.words) > 0 && line.width+before+part.width > room {
				done = append(done, line)
				line, room, before = textLine{}, width, 0
			}
			line.words = append(line.words, part)
			line.width += before + part.width
		}
	}
	line.last = true
	return append(done, line)
}

// parts is the word itself or, if it is longer than a line, parts of it that
// are not, each of one face and at least one rune.
func (d *Document) parts(w word, room float64, s Style) []word {
	if w.width <= room {
		return []word{w}
	}
	var parts []word
	for _, r := range w.runs {
		of := s
		of.Face = r.face
		for rest := r.text; rest != ""; {
			at := d.fitting(rest, room, of)
			text := rest[:at]
			parts = append(parts, word{
				runs:  []run{{text: text, face: r.face}},
				width: d.measure(text, of), glued: len(parts) > 0,
			})
			rest = rest[at:]
		}
	}
	return parts
}

// fitting is how many bytes of text fit the room, at least one rune. It ends
// behind a hyphen, a slash or the like if one stands in the second half.
func (d *Document) fitting(text string, room float64, s Style) int {
	sum, at := 0, len(text)
	limit := room * 1000 / s.Points / mmPerPoint
	for i, r := range text {
		sum += d.width(r, s.Face)
		if float64(sum) > limit {
			at = i
			break
		}
	}
	if at == len(text) {
		return at
	}
	if at == 0 {
		_, at = utf8.DecodeRuneInString(text)
		return at
	}
	if soft := strings.LastIndexAny(text[:at], "-/_.,@") + 1; soft > at/2 {
		return soft
	}
	return at
}
