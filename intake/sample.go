package intake

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"strings"

	"payung/domain/fault"
	"payung/domain/mask"
	"payung/domain/roster"
	"payung/ledger"
	"payung/models"
	"payung/sheet"
)

// Sample is the beginning of a sheet as people may be shown it, column by
// column: NIKs and other long numbers are masked, in names of sheets too.
type Sample struct {
	Sheets  []string // that people can see
	Sheet   string   // the one shown
	Mapping roster.Mapping
	Columns []SampleColumn
}

// SampleColumn is one column with what stands in its first rows.
type SampleColumn struct {
	Column  int
	Field   roster.Field // as it is understood; empty: it is left out
	Heading string
	Cells   []string
}

const (
	sampleCells   = 3  // of a column
	sampleColumns = 40 // of a sheet; no list has more
)

// Sample shows the beginning of the file of a reading, to say which column is
// which: of the sheet named, or of the one that was read.
func (in *Intake) Sample(ctx context.Context, actor ledger.Actor, importID, name string) (Sample, error) {
	var i models.Import
	var u models.Upload
	var content []byte
	err := in.Ledger.Read(ctx, actor, func(tx *ledger.Tx) (err error) {
		if i, err = tx.Import(importID); err != nil {
			return err
		}
		u, content, err = tx.UploadContent(i.UploadID)
		return err
	})
	if err != nil {
		return Sample{}, err
	}
	book, err := sheet.Open(ctx, bytes.NewReader(content), int64(len(content)), u.Name, in.Limits)
	if err != nil {
		return Sample{}, err
	}
	defer func() { _ = book.Close() }() // it has been read, or not
	if name == "" {
		name = i.Sheet
	}
	s := Sample{Sheet: mask.Numbers(name)}
	for _, info := range book.Sheets() {
		if !info.Hidden && !strings.HasPrefix(info.Name, "_") {
			s.Sheets = append(s.Sheets, mask.Numbers(info.Name))
		}
	}
	at := sheetNamed(book, name)
	if at < 0 {
		return Sample{}, fault.New(fault.Invalid, "unknown_sheet", "there is no such sheet in this file").On("sheet")
	}
	head, err := headOf(ctx, book, at)
	if err != nil {
		return Sample{}, err
	}
	s.Mapping = roster.Guess(head).Mapping
	if s.Sheet == i.Sheet && i.Mapping != "" {
		var used roster.Mapping
		if json.Unmarshal([]byte(i.Mapping), &used) == nil && len(used.Columns) > 0 {
			s.Mapping = used
		}
	}
	s.fill(head)
	return s, nil
}

// fill puts the rows of a head into their columns.
func (s *Sample) fill(head roster.Head) {
	width := 0
	for _, r := range head {
		for _, c := range r.Cells {
			width = max(width, min(c.Column+1, sampleColumns))
		}
	}
	meant := map[int]roster.Field{}
	for _, h := range roster.Fields() {
		if column, ok := s.Mapping.Columns[h.Field]; ok && meant[column] == "" {
			meant[column] = h.Field
		}
	}
	for column := range width {
		c := SampleColumn{Column: column, Field: meant[column]}
		for i := range head {
			r := &head[i]
			text := roster.Shown(r.At(column), c.Field, r.Date1904)
			switch {
			case text == "" || r.Number < s.Mapping.HeadFrom:
			case r.Number <= s.Mapping.HeadTo:
				c.Heading = strings.TrimSpace(c.Heading + " " + roster.Shown(r.At(column), "", r.Date1904))
			case len(c.Cells) < sampleCells:
				c.Cells = append(c.Cells, text)
			}
		}
		if c.Heading != "" || len(c.Cells) > 0 {
			s.Columns = append(s.Columns, c)
		}
	}
}

// Remap reads a file again with the columns a person chose, in the sheet named or
// the same as before, in place of an earlier reading that nobody accepted.
// Remembered, the unit's next file with
// the same headings is read so without asking.
func (in *Intake) Remap(ctx context.Context, actor ledger.Actor, importID, name string, m roster.Mapping, remember bool) (models.Import, error) {
	var old models.Import
	var before Result
	err := in.Ledger.Read(ctx, actor, func(tx *ledger.Tx) (err error) {
		if old, err = tx.Import(importID); err == nil {
			err = json.Unmarshal([]byte(old.Result), &before)
		}
		return err
	})
	switch {
	case err != nil:
		return old, err
	case old.State == ledger.ImportReading, old.State == ledger.ImportAccepted, old.State == ledger.ImportDropped:
		return old, fault.New(fault.Conflict, "import_"+old.State, "this reading is %s", old.State).With("state", old.State)
	}
	name = mask.Numbers(cmp.Or(name, old.Sheet))
	if g := before.Guess; g != nil && name == old.Sheet && (m.HeadTo == 0 || m.HeadTo == g.Mapping.HeadTo) {
		m.Signature = g.Mapping.Signature
	}
	if bad := m.Check(); len(bad) > 0 {
		return old, fault.New(fault.Invalid, string(bad[0].Rule), "the columns do not fit: %s", bad[0].Rule).On("columns")
	}
	raw, err := json.Marshal(m)
	if err != nil {
		return old, err
	}
	i, err := in.Begin(ctx, actor, old.UploadID, ledger.ImportInput{
		ObligationID: old.ObligationID, Sheet: name, Mapping: string(raw), On: old.OnDay, OnBehalf: old.OnBehalf,
	})
	if err != nil || !remember {
		return i, err
	}
	return i, in.Ledger.Write(ctx, actor, func(tx *ledger.Tx) error { return tx.RememberMapping(i.ID, m.Signature, string(raw)) })
}
