package region

import (
	"bytes"
	"cmp"
	"compress/gzip"
	_ "embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
)

//go:embed data/regions.csv.gz
var packed []byte

// row is one region: its key, and where in the table's names its name lies.
type row struct {
	key   key
	start uint32
	size  uint8
}

// table holds all regions in order of key. Rows of a fixed size and one string
// of names keep it at some 2 MB.
type table struct {
	rows  []row
	names string
}

// loaded is the table; a damaged one is a broken build, so it panics.
var loaded = sync.OnceValue(func() *table {
	t, err := load(packed)
	if err != nil {
		panic("region: embedded table: " + err.Error())
	}
	return t
})

func load(packed []byte) (*table, error) {
	unzip, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	records := csv.NewReader(unzip)
	records.FieldsPerRecord = 2
	records.ReuseRecord = true

	var rows []row
	var names strings.Builder
	for last := key(0); ; {
		record, err := records.Read()
		if errors.Is(err, io.EOF) {
			return &table{rows: slices.Clip(rows), names: names.String()}, nil
		}
		if err != nil {
			return nil, err
		}
		code, name := record[0], record[1]
		k, ok := parseKey(code)
		if !ok || k <= last || len(name) > 255 {
			return nil, fmt.Errorf("region %q is malformed or out of order", code)
		}
		last = k
		rows = append(rows, row{key: k, start: uint32(names.Len()), size: uint8(len(name))})
		names.WriteString(name)
	}
}

func (t *table) name(r row) string { return t.names[r.start : r.start+uint32(r.size)] }

func (t *table) region(r row) Region {
	return Region{Code: r.key.code(), Name: t.name(r), Kind: r.key.kind()}
}

// search is where the key is, or would be.
func (t *table) search(k key) (int, bool) { return find(t.rows, k) }

func find(rows []row, k key) (int, bool) {
	return slices.BinarySearchFunc(rows, k, func(r row, k key) int { return cmp.Compare(r.key, k) })
}

// below are the rows of all regions below a code, on every level; all rows
// below the empty code, none below an unknown one.
func (t *table) below(code string) []row {
	if code == "" {
		return t.rows
	}
	k, ok := parseKey(code)
	if !ok {
		return nil
	}
	i, ok := t.search(k)
	if !ok {
		return nil
	}
	return t.rows[i+1 : i+t.span(t.rows[i:], k)]
}

// span is how many of the rows, which begin with that of k, belong to k: its
// own and all below it.
func (t *table) span(rows []row, k key) int {
	n, _ := find(rows, k+k.step())
	return n
}
