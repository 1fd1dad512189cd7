package roster

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
)

// Mapping says where in a sheet the fields are. It is kept per unit, so that
// the next file with the same headings is read without asking.
type Mapping struct {
	Sheet     string        `json:"sheet,omitempty"`     // empty: the first
	HeadFrom  int           `json:"head_from,omitempty"` // first row of headings, as the sheet shows it; 0: there are none
	HeadTo    int           `json:"head_to,omitempty"`   // last row of headings
	Columns   map[Field]int `json:"columns"`             // from 0
	Signature string        `json:"signature,omitempty"` // of the headings, whichever rows they stand in; empty without headings
}

// maxColumn is the last column a sheet can have: XFD.
const maxColumn = 16_383

// Check says what keeps a list from being read by the mapping; nothing found
// means it can be. Place and date of birth may share a column ("Kendari,
// 05-07-1980"), no other two fields may.
func (m Mapping) Check() []Finding {
	var found []Finding
	add := func(column int, f Field, r Rule, params map[string]string) {
		found = append(found, Finding{Column: column, Field: f, Level: Error, Rule: r, Params: params})
	}
	if _, ok := m.Columns[NIK]; !ok {
		add(-1, NIK, MappingWithoutNIK, nil)
	}
	if _, ok := m.Columns[Name]; !ok {
		add(-1, Name, MappingWithoutName, nil)
	}
	known := 0
	taken := map[int]Field{}
	for _, f := range order {
		column, ok := m.Columns[f]
		if !ok {
			continue
		}
		known++
		other, twice := taken[column]
		switch {
		case column < 0 || column > maxColumn:
			add(-1, f, MappingBadColumn, nil)
		case twice && (other != Birthplace || f != Born):
			add(column, f, MappingTwice, map[string]string{"other": string(other)})
		}
		taken[column] = f
	}
	if known < len(m.Columns) {
		add(-1, "", MappingUnknown, nil)
	}
	return found
}

// Moved is the mapping for a file whose headings are the same and stand in
// other rows, as [Guess] found them.
func (m Mapping) Moved(to Mapping) Mapping {
	moved := m
	moved.Sheet, moved.HeadFrom, moved.HeadTo = to.Sheet, to.HeadFrom, to.HeadTo
	moved.Columns = maps.Clone(m.Columns)
	return moved
}

// Signature is the same for headings that differ in capitals, blanks and
// punctuation only, or in having [Corrections] at their end. No headings have
// none.
func Signature(headings []string) string {
	last := 0
	sum := sha256.New()
	for i, h := range headings {
		if folded := fold(h); folded != "" && !IsCorrections(h) {
			for ; last < i; last++ {
				sum.Write([]byte{'|'})
			}
			sum.Write([]byte(folded))
		}
	}
	if last == 0 && (len(headings) == 0 || fold(headings[0]) == "") {
		return ""
	}
	return hex.EncodeToString(sum.Sum(nil)[:12])
}
