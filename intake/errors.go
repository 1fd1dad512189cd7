package intake

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"path"
	"strings"

	"payung/domain/calendar"
	"payung/domain/cell"
	"payung/domain/fault"
	"payung/domain/roster"
	"payung/ledger"
	"payung/models"
	"payung/sheet"
	"payung/workbook"
)

// findingsAtOnce is how many findings are read from the ledger at a time.
const findingsAtOnce = 5000

// Errors writes the workbook with which a list goes back to be mended, and
// returns the name to give it. That it was opened is noted: it holds what the
// file holds.
func (in *Intake) Errors(ctx context.Context, actor ledger.Actor, importID string, lang calendar.Lang, w io.Writer) (name string, err error) {
	var i models.Import
	var day calendar.Day
	err = in.Ledger.Write(ctx, actor, func(tx *ledger.Tx) error {
		if i, err = tx.Import(importID); err != nil {
			return err
		}
		if i.State == ledger.ImportReading || i.State == ledger.ImportDropped {
			return fault.New(fault.Conflict, "import_"+i.State, "this reading is %s", i.State).With("state", i.State)
		}
		a, err := tx.Agreement(i.AgreementID)
		if err != nil {
			return err
		}
		day = calendar.Zone(a.Zone).DayOf(tx.Now())
		_, err = tx.OpenUpload(i.UploadID, "errors")
		return err
	})
	if err != nil {
		return "", err
	}
	var u models.Upload
	var content []byte
	back := workbook.ErrorsInput{Lang: lang, Day: day, People: int(i.Rows)}
	err = in.Ledger.Read(ctx, actor, func(tx *ledger.Tx) error {
		if u, content, err = tx.UploadContent(i.UploadID); err != nil {
			return err
		}
		back.Findings, err = allFindings(tx, i)
		return err
	})
	if err != nil {
		return "", err
	}
	if i.Mapping != "" {
		if err := json.Unmarshal([]byte(i.Mapping), &back.Mapping); err != nil {
			return "", err
		}
	}
	if back.Identity, back.Sheet, err = in.recognise(ctx, u.Name, i.Sheet, content); err != nil {
		return "", err
	}
	back.File, back.Rows = u.Name, in.rowsOf(u.Name, back.Sheet, content)
	if u.Kind == string(sheet.XLSX) {
		back.Original = bytes.NewReader(content)
	}
	return strings.TrimSuffix(u.Name, path.Ext(u.Name)) + " - perbaikan.xlsx", workbook.Errors(ctx, w, back)
}

// allFindings are those about rows and those about the file as a whole.
func allFindings(tx *ledger.Tx, i models.Import) ([]roster.Finding, error) {
	var result Result
	if err := json.Unmarshal([]byte(i.Result), &result); err != nil {
		return nil, err
	}
	all := result.List
	for at := (ledger.FindingPage{Size: findingsAtOnce}); ; {
		page, err := tx.Findings(i.ID, at)
		if err != nil {
			return nil, err
		}
		for _, m := range page {
			all = append(all, FindingOf(m))
			at.Row, at.Seq = m.Number, m.Seq
		}
		if len(page) < at.Size {
			return all, nil
		}
	}
}

// FindingOf is a stored finding as the rules know it. A person who is on the
// list twice was found by the ledger; the rules have the words.
func FindingOf(m models.ImportFinding) roster.Finding {
	f := roster.Finding{
		Row: int(m.Number), Column: m.Column, Field: roster.Field(m.Field), Level: roster.Level(m.Level), Rule: roster.Rule(m.Rule), Found: m.Found,
	}
	_ = json.Unmarshal([]byte(m.Params), &f.Params) // without them the sentence is only less exact
	return f
}

// recognise tells what a template was made for, the zero value for any other
// file, and how the sheet that is shown under a name is called in the file.
func (in *Intake) recognise(ctx context.Context, name, shown string, content []byte) (id roster.Identity, own string, err error) {
	book, err := sheet.Open(ctx, bytes.NewReader(content), int64(len(content)), name, in.Limits)
	if err != nil {
		return id, "", err
	}
	defer func() { _ = book.Close() }() // it has been read, or not
	own = shown
	if at := sheetNamed(book, shown); at >= 0 {
		own = book.Sheets()[at].Name
	}
	at := sheetNamed(book, roster.IdentitySheet)
	if at < 0 {
		return id, own, nil
	}
	pairs, err := readPairs(ctx, book, at)
	id, _ = roster.ParseIdentity(pairs) // one that is not whole was refused
	return id, own, err
}

// rowsOf reads the rows of one sheet, as often as it is asked.
func (in *Intake) rowsOf(name, sheetName string, content []byte) func(context.Context, func(*cell.Row) error) error {
	return func(ctx context.Context, visit func(*cell.Row) error) error {
		book, err := sheet.Open(ctx, bytes.NewReader(content), int64(len(content)), name, in.Limits)
		if err != nil {
			return err
		}
		defer func() { _ = book.Close() }() // it has been read, or not
		at := sheetNamed(book, sheetName)
		if at < 0 {
			return nil // nothing of it was read
		}
		return book.Read(ctx, at, visit)
	}
}
