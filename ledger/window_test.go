package ledger_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/domain/mask"
	"payung/internal/testdb"
	"payung/ledger"
)

// gazette is a kabupaten whose lists are out for everybody to see.
type gazette struct {
	*book
	window ledger.WindowView
	duty   string // whose list has three people
	token  string // of its page
}

func publish(t *testing.T, url string, change ...func(*ledger.WindowInput)) *gazette {
	t.Helper()
	g := &gazette{book: kabupaten(t, url, 3)}
	g.openYear("2026-12-15")
	duties := g.obligations()
	g.duty = duties[0].ID
	people := []ledger.RosterRowInput{person(1), person(2), person(3)}
	people[0].Name, people[1].Name, people[2].Name = "Siti Aminah", "La Ode Ali", "Budi"
	_, err := g.submit(g.duty, people...)
	require.NoError(t, err)
	g.write(func(tx *ledger.Tx) error { return nihil(tx, duties[1].ID) })
	g.clock.set(wita("2026-12-16", 8))
	in := ledger.WindowInput{PeriodID: g.periods()[0].ID, Opens: wita("2026-12-18", 8), Closes: wita("2026-12-22", 17)}
	for _, c := range change {
		c(&in)
	}
	g.write(func(tx *ledger.Tx) error {
		w := must(tx.OpenWindow(g.agreement.ID, in))
		g.window = must(tx.Window(w.ID))
		for _, p := range must(tx.WindowPages(w.ID)) {
			if p.ObligationID == g.duty {
				g.token = p.Token
			}
		}
		return nil
	})
	return g
}

func (g *gazette) public(q ledger.PublicQuery) ledger.PublicPage {
	g.t.Helper()
	p, err := g.PublicList(g.t.Context(), g.token, q)
	require.NoError(g.t, err)
	return p
}

// form is an objection as the page sends it; each number is a form of its own.
func form(n int, row string) ledger.ObjectionInput {
	return ledger.ObjectionInput{
		Key: "form-of-the-page-" + strconv.Itoa(n), Kind: ledger.NotToBeListed, RowID: row, Text: "Ia sudah pindah", Address: "10.0.0." + strconv.Itoa(n),
	}
}

func (g *gazette) object(in ledger.ObjectionInput) (string, error) {
	g.t.Helper()
	return g.Object(g.t.Context(), g.token, in)
}

func TestAWindowIsOpenFromItsHourToItsHour(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		g := publish(t, url)
		row := ""
		for i, tt := range []struct {
			at    time.Time
			state string
			shown int
			code  string // of an objection; "": taken
		}{
			{wita("2026-12-18", 8).Add(-time.Microsecond), ledger.WindowPlanned, 0, "window_not_open"},
			{wita("2026-12-18", 8), ledger.WindowOpen, 3, ""},
			{wita("2026-12-22", 17).Add(-time.Microsecond), ledger.WindowOpen, 3, ""},
			{wita("2026-12-22", 17), ledger.WindowClosed, 0, "window_closed"},
		} {
			g.clock.set(tt.at)
			p := g.public(ledger.PublicQuery{})
			require.Equal(t, tt.state, p.State, tt.at)
			require.Len(t, p.People, tt.shown, "names are shown while the window is open: %s", tt.at)
			if tt.shown > 0 {
				row = p.People[0].ID
			}
			_, err := g.object(form(i, row))
			if tt.code == "" {
				require.NoError(t, err, tt.at)
			} else {
				require.Equal(t, tt.code, mustFault(t, err).Code, tt.at)
			}
		}
	})
}

func TestAPublicPageShowsNoWholeNameAndNoDigitOfANIK(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		g := publish(t, url)
		g.clock.set(wita("2026-12-19", 9))
		p := g.public(ledger.PublicQuery{})
		var shown []string
		for _, one := range p.People {
			shown = append(shown, one.Name+" "+one.BirthYear)
		}
		require.Equal(t, []string{"B**i 1990", "L* O*e A*i 1990", "S**i A****h 1990"}, shown)
		require.Equal(t, []any{"Desa 001", "Kecamatan Contoh", "Kabupaten Contoh", 2027, "village_officials", ledger.AnswerList, int64(3)},
			[]any{p.Unit, p.Kecamatan, p.Pemda, p.Year, p.Group, p.Answer, p.Listed})
		about := g.public(ledger.PublicQuery{About: p.People[1].ID}).About
		require.Equal(t, "L* O*e A*i", about.Name)
		g.read(func(tx *ledger.Tx) error {
			for _, page := range must(tx.WindowPages(g.window.ID)) {
				if page.Token == g.token {
					continue
				}
				other, err := g.PublicList(t.Context(), page.Token, ledger.PublicQuery{About: p.People[0].ID, After: p.People[0].ID})
				require.NoError(t, err)
				require.Empty(t, other.About.ID, "a page tells nothing of another unit's people")
				require.Empty(t, other.People)
				require.Contains(t, []string{ledger.AnswerNihil, ledger.AnswerNone}, other.Answer)
			}
			return nil
		})
		_, err := g.PublicList(t.Context(), "guessed", ledger.PublicQuery{})
		require.Equal(t, "not_found", mustFault(t, err).Code)
		bare := publish(t, testdb.SQLite(t), func(in *ledger.WindowInput) { in.Names, in.NoYears = mask.Initials, true })
		bare.clock.set(wita("2026-12-19", 9))
		require.Equal(t, ledger.PublicPerson{ID: bare.public(ledger.PublicQuery{}).People[0].ID, Name: "B***"}, bare.public(ledger.PublicQuery{}).People[0])
	})
}

func TestALongListIsReadInStretches(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		g := publish(t, url)
		var people []ledger.RosterRowInput
		for i := range ledger.PublicSize + 5 {
			people = append(people, person(i+1))
			people[i].Name = "Sama" // the same name many times
		}
		_, err := g.submit(g.duty, people...)
		require.NoError(t, err)
		g.clock.set(wita("2026-12-19", 9))
		first := g.public(ledger.PublicQuery{})
		require.Len(t, first.People, ledger.PublicSize)
		second := g.public(ledger.PublicQuery{After: first.Next})
		require.Equal(t, []any{5, "", ledger.PublicSize + 1, int64(ledger.PublicSize + 5)}, []any{len(second.People), second.Next, second.First, second.Listed})
		seen := map[string]bool{}
		for _, p := range append(first.People, second.People...) {
			seen[p.ID] = true
		}
		require.Len(t, seen, ledger.PublicSize+5)
	})
}

func TestAWindowOpensAfterTheDeadlineAndOnce(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		g := publish(t, url)
		for name, tt := range map[string]struct {
			change func(*ledger.WindowInput)
			code   string
		}{
			"on the last day of the lists":  {func(in *ledger.WindowInput) { in.Opens = wita("2026-12-15", 23) }, "deadline_not_passed"},
			"no beginning":                  {func(in *ledger.WindowInput) { in.Opens = time.Time{} }, "missing_field"},
			"no end":                        {func(in *ledger.WindowInput) { in.Closes = time.Time{} }, "missing_field"},
			"an end before the beginning":   {func(in *ledger.WindowInput) { in.Closes = in.Opens }, "closes_before_opening"},
			"an end that is over":           {func(in *ledger.WindowInput) { in.Opens, in.Closes = wita("2026-12-16", 1), wita("2026-12-16", 2) }, "closes_in_the_past"},
			"half a year":                   {func(in *ledger.WindowInput) { in.Closes = in.Opens.AddDate(0, 6, 0) }, "window_too_long"},
			"names in no known way":         {func(in *ledger.WindowInput) { in.Names = "rot13" }, "unknown_style"},
			"no objection at all":           {func(in *ledger.WindowInput) { in.PerHour = -1 }, "bad_limit"},
			"beside another":                {func(in *ledger.WindowInput) { in.Opens, in.Closes = wita("2026-12-22", 16), wita("2026-12-30", 16) }, "window_overlaps"},
			"for a year there is not":       {func(in *ledger.WindowInput) { in.PeriodID = "x" }, "not_found"},
			"that of another is over by it": {func(in *ledger.WindowInput) { in.Opens = wita("2026-12-22", 17) }, ""},
		} {
			in := ledger.WindowInput{PeriodID: g.periods()[0].ID, Opens: wita("2026-12-25", 8), Closes: wita("2026-12-30", 17)}
			tt.change(&in)
			err := g.do(func(tx *ledger.Tx) error {
				if _, err := tx.OpenWindow(g.agreement.ID, in); err != nil {
					return err
				}
				return errUndo
			})
			if tt.code == "" {
				require.ErrorIs(t, err, errUndo, name)
				continue
			}
			require.Equal(t, tt.code, mustFault(t, err).Code, name)
		}
		duty := g.obligations()[2].ID
		g.write(func(tx *ledger.Tx) error {
			_, err := tx.Extend(duty, ledger.Extension{TargetOn: "2027-01-31", Reason: "banjir", ApprovedBy: "Sekda"})
			return err
		})
		g.write(func(tx *ledger.Tx) error {
			w := must(tx.OpenWindow(g.agreement.ID, ledger.WindowInput{PeriodID: g.periods()[0].ID, Opens: wita("2026-12-25", 8), Closes: wita("2026-12-30", 17)}))
			require.Len(t, must(tx.WindowPages(w.ID)), 3, "one unit's extension holds nobody up")
			require.Len(t, must(tx.Windows(g.agreement.ID)), 2)
			return nil
		})
	})
}

func TestAWindowCanEndLaterButNotAfterItHasClosed(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		g := publish(t, url)
		move := func(closes time.Time, reason string) error {
			return g.do(func(tx *ledger.Tx) error { _, err := tx.MoveWindow(g.window.ID, closes, reason); return err })
		}
		require.Equal(t, "missing_field", mustFault(t, move(wita("2026-12-23", 17), "")).Code)
		require.Equal(t, "closes_before_opening", mustFault(t, move(wita("2026-12-17", 17), "x")).Code)
		require.NoError(t, move(wita("2026-12-23", 17), "listrik padam"))
		g.clock.set(wita("2026-12-23", 16))
		require.Equal(t, ledger.WindowOpen, g.public(ledger.PublicQuery{}).State)
		g.clock.set(wita("2026-12-23", 17))
		require.Equal(t, "window_closed", mustFault(t, move(wita("2026-12-24", 17), "x")).Code)
	})
}
