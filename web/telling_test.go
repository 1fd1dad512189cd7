package web_test

import (
	"bytes"
	"image/png"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/ledger"
)

// textForm is the form of the first text of a page.
func textForm(t *testing.T, body string) []string {
	t.Helper()
	body = body[strings.Index(body, `<form class="form noprint"`):]
	body = body[:strings.Index(body, "</form>")]
	var pairs []string
	for _, m := range regexp.MustCompile(`type="hidden" name="(\w+)" value="([^"]*)"`).FindAllStringSubmatch(body, -1) {
		pairs = append(pairs, m[1], m[2])
	}
	said := regexp.MustCompile(`(?s)readonly>(.*?)</textarea>`).FindStringSubmatch(body)
	require.NotNil(t, said)
	return append(pairs, "text", strings.ReplaceAll(said[1], "\n", "\r\n"))
}

func TestTheGroupOfAKecamatanIsToldByHand(t *testing.T) {
	t.Parallel()
	c := counting(t, 4)
	path := "/agreements/" + c.agreement.ID + "/telling"
	require.Contains(t, c.page("/agreements/"+c.agreement.ID), `href="`+path+`"`)
	body := c.page(path)
	for _, want := range []string{"4 dari 4 belum menjawab: 2 pesan", "0 dari 2 pesan sudah dikirim hari ini", "Kecamatan Andoolo", "Kecamatan Buke", "1. Desa 001", "Paling lambat *Selasa, 15 Desember 2026 pukul 23.59 WITA*"} {
		require.Contains(t, text(body), want)
	}
	require.Contains(t, body, `href="https://wa.me/?text=`)
	require.NotContains(t, body, "<script")

	form := textForm(t, body)
	require.Contains(t, text(c.refused(path, append(form, "group_name", " ")...)), "diperlukan")
	res, _ := c.post(path, append(form, "group_name", "Kades Andoolo <1>")...)
	require.Equal(t, http.StatusSeeOther, res.StatusCode)
	to, anchor, _ := strings.Cut(res.Header.Get("Location"), "#")
	require.Contains(t, anchor, "desk-")
	told := c.page(to)
	for _, want := range []string{"Sudah dicatat: kapan, grup mana, dan oleh siapa", "1 dari 2 pesan sudah dikirim hari ini", "grup Kades Andoolo &lt;1&gt;", "dikirim oleh operator"} {
		require.Contains(t, text(told), want)
	}
	require.Contains(t, told, `value="Kades Andoolo &lt;1&gt;"`, "kept for the next time")
	require.Equal(t, 1, strings.Count(told, "<details id=\"desk-")-strings.Count(told, "\"><summary>"), "the next one is open")
	res, _ = c.post(path, append(form, "group_name", "kades andoolo 1")...)
	to, _, _ = strings.Cut(res.Header.Get("Location"), "#")
	require.Contains(t, to, "done=told_again")
	require.Contains(t, text(c.page(to)), "dihitung satu kali")

	for _, page := range []string{"/obligations/", "/lists/"} {
		history := text(c.page(page + c.duties[0].ID))
		require.Contains(t, history, "Diberi tahu lewat grup 23 Nov 2026 09.00 WITA")
		require.Contains(t, history, "grup Kades Andoolo &lt;1&gt; dikirim oleh operator")
		require.NotContains(t, text(c.page(page+c.duties[1].ID)), "Diberi tahu lewat grup", "of the other kecamatan")
	}
	_, file := c.get(path + ".csv")
	require.Contains(t, file, "Kecamatan Andoolo;desa;Desa 001;Belum ada jawaban;2026-12-15;23 Nov 2026 09.00 WITA;Kades Andoolo <1>;1/1;operator\r\n")
	require.Contains(t, file, "Kecamatan Buke;desa;Desa 002;Belum terdaftar;2026-12-15;;;;\r\n")

	c.write(func(tx *ledger.Tx) error {
		for _, d := range c.duties {
			if _, err := tx.Close(d.ID, ledger.Closing{How: ledger.ByNihil, Signatory: "Kepala Desa"}); err != nil {
				return err
			}
		}
		return nil
	})
	require.Contains(t, text(c.page(path)), "Semua 4 sudah menjawab")
	require.Contains(t, text(c.page(path+"?lang=en")), "All 4 have answered")
}

func TestAPictureOfAKecamatanIsHandedOut(t *testing.T) {
	t.Parallel()
	c := counting(t, 3)
	body := c.page("/agreements/" + c.agreement.ID + "/telling")
	link := regexp.MustCompile(`href="(/agreements/[^"]+picture\.png[^"]*)"`).FindStringSubmatch(body)
	require.NotNil(t, link)
	path := strings.ReplaceAll(link[1], "&amp;", "&")
	res, picture := c.get(path)
	require.Equal(t, "image/png", res.Header.Get("Content-Type"))
	require.LessOrEqual(t, len(picture), 200<<10)
	_, err := png.Decode(bytes.NewReader([]byte(picture)))
	require.NoError(t, err)
	for _, wrong := range []string{strings.ReplaceAll(path, "number=1", "number=2"), "/agreements/" + c.agreement.ID + "/telling/x/picture.png?year=" + c.duties[0].PeriodID} {
		res, _ := c.get(wrong)
		require.Equal(t, http.StatusNotFound, res.StatusCode, wrong)
	}
}

func TestTextsWithoutAYearSayWhatComesNext(t *testing.T) {
	t.Parallel()
	o := open(t)
	a, _ := o.kabupaten("PKS 2026", 1)
	require.Contains(t, text(o.page("/agreements/"+a.ID+"/telling")), "Belum ada tahun yang dibuka Langkah berikutnya: buka satu tahun")
}
