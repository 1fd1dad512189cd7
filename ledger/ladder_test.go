package ledger_test

import (
	"cmp"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/domain/fault"
	"payung/domain/obligation"
	"payung/internal/testdb"
	"payung/ledger"
	"payung/models"
)

// planned lists what the clock will send to the posts that owe, as step and
// instant of each obligation.
func (b *book) planned() []plannedStep {
	b.t.Helper()
	var out []plannedStep
	owners := map[string]string{}
	for _, o := range b.obligations() {
		owners[o.ID] = o.OwnerPostID
	}
	b.read(func(tx *ledger.Tx) error {
		rows, err := tx.Plan(b.agreement.ID, b.clock.now(), b.clock.now().AddDate(3, 0, 0))
		for _, n := range rows {
			if owners[n.ObligationID] == n.PostID {
				out = append(out, plannedStep{n.ObligationID, n.Step, n.Tone, n.At.UnixMicro()})
			}
		}
		return err
	})
	return out
}

type plannedStep struct {
	obligation, step, tone string
	at                     int64
}

// moves compares two plans as a preview does.
func moves(before, after []plannedStep) (out ledger.Effect) {
	find := func(in []plannedStep, s plannedStep) (plannedStep, bool) {
		i := slices.IndexFunc(in, func(x plannedStep) bool { return x.obligation == s.obligation && x.step == s.step })
		if i < 0 {
			return plannedStep{}, false
		}
		return in[i], true
	}
	for _, s := range before {
		switch now, ok := find(after, s); {
		case !ok:
			out.Vanish++
		case now != s:
			out.Move++
		}
	}
	for _, s := range after {
		if _, ok := find(before, s); !ok {
			out.Appear++
		}
	}
	return out
}

// rowsOf lists the moves of an effect one by one, so that it can be held against
// what happened.
func rowsOf(e ledger.Effect) []string {
	var out []string
	for _, r := range e.Reminders {
		for range r.Obligations {
			out = append(out, r.Step+" "+written(r.Was.At)+" → "+written(r.Becomes.At))
		}
	}
	slices.Sort(out)
	return out
}

// happened lists the differences of two plans in the same words.
func happened(before, after []plannedStep) []string {
	var out []string
	key := func(s plannedStep) string { return s.obligation + s.step }
	now := map[string]plannedStep{}
	for _, s := range after {
		now[key(s)] = s
	}
	for _, s := range before {
		n := now[key(s)]
		if delete(now, key(s)); n != s {
			out = append(out, s.step+" "+written(s.at)+" → "+written(n.at))
		}
	}
	for _, s := range now {
		out = append(out, s.step+" "+written(0)+" → "+written(s.at))
	}
	slices.Sort(out)
	return out
}

func written(at int64) string {
	if at == 0 {
		return "–"
	}
	return time.UnixMicro(at).UTC().Format(time.DateTime)
}

// holds checks that what a preview said is what has happened.
func (b *book) holds(preview, saved ledger.Effect, before []plannedStep) {
	b.t.Helper()
	after := b.planned()
	require.Equal(b.t, preview, saved, "the preview is what was saved")
	count := moves(before, after)
	require.Equal(b.t, []int64{count.Appear, count.Vanish, count.Move}, []int64{preview.Appear, preview.Vanish, preview.Move})
	require.Equal(b.t, happened(before, after), rowsOf(preview))
}

// sendAll rings the clock at each due instant until nothing is left.
func (b *book) sendAll() {
	b.t.Helper()
	for range 60 {
		s := b.takeSteps()
		if s.NextAt == 0 {
			return
		}
		if next := time.UnixMicro(s.NextAt); next.After(b.clock.now()) {
			b.clock.set(next)
		}
	}
	b.t.Fatal("the clock never comes to rest")
}

// once checks that no step was sent twice to a post for a date.
func (b *book) once() {
	b.t.Helper()
	seen := map[string]bool{}
	for _, n := range b.notices() {
		k := n.ObligationID + n.PostID + n.Step
		require.False(b.t, seen[k], "%s was sent twice", n.Step)
		seen[k] = true
	}
}

func (b *book) setLadder(kind string, l *obligation.Ladder) (preview, saved ledger.Effect) {
	b.t.Helper()
	in := ledger.LadderInput{Kind: kind, Ladder: l}
	b.read(func(tx *ledger.Tx) (err error) {
		preview, err = tx.PreviewLadder(b.pemda.ID, in)
		return err
	})
	b.write(func(tx *ledger.Tx) (err error) {
		saved, err = tx.SetLadder(b.pemda.ID, in)
		return err
	})
	return preview, saved
}

func full() *obligation.Ladder {
	l := obligation.Full()
	return &l
}

func TestThePreviewOfALadderIsWhatThenHappens(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 5)
		b.openYear("2026-12-18")
		b.clock.set(wita("2026-12-11", 8))
		b.takeSteps() // T-7
		require.Len(t, b.notices(), 5)
		before := b.planned()

		preview, saved := b.setLadder(ledger.KindRoster, full())
		b.holds(preview, saved, before)
		// T-30 and T-14 lie behind and T-7 is done; T-3, T+0, T+3 and T+7 are new. The
		// 18th is a Friday: T+1 and T+3 meet on Monday, where T+3 stands for both.
		require.EqualValues(t, []int64{5, 0, 20, 5, 0}, []int64{preview.Obligations, preview.Moved, preview.Appear, preview.Vanish, preview.Move})

		// Back to three steps, and to none at all.
		before = b.planned()
		short := obligation.Default()
		preview, saved = b.setLadder(ledger.KindRoster, &short)
		b.holds(preview, saved, before)
		require.EqualValues(t, []int64{5, 20}, []int64{preview.Appear, preview.Vanish})
		preview, saved = b.setLadder(ledger.KindRoster, nil)
		require.Equal(t, ledger.Effect{}, preview, "the agreement's own ladder has the same three steps")
		require.Equal(t, preview, saved)

		b.setLadder(ledger.KindRoster, full())
		last := b.planned()
		b.sendAll()
		b.once()
		require.Len(t, byOwner(b), 5+len(last), "everything that was planned was sent, and T-7 before it")
	})
}

// byOwner are the notices that went to posts that owe.
func byOwner(b *book) []models.Notice {
	owners := map[string]string{}
	for _, o := range b.obligations() {
		owners[o.ID] = o.OwnerPostID
	}
	return slices.DeleteFunc(b.notices(), func(n models.Notice) bool { return owners[n.ObligationID] != n.PostID })
}

func TestALadderInWorkingDaysSkipsTheHolidays(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 2)
		b.openYear("2027-01-04") // a Monday after Christmas and New Year
		before := b.planned()
		own := &obligation.Ladder{Code: "own", Steps: []obligation.Step{
			obligation.StepAt(-5, true, obligation.Reminder, 0), obligation.StepAt(2, true, obligation.Warning, 2),
		}}
		preview, saved := b.setLadder(ledger.KindRoster, own)
		b.holds(preview, saved, before)
		var got []string
		for _, s := range b.planned()[:1] {
			got = append(got, s.step+" "+time.UnixMicro(s.at).In(wita("2027-01-04", 0).Location()).Format(time.DateTime))
		}
		// Five working days back from 4 January: 31, 30, 29, 28 and 23 December.
		require.Equal(t, []string{"T-5HK 2026-12-23 08:00:00"}, got)
	})
}

func TestWhatASystemThatWasDownOwesIsSentOnceWhateverWasEditedMeanwhile(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 3)
		b.openYear("2026-12-18")
		b.clock.set(wita("2026-12-14", 9)) // nobody rang at T-7
		before := b.planned()
		preview, saved := b.setLadder(ledger.KindRoster, full())
		b.holds(preview, saved, before)
		b.takeSteps()
		for _, n := range b.notices() {
			require.Equal(t, "T-7", n.Step, "what was due is sent; T-30 and T-14, added behind us, are not")
			require.Empty(t, n.Missed)
		}
		require.Len(t, b.notices(), 3)
		b.sendAll()
		b.once()
	})
}

func TestTheLadderOfAKindLeavesOtherKindsAndOwnLaddersAlone(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 2)
		b.openYear("2026-12-18")
		before := b.planned()
		preview, _ := b.setLadder(ledger.KindTask, full())
		require.Equal(t, ledger.Effect{}, preview)
		require.Equal(t, before, b.planned())

		// An obligation with a ladder of its own keeps it.
		exec(t, url, `UPDATE obligations SET ladder = '{"code":"own","steps":[]}' WHERE id = '`+b.obligations()[0].ID+`'`)
		preview, _ = b.setLadder(ledger.KindRoster, full())
		require.LessOrEqual(t, preview.Obligations, int64(2))
		for _, s := range b.planned() {
			require.NotEqual(t, b.obligations()[0].ID, s.obligation)
		}
	})
}

func TestAClosedDutyIsNeverRemindedWhateverTheLadder(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 3)
		b.openYear("2026-12-18")
		closed := b.obligations()[0].ID
		b.write(func(tx *ledger.Tx) error {
			_, err := tx.Close(closed, ledger.Closing{How: ledger.ByReceiver, People: 3})
			return err
		})
		preview, _ := b.setLadder(ledger.KindRoster, full())
		require.EqualValues(t, 2, preview.Obligations)
		b.sendAll()
		for _, n := range b.notices() {
			require.NotEqual(t, closed, n.ObligationID)
		}
	})
}

func TestALadderIsListedWithWhereItComesFrom(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 2)
		b.openYear("2026-12-18")
		b.setLadder(ledger.KindRoster, full())
		origins, open := map[string]string{}, map[string]int64{}
		b.read(func(tx *ledger.Tx) error {
			rows, err := tx.Ladders(b.pemda.ID)
			for _, k := range rows {
				origins[k.Kind], open[k.Kind] = k.Origin, k.Open
			}
			return err
		})
		require.Equal(t, ledger.LadderOfPemda, origins[ledger.KindRoster])
		require.Equal(t, ledger.LadderOfKind, origins[ledger.KindRenewal])
		require.Equal(t, ledger.LadderOfAgreement, origins[ledger.KindTask])
		require.EqualValues(t, 2, open[ledger.KindRoster])

		bad := &obligation.Ladder{Code: "x", Steps: []obligation.Step{{Code: "fatal", Offset: "P1D", Tone: obligation.Reminder}}}
		for code, in := range map[string]ledger.LadderInput{
			"bad_ladder": {Kind: ledger.KindRoster, Ladder: bad}, "unknown_kind": {Kind: "weather", Ladder: full()},
		} {
			err := b.Write(t.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
				_, err := tx.SetLadder(b.pemda.ID, in)
				return err
			})
			require.True(t, fault.Is(err, code), "%v", err)
		}
	})
}

func TestARefusedLadderChangesNothing(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 2)
		b.openYear("2026-12-18")
		before := b.planned()
		broken := errors.New("the power went out")
		err := b.Write(t.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
			_, err := tx.SetLadder(b.pemda.ID, ledger.LadderInput{Kind: ledger.KindRoster, Ladder: full()})
			return cmp.Or(err, broken)
		})
		require.ErrorIs(t, err, broken)
		require.Equal(t, before, b.planned())
		var kinds int
		b.read(func(tx *ledger.Tx) (err error) {
			_, _, kinds, err = ledger.PolicyInUse(tx, b.pemda.ID)
			return err
		})
		require.Zero(t, kinds, "no process may plan by rules that were never saved")
	})
}
