package ics_test

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	ical "github.com/arran4/golang-ical"
	"github.com/stretchr/testify/require"

	"payung/domain/calendar"
	"payung/ics"
)

var noon = time.Date(2026, 11, 23, 4, 0, 0, 0, time.UTC)

func deadline() ics.Event {
	return ics.Event{
		UID: "0192-a@payung", On: "2027-01-15", Summary: "Batas waktu: Daftar nama Perangkat desa 2027", Description: "Desa Lambusa\nLihat Payung.",
		URL: "https://payung.example/obligations/0192-a", Created: noon, Changed: noon, Alarms: []ics.Alarm{{7, "7 hari lagi"}, {1, "Besok"}, {0, "Hari ini"}},
	}
}

func written(t *testing.T, events ...ics.Event) string {
	t.Helper()
	raw, err := ics.Calendar{Name: "Payung – Camat Andoolo", Description: "Batas waktu", Language: calendar.ID, Zone: calendar.WITA, Events: events}.Bytes()
	require.NoError(t, err)
	return string(raw)
}

// lines are the content lines of a calendar, folded ones put together as RFC
// 5545, section 3.1, says.
func lines(t *testing.T, raw string) []string {
	t.Helper()
	require.True(t, strings.HasSuffix(raw, "\r\n"))
	for _, line := range strings.Split(strings.TrimSuffix(raw, "\r\n"), "\r\n") {
		require.LessOrEqual(t, len(line), 75, "octets without the line break: %s", line)
		require.NotContains(t, line, "\n", "a line break inside a line")
		require.True(t, utf8.ValidString(line), "a letter cut in two: %q", line)
	}
	return strings.Split(strings.ReplaceAll(strings.TrimSuffix(raw, "\r\n"), "\r\n ", ""), "\r\n")
}

func TestADeadlineIsAWholeLocalDay(t *testing.T) {
	t.Parallel()
	raw := written(t, deadline())
	got := lines(t, raw)
	for _, want := range []string{
		"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Payung//Batas waktu//ID", "METHOD:PUBLISH", "X-WR-TIMEZONE:Asia/Makassar",
		"REFRESH-INTERVAL;VALUE=DURATION:PT6H", "TZID:Asia/Makassar", "TZOFFSETFROM:+0800", "TZOFFSETTO:+0800", "UID:0192-a@payung", "DTSTAMP:20261123T040000Z",
		"SEQUENCE:0", "DTSTART;VALUE=DATE:20270115", "DTEND;VALUE=DATE:20270116", "STATUS:CONFIRMED", "TRANSP:TRANSPARENT",
		"TRIGGER:-P6DT16H", "TRIGGER:-P0DT16H", "TRIGGER:PT8H", "ACTION:DISPLAY", "END:VCALENDAR",
	} {
		require.Contains(t, got, want)
	}
	parsed, err := ical.ParseCalendar(strings.NewReader(raw))
	require.NoError(t, err)
	require.Len(t, parsed.Events(), 1)
	e := parsed.Events()[0]
	require.Equal(t, "0192-a@payung", e.Id())
	require.Equal(t, "Desa Lambusa\nLihat Payung.", ical.FromText(e.GetProperty(ical.ComponentPropertyDescription).Value))
	require.Len(t, e.Alarms(), 3)
}

func TestEveryZoneHasItsOffset(t *testing.T) {
	t.Parallel()
	for z, offset := range map[calendar.Zone]string{calendar.WIB: "+0700", calendar.WITA: "+0800", calendar.WIT: "+0900"} {
		raw, err := ics.Calendar{Zone: z}.Bytes()
		require.NoError(t, err)
		require.Contains(t, string(raw), "TZOFFSETTO:"+offset+"\r\n")
	}
}

func TestADeadlineThatIsOverRingsNoMore(t *testing.T) {
	t.Parallel()
	e := deadline()
	e.Cancelled, e.Sequence = true, 3
	raw := written(t, e)
	require.Contains(t, raw, "STATUS:CANCELLED\r\n")
	require.Contains(t, raw, "SEQUENCE:3\r\n")
	require.NotContains(t, raw, "VALARM")
}

func TestTheSameDeadlinesGiveTheSameBytes(t *testing.T) {
	t.Parallel()
	require.Equal(t, written(t, deadline(), deadline()), written(t, deadline(), deadline()))
}

func TestAnEventWithoutNameOrDayIsRefused(t *testing.T) {
	t.Parallel()
	for _, spoil := range []func(*ics.Event){func(e *ics.Event) { e.UID = "" }, func(e *ics.Event) { e.On = "2027-02-30" }} {
		e := deadline()
		spoil(&e)
		_, err := ics.Calendar{Events: []ics.Event{e}}.Bytes()
		require.Error(t, err)
	}
}

func FuzzTextsComeBackAsTheyWere(f *testing.F) {
	for _, s := range []string{
		"Desa Lambusa", `titik; koma, garis\miring`, "baris\nlain", "garis\r\nganda", strings.Repeat("panjang sekali ", 20), strings.Repeat("é", 200),
		"BEGIN:VEVENT\nEND:VEVENT", "\x00\x07", "nama <tag> \"kutip\" : titik dua", "🌧️ " + strings.Repeat("payung", 30), "akhir\\", `\n`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		e := deadline()
		e.Summary, e.Description, e.Category, e.Alarms = s, s, s, []ics.Alarm{{1, s}}
		raw := written(t, e)
		all := lines(t, raw)
		events := 0
		for _, line := range all {
			if line == "BEGIN:VEVENT" {
				events++
			}
		}
		require.Equal(t, 1, events, "a text made an event of its own")
		parsed, err := ical.ParseCalendar(bytes.NewReader([]byte(raw)))
		require.NoError(t, err)
		want := strings.Map(func(r rune) rune {
			if r != '\n' && (r < ' ' || r >= 0x7f && r < 0xa0 || r == utf8.RuneError) {
				return -1
			}
			return r
		}, strings.ToValidUTF8(s, ""))
		for _, p := range []ical.ComponentProperty{ical.ComponentPropertySummary, ical.ComponentPropertyDescription} {
			found := parsed.Events()[0].GetProperty(p)
			if want == "" {
				continue
			}
			require.NotNil(t, found)
			require.Equal(t, want, found.Value)
		}
	})
}
