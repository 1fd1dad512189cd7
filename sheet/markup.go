package sheet

import (
	"bytes"
	"errors"
	"io"
)

// What a part of a book may look like. Nobody's spreadsheet comes near.
const (
	window      = 64 << 10  // bytes looked at together, to begin with
	declaration = 512       // bytes in which a declaration is looked for
	longMarkup  = 256 << 10 // bytes of one tag or comment
	manyNames   = 256       // attributes of one element
	deepest     = 256       // elements inside one another
	runOver     = 64        // bytes held back when a text is cut: no entity is longer
	aboutXML    = "XML"
	aboutLong   = "markup too long or too deep"
	aboutNames  = "names in XML"
	aboutCoding = "encoding"
	aboutPlace  = "an element out of place"
)

// token is what a markup has come to.
type token uint8

const (
	opens  token = iota // an element: its name and attributes are at hand
	closes              // an element: what it had of text is at hand, if it was kept
	ends                // the part is over
)

// attribute is one of an element's; local is its name without the prefix.
type attribute struct{ name, local, value []byte }

// markup reads XML tag by tag in a window that slides over the input. It holds
// what it reads against the same rules as encoding/xml, about five times as
// fast, and refuses what has no place in a spreadsheet: a DTD and its entities.
//
// Names, attributes and text are valid until the next tag is read.
type markup struct {
	r        io.Reader
	buf      []byte
	pos, end int  // buf[pos:end] is read and not yet taken
	over     bool // there is nothing more to read
	begun    bool // something has been taken
	roots    int

	path   []byte // names of the open elements, one after another
	starts []int  // where each begins

	name    []byte
	attrs   []attribute
	empty   bool   // the element has just been opened by a tag that also closes it
	values  []byte // of attributes with entities
	keep    bool   // text is wanted
	most    int    // bytes of it, roughly
	text    []byte // since the last tag
	scratch []byte // text that nobody wants
}

// newMarkup reads XML in the encoding it says it has. Of one text, most bytes
// are kept.
func newMarkup(r io.Reader, most int) (*markup, error) {
	m := &markup{r: r, buf: make([]byte, window), most: most}
	return m, m.begin()
}

// depth is how many elements are open.
func (m *markup) depth() int { return len(m.starts) }

// next goes to the next tag.
func (m *markup) next() (token, error) {
	if m.empty {
		m.empty = false
		m.pop()
		return closes, nil
	}
	m.text = m.text[:0]
	for {
		i := bytes.IndexByte(m.buf[m.pos:m.end], '<')
		switch {
		case i < 0:
			if err := m.run(); err != nil {
				if errors.Is(err, io.EOF) {
					return ends, nil
				}
				return ends, err
			}
			continue
		case i > 0:
			if err := m.chars(m.buf[m.pos : m.pos+i]); err != nil {
				return ends, err
			}
			m.pos += i
		}
		take, t := m.openTag, opens
		switch second, err := m.peek(); {
		case err != nil:
			return ends, err
		case second == '/':
			take, t = m.closeTag, closes
		case second == '!' || second == '?':
			if err := m.aside(second); err != nil {
				return ends, err
			}
			continue
		}
		for {
			n, err := take(m.buf[m.pos:m.end])
			if err == nil && n == 0 {
				err = m.more()
			}
			if err != nil {
				return ends, err
			}
			if n > 0 {
				m.pos += n
				return t, nil
			}
		}
	}
}

// peek is the byte after the one at hand.
func (m *markup) peek() (byte, error) {
	for m.end-m.pos < 2 {
		if err := m.more(); err != nil {
			return 0, err
		}
	}
	return m.buf[m.pos+1], nil
}

// run takes text that has no end in the window, and reads on. At the end of
// the input it is io.EOF.
func (m *markup) run() error {
	rest := m.buf[m.pos:m.end]
	switch {
	case m.over && (m.depth() > 0 || m.roots != 1):
		return damaged(aboutXML)
	case m.over:
		if err := m.chars(rest); err != nil {
			return err
		}
		return io.EOF
	case len(rest) >= window/2:
		cut := whole(rest)
		if err := m.chars(rest[:cut]); err != nil {
			return err
		}
		m.pos += cut
	}
	return m.more()
}

// more reads on, into a larger window if this one is full of one tag.
func (m *markup) more() error {
	if m.over {
		return damaged(aboutXML)
	}
	m.end = copy(m.buf, m.buf[m.pos:m.end])
	m.pos = 0
	if m.end == len(m.buf) {
		if len(m.buf) >= longMarkup {
			return damaged(aboutLong)
		}
		m.buf = append(m.buf, make([]byte, len(m.buf))...)
	}
	n, err := m.r.Read(m.buf[m.end:])
	m.end += n
	if errors.Is(err, io.EOF) {
		m.over = true
		return nil
	}
	return err
}
