package ledger_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/domain/fault"
	"payung/internal/testdb"
	"payung/ledger"
)

func TestAnObjectionIsDecidedAndFollowedAndChangesNoListItself(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		g := publish(t, url)
		g.clock.set(wita("2026-12-19", 9))
		in := form(1, g.public(ledger.PublicQuery{}).People[0].ID)
		in.Text, in.Name, in.Contact = "Budi sudah menjadi PPPK", "Wa Ode", "0812-0000-0001"
		code, err := g.object(in)
		require.NoError(t, err)
		again, err := g.object(in)
		require.NoError(t, err)
		require.Equal(t, code, again, "a form sent twice counts once")
		missing, err := g.object(ledger.ObjectionInput{Key: "another-form-of-it", Kind: ledger.PersonMissing, RowID: "ignored-not", Text: "x"})
		require.Error(t, err, missing)
		_, err = g.object(ledger.ObjectionInput{Key: "another-form-of-it", Kind: ledger.PersonMissing, Text: "Ibu saya belum tercantum", Address: "10.1.1.1"})
		require.NoError(t, err)

		var list []ledger.ObjectionView
		g.read(func(tx *ledger.Tx) error {
			list = must(tx.Objections(ledger.ObjectionFilter{WindowID: g.window.ID}, page))
			return nil
		})
		require.Len(t, list, 2)
		require.Equal(t, []any{code, ledger.NotToBeListed, "Budi", true, "Budi sudah menjadi PPPK", "Wa Ode", "0812-0000-0001", ledger.ObjectionOpen},
			[]any{list[0].Code, list[0].Kind, list[0].Listed, list[0].Standing, list[0].Text, list[0].Name, list[0].Contact, list[0].State})
		require.Zero(t, number(t, url, "SELECT COUNT(*) FROM objections WHERE CAST(content AS TEXT) LIKE '%Wa Ode%' OR CAST(sender AS TEXT) LIKE '%10.%'"), "sealed and hashed")
		village := ledger.Actor{Name: "desa", Reach: ledger.Units, ProvinceCode: "74", RegencyCode: "74.05", UnitIDs: []string{g.units[0].ID}}
		require.NoError(t, g.Read(t.Context(), village, func(tx *ledger.Tx) error {
			own := must(tx.Objections(ledger.ObjectionFilter{}, page))
			require.Len(t, own, 2)
			require.Empty(t, own[0].Text+own[0].Name+own[0].Contact, "a unit is not told who objects to its list")
			return nil
		}))
		decide := func(actor ledger.Actor, id string, v ledger.Verdict) error {
			return g.Write(t.Context(), actor, func(tx *ledger.Tx) error { _, err := tx.DecideObjection(id, v); return err })
		}
		require.Equal(t, "outside_scope", mustFault(t, decide(village, list[0].ID, ledger.Verdict{Reason: "x"})).Code, "nobody judges their own list")
		require.Equal(t, "missing_field", mustFault(t, decide(ledger.Operator(), list[0].ID, ledger.Verdict{})).Code)
		require.Equal(t, "objection_not_upheld", mustFault(t, g.leave(list[0])).Code)
		require.NoError(t, decide(ledger.Operator(), list[0].ID, ledger.Verdict{Upheld: true, Reason: "SK PPPK ada"}))
		require.Equal(t, "objection_decided", mustFault(t, decide(ledger.Operator(), list[0].ID, ledger.Verdict{Reason: "x"})).Code)
		require.NoError(t, decide(ledger.Operator(), list[1].ID, ledger.Verdict{Reason: "bukan pegawai"}))

		receipt := func() ledger.ObjectionReceipt {
			r, err := g.PublicReceipt(t.Context(), g.token, strings.ToLower(strings.ReplaceAll(code, "-", " ")))
			require.NoError(t, err)
			return r
		}
		require.Equal(t, []any{ledger.ObjectionUpheld, "SK PPPK ada", false}, []any{receipt().State, receipt().Reason, receipt().Followed})
		_, err = g.PublicReceipt(t.Context(), g.token, "0000-0000")
		require.Equal(t, "unknown_receipt", mustFault(t, err).Code)
		require.Len(t, g.public(ledger.PublicQuery{}).People, 3, "the verdict alone changes no list")
		count := func() ledger.ObjectionCount {
			var c ledger.ObjectionCount
			g.read(func(tx *ledger.Tx) error { c = must(tx.Window(g.window.ID)).Count; return nil })
			return c
		}
		require.Equal(t, ledger.ObjectionCount{All: 2, Upheld: 1, Rejected: 1, FollowUps: 1}, count())
		require.NoError(t, g.leave(list[0]))
		require.Equal(t, ledger.ObjectionCount{All: 2, Upheld: 1, Rejected: 1}, count())
		require.True(t, receipt().Followed)
		require.Len(t, g.public(ledger.PublicQuery{}).People, 2)
		g.read(func(tx *ledger.Tx) error {
			require.Equal(t, 2, must(tx.Objections(ledger.ObjectionFilter{WindowID: g.window.ID, State: ledger.ObjectionUpheld}, page))[0].Version)
			return nil
		})
		require.Equal(t, "objection_not_upheld", mustFault(t, g.follow(list[0].ID)).Code, "one list follows it")
		require.Equal(t, "objection_not_upheld", mustFault(t, g.follow(list[1].ID)).Code)
	})
}

// leave takes the person an objection is about off the list because of it.
func (g *gazette) leave(o ledger.ObjectionView) error {
	g.t.Helper()
	return g.do(func(tx *ledger.Tx) error {
		_, err := tx.Leave(o.RowID, ledger.LeavingInput{Reason: "entered_by_mistake", ObjectionID: o.ID})
		return err
	})
}

// follow ties the latest list to an objection.
func (g *gazette) follow(objection string) error {
	g.t.Helper()
	return g.do(func(tx *ledger.Tx) error {
		_, err := tx.FollowObjection(objection, must(tx.LatestRoster(g.duty)).ID)
		return err
	})
}

func TestAListHandedInLaterCanFollowAnObjection(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		g := publish(t, url)
		g.clock.set(wita("2026-12-19", 9))
		in := form(1, g.public(ledger.PublicQuery{}).People[0].ID)
		in.Kind = ledger.WrongData
		_, err := g.object(in)
		require.NoError(t, err)
		var id string
		g.write(func(tx *ledger.Tx) error {
			id = must(tx.Objections(ledger.ObjectionFilter{}, page))[0].ID
			_, err := tx.DecideObjection(id, ledger.Verdict{Upheld: true, Reason: "benar"})
			return err
		})
		require.Equal(t, "list_does_not_follow", mustFault(t, g.follow(id)).Code, "that list was there before")
		g.clock.add(time.Hour)
		_, err = g.submit(g.duty, person(1), person(2), person(3))
		require.NoError(t, err)
		require.NoError(t, g.follow(id))
	})
}

func TestOneAddressObjectsAFewTimesAnHour(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		g := publish(t, url, func(in *ledger.WindowInput) { in.PerHour = 3 })
		g.clock.set(wita("2026-12-19", 9))
		row := g.public(ledger.PublicQuery{}).People[0].ID
		var wg sync.WaitGroup
		var mu sync.Mutex
		codes := map[string]int{}
		for i := range 8 {
			wg.Go(func() {
				in := form(i, row)
				in.Address = "10.9.9.9"
				_, err := g.Object(t.Context(), g.token, in)
				code := "taken"
				if f, ok := fault.Of(err); ok {
					code = f.Code
				}
				mu.Lock()
				defer mu.Unlock()
				codes[code]++
			})
		}
		wg.Wait()
		require.Equal(t, map[string]int{"taken": 3, "too_many_objections": 5}, codes)
		_, err := g.object(form(50, row))
		require.NoError(t, err, "another address is another person")
		g.clock.add(time.Hour)
		in := form(51, row)
		in.Address = "10.9.9.9"
		_, err = g.object(in)
		require.NoError(t, err, "an hour later")
	})
}

func TestAnObjectionThatSaysTooLittleOrTooMuchIsRefused(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		g := publish(t, url)
		g.clock.set(wita("2026-12-19", 9))
		row := g.public(ledger.PublicQuery{}).People[0].ID
		for name, tt := range map[string]struct {
			change func(*ledger.ObjectionInput)
			code   string
			field  string
		}{
			"no text":                  {func(in *ledger.ObjectionInput) { in.Text = "  " }, "missing_field", "text"},
			"a text of 1,001 letters":  {func(in *ledger.ObjectionInput) { in.Text = strings.Repeat("é", 1001) }, "text_too_long", "text"},
			"a name of 201 letters":    {func(in *ledger.ObjectionInput) { in.Name = strings.Repeat("n", 201) }, "text_too_long", "name"},
			"a contact of 201 letters": {func(in *ledger.ObjectionInput) { in.Contact = strings.Repeat("0", 201) }, "text_too_long", "contact"},
			"no kind":                  {func(in *ledger.ObjectionInput) { in.Kind = "" }, "unknown_objection", "kind"},
			"nobody chosen":            {func(in *ledger.ObjectionInput) { in.RowID = "" }, "person_not_chosen", "row_id"},
			"somebody of nowhere":      {func(in *ledger.ObjectionInput) { in.RowID = "x" }, "person_not_chosen", "row_id"},
			"no form":                  {func(in *ledger.ObjectionInput) { in.Key = "" }, "missing_field", "key"},
		} {
			in := form(1, row)
			tt.change(&in)
			_, err := g.object(in)
			f := mustFault(t, err)
			require.Equal(t, []string{tt.code, tt.field}, []string{f.Code, f.Field}, name)
		}
		in := form(1, row)
		in.Text = strings.Repeat("é", 1000)
		_, err := g.object(in)
		require.NoError(t, err)
	})
}
