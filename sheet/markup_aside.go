package sheet

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"payung/domain/fault"
)

// aside takes what is neither a tag nor text: a comment, a section of text in
// which nothing is escaped, an instruction to a program. A DTD is refused.
func (m *markup) aside(second byte) error {
	first := !m.begun
	m.begun = true
	if second == '?' {
		body, err := m.until("<?", "?>")
		if err == nil {
			err = instruction(body, first)
		}
		return err
	}
	for m.end-m.pos < len("<![CDATA[") && !m.over {
		if err := m.more(); err != nil {
			return err
		}
	}
	switch w := m.buf[m.pos:m.end]; {
	case bytes.HasPrefix(w, []byte("<!--")):
		body, err := m.until("<!--", "-->")
		if err == nil && (bytes.Contains(body, []byte("--")) || bytes.HasSuffix(body, []byte("-"))) {
			err = damaged(aboutXML)
		}
		return err
	case bytes.HasPrefix(w, []byte("<![CDATA[")):
		body, err := m.until("<![CDATA[", "]]>")
		if err == nil {
			err = m.oddChars(body, false)
		}
		return err
	case bytes.HasPrefix(w, []byte("<!DOCTYPE")), bytes.HasPrefix(w, []byte("<!ENTITY")):
		return fault.New(fault.Invalid, "file_with_dtd", "the file brings rules of its own for how it is read (a DTD): open it in Excel, save it as .xlsx and send it again")
	default:
		return damaged(aboutXML)
	}
}

// until takes what stands between two marks, all of which has to fit a window.
func (m *markup) until(from, to string) ([]byte, error) {
	for {
		w := m.buf[m.pos:m.end]
		if len(w) >= len(from) {
			if i := bytes.Index(w[len(from):], []byte(to)); i >= 0 {
				m.pos += len(from) + i + len(to)
				return w[len(from) : len(from)+i], nil
			}
		}
		if err := m.more(); err != nil {
			return nil, err
		}
	}
}

// instruction looks at an instruction: the one that declares XML may only stand
// at the beginning, where its encoding has already been heeded.
func instruction(body []byte, first bool) error {
	name, local, end := nameIn(body, 0)
	switch {
	case local == nil:
		return badName(name)
	case end < len(body) && body[end] >= utf8.RuneSelf:
		return damaged(aboutNames)
	case !first && string(name) == "xml":
		return damaged(aboutNames)
	}
	if version := pseudo(body, "version"); string(name) == "xml" && version != "" && version != "1.0" {
		return damaged(aboutXML)
	}
	return nil
}

// pseudo is what looks like an attribute in an instruction.
func pseudo(body []byte, name string) string {
	_, rest, _ := strings.Cut(string(body), name+"=")
	if rest == "" || rest[0] != '"' && rest[0] != '\'' {
		return ""
	}
	value, _, ok := strings.Cut(rest[1:], rest[:1])
	if !ok {
		return ""
	}
	return value
}

// begin finds out the encoding: UTF-8 unless a mark or the declaration says
// otherwise.
func (m *markup) begin() error {
	for m.end < declaration && !m.over {
		if err := m.more(); err != nil {
			return err
		}
	}
	switch w := m.buf[:m.end]; {
	case bytes.HasPrefix(w, []byte("\xEF\xBB\xBF")):
		m.pos = 3
	case bytes.HasPrefix(w, []byte("\xFF\xFE")), bytes.HasPrefix(w, []byte("<\x00")):
		return m.through(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder())
	case bytes.HasPrefix(w, []byte("\xFE\xFF")), bytes.HasPrefix(w, []byte("\x00<")):
		return m.through(unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder())
	case bytes.HasPrefix(w, []byte("<?xml")):
		declared, _, _ := bytes.Cut(w, []byte("?>"))
		label := strings.ToLower(pseudo(declared, "encoding"))
		if label == "" || label == "utf-8" {
			return nil
		}
		other, err := htmlindex.Get(label)
		if err != nil || strings.HasPrefix(label, "utf-16") {
			return damaged(aboutCoding)
		}
		return m.through(other.NewDecoder())
	}
	return nil
}

// through reads everything again, from the beginning, through a decoder.
func (m *markup) through(decoder transform.Transformer) error {
	begun := bytes.Clone(m.buf[:m.end])
	m.r = transform.NewReader(io.MultiReader(bytes.NewReader(begun), m.r), decoder)
	m.pos, m.end, m.over = 0, 0, false
	return m.more()
}
