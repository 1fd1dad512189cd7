package ledger_test

import (
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/internal/testdb"
	"payung/ledger"
	"payung/models"
)

func TestEveryMethodOfATransactionIsTriedByStrangers(t *testing.T) {
	t.Parallel()
	methods := reflect.TypeFor[*ledger.Tx]()
	known := map[string]bool{}
	for i := range methods.NumMethod() {
		name := methods.Method(i).Name
		known[name] = true
		_, tried := attempts[name]
		_, excused := unscoped[name]
		if tried == excused {
			t.Errorf("Tx.%s is not in the table of attempts: add a call on another's data to ledger/attempts_test.go, or a reason to unscoped", name)
		}
	}
	for name := range attempts {
		if !known[name] {
			t.Errorf("there is no method Tx.%s any more: drop its attempt from ledger/attempts_test.go", name)
		}
	}
}

// strangers are actors with no right to the victim's data.
func strangers(v *victim) map[string]ledger.Actor {
	return map[string]ledger.Actor{
		"another kabupaten": {Name: "a", Reach: ledger.Regency, ProvinceCode: "74", RegencyCode: "74.02"},
		"another province":  {Name: "b", Reach: ledger.Province, ProvinceCode: "73"},
		"another branch":    {Name: "c", Reach: ledger.Branch, BranchID: "0192-another"},
		"a village of another kabupaten": {
			Name: "d", Reach: ledger.Units, ProvinceCode: "74", RegencyCode: "74.02", UnitIDs: []string{v.unit.ID},
		},
		neighbour:              {Name: "e", Reach: ledger.Units, ProvinceCode: "74", RegencyCode: "74.05", UnitIDs: []string{v.units[1].ID}},
		"a user with no units": {Name: "f", Reach: ledger.Units, ProvinceCode: "74", RegencyCode: "74.02"},
	}
}

// neighbour is a village of the same kabupaten.
const neighbour = "the next village"

var errUndo = errors.New("undo")

func TestStrangersSeeAndChangeNothing(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		v := newVictim(t, url)
		exec(t, url, "UPDATE obligations SET paused_at = 1 WHERE id = '"+v.task(1)+"'")
		exec(t, url, "UPDATE obligations SET fault = 'x' WHERE id = '"+v.task(2)+"'")
		db := rawDB(t, url)
		// The owner's own use shows that each attempt would find something.
		for name, a := range attempts {
			var seen int
			err := v.Write(t.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
				var err error
				if seen, err = a.try(tx, v); err == nil {
					err = errUndo
				}
				return err
			})
			if a.refuse != "" {
				require.True(t, fault.Is(err, a.refuse), "%s: %v", name, err)
				continue
			}
			require.ErrorIs(t, err, errUndo, name)
			require.Positive(t, seen, "the owner finds nothing with %s, so the attempt proves nothing", name)
		}
		before := dump(t, db)
		for who, actor := range strangers(v) {
			for name, a := range attempts {
				var seen int
				err := v.Write(t.Context(), actor, func(tx *ledger.Tx) error {
					var err error
					seen, err = a.try(tx, v)
					return err
				})
				if err != nil {
					f, ok := fault.Of(err)
					require.True(t, ok, "%s by %s: %v", name, who, err)
					require.Contains(t, []fault.Kind{fault.NotFound, fault.Forbidden}, f.Kind, "%s by %s: %v", name, who, err)
					continue
				}
				if !a.shared || who != neighbour {
					require.Zero(t, seen, "%s by %s", name, who)
				}
				require.Equal(t, before, dump(t, db), "%s by %s changed something", name, who)
			}
		}
		require.Equal(t, before, dump(t, db))
	})
}

// dump is the number of rows of each table and a digest of what they say.
func dump(t *testing.T, db *sql.DB) map[string]string {
	t.Helper()
	out := map[string]string{}
	for name := range modelled(t) {
		var lines []string
		each(t, db, "SELECT * FROM "+name, func(rows *sql.Rows) error {
			columns, err := rows.Columns()
			if err != nil {
				return err
			}
			values := make([]any, len(columns))
			for i := range values {
				values[i] = new(any)
			}
			if err := rows.Scan(values...); err != nil {
				return err
			}
			var line strings.Builder
			for _, v := range values {
				fmt.Fprintf(&line, "%v|", *v.(*any))
			}
			lines = append(lines, line.String())
			return nil
		})
		slices.Sort(lines)
		out[name] = fmt.Sprintf("%d rows %x", len(lines), sha256.Sum256([]byte(strings.Join(lines, "\n"))))
	}
	return out
}

func TestAnActorWithoutAPlaceIsNobody(t *testing.T) {
	t.Parallel()
	b := open(t, testdb.SQLite(t))
	for name, a := range map[string]ledger.Actor{
		"no name":              {Reach: ledger.Everything},
		"no reach":             {Name: "a"},
		"an unknown reach":     {Name: "a", Reach: "galaxy"},
		"no province":          {Name: "a", Reach: ledger.Province},
		"no kabupaten":         {Name: "a", Reach: ledger.Regency, ProvinceCode: "74"},
		"units of no regency":  {Name: "a", Reach: ledger.Units, UnitIDs: []string{"u"}},
		"a branch without one": {Name: "a", Reach: ledger.Branch},
	} {
		ran := false
		run := func(*ledger.Tx) error { ran = true; return nil }
		require.Error(t, b.Read(t.Context(), a, run), name)
		require.Error(t, b.Write(t.Context(), a, run), name)
		require.False(t, ran, name)
	}
}

func TestEachReachSeesItsOwn(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		v := newVictim(t, url)
		var national models.Regulation
		var paper models.Source
		v.write(func(tx *ledger.Tx) error {
			paper = must(tx.CreateSource(ledger.SourceInput{Kind: "news", Title: "Koran nasional"}))
			national = must(tx.CreateRegulation(ledger.RegulationInput{Kind: "pp", Number: "50", Year: 2025, Title: "PP 50/2025"}))
			return nil
		})
		unit := func(i int) ledger.Actor {
			return ledger.Actor{Name: "u", Reach: ledger.Units, ProvinceCode: "74", RegencyCode: "74.05", UnitIDs: []string{v.units[i].ID}}
		}
		tests := map[string]struct {
			actor       ledger.Actor
			agreements  int
			duties      int  // of the whole agreement: two lists, three tasks, one renewal, five of a batch
			writesWhole bool // rows of the agreement as a whole
			writesFirst bool // rows of the first village
		}{
			"the first village":    {unit(0), 1, 10, false, true}, // its list, tasks and batch, and the renewal of all
			"the second village":   {unit(1), 1, 6, false, false},
			"the kabupaten":        {ledger.Actor{Name: "k", Reach: ledger.Regency, ProvinceCode: "74", RegencyCode: "74.05"}, 1, 11, true, true},
			"its province":         {ledger.Actor{Name: "p", Reach: ledger.Province, ProvinceCode: "74"}, 1, 11, true, true},
			"the branch it serves": {ledger.Actor{Name: "b", Reach: ledger.Branch, BranchID: v.bpjs.ID}, 1, 11, true, true},
			"everything":           {ledger.Operator(), 1, 11, true, true},
			"another kabupaten":    {ledger.Actor{Name: "x", Reach: ledger.Regency, ProvinceCode: "74", RegencyCode: "74.02"}, 0, 0, false, false},
		}
		for name, tt := range tests {
			err := v.Write(t.Context(), tt.actor, func(tx *ledger.Tx) error {
				require.Len(t, must(tx.Agreements(page)), tt.agreements, name)
				require.Len(t, must(tx.Obligations(ledger.ObligationFilter{}, page)), tt.duties, name)
				require.Equal(t, national.ID, must(tx.Regulation(national.ID)).ID, "%s sees what is national", name)
				return errUndo
			})
			require.ErrorIs(t, err, errUndo, name)
			may := func(want bool, what string, do func(*ledger.Tx) error) {
				err := v.Write(t.Context(), tt.actor, func(tx *ledger.Tx) error { return errors.Join(do(tx), errUndo) })
				require.Equal(t, !want, fault.Is(err, "outside_scope") || fault.Is(err, "not_found"), "%s writes %s: %v", name, what, err)
			}
			may(tt.writesWhole, "the agreement", func(tx *ledger.Tx) error {
				_, err := tx.RecordHappening(ledger.HappeningInput{AgreementID: v.agreement.ID, Kind: "audience", On: calendar.On("2026-01-20")})
				return err
			})
			may(tt.writesFirst, "a duty of the first village", func(tx *ledger.Tx) error {
				_, err := tx.Pause(v.task(0), ledger.PauseInput{Note: "x"})
				return err
			})
			may(tt.actor.Reach == ledger.Everything, "what is national", func(tx *ledger.Tx) error {
				return tx.AddCitation(national.ID, ledger.CitationInput{SourceID: paper.ID, Number: "50", Year: 2025})
			})
		}
	})
}
