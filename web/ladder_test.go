package web_test

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var (
	inputs   = regexp.MustCompile(`<input[^>]* name="([^"]+)"[^>]*>`)
	valued   = regexp.MustCompile(` value="([^"]*)"`)
	selects  = regexp.MustCompile(`(?s)<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>`)
	selected = regexp.MustCompile(`<option value="([^"]*)" selected`)
	offered  = regexp.MustCompile(`<option value="([^"]*)"`)
	areas    = regexp.MustCompile(`(?s)<textarea[^>]* name="([^"]+)"[^>]*>(.*?)</textarea>`)
)

// filled is what a browser would send of the page's forms, with some fields
// typed over.
func filled(body string, typed ...string) url.Values {
	v := url.Values{}
	for _, m := range inputs.FindAllStringSubmatch(body, -1) {
		if strings.Contains(m[0], "checkbox") && !strings.Contains(m[0], " checked") {
			continue
		}
		value := ""
		if found := valued.FindStringSubmatch(m[0]); found != nil {
			value = html.UnescapeString(found[1])
		}
		v.Set(m[1], value)
	}
	for _, m := range selects.FindAllStringSubmatch(body, -1) {
		chosen := selected.FindStringSubmatch(m[2])
		if chosen == nil {
			chosen = offered.FindStringSubmatch(m[2])
		}
		if chosen != nil {
			v.Set(m[1], chosen[1])
		}
	}
	for _, m := range areas.FindAllStringSubmatch(body, -1) {
		v.Set(m[1], html.UnescapeString(m[2]))
	}
	for i := 0; i+1 < len(typed); i += 2 {
		v.Set(typed[i], typed[i+1])
	}
	return v
}

// pressed sends a form by one of its buttons.
func (o *office) pressed(path string, v url.Values, button string) (*http.Response, string) {
	o.t.Helper()
	v.Set("do", button)
	r, err := http.NewRequestWithContext(o.t.Context(), http.MethodPost, path, strings.NewReader(v.Encode()))
	require.NoError(o.t, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return o.ask(r)
}

// plain is what a page says, with its characters as they are read.
func plain(body string) string {
	return strings.ReplaceAll(html.UnescapeString(text(body)), " ,", ",")
}

func TestNothingIsSavedWhoseEffectWasNotSeen(t *testing.T) {
	t.Parallel()
	o := open(t)
	a, _ := o.kabupaten("PKS Contoh", 4)
	o.openYear(a, "2026-12-18")
	require.Contains(t, plain(o.page("/settings/ladders")), "Daftar nama T-7, T-1, T+1 masing-masing perjanjian")

	path := "/settings/ladders/roster"
	body := o.page(path + "?preset=full")
	res, body := o.pressed(path, filled(body), "save")
	require.Equal(t, http.StatusOK, res.StatusCode, "the effect is shown first")
	said := plain(body)
	require.Contains(t, said, "20 pengingat bertambah")
	require.Contains(t, said, "T+7 · Daftar nama")
	require.Contains(t, plain(o.page("/settings/ladders")), "T-7, T-1, T+1 masing-masing perjanjian", "nothing is saved yet")

	res, body = o.pressed(path, filled(body, "days1", "12"), "save")
	require.Equal(t, http.StatusOK, res.StatusCode, "something else was typed than was seen")
	res, body = o.pressed(path, filled(body, "days2", ""), "preview")
	require.Equal(t, http.StatusOK, res.StatusCode)
	res, _ = o.pressed(path, filled(body), "save")
	require.Equal(t, http.StatusSeeOther, res.StatusCode)
	said = plain(o.page(res.Header.Get("Location")))
	require.Contains(t, said, "T-30, T-12, T-3, T-1, T+0, T+1, T+3, T+7 Pemda ini")
	require.Contains(t, said, "Pengingat sudah disimpan")

	res, body = o.pressed(path, filled(o.page(path), "days0", "many"), "preview")
	require.Equal(t, http.StatusUnprocessableEntity, res.StatusCode)
	require.Contains(t, body, `value="many"`, "a form keeps what was typed")

	res, _ = o.pressed(path, filled(o.page(path+"?preset=none")), "save")
	require.Equal(t, http.StatusSeeOther, res.StatusCode)
	require.Contains(t, plain(o.page("/settings/ladders")), "T-7, T-1, T+1 masing-masing perjanjian")
	require.Contains(t, plain(o.page("/settings/recalculations")), "Pengingat diubah")
	file := o.page("/settings/recalculations.csv")
	require.Contains(t, file, "T+7")
	require.Contains(t, o.page("/settings/ladders.csv"), "roster;T-7;'-7;")
}

func TestAWeekOfSixDaysIsWeighedAndSaved(t *testing.T) {
	t.Parallel()
	o := open(t)
	a, _ := o.kabupaten("PKS Contoh", 2)
	o.openYear(a, "2026-12-18")
	path := "/settings/hours"
	res, body := o.pressed(path, filled(o.page(path), "week", "6", "morning", "9"), "preview")
	require.Equal(t, http.StatusOK, res.StatusCode)
	require.Contains(t, plain(body), "19 Des 2026 09.00 WITA", "T+1 falls on a Saturday now")
	res, _ = o.pressed(path, filled(body), "save")
	require.Equal(t, http.StatusSeeOther, res.StatusCode)
	require.Contains(t, o.page(path), `value="9"`)
	res, body = o.pressed(path, filled(o.page(path), "morning", "30"), "preview")
	require.Equal(t, http.StatusUnprocessableEntity, res.StatusCode)
	require.Contains(t, body, `value="30"`)
}

func TestADecreeIsPastedWeighedAndWithdrawn(t *testing.T) {
	t.Parallel()
	o := open(t)
	a, _ := o.kabupaten("PKS Contoh", 2)
	o.openYear(a, "2026-12-18")
	path := "/settings/holidays?year=2026"
	require.Contains(t, plain(o.page("/settings/holidays?year=2028")), "Belum ada hari libur tahun 2028 Langkah berikutnya")
	typed := []string{"party", "", "decree", "SK Bupati 100/2026", "days", "Kamis, 17 Desember 2026: Hari jadi\n\n24-12-2026 Cuti bersama Natal\n", "verified", "1"}
	pemda := filled(o.page("/settings/ladders/roster")).Get("party")
	typed[1] = pemda
	v := filled(o.page(path+"&party="+pemda), typed...)
	v.Del("year") // of the form that chooses a year
	res, body := o.pressed(path, v, "preview")
	require.Equal(t, http.StatusOK, res.StatusCode)
	require.Contains(t, plain(body), "2 pengingat berubah waktu")
	require.Contains(t, plain(body), "17 Des 2026 08.00 WITA")
	v = filled(body)
	v.Del("year")
	res, _ = o.pressed(path, v, "save")
	require.Equal(t, http.StatusSeeOther, res.StatusCode)
	said := plain(o.page(res.Header.Get("Location")))
	require.Contains(t, said, "Kamis, 17 Desember 2026 libur")
	require.Contains(t, said, "libur daerah")
	require.Contains(t, o.page("/settings/holidays.csv?year=2026&party="+pemda), "2026-12-17;libur;Hari jadi")

	res, body = o.pressed(path, filled(o.page(path), "decree", "SKB", "days", "21-22 Maret 2026 Idul Fitri"), "preview")
	require.Equal(t, http.StatusUnprocessableEntity, res.StatusCode)
	require.Contains(t, body, "21-22 Maret 2026 Idul Fitri</textarea>")

	withdraw := "/settings/holidays/withdraw"
	body = o.page(withdraw + "?party=" + pemda + "&day=2026-12-17")
	require.Contains(t, plain(body), "Kamis, 17 Desember 2026 · Hari jadi")
	res, body = o.pressed(withdraw, filled(body, "reason", "salah tanggal"), "preview")
	require.Equal(t, http.StatusOK, res.StatusCode)
	require.Contains(t, plain(body), "2 pengingat berubah waktu")
	res, _ = o.pressed(withdraw, filled(body), "save")
	require.Equal(t, http.StatusSeeOther, res.StatusCode)
	require.NotContains(t, plain(o.page(res.Header.Get("Location"))), "Hari jadi")
}

func TestThePagesOfRulesSpeakBothLanguagesAndSayWhatComesNext(t *testing.T) {
	t.Parallel()
	o := open(t)
	for _, path := range []string{"/settings/ladders", "/settings/ladders/roster", "/settings/hours", "/settings/holidays", "/settings/recalculations"} {
		for lang, word := range map[string]string{"id": "Pengaturan", "en": "Settings"} {
			require.Contains(t, plain(o.page(query(path, "lang", lang))), word, path)
		}
	}
	require.Contains(t, plain(o.page("/settings/recalculations")), "Belum ada yang dihitung ulang Begitu pengingat")
	res, _ := o.get("/settings/hours?party=nobody")
	require.Equal(t, http.StatusNotFound, res.StatusCode)
}
