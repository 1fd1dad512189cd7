package simulate

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"strings"
	"time"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/nik"
	"payung/intake"
	"payung/ledger"
	"payung/models"
)

// unit is a village with what it does about one list.
type unit struct {
	Conduct
	number int
	people int
	duty   models.Obligation
	due    calendar.Day
}

// usualLate is within how many days a late unit answers, if nothing is said.
const usualLate = 30

// behave enters what the units do about their lists. What is left to chance is
// drawn in the order of the units, so that it follows from the seed.
func (p *play) behave(duties []models.Obligation) {
	of := map[string][]models.Obligation{}
	for _, o := range duties {
		of[o.UnitID] = append(of[o.UnitID], o)
	}
	for i, v := range p.town.villages {
		c := p.o.Shares.draw(p.lot)
		if said, ok := p.o.ByUnit[v.Name]; ok {
			c = said
		}
		p.out.Conduct[c.Kind]++
		people := 6 + p.lot.IntN(8)
		for _, due := range p.out.Due {
			for _, o := range of[v.ID] {
				p.out.Units[o.ID] = v.Name
				if o.TargetOn == string(due) {
					p.follow(&unit{Conduct: c, number: i + 1, people: people, duty: o, due: due})
				}
			}
		}
	}
}

// follow enters what one unit does about one list.
func (p *play) follow(u *unit) {
	early, late := 1+p.lot.IntN(25), 1+p.lot.IntN(max(1, u.lateness()))
	hour, mend := p.office9to3(), 2+p.lot.IntN(5)
	on := func(day calendar.Day) time.Time {
		day = max(day, p.o.Start.Add(1))
		return p.awake(day.In(zone, 0, 0).Add(hour))
	}
	switch u.Kind {
	case OnTime:
		p.enter(on(u.due.Add(-early)), func() error { return p.handIn(u, false) })
	case Late:
		p.enter(on(u.due.Add(late)), func() error { return p.handIn(u, false) })
	case Broken:
		p.enter(on(u.due.Add(-early)), func() error { return p.handIn(u, true) })
		p.enter(on(u.due.Add(mend-early)), func() error { return p.handIn(u, false) })
	case Extend:
		until := calendar.National().OnOrAfter(u.due.Add(14))
		p.enter(on(u.due.Add(-3)), func() error { return p.ask(u, until, hour) })
		p.enter(on(until.Add(-mend)), func() error { return p.handIn(u, false) })
	case Silent:
	}
}

func (c Conduct) lateness() int {
	if c.Days == 0 {
		return usualLate
	}
	return c.Days
}

// office9to3 is a time of day between nine and three. No alarm rings at its
// seconds, so that what comes first does not depend on the machine.
func (p *play) office9to3() time.Duration {
	return 9*time.Hour + time.Duration(p.lot.IntN(6*60))*time.Minute + 17*time.Second
}

// handIn sends in a unit's list. What is broken has NIKs that lost their last
// digit; as far as rows are good they are taken.
func (p *play) handIn(u *unit, broken bool) error {
	content := u.list(broken)
	sum := sha256.Sum256(content)
	i, err := p.intake.HandIn(p.ctx, ledger.Operator(), intake.File{
		Name: fmt.Sprintf("desa %03d.csv", u.number), Size: int64(len(content)), Hash: sum[:], Content: bytes.NewReader(content),
	}, ledger.ImportInput{ObligationID: u.duty.ID})
	if err != nil || i.State != ledger.ImportReady {
		return err
	}
	return p.write(func(tx *ledger.Tx) error {
		if _, err := tx.Accept(i.ID, ledger.Acceptance{}); err != nil {
			return err
		}
		o, err := tx.Obligation(u.duty.ID)
		if err == nil && o.State == ledger.StateClosed {
			p.out.Closed[o.ID] = tx.Now()
		}
		return err
	})
}

// list is a unit's list as villages send it.
func (u *unit) list(broken bool) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "DAFTAR PERANGKAT DESA %d;;\n\nNo;NIK;Nama;L/P\n", u.due.Year())
	for n := range u.people {
		number := nik.Synthetic(u.number, calendar.Day("1990-01-17").Add(n*113), false, n+1).Reveal()
		if broken && n%2 == 0 {
			number = number[:len(number)-1]
		}
		fmt.Fprintf(&b, "%d;%s;%s;L\n", n+1, number, name(u.number*20+n))
	}
	return []byte(b.String())
}

// name is a different name for each number.
func name(n int) string {
	out := ""
	for n++; n > 0; n /= 20 {
		out += string("bcdfghjklmnprstvwyzq"[n%20]) + "a"
	}
	return "Wa " + out
}

// ask asks for more time. The Sekda says yes the next working day.
func (p *play) ask(u *unit, until calendar.Day, hour time.Duration) error {
	var r models.ExtensionRequest
	err := p.write(func(tx *ledger.Tx) (err error) {
		r, err = tx.AskExtension(u.duty.ID, ledger.ExtensionAsk{UntilOn: string(until), Reason: "Pergantian perangkat desa"})
		return err
	})
	if _, no := fault.Of(err); no && !fault.Is(err, "ledger_unavailable") {
		return nil // it was told no, and knows why
	}
	if err != nil {
		return err
	}
	day := calendar.National().OnOrAfter(zone.DayOf(p.now()).Add(1))
	p.enter(p.awake(day.In(zone, 0, 0).Add(hour)), func() error {
		return p.write(func(tx *ledger.Tx) error {
			_, err := tx.AnswerExtensions(p.town.agreement.ID, []string{r.ID}, ledger.ExtensionAnswer{Approve: true, ApproverPostID: p.town.sekda.ID})
			return err
		})
	})
	return nil
}
