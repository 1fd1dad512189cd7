package intake

import (
	"bytes"
	"context"
	"crypto/sha256"
	"strings"

	"payung/domain/calendar"
	"payung/domain/cell"
	"payung/domain/roster"
	"payung/domain/worker"
	"payung/ledger"
	"payung/models"
)

// HandIn receives a file for the government that a duty is owed to, and reads it
// as the list of that duty. What cannot be read as a list, such as a photo, is
// kept for the duty all the same, and the fault says what to send instead.
func (in *Intake) HandIn(ctx context.Context, actor ledger.Actor, f File, i ledger.ImportInput) (models.Import, error) {
	err := in.Ledger.Read(ctx, actor, func(tx *ledger.Tx) error {
		job, err := tx.Asked(i.ObligationID)
		f.PemdaPartyID = job.Agreement.PemdaPartyID
		return err
	})
	if err != nil {
		return models.Import{}, err
	}
	u, _, err := in.Receive(ctx, actor, f)
	if err != nil {
		return models.Import{}, err
	}
	if u.State == ledger.UploadNeedsSheet {
		err := in.Ledger.Write(ctx, actor, func(tx *ledger.Tx) error {
			_, err := tx.PlaceUpload(u.ID, i.ObligationID, f.OnBehalf)
			return err
		})
		if err != nil {
			return models.Import{}, err
		}
	}
	i.OnBehalf = f.OnBehalf
	return in.Begin(ctx, actor, u.ID, i)
}

// Pasted is a list from the clipboard as a file: cells apart by tabs, as every
// program leaves them there.
func Pasted(text string) File {
	body := []byte(text)
	sum := sha256.Sum256(body)
	return File{Name: "tempelan.tsv", Size: int64(len(body)), Hash: sum[:], Content: bytes.NewReader(body)}
}

// Person is one person as somebody typed them into a form.
type Person map[roster.Field]string

// fields are those of a person that were filled in, and those a list needs.
func (p Person) fields() []roster.Heading {
	var out []roster.Heading
	for _, h := range roster.Fields() {
		if h.Required || strings.TrimSpace(p[h.Field]) != "" {
			out = append(out, h)
		}
	}
	return out
}

// Sheet is a list of that one person, to be handed in like any other.
func (p Person) Sheet() File {
	var heads, cells []string
	for _, h := range p.fields() {
		heads, cells = append(heads, h.Name.ID), append(cells, p.text(h.Field))
	}
	f := Pasted(strings.Join(heads, "\t") + "\n" + strings.Join(cells, "\t") + "\n")
	f.Name = "satu orang.tsv"
	return f
}

// text is a field on one line, without what would end its cell.
func (p Person) text(f roster.Field) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(p[f], `"`, "")), " ")
}

// Check says what is wrong with a person for the list of a duty, before anything
// of them is kept.
func (in *Intake) Check(ctx context.Context, actor ledger.Actor, obligationID string, p Person) ([]roster.Finding, error) {
	terms := roster.Terms{Mapping: roster.Mapping{HeadFrom: 1, HeadTo: 1, Columns: map[roster.Field]int{}}, Known: district}
	err := in.Ledger.Read(ctx, actor, func(tx *ledger.Tx) error {
		job, err := tx.Asked(obligationID)
		terms.Group, _ = worker.Find(job.Obligation.GroupCode)
		terms.On = calendar.Zone(job.Agreement.Zone).DayOf(tx.Now())
		return err
	})
	if err != nil {
		return nil, err
	}
	row := cell.Row{Number: 2}
	for i, h := range p.fields() {
		terms.Mapping.Columns[h.Field] = i
		row.Cells = append(row.Cells, cell.Cell{Column: i, Kind: cell.Text, Value: []byte(p.text(h.Field))})
	}
	checker := roster.NewChecker(terms)
	var out roster.Checked
	checker.Check(&row, &out)
	if out.Kind == roster.Skipped { // nothing in it is like a person
		return []roster.Finding{{Column: -1, Field: roster.NIK, Level: roster.Error, Rule: roster.NIKMissing}}, nil
	}
	return append(checker.List(), out.Findings...), nil
}
