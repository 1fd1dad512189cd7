package simulate

import (
	"context"
	"fmt"
	"slices"
	"time"

	"payung/domain/calendar"
	"payung/domain/enrolment"
	"payung/ledger"
	"payung/protocol"
)

// What the branch of BPJS Ketenagakerjaan does: it takes a batch each month, and
// answers it and hands out cards after so many working days.
const (
	batchDay   = 10
	answerDays = 5
	cardDays   = 2
)

// rounds enters what happens by the calendar: a round at the end of each day,
// and a batch each month.
func (p *play) rounds() {
	for day := p.o.Start; day < p.o.end(); day = day.Add(1) {
		if at := day.In(zone, 23, 0).Add(41 * time.Second); p.awake(at).Equal(at) {
			p.agenda.add(at, func() error { return p.round(day) })
		}
		if day.In(zone, 0, 0).Day() == batchDay {
			at := calendar.National().OnOrAfter(day).In(zone, 10, 0).Add(23 * time.Second)
			p.agenda.add(p.awake(at), p.batch)
		}
	}
}

// round is the daily round, with the counts of a month on its last day.
func (p *play) round(day calendar.Day) error {
	if err := p.loop("fold", func(ctx context.Context, h *ledger.Hold) (bool, error) { return h.Fold(ctx) }); err != nil {
		return err
	}
	if _, _, err := p.ledger.SnapshotCoverage(p.ctx, protocol.RoundInput{Zone: string(zone)}); err != nil {
		return err
	}
	if day.Add(1).Month() == day.Month() && day.Add(1) != p.o.end() {
		return nil
	}
	wrong, err := p.ledger.Recount(p.ctx)
	if err != nil {
		return err
	}
	p.out.Wrong += wrong
	return p.read(func(tx *ledger.Tx) error {
		now, err := tx.Overview(p.town.agreement.ID, "")
		p.out.Coverage = append(p.out.Coverage, Cover{Month: day.Month(), People: now.People})
		return err
	})
}

// batch sends who is on the lists to the branch, a batch for each year.
func (p *play) batch() error {
	var sent []string
	err := p.write(func(tx *ledger.Tx) error {
		years, err := tx.Periods(p.town.agreement.ID)
		if err != nil {
			return err
		}
		for _, y := range years {
			ready, err := tx.ReadyToEnrol(p.town.agreement.ID, y.ID)
			if err != nil {
				return err
			}
			if len(ready) == 0 {
				continue
			}
			e, err := tx.OpenEnrolment(p.town.agreement.ID, ledger.EnrolmentInput{PeriodID: y.ID})
			if err != nil {
				return err
			}
			if _, err = tx.SendEnrolment(e.ID, ledger.SendInput{}); err != nil {
				return err
			}
			sent = append(sent, e.ID)
		}
		return nil
	})
	for i, id := range sent {
		p.enter(p.later(answerDays).Add(time.Duration(i)*time.Minute), func() error { return p.answer(id) })
	}
	return err
}

// later is this time of day so many working days on.
func (p *play) later(workdays int) time.Time {
	today := zone.DayOf(p.now())
	clock := p.now().Sub(today.In(zone, 0, 0))
	return p.awake(calendar.National().AddWorkdays(today, workdays).In(zone, 0, 0).Add(clock))
}

// answer registers a batch, with a card number for everybody.
func (p *play) answer(batch string) error {
	var rows []enrolment.Answer
	err := p.read(func(tx *ledger.Tx) error {
		people, err := tx.EnrolmentPeople(batch)
		for n := range people {
			rows = append(rows, enrolment.Answer{Number: n, State: enrolment.Registered, Card: fmt.Sprintf("99%s%05d", p.o.Start.Month().First()[2:4], n)})
		}
		return err
	})
	if err != nil {
		return err
	}
	slices.SortFunc(rows, func(a, b enrolment.Answer) int { return int(a.Number - b.Number) })
	for part := range slices.Chunk(rows, ledger.MaxAnswers) {
		err := p.write(func(tx *ledger.Tx) error {
			_, err := tx.AnswerEnrolment(batch, ledger.AnswersInput{Rows: part})
			return err
		})
		if err != nil {
			return err
		}
	}
	err = p.write(func(tx *ledger.Tx) error {
		_, err := tx.RecordCards(batch, ledger.CardsInput{Certificate: "SERTIFIKAT CONTOH"})
		return err
	})
	p.enter(p.later(cardDays), func() error { return p.cards(batch) })
	return err
}

// cards hands the cards over to the units.
func (p *play) cards(batch string) error {
	return p.write(func(tx *ledger.Tx) error {
		units, err := tx.EnrolmentUnits(batch)
		for _, u := range units {
			if err == nil && u.Counts.Registered > 0 {
				_, err = tx.HandOver(batch, ledger.ReceiptInput{UnitID: u.UnitID, People: u.Counts.Registered, Receiver: "Kepala Desa"})
			}
		}
		return err
	})
}
