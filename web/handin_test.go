package web_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/ledger"
)

func TestAVillageIsToldWhatIsAskedAndByWhen(t *testing.T) {
	t.Parallel()
	c := counting(t, 2)
	page := "/lists/" + c.duties[0].ID
	body := c.shows(page, "Desa 001", "Batas waktu Selasa, 15 Desember 2026 pukul 24.00 WITA", "paling besar 20 MB, paling banyak 100.000 baris",
		"Belum ada kiriman", "Unduh templat Excel", "Tidak ada pegawai? Buat pernyataan nihil")
	require.Contains(t, body, page+"/template.xlsx")
	var task string
	c.write(func(tx *ledger.Tx) error {
		all, err := tx.Obligations(ledger.ObligationFilter{Kind: ledger.KindTask}, ledger.Page{Size: 1})
		task = all[0].ID
		return err
	})
	res, _ := c.get("/lists/" + task)
	require.Equal(t, http.StatusNotFound, res.StatusCode, "a task asks for no list")
}

func TestAListComesAsAFilePastedOrOnePersonAtATime(t *testing.T) {
	t.Parallel()
	c := counting(t, 1)
	page := "/lists/" + c.duties[0].ID
	rows := "NIK\tNama Lengkap\tL/P\n" + someone(1) + "\tWa Satu\tP\n" + someone(2) + "\tLa Dua\tL\n"
	to := c.sent(page+"/paste", "rows_pasted", rows, "on_behalf", "Sekdes")
	c.shows(to, "Siap diterima: 2 orang", "+2 orang, Rp", "atas nama Sekdes")
	c.sent(to + "/accept")
	c.shows(page, "Sudah dijawab, terima kasih", "Di daftar sekarang 2 orang", "tempelan.tsv", "Sudah masuk daftar")

	// One person more: the others stay.
	to = c.sent(page+"/person", "nik", someone(3), "name", "Wa Tiga", "born", "1980-05-17", "sex", "L", "wage", "3.000.000")
	c.shows(to, "Siap diterima: 1 orang", "+1 orang, 2 orang tetap")
	c.sent(to + "/accept")
	c.shows(page, "Di daftar sekarang 3 orang")
}

func TestWhatIsWrongIsSaidBesideTheFieldAndNothingTypedIsLost(t *testing.T) {
	t.Parallel()
	c := counting(t, 1)
	page := "/lists/" + c.duties[0].ID
	body := c.refused(page+"/person", "nik", someone(1)[:15], "name", "Wa <b>", "born", "1980-05-17", "job", "guru")
	require.Contains(t, text(body), "NIK hanya 15 digit, seharusnya 16.")
	require.Contains(t, body, `name="nik" value="`+someone(1)[:15]+`"`)
	require.Contains(t, body, `aria-invalid="true" aria-describedby="w-nik"`)
	require.Contains(t, body, `value="Wa &lt;b&gt;"`)
	require.Contains(t, body, `value="guru"`)
	require.Contains(t, body, `<details open>`)
	require.Contains(t, body, `href="`+page+`?lang=en"`)
	require.Contains(t, text(c.refused(page+"/person", "name", "")), "NIK belum diisi")

	require.Contains(t, text(c.refused(page+"/paste", "rows_pasted", "  ")), "Tempel dulu barisnya")
	res, body := c.post(page+"/paste", "rows_pasted", strings.Repeat("x", 9<<20))
	require.Equal(t, http.StatusUnprocessableEntity, res.StatusCode)
	require.Contains(t, text(body), "Kirim daftar sepanjang ini sebagai berkas")

	for content, said := range map[string]string{
		"":                         "Belum ada berkas yang dipilih, atau berkasnya kosong",
		photo:                      "Gambar sudah diterima",
		"Rar!\x1a\x07\x01\x00 xyz": "Ini berkas kemasan",
	} {
		res, body := c.drop(page+"/file", [2]string{"on_behalf", "Sekdes"}, [2]string{"@daftar.xlsx", content})
		require.Equal(t, http.StatusUnprocessableEntity, res.StatusCode, said)
		require.Contains(t, text(body), said)
		require.Contains(t, body, `value="Sekdes"`)
	}
	c.shows(page, "Diterima, perlu Excel") // the photo is kept, and the village is not taken for silent
}
