package intake

import (
	"context"
	"encoding/json"
	"strings"

	"payung/domain/cell"
	"payung/domain/roster"
	"payung/ledger"
	"payung/models"
)

// rows reads and checks the rows and keeps them, a batch at a time, but for the
// last one, which is kept with the end of the reading.
func (r *reader) rows(ctx context.Context, checker *roster.Checker) error {
	size := r.Ledger.StageSize()
	r.content.begin()
	var out roster.Checked
	return r.book.Read(ctx, r.sheet, func(row *cell.Row) error {
		if row.Number <= r.mapping.HeadTo {
			return nil
		}
		if len(r.batch.Rows)+int(r.batch.Bad) >= size {
			if err := r.flush(ctx); err != nil {
				return err
			}
		}
		checker.Check(row, &out)
		r.last = int64(row.Number)
		r.note(&out)
		// What an earlier attempt has kept is only looked at again; reserves
		// are never kept before the end.
		if int64(row.Number) > r.since || out.Person.Reserve && !out.Refused {
			return r.take(&out)
		}
		return nil
	})
}

// note remembers what the end of the file needs to know of a row.
func (r *reader) note(c *roster.Checked) {
	switch {
	case c.Kind == roster.Skipped:
		return
	case c.Left.Reason != "":
		r.leavers = append(r.leavers, ledger.LeaverRow{
			Number: int64(c.Row), NIK: ledger.Digits(c.Person.Reveal()), Leaver: ledger.Leaver{Reason: string(c.Left.Reason), On: string(c.Left.On)},
		})
		return
	}
	r.places = append(r.places, roster.Place{Row: c.Row, Reserve: c.Person.Reserve, Refused: c.Refused})
	if village := c.Person.Details.Village; village != "" {
		r.villages[village]++
	}
}

// take adds a checked row to the batch.
func (r *reader) take(c *roster.Checked) error {
	r.batch.Position = int64(c.Row)
	if c.Kind == roster.Skipped {
		r.batch.Skipped++
		return nil
	}
	codes := ""
	for i, f := range c.Findings {
		if err := r.keep(f, i, c.Row); err != nil {
			return err
		}
		if f.Row == c.Row || f.Row == 0 {
			codes += "," + string(f.Rule)
		}
	}
	switch {
	case c.Refused:
		r.batch.Bad++
		return nil
	case c.Left.Reason != "":
		return nil // known at the end, when it is looked up where they stand
	}
	row := ledger.ListedRow{
		Number: int64(c.Row), NIK: ledger.Digits(c.Person.Reveal()), Name: c.Person.Name, Born: c.Person.Born, Sex: string(c.Person.Sex),
		Wage: int64(c.Person.Wage), Findings: strings.TrimPrefix(codes, ","),
	}
	if c.Person.Details != (roster.Details{}) {
		detail, err := json.Marshal(c.Person.Details)
		if err != nil {
			return err
		}
		row.Detail = detail
	}
	if c.Person.Reserve {
		r.reserves = append(r.reserves, row) // placed at the end, when it is known who was refused
		return nil
	}
	r.batch.Rows = append(r.batch.Rows, row)
	return nil
}

// keep notes a finding. Those about an earlier row follow what was found there
// at the time.
func (r *reader) keep(f roster.Finding, seq, row int) error {
	params := "{}"
	if len(f.Params) > 0 {
		raw, err := json.Marshal(f.Params)
		if err != nil {
			return err
		}
		params = string(raw)
	}
	if f.Row != row && f.Row != 0 {
		seq += 500
	}
	number := f.Row
	if number == 0 {
		number = row
	}
	if secret(f) {
		f.Found = ""
	}
	r.batch.Findings = append(r.batch.Findings, models.ImportFinding{
		ImportID: r.Import.ID, Number: int64(number), Seq: seq, Column: f.Column, Field: string(f.Field), Level: string(f.Level), Rule: string(f.Rule),
		Found: f.Found, Params: params,
	})
	return nil
}

// secret reports that a finding repeats what is only kept sealed. A formula's
// error tells nothing of anybody.
func secret(f roster.Finding) bool {
	switch f.Field {
	case roster.Birthplace, roster.Mother, roster.Address, roster.Phone, roster.Job, roster.Note:
		return f.Rule != roster.ErrorCell
	}
	return false
}
