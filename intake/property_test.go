package intake_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"payung/domain/calendar"
	"payung/internal/testdb"
	"payung/ledger"
	"payung/models"
)

// take has a file read and accepted, and the model follow.
func (w *world) take(v *village, content []byte, name string, f file) models.Import {
	w.t.Helper()
	i, _ := w.readFor(name, content, v.duty)
	require.Equal(w.t, []int{len(f.says), f.bad, len(f.leaves)}, []int{int(i.Good), int(i.Bad), int(i.Leavers)}, "%s %v", i.Problem, w.found(i.ID))
	require.EqualValues(w.t, len(f.says)+f.bad+len(f.leaves), i.Rows)
	if i.Good+i.Leavers == 0 {
		return i
	}
	gone := map[int]calendar.Day{}
	w.answer(v, i, gone)
	maps.Copy(gone, f.leaves)
	after := maps.Clone(v.standing)
	maps.Copy(after, f.says)
	for p := range gone {
		delete(after, p)
	}
	r, err := w.tryAccept(i, ledger.Acceptance{Despite: "percobaan"})
	if len(after) == 0 {
		require.ErrorContains(w.t, err, "nihil")
		return i
	}
	require.NoError(w.t, err)
	for p := range v.standing {
		if _, before := v.left[p]; !before && gone[p] != "" {
			v.left[p] = gone[p]
		}
	}
	v.standing = after
	v.versions[r.ID] = slices.Sorted(maps.Values(after))
	require.EqualValues(w.t, len(after), r.People)
	return i
}

// answer says of missing people that they were forgotten or left.
func (w *world) answer(v *village, i models.Import, gone map[int]calendar.Day) {
	w.t.Helper()
	w.write(func(tx *ledger.Tx) error {
		missing, err := tx.MissingPeople(i.ID, 1000)
		if err != nil || len(missing) == 0 {
			return err
		}
		answers := ledger.Answers{}
		for _, m := range missing {
			answers[m.RowID] = ledger.Leaver{Reason: ledger.Forgotten}
			if w.r.IntN(3) > 0 {
				continue
			}
			for p, called := range v.standing {
				if called == m.Name {
					gone[p] = calendar.Day("2027-02-01").Add(w.r.IntN(30))
					answers[m.RowID] = ledger.Leaver{Reason: "moved", On: string(gone[p])}
				}
			}
		}
		_, err = tx.Answer(i.ID, answers, nil)
		return err
	})
}

// mended is a file that went back and was put right, with what it says then.
func (w *world) mended(i models.Import, f file) ([]byte, file) {
	w.t.Helper()
	content := edited(w.t, w.back(i), func(x *excelize.File) {
		for line := range f.mends {
			part := strings.Split(f.mends[line], "=")
			require.NoError(w.t, x.SetCellStr(i.Sheet, part[0], part[1]))
			var p int
			_, err := fmt.Sscan(part[2], &p)
			require.NoError(w.t, err)
			f.says[p] = part[3]
			f.bad--
		}
	})
	return content, f
}

// check compares every list of every time with what it ought to be.
func (w *world) check() {
	w.t.Helper()
	for _, v := range w.villages {
		for id, want := range v.versions {
			require.Equal(w.t, want, w.names(id), "a version stays what it was")
		}
		for _, day := range []calendar.Day{"2027-01-31", "2027-02-10", "2027-02-28", "2027-06-30"} {
			var want []string
			for p := 1; p <= w.next; p++ {
				last, left := v.left[p]
				// Who came back is there again from the day of the file.
				if _, stands := v.standing[p]; left && day <= last || stands && (!left || day >= w.today) {
					want = append(want, number(p)[12:])
				}
			}
			require.NoError(w.t, w.Ledger.Read(w.t.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
				rows, err := tx.Listed(v.duty.ID, day, ledger.Page{Size: 1000})
				var got []string
				for _, r := range rows {
					got = append(got, r.NIKLast4)
				}
				slices.Sort(got)
				slices.Sort(want)
				require.Equal(w.t, want, got, "on %s", day)
				return err
			}))
		}
	}
	w.settled()
}

func TestWhateverComesInWhateverOrderNobodyIsLostAndNobodyDoubled(t *testing.T) {
	t.Parallel()
	for seed := range uint64(6) {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			t.Parallel()
			testdb.Each(t, func(t *testing.T, url string) {
				w := &world{desk: newDesk(t, url, 2), r: rand.New(rand.NewPCG(seed, 4))}
				w.today = "2027-03-05"
				for _, duty := range w.duties {
					w.villages = append(w.villages, &village{duty: duty, standing: map[int]string{}, left: map[int]calendar.Day{}, versions: map[string][]string{}})
				}
				for step := range 12 {
					v := w.villages[w.r.IntN(len(w.villages))]
					f := w.compose(v)
					content := []byte(strings.Join(f.lines, "\n") + "\n")
					i := w.take(v, content, fmt.Sprintf("%d.csv", step), f)
					if i.Bad > 0 && len(f.mends) > 0 && w.r.IntN(2) == 0 {
						content, f = w.mended(i, f)
						w.take(v, content, fmt.Sprintf("%d - perbaikan.xlsx", step), f)
					}
				}
				w.check()
			})
		})
	}
}
