package web_test

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/calendar"
)

var (
	publicLink = regexp.MustCompile(`/uji-publik/[a-z0-9]{26}`)
	aboutLink  = regexp.MustCompile(`\?about=([0-9a-f-]+)#object`)
	formKey    = regexp.MustCompile(`name="key" value="([^"]+)"`)
	decideLink = regexp.MustCompile(`/objections/[0-9a-f-]+/decide`)
)

func TestAPublicCheckFromItsOpeningToItsLastDecision(t *testing.T) {
	t.Parallel()
	o, a, duties := listed(t)
	path := "/agreements/" + a.ID + "/windows"
	require.Contains(t, text(o.page(path)), "Belum ada uji publik. Langkah berikutnya")
	year := duties[0].PeriodID
	body := o.refused(path, "year", year, "opens_at", "2027-06-12T08:00", "closes_at", "2027-06-12T07:00", "names", "middle")
	require.Contains(t, body, `value="2027-06-12T07:00"`)
	body = o.sent(path, "year", year, "opens_at", "2027-06-12T08:00", "closes_at", "2027-06-15T17:00", "names", "middle")
	said := text(body)
	require.Contains(t, said, "12 Jun 2027 08.00 WITA – 15 Jun 2027 17.00 WITA")
	require.Contains(t, said, "Belum dibuka")
	window := "/windows/" + regexp.MustCompile(`/windows/([0-9a-f-]+)/move`).FindStringSubmatch(body)[1]
	links := publicLink.FindAllString(body, -1)
	require.GreaterOrEqual(t, len(links), 3)
	page := links[0] // of the first village, which has a list

	res, body := o.get(page)
	require.Equal(t, http.StatusOK, res.StatusCode)
	require.Contains(t, text(body), "Uji publik dibuka 12 Jun 2027 08.00 WITA.")
	require.NotContains(t, text(body), "S**i")
	for header, want := range map[string]string{"X-Robots-Tag": "noindex, nofollow", "Cache-Control": "private, no-store", "Referrer-Policy": "same-origin"} {
		require.Equal(t, want, res.Header.Get(header))
	}
	require.NotContains(t, body, `href="/inbox"`, "no way from here into the office")

	o.at = calendar.Day("2027-06-12").In(calendar.WITA, 8, 0)
	body = o.page(page)
	said = text(body)
	require.Contains(t, said, "L* O*e A*i 1990")
	require.Contains(t, said, "S**i A****h 1990")
	require.NotContains(t, body, "Aminah")
	require.NotContains(t, body, "0001<", "no digit of a NIK")
	require.Contains(t, body, `<meta name="robots" content="noindex,nofollow">`)
	key := formKey.FindStringSubmatch(body)[1]
	row := aboutLink.FindAllStringSubmatch(body, -1)[1][1]
	require.Contains(t, text(o.page(page+"?about="+row)), "Sanggah: S**i A****h")

	body = o.refused(page, "key", key, "row_id", row, "kind", "", "text", "Sudah pindah", "name", "Wa Ode", "contact", "0812")
	require.Contains(t, body, "Sudah pindah</textarea>")
	require.Contains(t, body, `value="Wa Ode"`)
	require.Contains(t, body, key, "the same form")
	res, _ = o.post(page, "key", key, "row_id", row, "kind", "should_not_be_listed", "text", "Sudah pindah", "name", "Wa Ode", "contact", "0812")
	require.Equal(t, http.StatusSeeOther, res.StatusCode)
	receipt := res.Header.Get("Location")
	require.Regexp(t, `^`+page+`/[0-9A-Z]{4}-[0-9A-Z]{4}$`, receipt)
	said = text(o.page(receipt))
	require.Contains(t, said, "Menunggu keputusan")
	require.NotContains(t, said, "Wa Ode")

	body = o.page(window)
	require.Contains(t, text(body), "Menunggu keputusan Tidak seharusnya terdaftar : Siti Aminah, 17 Jan 1990")
	require.Contains(t, text(body), "Sudah pindah Dari Wa Ode, 0812")
	decide := decideLink.FindString(body)
	id := regexp.MustCompile(`name="window" value="([^"]+)"`).FindStringSubmatch(body)[1]
	require.Contains(t, text(o.refused(decide, "window", id, "verdict", "upheld", "reason", " ")), "reason is needed")
	said = text(o.sent(decide, "window", id, "verdict", "upheld", "reason", "Surat pindah ada"))
	require.Contains(t, said, "Keputusan belum mengubah daftar.")
	require.Contains(t, text(o.page(receipt)), "Surat pindah ada Daftar sedang diubah")

	list := "/obligations/" + duties[0].ID
	follow := regexp.MustCompile(`/people/[0-9a-f-]+/leave\?objection=([0-9a-f-]+)`).FindStringSubmatch(o.page(list))
	require.Contains(t, text(o.page(follow[0])), "Ini menindaklanjuti sanggahan yang diterima.")
	o.sent("/people/"+row+"/leave", "reason", "moved", "on", "2027-06-01", "objection", follow[1])
	require.Contains(t, text(o.page(window)), "Sudah ditindaklanjuti pada versi 2")
	require.Contains(t, text(o.page(receipt)), "Daftar sudah diubah")
	require.Contains(t, text(o.page(page)), "1 diterima")

	require.Contains(t, text(o.sent(window+"/move", "closes_at", "2027-06-16T17:00", "reason", "listrik padam")), "16 Jun 2027 17.00 WITA")
	o.at = calendar.Day("2027-06-16").In(calendar.WITA, 17, 0)
	said = text(o.page(page))
	require.Contains(t, said, "Waktu sanggah berakhir 16 Jun 2027 17.00 WITA. Terima kasih sudah memeriksa.")
	require.NotContains(t, said, "L* O*e")
	require.Contains(t, text(o.refused(page, "key", "another-form-of-it", "kind", "missing_person", "text", "x")), "the time to object is over")
	res, _ = o.get(page + "/code?code=" + "nope")
	require.Equal(t, http.StatusSeeOther, res.StatusCode)
	res, _ = o.get(page + "/nope")
	require.Equal(t, http.StatusNotFound, res.StatusCode)
	res, _ = o.get("/uji-publik/abcdefghijklmnopqrstuvwxyz")
	require.Equal(t, http.StatusNotFound, res.StatusCode)
	res, csv := o.get(window + "/pages.csv")
	require.Equal(t, http.StatusOK, res.StatusCode)
	require.Contains(t, csv, "Desa 001;1;1;http://example.com"+page)
}

func TestAProxyOnThisMachineSpeaksForWhoIsBehindIt(t *testing.T) {
	t.Parallel()
	o, a, duties := listed(t)
	o.at = calendar.Day("2027-06-12").In(calendar.WITA, 8, 0)
	body := o.sent("/agreements/"+a.ID+"/windows", "year", duties[0].PeriodID, "opens_at", "2027-06-12T08:00", "closes_at", "2027-06-15T17:00", "names", "middle")
	page := publicLink.FindString(body)
	object := func(n int, remote, forwarded string) int {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, page, nil)
		r.PostForm = map[string][]string{"key": {"form of the page " + string(rune('a'+n))}, "kind": {"missing_person"}, "text": {"x"}}
		r.Form = r.PostForm
		r.RemoteAddr = remote
		r.Header.Set("X-Forwarded-For", forwarded)
		res, _ := o.ask(r)
		return res.StatusCode
	}
	for n := range 5 {
		require.Equal(t, http.StatusSeeOther, object(n, "127.0.0.1:1000", "6.6.6.6, 10.0.0.1"))
	}
	require.Equal(t, http.StatusTooManyRequests, object(5, "127.0.0.1:1000", "7.7.7.7, 10.0.0.1"), "what the visitor writes of himself does not count")
	require.Equal(t, http.StatusSeeOther, object(6, "127.0.0.1:1000", "10.0.0.2"))
	require.Equal(t, http.StatusTooManyRequests, object(7, "10.0.0.1:99", "10.0.0.3"), "who comes without a proxy is who he is")
}
