package sheet

import (
	"bytes"
	"encoding/binary"
	"unicode/utf8"
)

const (
	drawer = 1 << 20 // bytes of texts kept together
	refs   = 1 << 14 // positions kept together
)

// texts are the texts that cells share, kept one after another in drawers that
// never move: a million of them are a few dozen allocations, and nothing is
// copied as they grow.
type texts struct {
	limits  Limits
	drawers [][]byte
	refs    [][]uint32 // where each text begins: number of its drawer and place in it
	count   int
	held    int64
}

// add keeps a text, with its length before it; with where it begins, that takes
// six bytes more.
func (t *texts) add(text []byte) error {
	size := len(text) + binary.MaxVarintLen32
	if t.held += int64(len(text)) + 6; t.held > t.limits.Texts {
		return tooMuchText(t.limits)
	}
	last := len(t.drawers) - 1
	if last < 0 || cap(t.drawers[last])-len(t.drawers[last]) < size {
		t.drawers = append(t.drawers, make([]byte, 0, max(drawer, size)))
		last++
	}
	if t.count%refs == 0 {
		t.refs = append(t.refs, make([]uint32, refs))
	}
	t.refs[t.count/refs][t.count%refs] = uint32(last)<<20 | uint32(len(t.drawers[last]))
	t.count++
	t.drawers[last] = append(binary.AppendUvarint(t.drawers[last], uint64(len(text))), text...)
	return nil
}

// at is the text of a number as a cell writes it; ok is false without such a
// text.
func (t *texts) at(number []byte) (text []byte, ok bool) {
	i, ok := natural(bytes.TrimSpace(number), t.count-1)
	if !ok {
		return nil, false
	}
	ref := t.refs[i/refs][i%refs]
	held := t.drawers[ref>>20][ref&(drawer-1):]
	length, n := binary.Uvarint(held)
	return held[n : n+int(length) : n+int(length)], true
}

// read reads the part of the texts.
func (t *texts) read(m *markup) error {
	var text []byte
	for {
		switch tok, err := m.next(); {
		case err != nil:
			return err
		case tok == ends:
			return nil
		case tok == closes:
		case m.depth() == 1 && string(m.name) != "sst":
			return damaged(aboutTexts)
		case m.depth() != 2:
		case string(m.name) != "si":
			if err := m.skip(); err != nil {
				return err
			}
		default:
			if text, err = m.richText(text[:0]); err != nil {
				return err
			}
			text = cut(text, t.limits.Cell)
			if err := t.add(text); err != nil {
				return err
			}
		}
	}
}

// richText reads the text of the element just opened to its end: a piece, then
// runs of pieces (ECMA-376 part 1, 18.4.8). How it is pronounced is left out.
func (m *markup) richText(into []byte) ([]byte, error) {
	inner := m.depth() + 1
	piece, run := false, false
	for {
		t, err := m.next()
		switch {
		case err != nil:
			return into, err
		case t == closes && m.depth() < inner-1:
			return unescapeText(into), nil
		case t == closes:
		case string(m.name) == "r" && m.depth() == inner:
			piece, run = false, true
		case string(m.name) == "t" && (piece || run && m.depth() == inner):
			return into, damaged(aboutTexts)
		case string(m.name) == "t":
			piece = true
			text, err := m.leaf()
			if err != nil {
				return into, err
			}
			into = append(into, text[:min(len(text), max(0, m.most-len(into)))]...)
		default:
			if err := m.skip(); err != nil {
				return into, err
			}
		}
	}
}

// unescapeText resolves, in place, the escapes by which a text has characters
// that XML has not: _x000D_ for a carriage return (ECMA-376 part 1, 22.9.2.19).
func unescapeText(text []byte) []byte {
	from := bytes.Index(text, []byte("_x"))
	if from < 0 {
		return text
	}
	out := text[:from]
	for i := from; i < len(text); {
		if r := escape(text[i:]); r >= 0 {
			out = utf8.AppendRune(out, r)
			i += len("_x000D_")
			continue
		}
		out = append(out, text[i])
		i++
	}
	return out
}

// escape is the character that a text begins with in such an escape, or -1.
func escape(text []byte) rune {
	if len(text) < len("_x000D_") || text[0] != '_' || text[1] != 'x' || text[6] != '_' {
		return -1
	}
	var r rune
	for _, c := range text[2:6] {
		d := digit(c)
		if d < 0 {
			return -1
		}
		r = r*16 + d
	}
	return r
}

const aboutTexts = "shared texts"
