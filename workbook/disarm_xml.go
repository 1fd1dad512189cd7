package workbook

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
)

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// span is a stretch of bytes.
type span struct{ from, to int64 }

// elements finds elements of an XML part: those that whole says by where they
// begin, and those that leaf says by the text in them.
func elements(raw []byte, whole func(e xml.StartElement, within string) bool, leaf func(xml.StartElement, string) (bool, error)) ([]span, error) {
	d := xml.NewDecoder(bytes.NewReader(raw))
	var spans []span
	type open struct {
		xml.StartElement
		from int64
		text string
	}
	var path []open
	cutting := -1 // depth of the element that goes as a whole
	for {
		from := d.InputOffset()
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return spans, nil
		}
		if err != nil {
			return nil, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			within := ""
			if len(path) > 0 {
				within = path[len(path)-1].Name.Local
			}
			if cutting < 0 && whole(t, within) {
				cutting = len(path)
			}
			path = append(path, open{StartElement: t.Copy(), from: from})
		case xml.CharData:
			if len(path) > 0 && leaf != nil {
				path[len(path)-1].text += string(t)
			}
		case xml.EndElement:
			if len(path) == 0 {
				return nil, errArmed
			}
			e := path[len(path)-1]
			path = path[:len(path)-1]
			goes := cutting == len(path)
			if goes {
				cutting = -1
			} else if cutting < 0 && leaf != nil {
				if goes, err = leaf(e.StartElement, e.text); err != nil {
					return nil, err
				}
			}
			if goes {
				spans = append(spans, span{e.from, d.InputOffset()})
			}
		}
	}
}

// without is a text without some stretches of it.
func without(raw []byte, spans []span) []byte {
	var out bytes.Buffer
	at := int64(0)
	for _, s := range spans {
		out.Write(raw[at:s.from])
		at = s.to
	}
	out.Write(raw[at:])
	return out.Bytes()
}
