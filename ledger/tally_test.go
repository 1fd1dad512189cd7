package ledger_test

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/fault"
	"payung/domain/match"
	"payung/domain/region"
	"payung/domain/tally"
	"payung/internal/fixture"
	"payung/internal/testdb"
	"payung/ledger"
	"payung/models"
)

// gridOf is a list as the reader of sheets would hand it over.
func gridOf(lines [][]string) (g tally.Grid, digest []byte) {
	for i, cells := range lines {
		if len(cells) > 0 {
			g.Lines = append(g.Lines, tally.Line{Number: i + 1, Cells: cells})
		}
	}
	raw, _ := json.Marshal(lines)
	sum := sha256.Sum256(raw)
	return g, sum[:]
}

// afternoon is a government with no units yet, and the recaps of its offices.
type afternoon struct {
	*book
	recaps fixture.Recaps
}

func newAfternoon(t *testing.T, url string, seed uint64) *afternoon {
	t.Helper()
	a := &afternoon{book: open(t, url), recaps: fixture.Write("74.05", seed)}
	a.write(func(tx *ledger.Tx) (err error) {
		a.pemda, err = tx.CreateParty(ledger.PartyInput{Kind: "pemda", Name: "Kabupaten Konawe Selatan", RegionCode: "74.05"})
		return err
	})
	return a
}

func (a *afternoon) upload(kind tally.Kind, lines [][]string, change ...func(*ledger.TallyInput)) models.Tally {
	a.t.Helper()
	var t models.Tally
	in := ledger.TallyInput{Kind: string(kind), SaidBy: "DPMD", On: "2026-06-30", FileName: "rekap.xlsx"}
	in.Grid, in.Digest = gridOf(lines)
	for _, c := range change {
		c(&in)
	}
	a.write(func(tx *ledger.Tx) (err error) {
		t, _, err = tx.UploadTally(a.pemda.ID, in)
		return err
	})
	return t
}

func (a *afternoon) sheet(id string) ledger.TallySheet {
	a.t.Helper()
	var s ledger.TallySheet
	a.read(func(tx *ledger.Tx) (err error) { s, err = tx.TallySheet(id); return err })
	return s
}

func (a *afternoon) apply(id string) ledger.TallyResult {
	a.t.Helper()
	var r ledger.TallyResult
	a.write(func(tx *ledger.Tx) (err error) { r, err = tx.ApplyTally(id); return err })
	return r
}

// answer answers every question of a recap as the clerk who wrote it would.
func (a *afternoon) answer(s ledger.TallySheet, meant map[int]string) (asked int) {
	a.t.Helper()
	var in []ledger.TallyAnswerInput
	for _, q := range s.Questions {
		out := ledger.TallyAnswerInput{About: q.About, Place: q.Place, Text: q.Text, Choice: tally.NoneOfThem}
		switch {
		case q.About == tally.AboutPhrase:
			out.Choice = "nothing"
		case q.About == tally.AboutDistrict:
			out.Choice = region.DistrictOf(meant[q.Lines[0]])
		case meant[q.Lines[0]] != "":
			out.Choice = meant[q.Lines[0]]
		}
		in = append(in, out)
	}
	if len(in) == 0 {
		return 0
	}
	a.write(func(tx *ledger.Tx) error { _, err := tx.AnswerTally(s.ID, in); return err })
	return len(in)
}

// right checks that every row that is sure means what the clerk meant.
func right(t *testing.T, s ledger.TallySheet, meant map[int]string) (sure int) {
	t.Helper()
	for _, r := range s.Rows {
		if r.ID == "" {
			continue
		}
		sure++
		want := meant[r.Line]
		if _, ok := region.Find(want); ok {
			require.Equal(t, want, r.ID, "line %d: %s in %s", r.Line, r.Name, r.District)
		} else if want != "" {
			require.Equal(t, want, s.Places[r.ID].Name, "line %d: %s", r.Line, r.Name)
		}
	}
	return sure
}

func TestAKabupatenIsReachedInOneAfternoon(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		for _, seed := range []uint64{1, 2} {
			a := newAfternoon(t, freshDatabase(t, url), seed)
			questions := 0

			villages := a.upload(tally.Villages, a.recaps.Villages.Lines)
			s := a.sheet(villages.ID)
			require.Len(t, s.Rows, 336)
			require.GreaterOrEqual(t, right(t, s, a.recaps.Villages.Meant), 310)
			require.Empty(t, s.Findings, "the sums of the list are right")
			questions += a.answer(s, a.recaps.Villages.Meant)
			got := a.apply(villages.ID)
			require.Equal(t, ledger.Changed{Created: 336 + 25}, got.Units)
			require.Zero(t, got.Questions)
			require.Equal(t, 336, right(t, a.sheet(villages.ID), a.recaps.Villages.Meant))
			require.GreaterOrEqual(t, got.Figures.Created, 337, "a number of each village, and their sum")

			offices := a.upload(tally.Offices, a.recaps.Offices.Lines, func(in *ledger.TallyInput) { in.SaidBy = "BKPSDM" })
			s = a.sheet(offices.ID)
			require.Len(t, s.Rows, 40)
			questions += a.answer(s, a.recaps.Offices.Meant)
			got = a.apply(offices.ID)
			require.Equal(t, 40, got.Units.Created)

			members := a.upload(tally.Members, a.recaps.Members.Lines, func(in *ledger.TallyInput) { in.SaidBy = "BPJS Ketenagakerjaan" })
			s = a.sheet(members.ID)
			right(t, s, a.recaps.Members.Meant)
			require.Equal(t, 3, s.Left(), "two firms and a shop")
			questions += a.answer(s, a.recaps.Members.Meant)
			got = a.apply(members.ID)
			require.Zero(t, got.Units.Created)
			require.Positive(t, got.Figures.Created)

			contacts := a.upload(tally.Contacts, a.recaps.Contacts.Lines)
			s = a.sheet(contacts.ID)
			require.Len(t, s.Rows, 336)
			right(t, s, a.recaps.Contacts.Meant)
			questions += a.answer(s, a.recaps.Contacts.Meant)
			got = a.apply(contacts.ID)
			require.Equal(t, ledger.Changed{Created: 336}, got.Contacts)

			t.Logf("seed %d: %d questions for four files", seed, questions)
			require.LessOrEqual(t, questions, 40)
			require.Equal(t, 336, number(t, a.url, "SELECT COUNT(*) FROM units WHERE kind = 'desa'"))
			require.Equal(t, 25, number(t, a.url, "SELECT COUNT(*) FROM units WHERE kind = 'kecamatan'"))
			require.Equal(t, 40, number(t, a.url, "SELECT COUNT(*) FROM units WHERE kind = 'opd'"))
			require.Equal(t, 336, number(t, a.url, "SELECT COUNT(*) FROM post_holders h JOIN posts p ON p.id = h.post_id WHERE p.role = 'secretary' AND h.phone LIKE '+62%'"))
			require.Equal(t, int(a.recaps.People), number(t, a.url, "SELECT value FROM figures WHERE subject_kind = 'region' AND group_code = 'village_officials'"))
			require.Zero(t, number(t, a.url, "SELECT COUNT(*) FROM figures WHERE measure LIKE '%protected%'"), "no recap says that anybody is protected")
		}
	})
}

func TestTheSameRecapsAgainMakeNoCopies(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		a := newAfternoon(t, url, 3)
		lists := map[tally.Kind]fixture.Recap{
			tally.Villages: a.recaps.Villages, tally.Offices: a.recaps.Offices, tally.Members: a.recaps.Members, tally.Contacts: a.recaps.Contacts,
		}
		first := map[tally.Kind]models.Tally{}
		for _, kind := range tally.Kinds() {
			first[kind] = a.upload(kind, lists[kind].Lines)
			a.answer(a.sheet(first[kind].ID), lists[kind].Meant)
			a.apply(first[kind].ID)
		}
		before := dump(t, rawDB(t, url))
		for _, kind := range tally.Kinds() {
			again := a.upload(kind, lists[kind].Lines)
			require.Equal(t, first[kind].ID, again.ID, "the same file is known")
			s := a.sheet(again.ID)
			require.Empty(t, s.Questions, "what was answered once is not asked again")
			got := a.apply(again.ID)
			for what, c := range map[string]ledger.Changed{"units": got.Units, "figures": got.Figures, "statuses": got.Statuses, "contacts": got.Contacts} {
				require.Zero(t, c.Created, "%s of %s", what, kind)
				require.Zero(t, c.Updated, "%s of %s", what, kind)
			}
		}
		after := dump(t, rawDB(t, url))
		for _, table := range []string{"units", "posts", "post_holders", "figures", "statuses", "sources", "tally_answers"} {
			require.Equal(t, before[table], after[table], table)
		}

		// A corrected file changes what it corrects, and nothing else.
		lines := slices.Clone(a.recaps.Villages.Lines)
		for i, l := range lines {
			if i+1 > 6 && a.recaps.Villages.Meant[i+1] != "" {
				lines[i] = []string{l[0], l[1], "99", "lunas s.d. Des"}
				break
			}
		}
		corrected := a.upload(tally.Villages, lines)
		require.NotEqual(t, first[tally.Villages].ID, corrected.ID)
		require.Empty(t, a.sheet(corrected.ID).Questions)
		got := a.apply(corrected.ID)
		require.Zero(t, got.Units.Created)
		require.LessOrEqual(t, got.Figures.Updated+got.Figures.Created, 4)
		require.Positive(t, got.Figures.Updated)
		require.Equal(t, 1, number(t, url, "SELECT COUNT(*) FROM figures WHERE known_to = 0 AND subject_kind = 'unit' AND measure = 'potential' AND value = 99"))
		require.Equal(t, 336, number(t, url, "SELECT COUNT(*) FROM figures WHERE known_to = 0 AND subject_kind = 'unit' AND measure = 'potential' AND group_code = 'village_officials'"))
	})
}

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
