package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/ledger"
)

var secretLink = regexp.MustCompile(`http://example\.com(/minggu/[a-z2-7]{26})`)

func TestTheWeeksPageIsReadWithoutSigningInAndTakenBack(t *testing.T) {
	t.Parallel()
	o := open(t)
	a, _ := o.kabupaten("PKS 2026", 4)
	o.openYear(a, "2026-12-15")
	path := "/agreements/" + a.ID + "/weekly"
	require.Contains(t, o.page("/agreements/"+a.ID), `href="`+path+`"`)

	body := text(o.page(path))
	for _, said := range []string{
		"Lembar mingguan perlindungan pekerja", "Minggu 23 Nov 2026 – 29 Nov 2026 · Keadaan 23 Nov 2026 09.00 WITA", "Belum terlindungi hari ini",
		"Dilaporkan: sekitar 2 dari 4 (50,00%) sudah membayar penuh setahun, menurut Sekretaris Daerah (ANTARA), per 7 Februari 2026.",
		"Belum ada data: minggu lalu.", "Yang perlu diputuskan", "Dana yang masih dibutuhkan", "Belum ada tautan.", "Senin, 23 November 2026",
	} {
		require.Contains(t, body, said)
	}
	require.Contains(t, text(o.page(path+"?lang=en")), "Weekly sheet on the protection of workers")
	require.Contains(t, text(o.page(path+"?now=1")), "Ini keadaan sekarang dan tidak disimpan.")

	o.sent(path + "/link")
	page := o.page(path)
	found := secretLink.FindStringSubmatch(page)
	require.NotNil(t, found)
	require.Contains(t, page, "https://wa.me/?text=%2ALembar%20mingguan")
	require.Contains(t, page, url.QueryEscape(found[0]), "the message has the link")

	public := o.page(found[1])
	require.Contains(t, public, `<meta name="robots" content="noindex,nofollow">`)
	require.NotContains(t, public, "/agreements/", "no way into the office")
	require.NotContains(t, text(public), "Tautan tanpa masuk")
	for ending, kind := range map[string]string{".pdf": "application/pdf", ".png": "image/png"} {
		res, file := o.get(found[1] + ending)
		require.Equal(t, []any{http.StatusOK, kind, "noindex, nofollow"}, []any{res.StatusCode, res.Header.Get("Content-Type"), res.Header.Get("X-Robots-Tag")})
		_, same := o.get(path + ending + "?week=2026-11-23")
		require.Equal(t, file, same, "the office has the same paper")
		require.LessOrEqual(t, len(file), 200<<10)
	}
	for _, wrong := range []string{found[1] + ".docx", "/minggu/" + strings.Repeat("a", 26), found[1] + "?week=2026-11-16"} {
		res, _ := o.get(wrong)
		require.Equal(t, http.StatusNotFound, res.StatusCode, wrong)
	}

	require.Contains(t, text(o.sent(path+"/link", "close", "1")), "tidak dapat dibuka lagi")
	res, _ := o.get(found[1])
	require.Equal(t, http.StatusNotFound, res.StatusCode)
}

func TestTheDayOfTheWeekAndTheMessageAreChosen(t *testing.T) {
	t.Parallel()
	o := open(t)
	a, _ := o.kabupaten("PKS 2026", 2)
	path := "/agreements/" + a.ID + "/weekly"
	rule := func() (weekday int, silent bool) {
		require.NoError(t, o.Read(t.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
			r, err := tx.WeeklyRule(a.ID)
			weekday, silent = r.Weekday, r.Silent
			return err
		}))
		return weekday, silent
	}
	require.Contains(t, o.page(path), `<option value="1" selected>Senin</option>`)
	o.sent(path+"/rule", "weekday", "5")
	day, silent := rule()
	require.Equal(t, []any{5, true}, []any{day, silent})
	o.sent(path+"/rule", "weekday", "5", "tell", "1")
	_, silent = rule()
	require.False(t, silent)
	res, wrong := o.post(path+"/rule", "weekday", "", "tell", "1")
	require.Equal(t, http.StatusUnprocessableEntity, res.StatusCode)
	require.Contains(t, text(wrong), "a weekday is a number")

	file := o.page(path + ".csv")
	require.Contains(t, file, "Minggu;Keadaan;Belum terlindungi;Terlindungi;Daftar masuk;Daftar diminta;Daftar terlambat;Dana dibutuhkan\r\n")
	require.Contains(t, file, "2026-11-23;2026-11-23T01:00:00Z;;0;")
}
