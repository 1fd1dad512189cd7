package sheet_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
)

// node is an element as encoding/xml understands it.
type node struct {
	name  string
	attrs map[string]string // by local name
	text  string
	inner []*node
}

// element reads a part of a workbook the slow and sure way. It fails where our
// reader has to: at what is no XML, and at the few things of XML that have no
// place in a workbook. Foreign is true for what only our reader understands, or
// what has two attributes that only their prefixes tell apart.
func element(part []byte) (root *node, foreign bool, err error) {
	head := part[:min(len(part), 200)]
	if bytes.HasPrefix(head, []byte("\xFE\xFF")) || bytes.HasPrefix(head, []byte("\xFF\xFE")) || bytes.IndexByte(head[:min(len(head), 4)], 0) >= 0 || bytes.Contains(bytes.ToLower(head), []byte("encoding")) && !bytes.Contains(bytes.ToLower(head), []byte(`encoding="utf-8"`)) {
		return nil, true, nil
	}
	d := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(part, []byte("\uFEFF"))))
	path := []*node{{}}
	for first := true; ; first = false {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, false, err
		}
		last := path[len(path)-1]
		switch t := token.(type) {
		case xml.Directive:
			return nil, false, errors.New("a directive")
		case xml.ProcInst:
			if t.Target == "xml" && !first {
				return nil, false, errors.New("declared too late")
			}
		case xml.CharData:
			last.text += string(t)
		case xml.StartElement:
			n := &node{name: t.Name.Local, attrs: map[string]string{}}
			same := map[xml.Name]bool{}
			for _, a := range t.Attr {
				if _, twice := n.attrs[a.Name.Local]; twice {
					foreign = true
				}
				if same[a.Name] {
					foreign = true // or an error: prefixes may mean the same
				}
				same[a.Name] = true
				n.attrs[a.Name.Local] = a.Value
			}
			last.inner = append(last.inner, n)
			path = append(path, n)
		case xml.EndElement:
			path = path[:len(path)-1]
		}
	}
	if len(path[0].inner) != 1 {
		return nil, false, errors.New("not one root")
	}
	return path[0].inner[0], foreign, nil
}

// names counts the elements of some names in n and all it holds.
func (n *node) names(of string) int {
	count := 0
	if strings.Contains(of, " "+n.name+" ") {
		count++
	}
	for _, c := range n.inner {
		count += c.names(of)
	}
	return count
}

// each visits the elements of a name directly in n.
func (n *node) each(name string, visit func(*node)) {
	for _, c := range n.inner {
		if c.name == name {
			visit(c)
		}
	}
}

// theirs is what excelize makes of the first sheet of a file: values by place,
// such as B2. Rows beyond a limit are not asked for.
func theirs(file []byte) (values map[string]string, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("excelize panics: %v", r)
		}
	}()
	f, err := excelize.OpenReader(bytes.NewReader(file), excelize.Options{RawCellValue: true})
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	rows, err := f.Rows(f.GetSheetName(0))
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	values = map[string]string{}
	for number := 1; rows.Next(); number++ {
		row, err := rows.Columns()
		if err != nil {
			return nil, err
		}
		for column, value := range row {
			if value != "" {
				name, err := excelize.CoordinatesToCellName(column+1, number)
				if err != nil {
					return nil, err
				}
				values[name] = value
			}
		}
	}
	return values, rows.Error()
}
