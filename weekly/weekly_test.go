package weekly_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"image/png"
	"net/url"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/mandate"
	"payung/domain/matter"
	"payung/domain/rupiah"
	"payung/domain/worker"
	"payung/paper"
	"payung/weekly"
)

// konsel is a regency of 336 villages, 47 of which have answered, in the week
// after the date.
func konsel() weekly.Facts {
	rentan, _ := worker.Find("vulnerable")
	day := calendar.Day("2026-12-21")
	f := weekly.Facts{
		Version: weekly.Version, Week: day, At: day.In(calendar.WITA, 4, 0).UnixMicro(), Day: day, Zone: calendar.WITA,
		Agreement: "PKS non-ASN dan pekerja rentan 2026–2027", Pemda: "Pemerintah Kabupaten Konawe Selatan", Paper: "f4",
		Lines: []weekly.Line{{
			Group: "vulnerable", Name: rentan.Name, Year: 2027, From: "2027-01-01", To: "2027-12-31", People: 16_800, Basis: weekly.BasisQuota,
			By: weekly.Source{Who: "Bupati Konawe Selatan (ANTARA)", On: "2023-01-27"}, Listed: 2_350, Submitted: 1_900, Registered: 1_620, Protected: 1_620, Said: true,
			Saying: weekly.Source{Who: "BPJS Ketenagakerjaan Konawe Selatan", On: "2026-12-18"},
			Money:  &weekly.Money{Payers: 16_800, From: "2027-01", Months: 12, Cost: 3_386_880_000, Ceiling: 3_000_000_000, Rule: "2026-11-22"},
		}},
		Reported: []weekly.Reported{
			{Value: 47, Of: 336, Definition: "desa yang sudah mendaftarkan aparat desanya", Who: "BPJS Ketenagakerjaan (ANTARA)", On: calendar.On("2026-12-14")},
		},
		Lists: weekly.Lists{All: 336, Answered: 47, Late: 289},
		Matters: []matter.Matter{
			{Kind: matter.Extension, Count: 9, By: "2026-12-24", Since: "2026-12-10"},
			{Kind: matter.Budget, About: "vulnerable", Amount: 386_880_000},
			{Kind: matter.WriteLetter, About: "warning_1", Count: 289, Places: 25, Since: "2026-12-15"},
			{Kind: matter.Desk, About: "BPJS", Count: 3},
		},
		Holding: 25, Waiting: 4,
		Desks: []weekly.Desk{
			{Title: "Kepala BPJS Ketenagakerjaan Konawe Selatan", What: weekly.DeskAnswers, Count: 280, Since: "2026-11-30", Late: true},
			{Title: "Kepala Dinas Tenaga Kerja dan Transmigrasi", What: weekly.DeskForms, Since: "2026-12-07"},
			{Title: "Kepala Bagian Hukum", What: weekly.DeskPaused, Count: 3, Since: "2026-12-14"},
		},
		Change: &weekly.Change{Since: "2026-12-14", Protected: 120, Answered: 14},
	}
	for i, name := range []string{"Andoolo", "Ranomeeto", "Kolono Timur", "Laonti", "Moramo Utara"} {
		f.Holds = append(f.Holds, matter.Hold{
			ID: name, Name: "Kecamatan " + name, Head: "Camat " + name, Silent: 20 - i, Of: 21, Late: 20 - i, People: int64(1000 - 50*i), Since: "2026-12-15",
		})
	}
	return f
}

func compose(t *testing.T, l calendar.Lang, f weekly.Facts) weekly.Page {
	t.Helper()
	p, err := weekly.Compose(l, f)
	require.NoError(t, err)
	return p
}

// drawn is the page as a PDF and as a picture.
func drawn(t *testing.T, p weekly.Page) (pdf, picture []byte) {
	t.Helper()
	d, err := p.Paper()
	require.NoError(t, err)
	require.Equal(t, 1, d.Pages())
	var print, phone bytes.Buffer
	require.NoError(t, d.PDF(&print))
	require.NoError(t, d.PNG(&phone, 1, paper.Raster{}))
	return print.Bytes(), phone.Bytes()
}

func TestThePageIsOneSheetThatAPhoneCanLoad(t *testing.T) {
	t.Parallel()
	for name, f := range map[string]weekly.Facts{"usual": konsel(), "empty": empty(), "long names": long(), "A4": onA4()} {
		for _, l := range []calendar.Lang{calendar.ID, calendar.EN} {
			t.Run(name+" "+string(l), func(t *testing.T) {
				t.Parallel()
				pdf, picture := drawn(t, compose(t, l, f))
				require.LessOrEqual(t, len(picture), 200<<10)
				shown, err := png.Decode(bytes.NewReader(picture))
				require.NoError(t, err)
				require.GreaterOrEqual(t, shown.Bounds().Dx(), 900, "small type stays sharp")
				again, same := drawn(t, compose(t, l, f))
				require.Equal(t, pdf, again)
				require.Equal(t, picture, same)
				allWords(t, pdf, compose(t, l, f))
			})
		}
	}
}

// allWords reads the text of a PDF back, where a program can, and misses none.
func allWords(t *testing.T, pdf []byte, p weekly.Page) {
	t.Helper()
	program, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Logf("the text is not read back: %v", err)
		return
	}
	read := exec.CommandContext(t.Context(), program, "-raw", "-enc", "UTF-8", "-", "-")
	read.Stdin = bytes.NewReader(pdf)
	out, err := read.Output()
	require.NoError(t, err)
	shown := strings.Join(strings.Fields(string(out)), " ")
	require.Equal(t, 1, strings.Count(string(out), "\f"), "pages")
	for _, s := range p.Sections {
		said := append([]string{s.Title, s.Figure, s.Note, s.Source}, append(s.Lines, s.Missing...)...)
		for _, i := range s.Items {
			said = append(said, i.Head, i.Tail, i.Text)
		}
		for _, one := range said {
			for word := range strings.FieldsSeq(one) {
				require.Contains(t, shown, word, s.Title)
			}
		}
	}
}

// The golden sums are those of version 1. Who changes the words or the drawing
// makes a version of its own, so that a week that is kept stays as it was; who
// changes package paper on purpose writes down the new sums.
func TestWhatVersionOneHasDrawnStaysAsItIs(t *testing.T) {
	t.Parallel()
	pdf, picture := drawn(t, compose(t, calendar.ID, konsel()))
	sum := func(b []byte) string {
		s := sha256.Sum256(b)
		return hex.EncodeToString(s[:8])
	}
	require.Equal(t, 1, weekly.Version)
	require.Equal(t, []string{"1b0e522b42e88ce5", "38744e1111a08c11"}, []string{sum(pdf), sum(picture)})
}

func TestNamesThatNoSheetHasRoomForAreRefusedAndNotCut(t *testing.T) {
	t.Parallel()
	f := konsel()
	f.Agreement = strings.Repeat("Perlindungan ", 4000)
	_, err := compose(t, calendar.ID, f).Paper()
	require.True(t, fault.Is(err, "weekly_too_long"), "%v", err)
}

func TestFactsOfANewerProgramAreRefused(t *testing.T) {
	t.Parallel()
	f := konsel()
	f.Version++
	_, err := weekly.Compose(calendar.ID, f)
	require.True(t, fault.Is(err, "weekly_of_newer_version"), "%v", err)
}

func TestFactsSurviveBeingKept(t *testing.T) {
	t.Parallel()
	for _, f := range []weekly.Facts{konsel(), empty(), long()} {
		raw, err := json.Marshal(f)
		require.NoError(t, err)
		var read weekly.Facts
		require.NoError(t, json.Unmarshal(raw, &read))
		require.Equal(t, compose(t, calendar.ID, f).Message(""), compose(t, calendar.ID, read).Message(""))
	}
}

func TestTheNumbersOfThePageAddUp(t *testing.T) {
	t.Parallel()
	f := konsel()
	n, known := f.Unprotected()
	require.Equal(t, []any{int64(15_180), true}, []any{n, known})
	sum, known := f.Needed()
	require.Equal(t, []any{rupiah.Amount(3_386_880_000), true}, []any{sum, known})
	m := *f.Lines[0].Money
	m.Paid, m.Ahead = 500_000_000, 400_000_000
	require.Equal(t, []rupiah.Amount{2_986_880_000, 486_880_000}, []rupiah.Amount{m.Needed(), m.Short()}, "what was paid for months that are over is gone")
	m.Ceiling = 0
	require.Zero(t, m.Short(), "without a budget nothing is short of it")
	require.Zero(t, weekly.Line{People: 3, Protected: 5}.Unprotected())
	_, known = empty().Unprotected()
	require.False(t, known)

	p := compose(t, calendar.ID, f)
	require.Equal(t, "15.180", p.Section(weekly.KeyPeople).Figure)
	require.Equal(t, "Rp3.386.880.000", p.Section(weekly.KeyMoney).Figure)
	require.Equal(t, "15,180", compose(t, calendar.EN, f).Section(weekly.KeyPeople).Figure)
	require.Len(t, p.Section(weekly.KeyMatters).Items, 3)
	require.Equal(t, "dan 1 hal lain di halaman perjanjian", p.Section(weekly.KeyMatters).Note)
	for _, s := range p.Sections {
		require.True(t, strings.HasPrefix(s.Source, "Sumber: "), s.Title)
	}
}

func TestAnEmptyPageSaysWhatToDo(t *testing.T) {
	t.Parallel()
	p := compose(t, calendar.ID, empty())
	require.Empty(t, p.Section(weekly.KeyPeople).Figure, "what is not known is no zero")
	require.Contains(t, p.Section(weekly.KeyPeople).Missing[0], "Belum ada data: tahun yang dilindungi. Buka tahun")
	require.Equal(t, []string{"Tidak ada yang menunggu keputusan minggu ini."}, p.Section(weekly.KeyMatters).Lines)
	require.Equal(t, []string{"Tidak ada yang terlambat atau belum menjawab."}, p.Section(weekly.KeyHolds).Lines)
}

func TestAMessageKeepsItsTypeWhateverNamesContain(t *testing.T) {
	t.Parallel()
	f := konsel()
	f.Sample, f.Agreement, f.Holds[0].Name = true, "PKS *baru*\n_miring_", "Kecamatan ~A~"
	said := compose(t, calendar.ID, f).Message("https://payung.example/minggu/x")
	require.Contains(t, said, "[DATA CONTOH")
	require.Contains(t, said, "\nPKS baru miring\n")
	require.Contains(t, said, "- Kecamatan A (20 dari 21 belum)")
	require.Contains(t, said, "1. Setujui atau tolak 9 permohonan tambahan waktu: Batas waktu terdekat 24 Des 2026.")
	require.True(t, strings.HasSuffix(said, "https://payung.example/minggu/x\n"))
	link, err := url.Parse(weekly.ChatLink(said))
	require.NoError(t, err)
	require.Equal(t, said, link.Query().Get("text"))
}

func TestEveryCodeHasItsWordsInBothLanguages(t *testing.T) {
	t.Parallel()
	for _, l := range []calendar.Lang{calendar.ID, calendar.EN} {
		f := konsel()
		f.Missing = nil
		for _, what := range []string{weekly.NoYear, weekly.NoTarget, weekly.NoAnswer, weekly.NoWage, weekly.NoCeiling, weekly.NoReported, weekly.NoBefore} {
			f.Missing = append(f.Missing, weekly.Missing{What: what, Group: &worker.Name{ID: "kelompok", EN: "group"}})
		}
		missing := compose(t, l, f)
		require.Len(t, append(missing.Section(weekly.KeyPeople).Missing, missing.Section(weekly.KeyMoney).Missing...), 7)
		f.Desks = nil
		for _, what := range []string{weekly.DeskPaused, weekly.DeskForms, weekly.DeskAnswers, weekly.DeskCards, weekly.DeskHandover} {
			f.Desks = append(f.Desks, weekly.Desk{What: what, Count: 2, Since: "2026-12-01", Late: true})
		}
		for _, i := range compose(t, l, f).Section(weekly.KeyDesks).Items {
			require.NotEmpty(t, i.Head)
			require.NotEmpty(t, i.Text)
		}
		for _, k := range matter.Kinds() {
			for _, m := range []matter.Matter{
				{Kind: k, About: "vulnerable", Count: 2, Amount: 1, By: "2026-12-24", Since: "2026-12-01"}, {Kind: k, Count: 1}, {Kind: k, About: "warning_3", Count: 1, Places: 3},
			} {
				f.Matters = []matter.Matter{m}
				i := compose(t, l, f).Section(weekly.KeyMatters).Items[0]
				require.NotEmpty(t, i.Head, k)
				require.NotRegexp(t, `[{}|]`, i.Head+i.Text, k)
			}
		}
		for _, s := range mandate.Course() {
			f.Matters = []matter.Matter{{Kind: matter.WriteLetter, About: s.Kind, Count: 2}}
			require.NotContains(t, compose(t, l, f).Section(weekly.KeyMatters).Items[0].Head, "  ")
		}
		for _, basis := range []string{weekly.BasisQuota, weekly.BasisTarget, weekly.BasisList} {
			f.Lines[0].Basis = basis
			require.NotContains(t, compose(t, l, f).Section(weekly.KeyPeople).Lines[0], "()")
		}
		require.NotRegexp(t, `[{}|]`, compose(t, l, f).Message("x"))
	}
}

func onA4() weekly.Facts {
	f := konsel()
	f.Paper = "a4"
	return f
}

func empty() weekly.Facts {
	f := konsel()
	f.Lines, f.Reported, f.Lists, f.Matters, f.Holds, f.Desks, f.Change, f.Holding, f.Waiting = nil, nil, weekly.Lists{}, nil, nil, nil, nil, 0, 0
	for _, what := range []string{weekly.NoYear, weekly.NoReported, weekly.NoBefore, weekly.NoCeiling} {
		f.Missing = append(f.Missing, weekly.Missing{What: what})
	}
	return f
}

func long() weekly.Facts {
	f := konsel()
	name := strings.Repeat("Pemberdayaan Perempuan, Perlindungan Anak dan Keluarga Berencana ", 4)
	f.Agreement, f.Pemda = "PKS "+name, "Pemerintah "+name
	f.Holds = slices.Clone(f.Holds)
	for i := range f.Holds {
		f.Holds[i].Name, f.Holds[i].Head = "Dinas "+name, "Kepala Dinas "+name
	}
	f.Desks = slices.Clone(f.Desks)
	for i := range f.Desks {
		f.Desks[i].Title = "Kepala " + name
	}
	line := f.Lines[0]
	f.Lines = nil
	for i := range 6 {
		l := line
		l.Year += i
		f.Lines = append(f.Lines, l)
	}
	return f
}
