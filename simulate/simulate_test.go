package simulate_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/domain/calendar"
	"payung/domain/obligation"
	"payung/ledger"
	"payung/simulate"
)

// row is a step as the dry run and the sent-ledger both know it.
func row(at time.Time, obligation, post, step, tone, target, missed string) string {
	return fmt.Sprintf("%s %s %s to %s, %s, for %s, missed %q", at.UTC().Format(time.RFC3339), obligation, step, post, tone, target, missed)
}

// same compares what was planned with what was done, row by row, steps and
// messages.
func same(t *testing.T, r *simulate.Report) {
	t.Helper()
	var planned, taken []string
	for _, n := range r.Planned {
		planned = append(planned, row(n.At, n.ObligationID, n.PostID, n.Step, n.Tone, n.TargetOn, n.Missed))
	}
	for _, n := range r.Notices {
		taken = append(taken, row(n.At, n.ObligationID, n.PostID, n.Step, n.Tone, n.Target, n.Missed))
	}
	require.ElementsMatch(t, planned, taken)
	var said, sent []string
	message := func(at time.Time, post, channel, kind, subject, text string, items int, cost int64) string {
		return fmt.Sprintf("%s %s by %s, %s: %s (%d, Rp%d) %s", at.UTC().Format(time.RFC3339), post, channel, kind, subject, items, cost, text)
	}
	for _, m := range r.Calendar {
		said = append(said, message(m.At, m.To.PostTitle, m.Message.Channel, m.Message.Kind, m.Text.Subject, m.Text.Body, len(m.Notices), m.Message.Price))
	}
	for _, m := range r.Messages {
		sent = append(sent, message(m.At, m.Post, m.Channel, m.Kind, m.Subject, m.Text, int(m.Items), int64(m.Cost)))
	}
	require.ElementsMatch(t, said, sent)
}

func play(t *testing.T, o simulate.Options) *simulate.Report {
	t.Helper()
	if o.Start == "" {
		o.Start = "2026-01-05"
	}
	r, err := simulate.Run(t.Context(), o)
	require.NoError(t, err)
	require.Zero(t, r.Repeats, "no message reaches a channel twice")
	require.Zero(t, r.Wrong, "counters agree with rows")
	return r
}

// down are days from the beginning of one to the beginning of another, in
// Sulawesi.
func down(from, to calendar.Day, hour int) []ledger.Downtime {
	return []ledger.Downtime{{From: from.In(calendar.WITA, hour, 0), To: to.In(calendar.WITA, hour, 0)}}
}

func TestAYearInWhichNobodyAnswersIsTheDryRun(t *testing.T) {
	t.Parallel()
	r := play(t, simulate.Options{Units: 30})
	require.Greater(t, len(r.Messages), 60)
	require.Equal(t, 60, r.Open)
	same(t, r)
}

func TestAYearAsOfficesTellOfItProtectsPeopleMonthByMonth(t *testing.T) {
	t.Parallel()
	r := play(t, simulate.Options{Units: 40, Shares: simulate.UsualShares(), Seed: 7, Ladder: obligation.Full()})
	require.Len(t, r.Coverage, 13)
	require.Zero(t, r.Coverage[0].People.Protected, "a signature protects nobody")
	for i, c := range r.Coverage[1:12] {
		require.GreaterOrEqual(t, c.People.Protected, r.Coverage[i].People.Protected)
		require.GreaterOrEqual(t, c.People.Listed, c.People.Protected)
	}
	require.Positive(t, r.Coverage[11].People.Protected)
	require.Equal(t, 80, len(r.Closed)+r.Open, "every list was accepted or is still awaited")
	require.GreaterOrEqual(t, r.Open, 2*r.Conduct[simulate.Silent])
	require.Less(t, len(r.Messages), len(r.Calendar), "who answers is left in peace")
}

// Three days of downtime in the week of the last day: of the nine steps those of
// T-3, T-1 and T fall into it.
func TestAfterThreeDaysOffEachUnitGetsOneLetterForAllItMissed(t *testing.T) {
	t.Parallel()
	r := play(t, simulate.Options{Units: 336, Ladder: obligation.Full(), Off: down("2026-03-03", "2026-03-06", 3)})
	require.EqualValues(t, "2026-03-06", r.Due[0])
	same(t, r)
	require.Len(t, r.Outages, 1)
	require.True(t, r.Outages[0].From.Equal(r.Options.Off[0].From) && r.Outages[0].To.Equal(r.Options.Off[0].To), "it noticed that it was off")

	back, off := r.Options.Off[0].To, r.Options.Off[0].From
	caught := map[string][]simulate.Notice{}
	for _, n := range r.Notices {
		require.False(t, n.At.After(off) && n.At.Before(back), "nothing is taken while it is off")
		if n.At.Equal(back) {
			caught[n.ObligationID] = append(caught[n.ObligationID], n)
		}
	}
	require.Len(t, caught, 336)
	for _, n := range caught {
		require.Len(t, n, 1, "one catch-up for each unit")
		require.Equal(t, []string{"T-1", "T-3"}, []string{n[0].Step, n[0].Missed})
	}
	unique := map[string]bool{}
	for _, n := range r.Notices {
		key := n.ObligationID + n.PostID + n.Step
		require.False(t, unique[key], "no step twice")
		unique[key] = true
	}
	mails := map[string]int{}
	for _, m := range r.Messages {
		if m.Post == "Camat 01" {
			mails[m.Kind+" of "+string(calendar.WITA.DayOf(m.At))]++
		}
	}
	require.NotEmpty(t, mails)
	for what, n := range mails {
		require.Equal(t, 1, n, "a camat gets one %s, not fourteen", what)
	}
}

// Whatever the lot: nobody hears of a duty that is done, nobody is written to in
// quiet hours, and nothing is said twice.
func TestWhateverHappensNobodyIsBotheredWithoutNeed(t *testing.T) {
	t.Parallel()
	for seed := range uint64(6) {
		lot := rand.New(rand.NewPCG(seed, 2))
		o := simulate.Options{
			Units: 6, Start: "2026-01-05", Months: 4, Seed: seed, Ladder: obligation.Full(), Channel: []string{"whatsapp", "email", "wa_link"}[seed%3],
			Shares: simulate.Shares{
				{Conduct: simulate.Conduct{Kind: simulate.OnTime}, Of: 20},
				{Conduct: simulate.Conduct{Kind: simulate.Late}, Of: 20},
				{Conduct: simulate.Conduct{Kind: simulate.Broken}, Of: 30},
				{Conduct: simulate.Conduct{Kind: simulate.Extend}, Of: 20},
			},
		}
		if seed%2 == 1 {
			from := calendar.Day("2026-02-01").Add(lot.IntN(50)).In(calendar.WITA, lot.IntN(24), 30)
			o.Off = []ledger.Downtime{{From: from, To: from.Add(time.Duration(1+lot.IntN(120)) * time.Hour)}}
		}
		r, err := simulate.Run(t.Context(), o)
		require.NoError(t, err)
		require.Zero(t, r.Repeats+r.Wrong)
		said := map[string]bool{}
		for _, m := range r.Messages {
			require.False(t, obligation.DefaultHours().Quiet(m.At, calendar.WITA, calendar.National()), "%s at %s", m.Subject, m.At)
			require.False(t, said[m.Key])
			said[m.Key] = true
			for i, duty := range m.Duties {
				if done, ok := r.Closed[duty]; ok && m.Steps[i] != "" {
					require.False(t, m.At.After(done), "%s: a message at %s about a list that was accepted at %s", r.Units[duty], m.At, done)
				}
			}
		}
		taken := map[string]bool{}
		for _, n := range r.Notices {
			key := fmt.Sprint(n.ObligationID, n.PostID, n.Step, n.Generation)
			require.False(t, taken[key])
			taken[key] = true
		}
	}
}

func TestTheSameSeedGivesTheSameYear(t *testing.T) {
	t.Parallel()
	text := func() string {
		var b strings.Builder
		r := play(t, simulate.Options{Units: 12, Shares: simulate.UsualShares(), Seed: 3})
		require.NoError(t, r.Print(&b, calendar.ID, true))
		require.NoError(t, r.CSV(&b, calendar.EN))
		return b.String()
	}
	first := text()
	require.Contains(t, first, "Orang terlindungi")
	require.Equal(t, first, text())
}
