package web_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTheDeskOfBPJSTicksWhatItHas(t *testing.T) {
	t.Parallel()
	c := counting(t, 4)
	c.wake(c.agreement, "2026-12-17")
	desk, silent := "/desk/"+c.agreement.ID, "/desk/"+c.agreement.ID+"/waiting"
	body := c.shows(desk, "Belum pernah dicocokkan dengan BPJS", "4 dari 4 belum menjawab", "Kecamatan Andoolo", "Kecamatan Buke", "Terlambat 2 hari")
	require.Contains(t, body, `name="people.`+c.duties[0].ID+`"`)
	c.shows(silent, "Apakah sudah dicocokkan dengan BPJS?", "Desa 001", "Desa 004")

	year := c.duties[0].PeriodID
	duties := []string{"duty", c.duties[0].ID, "duty", c.duties[1].ID, "duty", c.duties[2].ID, "duty", c.duties[3].ID, "year", year}
	wrong := c.refused(desk, append(duties, "got", c.duties[0].ID, "people."+c.duties[0].ID, "12", "people."+c.duties[1].ID, "banyak", "according", "Petugas <b>")...)
	for _, kept := range []string{`value="banyak"`, `value="12"`, `value="` + c.duties[0].ID + `" checked`, "Petugas &lt;b&gt;", "Belum ada yang dicatat", "Tulis angka bulat"} {
		require.Contains(t, wrong, kept)
	}
	require.Contains(t, text(c.refused(desk, append(duties, "got", c.duties[0].ID, "on", "2030-01-01")...)), "tanggal")

	to := c.sent(desk, append(duties, "got", c.duties[0].ID, "people."+c.duties[0].ID, "12", "people."+c.duties[1].ID, "1.000", "according", "Petugas BPJS")...)
	require.Equal(t, desk+"?year="+year+"&done=matched", to)
	c.shows(to, "2 dari 4 belum menjawab", "Oleh operator: 2 disebut, 2 baru", "Diterima BPJS")
	left := text(c.shows(silent+"?year="+year, "Desa 003", "Desa 004"))
	require.NotContains(t, left, "Desa 001")
	require.NotContains(t, left, "Apakah sudah dicocokkan")
	_, file := c.get(silent + ".csv")
	require.Contains(t, file, "Kecamatan Andoolo;Desa 003;Belum ada jawaban;2026-12-15;2;")
	require.NotContains(t, file, "Desa 001")

	// Nothing ticked: it was compared, and nothing new was there.
	require.Contains(t, c.sent(desk, "year", year), "done=matched_none")
	res, _ := c.get(desk + "?year=lain")
	require.Equal(t, 404, res.StatusCode)
}

func TestADeskWithoutAYearSaysWhatComesNext(t *testing.T) {
	t.Parallel()
	o := open(t)
	a, _ := o.kabupaten("PKS 2026", 1)
	require.Contains(t, text(o.page("/desk/"+a.ID)), "Belum ada tahun yang dibuka Langkah berikutnya: buka satu tahun")
	require.Contains(t, text(o.page("/desk/"+a.ID+"/waiting")), "Semua sudah menjawab")
}
