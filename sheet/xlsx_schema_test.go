package sheet_test

import (
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// schema holds a workbook's parts against what our reader demands of them,
// written a second time, over trees.
type schema struct {
	texts int
	wrong error
}

var (
	digits    = regexp.MustCompile(`^[0-9]{1,10}$`)
	reference = regexp.MustCompile(`^[A-Za-z]{1,4}[0-9]{1,10}$`)
)

func (s *schema) demand(ok bool, what string) {
	if !ok && s.wrong == nil {
		s.wrong = errors.New(what)
	}
}

func number(text string, most int) bool {
	n, err := strconv.Atoi(text)
	return digits.MatchString(text) && err == nil && n <= most
}

// sst checks the part of shared texts.
func (s *schema) sst(root *node) {
	s.demand(root.name == "sst", "sst")
	root.each("si", func(si *node) {
		s.texts++
		s.rich(si)
	})
}

// rich checks a text: a piece, then runs of at most a piece each.
func (s *schema) rich(n *node) {
	pieces, runs := 0, 0
	leaf := func(t *node) { s.demand(len(t.inner) == 0, "an element in a text") }
	for _, c := range n.inner {
		switch c.name {
		case "t":
			pieces++
			s.demand(pieces == 1 && runs == 0, "pieces")
			leaf(c)
		case "r":
			runs++
			inRun := 0
			c.each("t", func(t *node) { inRun++; leaf(t) })
			s.demand(inRun <= 1, "pieces in a run")
		}
	}
}

// worksheet checks the part of a sheet.
func (s *schema) worksheet(root *node) {
	s.demand(root.name == "worksheet", "worksheet")
	data := 0
	root.each("sheetData", func(n *node) {
		data++
		last := 0
		for _, row := range n.inner {
			s.demand(row.name == "row", "only rows")
			last = s.row(row, last)
		}
	})
	s.demand(data <= 1, "one sheetData")
	root.each("mergeCells", s.merged)
}

func (s *schema) merged(n *node) {
	for _, c := range n.inner {
		if c.name == "mergeCell" {
			from, to, two := strings.Cut(c.attrs["ref"], ":")
			if !two {
				to = from
			}
			for _, corner := range []string{from, to} {
				_, _, ok := placed(corner)
				s.demand(ok, "a merged block")
			}
		}
		s.merged(c)
	}
}

func placed(ref string) (column, row int, ok bool) {
	if !reference.MatchString(ref) {
		return 0, 0, false
	}
	column, row, err := excelize.CellNameToCoordinates(ref)
	return column - 1, row, err == nil
}

func (s *schema) row(n *node, last int) int {
	at := last + 1
	if r, says := n.attrs["r"]; says {
		s.demand(number(r, 1<<20), "a row's number")
		at, _ = strconv.Atoi(r)
	}
	s.demand(at > last && at <= 1<<20, "rows in order")
	column := -1
	for _, c := range n.inner {
		s.demand(c.name == "c" || c.name == "extLst", "only cells")
		if c.name == "c" {
			column = s.cell(c, at, column+1)
		}
	}
	return at
}

func (s *schema) cell(n *node, row, column int) int {
	if ref, says := n.attrs["r"]; says {
		to, at, ok := placed(ref)
		s.demand(ok && at == row && to >= column, "a cell's place")
		column = to
	}
	s.demand(column < 16384, "a column")
	style, says := n.attrs["s"]
	s.demand(!says || number(style, 1<<16), "a style")
	as := n.attrs["t"]
	s.demand(slices.Contains([]string{"", "n", "s", "str", "inlineStr", "b", "e", "d"}, as), "a type")
	if column >= 64 {
		return column
	}
	value, rich := "", 0
	values := 0
	for _, c := range n.inner {
		switch c.name {
		case "v":
			values++
			value = c.text
			s.demand(len(c.inner) == 0, "an element in a value")
		case "is":
			rich++
			s.demand(as == "inlineStr", "runs elsewhere")
			s.rich(c)
		default:
			s.demand(c.name == "f" || c.name == "extLst", "only values")
		}
	}
	s.demand(values <= 1 && rich <= 1, "one value")
	if value != "" {
		s.demand(as != "s" || number(strings.TrimSpace(value), s.texts-1), "a shared text")
		s.demand(as != "b" || slices.Contains([]string{"0", "1", "true", "false"}, value), "yes or no")
	}
	return column
}

// comparable reports whether excelize reads such parts as they are meant. It
// takes elements of these names wherever they are, and gives up on attributes
// it does not need.
func comparable(page, texts *node) bool {
	rows, cells, inner := 0, 0, 0
	ok := true
	page.each("sheetData", func(data *node) {
		data.each("row", func(row *node) {
			rows++
			row.each("c", func(c *node) {
				cells++
				inner += len(c.inner)
				for _, part := range c.inner {
					ok = ok && part.name != "extLst" && simple(part)
				}
			})
		})
	})
	strays := page.names(" row c v is f ") - rows - cells - inner
	if texts != nil {
		ok = ok && texts.attrs["xmlns"] == "http://schemas.openxmlformats.org/spreadsheetml/2006/main" && simple(texts)
	}
	return ok && strays == 0 && page.names(" sheetData ") <= 1
}

// simple reports whether all attributes below are ones that excelize can take.
func simple(n *node) bool {
	for name, value := range n.attrs {
		if name != "space" && name != "xmlns" && n.name != "t" && (len(value) > 3 || !digits.MatchString(value)) && (n.name != "f" || name != "t") {
			return false
		}
	}
	for _, c := range n.inner {
		if !simple(c) {
			return false
		}
	}
	return true
}
