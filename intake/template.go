package intake

import (
	"context"
	"fmt"
	"io"

	"payung/domain/calendar"
	"payung/domain/nik"
	"payung/domain/rupiah"
	"payung/domain/worker"
	"payung/ledger"
	"payung/workbook"
)

// Template writes the sheet that a unit fills for a duty, with the people of
// its list as it stands, or of the year before. It returns the name to give it.
func (in *Intake) Template(ctx context.Context, actor ledger.Actor, obligationID string, lang calendar.Lang, w io.Writer) (name string, err error) {
	var job ledger.Job
	var people []ledger.KnownPerson
	err = in.Ledger.Read(ctx, actor, func(tx *ledger.Tx) error {
		if job, err = tx.Asked(obligationID); err != nil || job.Latest.ID == "" {
			return err
		}
		people, err = tx.KnownPeople(job.Latest.ID)
		return err
	})
	if err != nil {
		return "", err
	}
	group, _ := worker.Find(job.Obligation.GroupCode)
	line := group.Name.ID
	if lang == calendar.EN {
		line = group.Name.EN
	}
	t := workbook.TemplateInput{
		Lang: lang, Agreement: job.Agreement.Title, Unit: job.Unit.Name, Line: line, Year: job.Period.Year, Deadline: calendar.Day(job.Obligation.TargetOn),
		Zone: calendar.Zone(job.Agreement.Zone), Minimum: int(job.Quota.Minimum), Ceiling: int(job.Quota.Ceiling), Identity: job.Wanted(),
	}
	for _, p := range people {
		t.People = append(t.People, workbook.Person{
			RowID: p.RowID, Last4: p.NIKLast4, Name: p.Name, Born: calendar.Day(p.Born), Sex: nik.Sex(p.Sex), Wage: rupiah.Amount(p.Wage),
		})
	}
	return fmt.Sprintf("Daftar %s %d.xlsx", job.Unit.Name, job.Period.Year), workbook.Template(w, t)
}
