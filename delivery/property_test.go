package delivery_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"payung/domain/calendar"
	"payung/domain/obligation"
	"payung/internal/mailhost"
	"payung/internal/testdb"
	"payung/ledger"
)

// Whatever happens to the line, the machine and the villages: nobody gets a step
// twice, nobody hears of what is done, nothing goes out in quiet hours, and once
// the line is back everybody has heard the last word.
func TestDeliveryHoldsItsPromisesOnAnyRunOfDays(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		full := obligation.Full()
		h, s := newHouse(t, testdb.SQLite(t), 3, &full), mailhost.New(t, nil)
		h.hold()
		h.mail(s)
		closed := map[string]bool{}
		s.DATA = func(to string, m mailhost.Mail) error {
			now := h.clock.now()
			if obligation.DefaultHours().Quiet(now, calendar.WITA, calendar.National()) {
				rt.Errorf("a mail at %s", now)
			}
			for unit := range closed {
				if strings.Contains(m.Body, unit) {
					rt.Errorf("%s hears of %s, which has answered", to, unit)
				}
			}
			return nil
		}
		down := false
		day := calendar.Day("2026-12-10")
		for range rapid.IntRange(3, 9).Draw(rt, "days") {
			day = day.Add(rapid.IntRange(1, 4).Draw(rt, "off"))
			down = rapid.Bool().Draw(rt, "down")
			s.SetDown(down)
			h.wakeAt(later(h.clock.now(), wita(string(day), rapid.IntRange(0, 23).Draw(rt, "hour"))))
			h.bundle()
			for range rapid.IntRange(0, 3).Draw(rt, "deliveries") {
				h.clock.add(time.Duration(rapid.IntRange(1, 500).Draw(rt, "minutes")) * time.Minute)
				if n := rapid.IntRange(0, 8).Draw(rt, "answers"); n < 3 && !closed[h.Villages[n].Name] {
					h.write(func(tx *ledger.Tx) error {
						_, err := tx.Close(h.dutyOf(n).ID, ledger.Closing{How: ledger.ByNihil, Signatory: "Kepala Desa"})
						return err
					})
					closed[h.Villages[n].Name] = true
				}
				h.deliver()
			}
		}
		s.SetDown(false)
		for range 6 { // the line is back
			h.clock.set(h.clock.now().AddDate(0, 0, 1))
			h.bundle()
			h.deliver()
			h.clock.set(calendar.WITA.DayOf(h.clock.now()).In(calendar.WITA, 12, 0))
			h.deliver()
		}
		h.read(func(tx *ledger.Tx) error {
			for _, o := range h.duties() {
				told, err := tx.MessagesOf(o.ID)
				require.NoError(rt, err)
				times := map[string]int{}
				for _, m := range told {
					if m.State == ledger.MessageSent && (m.Outcome == ledger.ItemNamed || m.Outcome == ledger.ItemCounted) {
						times[m.PostID+" "+m.Step]++
					}
					require.NotContains(rt, []string{ledger.MessageQueued, ledger.MessageSending}, m.State, "nothing is left behind: %+v at %s", m.Message, h.clock.now())
				}
				for step, n := range times {
					require.Equal(rt, 1, n, step)
				}
				if o.State == ledger.StateOpen && len(told) > 0 {
					require.NotZero(rt, o.NoticedAt)
				}
			}
			return nil
		})
	})
}

// later is the later of two instants: no clock here runs backwards.
func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a.Add(time.Minute)
}
