package ledger_test

import (
	"crypto/sha256"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

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
		seeds := []uint64{1, 2, 3}
		if !strings.HasPrefix(url, "sqlite") {
			seeds = seeds[:1]
		}
		for _, seed := range seeds {
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
