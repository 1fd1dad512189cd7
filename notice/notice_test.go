package notice_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/domain/calendar"
	"payung/domain/obligation"
	"payung/notice"
)

// at is a morning in Sulawesi.
func at(day calendar.Day) time.Time { return day.In(calendar.WITA, 8, 0) }

func duty(unit string, target calendar.Day, tone obligation.Tone) notice.Item {
	return notice.Item{
		Ref: unit, Kind: "roster", Group: "village_officials", Year: 2027, Unit: unit, Kecamatan: "Kecamatan Konda", Own: true, Tone: tone,
		Target: target, TargetAt: target.End(calendar.WITA), Zone: calendar.WITA, Path: "/lists/1",
	}
}

func letter(items ...notice.Item) notice.Letter {
	return notice.Letter{
		Lang: calendar.ID, Post: "Kepala Desa", Unit: "Desa Lambusa", From: "Pemkab Konawe Selatan", Site: "https://payung.example", Path: "/inbox?post=p",
		Now: at("2026-12-01"), Items: items,
	}
}

func TestOneReminderIsASentenceWithItsZoneAndItsPage(t *testing.T) {
	t.Parallel()
	out := notice.Compose(letter(duty("Desa Lambusa", "2026-12-08", obligation.Reminder)), 20)
	require.Equal(t, "Payung: 1 tugas mendekati batas waktu", out.Subject)
	require.Contains(t, out.Body, "Yth. Kepala Desa, Desa Lambusa")
	require.Contains(t, out.Body, "Selasa, 8 Desember 2026 WITA (7 hari lagi)")
	require.Contains(t, out.Body, "https://payung.example/lists/1")
	require.NotContains(t, out.Body, "{")
	require.Equal(t, []bool{true}, out.Named)
}

func TestTheToneOfAStepIsHeard(t *testing.T) {
	t.Parallel()
	own := map[obligation.Tone]string{obligation.Reminder: "Pengingat:", obligation.Request: "Permintaan ke-2:", obligation.Warning: "Teguran:"}
	for tone, begins := range own {
		require.Contains(t, notice.Compose(letter(duty("Desa Lambusa", "2026-12-02", tone)), 20).Body, begins)
	}
	late := notice.Compose(letter(duty("Desa Lambusa", "2026-11-30", obligation.Reminder)), 20).Body
	require.NotContains(t, late, "sebelum itu", "a reminder that comes too late")
	below := duty("Desa Lambusa", "2026-11-30", obligation.Warning)
	below.Own = false
	require.Contains(t, notice.Compose(letter(below), 20).Body, "tindak lanjut atasan langsung")
}

func TestAListSaysTheWorstFirst(t *testing.T) {
	t.Parallel()
	below := duty("Desa B", "2026-11-29", obligation.Request)
	below.Own = false
	out := notice.Compose(letter(
		notice.Item{Ref: "n", News: "other", Tone: notice.Inform},
		duty("Desa C", "2026-12-08", obligation.Reminder), duty("Desa D", "2026-12-01", obligation.Reminder), below,
		duty("Desa A", "2026-11-30", obligation.Request),
	), 20)
	order := []string{"LEWAT BATAS WAKTU (1)", "Desa A", "DI BAWAH JABATAN", "Desa B", "HARI INI (1)", "Desa D", "SEGERA", "Desa C", "KABAR (1)"}
	last := -1
	for _, word := range order {
		found := strings.Index(out.Body, word)
		require.Greater(t, found, last, "%s in\n%s", word, out.Body)
		last = found
	}
	require.Equal(t, "Payung: 4 tugas, 2 lewat batas waktu", out.Subject)
}

func TestALongListCountsTheMildest(t *testing.T) {
	t.Parallel()
	var items []notice.Item
	for i := range 20 {
		items = append(items, duty("Desa "+string(rune('A'+i)), calendar.Day("2026-12-05").Add(i), obligation.Reminder))
	}
	out := notice.Compose(letter(items...), 8)
	require.Contains(t, out.Body, "dan 12 lainnya")
	require.Contains(t, out.Body, "Desa H")
	require.NotContains(t, out.Body, "Desa I")
	named := 0
	for i, n := range out.Named {
		if n {
			named++
			require.Less(t, i, 8, "the ones due first")
		}
	}
	require.Equal(t, 8, named)
}

func TestTwoStepsOfOneDutyAreSaidOnceTheSharperOne(t *testing.T) {
	t.Parallel()
	out := notice.Compose(letter(duty("Desa A", "2026-11-30", obligation.Reminder), duty("Desa A", "2026-11-30", obligation.Request)), 20)
	require.Equal(t, 1, strings.Count(out.Body, "Desa A"))
	require.Contains(t, out.Body, "Permintaan ke-2")
	require.Equal(t, []bool{true, true}, out.Named)
}

func TestWithoutAPublicAddressThereIsNoLink(t *testing.T) {
	t.Parallel()
	l := letter(duty("Desa A", "2026-12-08", obligation.Reminder))
	l.Site = ""
	out := notice.Compose(l, 20)
	require.NotContains(t, out.Body, "http")
	require.Contains(t, out.Body, "Buka Payung di kantor")
	require.Equal(t, "Buka Payung di kantor", out.Variables[5])
}

func TestADeadlineWithinADaySaysItsHour(t *testing.T) {
	t.Parallel()
	i := duty("Desa A", "2026-12-08", obligation.Reminder)
	i.TargetAt = calendar.Day("2026-12-08").In(calendar.WITA, 12, 0)
	require.Contains(t, notice.Compose(letter(i), 20).Body, "8 Des 2026 12.00 WITA")
}

func TestAVacantPostIsNamed(t *testing.T) {
	t.Parallel()
	i := duty("Desa A", "2026-12-08", obligation.Reminder)
	i.Vacant = "Kepala Desa A"
	require.Contains(t, notice.Compose(letter(i), 20).Body, "Kepala Desa A yang sedang kosong")
}

func TestTemplatesGetSixValuesOfOneLine(t *testing.T) {
	t.Parallel()
	long := duty("Desa\nA", "2026-12-08", obligation.Reminder)
	for _, out := range []notice.Text{
		notice.Compose(letter(long, duty("Desa B", "2026-12-09", obligation.Reminder)), 1), notice.Compose(letter(notice.Item{News: "other"}), 1),
		notice.Test(calendar.ID, "", at("2026-12-01")),
	} {
		require.Len(t, out.Variables, notice.Variables)
		for _, v := range out.Variables {
			require.NotEmpty(t, v)
			require.NotContains(t, v, "\n")
			require.NotContains(t, v, "    ")
		}
	}
}

func TestNewsNobodyHasWordsForIsToldAllTheSame(t *testing.T) {
	t.Parallel()
	out := notice.Compose(letter(notice.Item{News: "never_heard_of", Tone: notice.Inform}), 20)
	require.Contains(t, out.Body, "Ada kabar baru")
	require.Equal(t, "Payung: 1 kabar", out.Subject)
}

func TestEveryKindOfNewsHasWords(t *testing.T) {
	t.Parallel()
	told := regexp.MustCompile(`models\.News\{[^}]*\sKind: +"([a-z_]+)",`)
	files, err := filepath.Glob("../ledger/*.go")
	require.NoError(t, err)
	found := 0
	for _, file := range files {
		raw, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, m := range told.FindAllStringSubmatch(string(raw), -1) {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			found++
			require.Contains(t, notice.Keys()[calendar.ID], "news."+m[1], file)
		}
	}
	require.Positive(t, found)
}

func TestHTMLSaysWhatTheTextSaysAndRunsNothing(t *testing.T) {
	t.Parallel()
	i := duty("Desa <script>alert(1)</script>", "2026-12-08", obligation.Reminder)
	out := notice.Compose(letter(i, duty("Desa B", "2026-12-09", obligation.Reminder)), 20)
	require.NotContains(t, out.HTML, "<script>")
	require.Contains(t, out.HTML, "&lt;script&gt;")
	require.Contains(t, out.HTML, `<a href="https://payung.example/inbox?post=p">`)
}

func TestBothLanguagesSayEverything(t *testing.T) {
	t.Parallel()
	keys := notice.Keys()
	require.NotEmpty(t, keys[calendar.ID])
	require.Equal(t, keys[calendar.ID], keys[calendar.EN])
	l := letter(duty("Desa A", "2026-12-08", obligation.Reminder), duty("Desa B", "2026-11-01", obligation.Warning))
	l.Lang = calendar.EN
	out := notice.Compose(l, 20)
	require.Contains(t, out.Body, "OVERDUE (1)")
	require.Equal(t, "Payung: 2 duties, 1 overdue", out.Subject)
	require.NotContains(t, out.Body, "{")
}

func TestSampleDataSaysSo(t *testing.T) {
	t.Parallel()
	l := letter(duty("Desa A", "2026-12-08", obligation.Reminder))
	l.Sample = true
	out := notice.Compose(l, 20)
	require.True(t, strings.HasPrefix(out.Subject, "[CONTOH]"))
	require.Contains(t, out.Body, "DATA CONTOH")
}
