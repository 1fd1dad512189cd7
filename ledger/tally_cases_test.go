package ledger_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/fault"
	"payung/domain/match"
	"payung/domain/tally"
	"payung/internal/testdb"
	"payung/ledger"
	"payung/models"
)

func TestARecapForAYearTellsItsStatuses(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		a := &afternoon{book: kabupaten(t, url, 3)}
		a.openYear("2026-12-15")
		var year models.Period
		a.read(func(tx *ledger.Tx) error { year = must(tx.Periods(a.agreement.ID))[0]; return nil })
		forYear := func(in *ledger.TallyInput) { in.YearID, in.Year = year.ID, 2027 }
		lines := [][]string{
			{"No", "Kecamatan", "Desa", "Jumlah", "Status"},
			{"1", "Contoh", "Desa 001", "10", "lunas s.d. Des"},
			{"2", "Contoh", "002", "8 org", "terdaftar"},
			{"3", "Contoh", "003", "9", "belum"},
		}
		up := a.upload(tally.Villages, lines, forYear)
		require.Equal(t, a.agreement.ID, up.AgreementID)
		require.Equal(t, "village_officials", up.GroupCode)
		s := a.sheet(up.ID)
		require.Empty(t, s.Questions, "units without a region code are found by name")
		got := a.apply(up.ID)
		require.Equal(t, ledger.Changed{Created: 2}, got.Statuses, "%+v", got)
		require.Equal(t, 10, number(t, url, "SELECT people FROM unit_counters WHERE state = 'paid' AND until = '2027-12-31'"))
		require.Equal(t, 8, number(t, url, "SELECT people FROM unit_counters WHERE state = 'registered' AND people > 0"))
		require.Zero(t, number(t, url, "SELECT COUNT(*) FROM statuses WHERE state IN ('protected', 'listed')"))
		require.Equal(t, 27, number(t, url, "SELECT value FROM figures WHERE subject_kind = 'agreement' AND measure = 'potential' AND known_to = 0"))

		lines[1][4] = "lunas s.d. Juni"
		lines[1][3] = "11"
		got = a.apply(a.upload(tally.Villages, lines, forYear).ID)
		require.Equal(t, ledger.Changed{Updated: 1, Unchanged: 1}, got.Statuses)
		require.Equal(t, 11, number(t, url, "SELECT people FROM unit_counters WHERE state = 'paid' AND until = '2027-06-30'"))
		require.Equal(t, 28, number(t, url, "SELECT value FROM figures WHERE subject_kind = 'agreement' AND measure = 'potential' AND known_to = 0"))
		got = a.apply(up.ID)
		require.Equal(t, 1, got.Statuses.Updated, "whoever applies the older file again says so")
	})
}

func TestAContactIsCorrectedOrFollowed(t *testing.T) {
	t.Parallel()
	a := newAfternoon(t, testdb.SQLite(t), 4)
	list := func(name, phone string) [][]string {
		return [][]string{{"Kecamatan", "Desa", "Jabatan", "Nama", "HP"}, {"Konda", "Lambusa", "Sekdes", name, phone}, {"Konda", "Lambusa", "Plt. Kades", "Kepala Contoh", ""}}
	}
	on := func(day string) func(*ledger.TallyInput) { return func(in *ledger.TallyInput) { in.On = day } }
	require.Equal(t, ledger.Changed{Created: 2}, a.apply(a.upload(tally.Contacts, list("Sri Contoh", "0800-1111-222")).ID).Contacts)
	require.Equal(t, ledger.Changed{Updated: 1, Unchanged: 1}, a.apply(a.upload(tally.Contacts, list("SRI CONTOH", "0800-1111-333")).ID).Contacts, "the same day's list corrected")
	require.Equal(t, ledger.Changed{Updated: 1, Unchanged: 1}, a.apply(a.upload(tally.Contacts, list("Budi Contoh", "0800-1111-444"), on("2026-08-01")).ID).Contacts, "somebody else follows")
	require.Equal(t, ledger.Changed{Unchanged: 2}, a.apply(a.upload(tally.Contacts, list("Sri Contoh", "0800-1111-222")).ID).Contacts, "an older list says nothing about today")
	require.Equal(t, 1, number(t, a.url, "SELECT COUNT(*) FROM post_holders WHERE name = 'Budi Contoh' AND phone = '+6280011114444' OR name = 'Budi Contoh' AND phone = '+628001111444'"))
	require.Equal(t, 1, number(t, a.url, "SELECT COUNT(*) FROM post_holders WHERE capacity = 'plt'"))
	require.Zero(t, number(t, a.url, "SELECT COUNT(*) FROM tallies WHERE length(grid) > 0"), "phones stay at their posts only")
}

func TestARecapIsRefusedForWhatItCannotBe(t *testing.T) {
	t.Parallel()
	a := newAfternoon(t, testdb.SQLite(t), 5)
	grid, digest := gridOf([][]string{{"Desa", "Jumlah"}, {"Lambusa", "10"}})
	try := func(party string, in ledger.TallyInput) error {
		return a.Write(t.Context(), ledger.Operator(), func(tx *ledger.Tx) error { _, _, err := tx.UploadTally(party, in); return err })
	}
	good := ledger.TallyInput{Kind: "villages", SaidBy: "DPMD", Grid: grid, Digest: digest}
	for name, tt := range map[string]struct {
		change func(*ledger.TallyInput)
		code   string
	}{
		"a kind nobody knows": {func(in *ledger.TallyInput) { in.Kind = "horses" }, "unknown_tally_kind"},
		"nobody's":            {func(in *ledger.TallyInput) { in.SaidBy = " " }, "missing_field"},
		"no rows":             {func(in *ledger.TallyInput) { in.Grid = tally.Grid{} }, "tally_empty"},
		"no day":              {func(in *ledger.TallyInput) { in.On = "2026-02-30" }, "bad_date"},
		"a year of no recap":  {func(in *ledger.TallyInput) { in.Year = 1999 }, "bad_date"},
		"a group nobody has":  {func(in *ledger.TallyInput) { in.GroupCode = "x" }, "unknown_group"},
		"a year nobody has":   {func(in *ledger.TallyInput) { in.YearID = "x" }, "not_found"},
	} {
		in := good
		tt.change(&in)
		require.True(t, fault.Is(try(a.pemda.ID, in), tt.code), name)
	}
	var province models.Party
	a.write(func(tx *ledger.Tx) (err error) {
		province, err = tx.CreateParty(ledger.PartyInput{Kind: "pemda", Name: "Pemprov", RegionCode: "74"})
		return err
	})
	require.True(t, fault.Is(try(province.ID, good), "tally_without_regency"))

	up := a.upload(tally.Villages, [][]string{{"Desa", "Jumlah"}, {"Lambusa", "10"}})
	for name, answer := range map[string]ledger.TallyAnswerInput{
		"a village of elsewhere": {About: tally.AboutName, Text: ":lambusa", Choice: "74.02.01.2001"},
		"a state of nothing":     {About: tally.AboutPhrase, Text: "aktif", Choice: "protected"},
		"no text":                {About: tally.AboutName, Choice: tally.NoneOfThem},
		"another subject":        {About: "weather", Text: "x", Choice: tally.NoneOfThem},
	} {
		err := a.Write(t.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
			_, err := tx.AnswerTally(up.ID, []ledger.TallyAnswerInput{answer})
			return err
		})
		require.True(t, fault.Is(err, "unknown_choice"), "%s: %v", name, err)
	}
	err := a.Write(t.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
		_, err := tx.MapTally(up.ID, tally.Mapping{Heading: 1, Columns: []tally.Column{{Field: tally.People, Index: 1}}})
		return err
	})
	require.True(t, fault.Is(err, "tally_columns"), "%v", err)
}

func TestAColumnThatWasMisreadIsCorrectedByAPerson(t *testing.T) {
	t.Parallel()
	a := newAfternoon(t, testdb.SQLite(t), 6)
	up := a.upload(tally.Villages, [][]string{{"Wilayah", "Banyaknya", "Uraian"}, {"Konda", "", ""}, {"Lambusa", "10", "lunas s.d. Des"}, {"Alebo", "12", "-"}})
	s := a.sheet(up.ID)
	require.Equal(t, 0, s.Mapped.Heading, "no heading is known")
	a.write(func(tx *ledger.Tx) (err error) {
		s, err = tx.MapTally(up.ID, tally.Mapping{Heading: 1, Columns: []tally.Column{{Field: tally.Name, Index: 0}, {Field: tally.People, Index: 1}, {Field: tally.Status, Index: 2}}})
		return err
	})
	require.Len(t, s.Rows, 3)
	require.Equal(t, "Banyaknya", s.Columns[1].Heading)
	require.Equal(t, []string{"10", "12"}, s.Columns[1].Samples)
	var names []string
	for _, r := range s.Rows {
		names = append(names, fmt.Sprint(r.Name, "=", r.ID))
	}
	require.Contains(t, strings.Join(names, " "), "Lambusa=74.05.07.2007")
	require.Equal(t, ":lambusa", match.Same("Desa LAMBUSA"))
}
