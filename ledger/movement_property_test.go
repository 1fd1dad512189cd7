package ledger_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/internal/testdb"
	"payung/ledger"
	"payung/models"
)

// span is when somebody was on the list, as a reader of paper would note it.
type span struct{ from, to calendar.Day }

// Whatever comes and goes, the versions tell who was on the list on any day and
// what each version said when it was made, and the counters count it.
func TestVersionsReconstructAnyDayAfterAnySequenceOfMovements(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		seed := rand.Uint64()
		t.Logf("seed %d", seed)
		r := rand.New(rand.NewPCG(seed, 0))
		b, id := running(t, url, 2, person(1), person(2), person(3), person(4))
		b.clock.set(wita("2027-12-31", 9))
		paper := map[int][]span{}
		for n := 1; n <= 4; n++ {
			paper[n] = []span{{"2027-01-01", ""}}
		}
		versions := map[int][]string{1: names(1, 2, 3, 4)}
		gone := map[int]string{} // the last row of whoever has left
		for i := range 60 {
			n := 1 + r.IntN(7)
			day := calendar.Day("2027-01-01").Add(r.IntN(365))
			spans := paper[n]
			last := len(spans) - 1
			version := 0
			_, here := b.standing(id)[person(n).Name]
			var err error
			switch {
			case here && r.IntN(8) == 0:
				row := b.row(id, n)
				err = b.do(func(tx *ledger.Tx) error {
					left, err := tx.Leave(row, ledger.LeavingInput{Reason: "entered_by_mistake"})
					version = left.Roster.Version
					return err
				})
				if err == nil {
					paper[n] = spans[:last]
					delete(gone, n)
				}
			case here:
				row := b.row(id, n)
				err = b.do(func(tx *ledger.Tx) error {
					left, err := tx.Leave(row, ledger.LeavingInput{Reason: "moved", On: string(day)})
					version = left.Roster.Version
					return err
				})
				if err == nil {
					spans[last].to, gone[n] = day, row
				}
			case gone[n] != "" && r.IntN(3) == 0:
				var back models.Roster
				err = b.do(func(tx *ledger.Tx) (err error) { back, err = tx.Restore(gone[n], "keliru"); return err })
				version = back.Version
				if err == nil {
					spans[last].to = ""
					delete(gone, n)
				}
			default:
				err = b.do(func(tx *ledger.Tx) error {
					in, err := tx.Join(id, ledger.JoinInput{Row: person(n), From: string(day)})
					version = in.Roster.Version
					return err
				})
				if err == nil {
					paper[n] = append(spans, span{day, ""})
					delete(gone, n)
				}
			}
			if _, ok := fault.Of(err); err != nil && !ok {
				t.Fatalf("seed %d, step %d: %v", seed, i, err)
			}
			if err == nil {
				var now []string
				for name := range b.standing(id) {
					now = append(now, name)
				}
				slices.Sort(now)
				versions[version] = now
			}
		}
		for day := calendar.Day("2027-01-01"); day <= "2027-12-31"; day = day.Add(1 + r.IntN(20)) {
			var want []string
			for n, spans := range paper {
				for _, s := range spans {
					if s.from <= day && (s.to == "" || day <= s.to) {
						want = append(want, person(n).Name)
					}
				}
			}
			slices.Sort(want)
			require.Equal(t, want, b.on(id, day), "seed %d, %s", seed, day)
		}
		require.Greater(t, len(versions), 20, "seed %d did too little", seed)
		b.read(func(tx *ledger.Tx) error {
			for _, v := range must(tx.Rosters(id)) {
				var said []string
				for _, p := range must(tx.RosterRows(v.ID, page)) {
					said = append(said, p.Name)
				}
				slices.Sort(said)
				require.Equal(t, versions[v.Version], said, fmt.Sprintf("seed %d, version %d", seed, v.Version))
			}
			return nil
		})
		b.fold()
		require.Equal(t, len(b.standing(id)), b.rollup("listed"), "seed %d", seed)
		require.Zero(t, b.recount(), "seed %d", seed)
	})
}
