package ledger_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/domain/calendar"
	"payung/domain/obligation"
	"payung/internal/testdb"
	"payung/ledger"
)

// season is a kabupaten in which rules change, days pass and units answer at
// random.
type season struct {
	*book
	r      *rand.Rand
	closed map[string]time.Time
}

// drawnLadder is a ladder of up to six steps in calendar or working days.
func (s *season) drawnLadder() *obligation.Ladder {
	l := &obligation.Ladder{Code: "own", Steps: []obligation.Step{}}
	seen := map[string]bool{}
	for range s.r.IntN(7) {
		// As in the ladder of the agreement: a plan does not tell tones and levels apart.
		days, tone, level := s.r.IntN(30)-20, obligation.Reminder, 0
		if days > 0 {
			tone, level = obligation.Request, 1
		}
		step := obligation.StepAt(days, s.r.IntN(2) == 0, tone, level)
		if !seen[step.Code] {
			seen[step.Code] = true
			l.Steps = append(l.Steps, step)
		}
	}
	return l
}

func (s *season) drawnHours() ledger.HoursInput {
	opens := 6 + s.r.IntN(4)
	return ledger.HoursInput{
		Hours: obligation.Hours{Morning: opens + s.r.IntN(5), Opens: opens, Closes: 15 + s.r.IntN(4)}, Week: 5 + s.r.IntN(2), CutiWorks: s.r.IntN(3) == 0,
	}
}

// drawnDay is a day off of the coming weeks, of the Pemda or of everybody.
func (s *season) drawnDay() ledger.HolidayInput {
	in := ledger.HolidayInput{Decree: fmt.Sprintf("Keputusan %d", s.r.IntN(1000))}
	if s.r.IntN(2) == 0 {
		in.PartyID = s.pemda.ID
	}
	kind := []calendar.HolidayKind{calendar.Libur, calendar.Cuti, ledger.Worked}[s.r.IntN(3)]
	day := calendar.WITA.DayOf(s.clock.now()).Add(s.r.IntN(30) - 3)
	in.Days = []ledger.HolidayDay{{Day: string(day), Kind: kind, Name: "Libur"}}
	return in
}

// changeRules changes something and holds what happens to what was foretold.
func (s *season) changeRules() {
	before := s.planned()
	var preview ledger.Effect
	switch s.r.IntN(3) {
	case 0:
		preview, _ = s.setLadder(ledger.KindRoster, s.drawnLadder())
	case 1:
		preview, _ = s.setHours(s.drawnHours())
	default:
		preview, _ = s.decree(s.drawnDay())
	}
	require.Equal(s.t, happened(before, s.planned()), rowsOf(preview), "what was foretold")
}

// pass lets time go by: the clock rings on time, or late.
func (s *season) pass() {
	s.clock.add(time.Duration(s.r.IntN(60)) * time.Hour)
	s.takeSteps()
}

func (s *season) answer() {
	for _, o := range s.obligations() {
		if o.State == ledger.StateOpen && s.r.IntN(3) == 0 {
			s.write(func(tx *ledger.Tx) error {
				_, err := tx.Close(o.ID, ledger.Closing{How: ledger.ByReceiver, People: 1})
				return err
			})
			s.closed[o.ID] = s.clock.now()
			return
		}
	}
}

func TestWhateverRulesChangeNothingIsSentTwiceNorAfterAnAnswer(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		for range 3 {
			seed := rand.Uint64()
			t.Logf("seed %d", seed)
			s := &season{book: kabupaten(t, freshDatabase(t, url), 4), r: rand.New(rand.NewPCG(seed, 0)), closed: map[string]time.Time{}}
			s.openYear("2026-12-22")
			s.write(func(tx *ledger.Tx) error {
				_, err := ledger.CountDuty(tx, must(tx.Obligations(ledger.ObligationFilter{AgreementID: s.agreement.ID}, ledger.Page{Size: 1}))[0].ID, "2026-11-23", 18)
				return err
			})
			for range 25 {
				switch s.r.IntN(5) {
				case 0, 1:
					s.changeRules()
				case 2, 3:
					s.pass()
				default:
					s.answer()
				}
			}
			s.sendAll()
			s.once()
			for _, n := range s.notices() {
				if at, ok := s.closed[n.ObligationID]; ok {
					require.LessOrEqual(t, n.CreatedAt, at.UnixMicro(), "written to after it had answered")
				}
			}
		}
	})
}
