package web_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/ledger"
)

func TestAReadingSaysWhatItMeansAndWhatIsWrongWithWhichRow(t *testing.T) {
	t.Parallel()
	c := counting(t, 2)
	c.accepted(1, names("Daftar", 19, 21))
	// Row 22 is one digit short; person 19 and 20 are on another village's list.
	content := names("DAFTAR PERANGKAT", 1, 20) + "21;" + someone(99)[:15] + ";Wa Kurang;L\nJumlah;;21;\n"
	path, _ := c.hand(0, content)
	body := c.shows(path, "Hasil baca daftar.csv", "+20 orang, Rp", "2 ganda", "Baris baik 20", "20 baru, 0 sama, 0 berubah", "Perlu diperbaiki 1", "Ganda 2",
		"NIK kurang dari 16 digit 1 kali NIK hanya 15 digit, seharusnya 16.", "baris 23", "Ada di daftar lain 2 kali", "B NIK", "Terima 20 orang")
	require.Contains(t, body, path+"/errors.xlsx")
	require.NotContains(t, text(body), "Wa Ode La", "of the other village nothing is said")
	c.shows(path+"?level=warning", "Ada di daftar lain")
	require.NotContains(t, text(c.page(path+"?level=info")), "seharusnya 16. Salin", "rows of another level")

	res, file := c.get(path + "/errors.xlsx")
	require.Equal(t, http.StatusOK, res.StatusCode)
	require.True(t, strings.HasPrefix(file, "PK"))

	// Bad rows are still to be mended; left out, the duty is answered.
	require.Equal(t, path+"?done=accepted", c.sent(path+"/accept"))
	c.shows(path, "Sudah masuk daftar", "1 baris masih perlu diperbaiki dan dikirim lagi")
	require.Contains(t, text(c.page("/lists/"+c.duties[0].ID)), "Diajukan")
	require.Contains(t, text(c.refused(path+"/accept")), "Sudah masuk daftar")
}

func TestAHeldReadingNeedsAReason(t *testing.T) {
	t.Parallel()
	c := counting(t, 1)
	bad := ""
	for n := 11; n < 18; n++ {
		bad += fmt.Sprintf("%d;%s;%s;L\n", n, someone(n)[:14], called(n))
	}
	path, body := c.hand(0, names("Daftar", 1, 10)+bad)
	require.Contains(t, text(body), "Terlalu banyak baris yang perlu diperbaiki")
	require.Contains(t, text(c.refused(path+"/accept", "despite", " ", "leave_out", "1")), "Terlalu banyak baris")
	require.Equal(t, path+"?done=accepted", c.sent(path+"/accept", "despite", "Camat sudah memeriksa", "leave_out", "1"))
	c.shows(path, "Daftar ini sudah dijawab")
	require.Contains(t, text(c.page("/lists/"+c.duties[0].ID)), "Daftar masuk")
}

func TestARefusedFileSaysWhyAndWhatToDo(t *testing.T) {
	t.Parallel()
	c := counting(t, 2)
	_, template := c.get("/lists/" + c.duties[1].ID + "/template.xlsx")
	path := c.went(c.drop("/lists/"+c.duties[0].ID+"/file", [2]string{"@templat.xlsx", template}))
	c.shows(path, "Milik OPD atau desa lain", "Berkas ini milik OPD atau desa lain.", "Kirim yang benar", "Berkasnya sudah disimpan. Tidak ada yang berubah pada daftar")
	require.NotContains(t, c.page(path), path+"/accept")
}

func TestAPersonSaysWhichColumnIsWhich(t *testing.T) {
	t.Parallel()
	c := counting(t, 1)
	content := fmt.Sprintf("Kolom A;Kolom B;Kolom C\nWa Satu;%s;Andoolo\nWa Dua;%s;Buke\n", someone(1), someone(2))
	path, body := c.hand(0, strings.ReplaceAll(content, "Kolom B", "Identitas"))
	require.Contains(t, body, path+"/columns")
	columns := c.shows(path+"/columns", "Kolom mana berisi apa?", "Ingat untuk Desa 001", "Wa Satu · Wa Dua")
	require.Contains(t, columns, "************0001")

	two := c.refused(path+"/columns", "c0", "name", "c1", "nik", "c2", "name", "head_from", "1", "head_to", "1")
	require.Contains(t, text(two), "Dua kolom ditunjuk untuk isian yang sama")
	require.Contains(t, two, `<option value="nik" selected>`)
	require.Contains(t, text(c.refused(path+"/columns", "c0", "name", "head_from", "1")), "Belum diketahui kolom mana yang berisi NIK")
	require.Contains(t, text(c.refused(path+"/columns", "c0", "name", "c1", "nik", "head_from", "satu")), "Tulis nomor baris")

	again := c.sent(path+"/columns", "c0", "name", "c1", "nik", "c2", "village", "head_from", "1", "head_to", "1", "remember", "1")
	require.NotEqual(t, path, again)
	c.shows(again, "Siap diterima: 2 orang")
	c.shows(path, "Pembacaan ini dibatalkan")
	res, _ := c.get(path + "/columns?sheet=tidak+ada")
	require.Equal(t, http.StatusNotFound, res.StatusCode)
}

func TestNobodyLeavesAListInSilence(t *testing.T) {
	t.Parallel()
	c := counting(t, 1)
	c.accepted(0, names("Daftar", 1, 10))
	path, body := c.hand(0, names("Daftar baru", 1, 7))
	require.Contains(t, text(body), "3 orang tidak ada lagi di berkas")
	require.NotContains(t, body, `action="`+path+`/accept"`)
	rows := hiddenRow.FindAllStringSubmatch(body, -1)
	require.Len(t, rows, 3)

	require.Contains(t, text(c.refused(path+"/answers", "row", rows[0][1])), "Pilih sedikitnya satu jawaban")
	undated := c.refused(path+"/answers", "row", rows[0][1], "reason."+rows[0][1], "died", "on."+rows[0][1], "kemarin")
	require.Contains(t, text(undated), "Tulis tanggal ia keluar atau meninggal")
	require.Contains(t, undated, `value="died" selected`)
	c.sent(path+"/answers", "row", rows[0][1], "reason."+rows[0][1], "entered_by_mistake")
	c.shows(path, "Sebutkan apa yang terjadi pada 2 orang ini")
	require.Contains(t, text(c.refused(path+"/accept")), "2 orang")
	c.sent(path+"/answers", "rest", "forgotten")
	c.shows(path, "Semua sudah dijawab")
	c.sent(path + "/accept")
	require.Contains(t, text(c.page("/lists/"+c.duties[0].ID)), "Di daftar sekarang 9 orang")
}

func TestALargeFileIsReadInTheBackgroundAndThePageLooksAgain(t *testing.T) {
	t.Parallel()
	c := counting(t, 1)
	path := c.went(c.drop("/lists/"+c.duties[0].ID+"/file", [2]string{"@besar.csv", names(strings.Repeat("daftar ", 90_000), 1, 3)}))
	res, body := c.get(path)
	require.Equal(t, "3", res.Header.Get("Refresh"))
	require.Contains(t, text(body), "Halaman ini diperbarui sendiri")
	require.Contains(t, text(c.refused(path+"/accept")), "Sedang dibaca")

	require.Equal(t, path+"?done=dropped", c.sent(path+"/drop"))
	c.shows(path, "Pembacaan ini dibatalkan")
	require.Equal(t, "", func() string { res, _ := c.get(path); return res.Header.Get("Refresh") }())
	var kept int64
	c.write(func(tx *ledger.Tx) error {
		counts, err := tx.CountUploads(ledger.UploadFilter{})
		kept = counts[ledger.UploadPlaced]
		return err
	})
	require.EqualValues(t, 1, kept, "the file stays")
}

func TestAFileThatSaysWhoLeftIsBelieved(t *testing.T) {
	t.Parallel()
	c := counting(t, 1)
	c.accepted(0, names("Daftar", 1, 4))
	rows := "NIK\tNama Lengkap\tMasih bekerja?\tTanggal keluar/meninggal\n" + someone(2) + "\t" + called(2) + "\tMeninggal\t02-11-2026\n"
	path := c.sent("/lists/"+c.duties[0].ID+"/paste", "rows_pasted", rows)
	c.shows(path, "Menurut berkas ini 1 orang sudah keluar atau meninggal", "Catat 1 orang keluar")
	require.Equal(t, path+"?done=accepted", c.sent(path+"/accept"))
	c.shows("/lists/"+c.duties[0].ID, "Di daftar sekarang 3 orang")
}
