package web_test

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	ical "github.com/arran4/golang-ical"
	"github.com/stretchr/testify/require"

	"payung/ledger"
)

var icsLink = regexp.MustCompile(`http://[^<]*/ics/[a-z2-7]{26}\.ics`)

// calendarMade makes a calendar on its page and gives the path of its address.
func (o *office) calendarMade(pairs ...string) string {
	o.t.Helper()
	res, body := o.post("/settings/calendars", pairs...)
	require.Equal(o.t, http.StatusSeeOther, res.StatusCode, body)
	r := httptest.NewRequestWithContext(o.t.Context(), http.MethodGet, res.Header.Get("Location"), nil)
	for _, c := range res.Cookies() {
		r.AddCookie(c)
	}
	res, body = o.ask(r)
	link := icsLink.FindString(body)
	require.NotEmpty(o.t, link, body)
	require.Equal(o.t, -1, res.Cookies()[0].MaxAge, "the browser forgets it at once")
	require.NotRegexp(o.t, icsLink, o.page("/settings/calendars"), "it is said once")
	return "/ics/" + link[strings.LastIndex(link, "/")+1:]
}

func (o *office) read(path string, header ...string) (*http.Response, string) {
	o.t.Helper()
	r := httptest.NewRequestWithContext(o.t.Context(), http.MethodGet, path, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	return o.ask(r)
}

func TestACalendarIsReadByAProgramUntilItIsRevoked(t *testing.T) {
	t.Parallel()
	o := open(t)
	require.Contains(t, text(o.page("/settings/calendars")), "Belum ada perjanjian yang tercatat")
	a, _ := o.kabupaten("PKS 2026", 4)
	o.openYear(a, "2026-12-15")
	duty := o.rosters(a)[0]
	o.refused("/settings/calendars", "kind", "unit", "subject_id", duty.UnitID, "language", "fr")
	path := o.calendarMade("kind", "unit", "subject_id", duty.UnitID, "language", "id", "label", "HP Sekdes")

	res, body := o.read(path)
	require.Equal(t, http.StatusOK, res.StatusCode)
	require.Equal(t, "text/calendar; charset=utf-8", res.Header.Get("Content-Type"))
	parsed, err := ical.ParseCalendar(strings.NewReader(body))
	require.NoError(t, err)
	require.Len(t, parsed.Events(), 1)
	e := parsed.Events()[0]
	require.Equal(t, duty.ID+"@payung", e.Id())
	require.Equal(t, "Batas waktu: Daftar nama Kepala desa dan perangkat desa 2027 – Desa 001", e.GetProperty(ical.ComponentPropertySummary).Value)
	require.Equal(t, "20261215", e.GetProperty(ical.ComponentPropertyDtStart).Value)
	require.Len(t, e.Alarms(), 2)
	require.NotContains(t, body, "Kepala Desa 001", "nobody is named")

	tag, day := res.Header.Get("ETag"), res.Header.Get("Last-Modified")
	o.at = o.at.Add(time.Hour)
	again, _ := o.read(path)
	require.Equal(t, tag, again.Header.Get("ETag"), "nothing has changed")
	for _, header := range [][]string{{"If-None-Match", tag}, {"If-None-Match", `"x", W/` + tag}, {"If-Modified-Since", day}} {
		res, body := o.read(path, header...)
		require.Equal(t, http.StatusNotModified, res.StatusCode, header)
		require.Empty(t, body)
	}
	o.write(func(tx *ledger.Tx) error {
		_, err := tx.Extend(duty.ID, ledger.Extension{TargetOn: "2026-12-22", Reason: "banjir", ApprovedBy: "Camat"})
		return err
	})
	res, body = o.read(path, "If-None-Match", tag)
	require.Equal(t, http.StatusOK, res.StatusCode)
	require.Contains(t, body, "UID:"+duty.ID+"@payung\r\n")
	require.Contains(t, body, "SEQUENCE:1\r\n")
	require.Contains(t, body, "DTSTART;VALUE=DATE:20261222\r\n")
	res, _ = o.read(path, "If-Modified-Since", day)
	require.Equal(t, http.StatusOK, res.StatusCode)

	var feeds []ledger.FeedView
	o.write(func(tx *ledger.Tx) (err error) {
		feeds, err = tx.Feeds(ledger.FeedFilter{}, ledger.Page{Size: 10})
		return err
	})
	require.Contains(t, o.led("/settings/calendars/"+feeds[0].ID+"/revoke"), "Alamat kalender sudah dicabut")
	res, body = o.read(path)
	require.Equal(t, http.StatusNotFound, res.StatusCode)
	require.NotContains(t, body, "Desa 001")
	_, csv := o.get("/settings/calendars.csv")
	require.Contains(t, csv, "OPD atau desa;Desa 001;Kabupaten Contoh;HP Sekdes;operator;")
	require.NotContains(t, csv, "/ics/")
}

func TestACalendarSpeaksItsOwnLanguage(t *testing.T) {
	t.Parallel()
	o := open(t)
	a, _ := o.kabupaten("PKS 2026", 4)
	o.openYear(a, "2026-12-15")
	require.Contains(t, text(o.page("/settings/calendars?kind=post&subject="+o.camats(a)["Camat Andoolo"])), "Kalender baru untuk Camat Andoolo")
	path := o.calendarMade("kind", "agreement", "subject_id", a.ID, "language", "en")
	_, body := o.read(path, "Accept-Language", "id")
	unfolded := strings.ReplaceAll(body, "\r\n ", "")
	require.Contains(t, unfolded, "SUMMARY;LANGUAGE=en:Due: List of names: Village heads and officials 2027 – 4 offices or villages")
	require.Contains(t, unfolded, "X-WR-CALNAME:Deadlines of PKS 2026")
	require.Contains(t, unfolded, "PRODID:-//Payung//Batas waktu//EN")
}

func TestOnlyAWholeAddressOpensACalendar(t *testing.T) {
	t.Parallel()
	o := open(t)
	a, _ := o.kabupaten("PKS 2026", 1)
	path := o.calendarMade("kind", "agreement", "subject_id", a.ID, "language", "id")
	for _, wrong := range []string{"/ics/.ics", "/ics/x.ics", strings.TrimSuffix(path, ".ics"), path[:len(path)-5] + ".ics", "/ics/" + strings.Repeat("a", 5000) + ".ics"} {
		res, _ := o.read(wrong)
		require.Equal(t, http.StatusNotFound, res.StatusCode, wrong)
	}
	res, _ := o.ask(httptest.NewRequestWithContext(t.Context(), http.MethodPost, path, nil))
	require.NotEqual(t, http.StatusOK, res.StatusCode, "it is only read")
}
