package web_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/calendar"
	"payung/domain/nik"
	"payung/ledger"
	"payung/models"
)

// post sends a form.
func (o *office) post(path string, pairs ...string) (*http.Response, string) {
	o.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	r := httptest.NewRequestWithContext(o.t.Context(), http.MethodPost, path, io.NopCloser(strings.NewReader(form.Encode())))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return o.ask(r)
}

// sent posts a form that must be taken, and reads the page it leads to.
func (o *office) sent(path string, pairs ...string) string {
	o.t.Helper()
	res, body := o.post(path, pairs...)
	require.Equal(o.t, http.StatusSeeOther, res.StatusCode, text(body))
	return o.page(res.Header.Get("Location"))
}

// refused posts a form that must come back, with what was typed.
func (o *office) refused(path string, pairs ...string) string {
	o.t.Helper()
	res, body := o.post(path, pairs...)
	require.Equal(o.t, http.StatusUnprocessableEntity, res.StatusCode, text(body))
	return body
}

// listed is a kabupaten in the middle of 2027 with the list of its first
// village.
func listed(t *testing.T) (o *office, a models.Agreement, duties []models.Obligation) {
	t.Helper()
	o = open(t)
	a, _ = o.kabupaten("PKS 2026", 3)
	o.openYear(a, "2026-12-15")
	duties = o.rosters(a)
	o.write(func(tx *ledger.Tx) error {
		_, err := tx.SubmitRoster(duties[0].ID, ledger.RosterInput{Rows: []ledger.RosterRowInput{worker(1, "Siti Aminah"), worker(2, "La Ode Ali")}, OnBehalf: "Kepala Desa 001"})
		return err
	})
	o.at = calendar.Day("2027-06-10").In(calendar.WITA, 9, 0)
	return o, a, duties
}

func worker(serial int, name string) ledger.RosterRowInput {
	return ledger.RosterRowInput{NIK: nik.Synthetic(101, "1990-01-17", false, serial).Reveal(), Name: name, Born: "1990-01-17", Sex: "male"}
}

var leaveLink = regexp.MustCompile(`/people/[0-9a-f-]+/leave`)

func TestAUnitsListTellsWhoIsOnItSinceWhenAndWhoPutThemThere(t *testing.T) {
	t.Parallel()
	o, _, duties := listed(t)
	path := "/obligations/" + duties[0].ID
	body := o.page(path)
	said := text(body)
	require.Contains(t, said, "Siti Aminah ••••••••••••0001 17 Jan 1990 1 Jan 2027 Versi 1 operator, atas nama Kepala Desa 001")
	require.Contains(t, said, "Versi 1 Daftar diserahkan 23 Nov 2026 2 +2 −0 operator")
	require.NotContains(t, body, worker(1, "").NIK[:12], "no whole NIK")
	require.Contains(t, text(o.page("/obligations/"+duties[1].ID)), "Belum ada daftar. Daftar ditunggu sampai Selasa, 15 Desember 2026. Bila memang tidak ada pegawai")
	require.Contains(t, text(o.page(path+"?lang=en")), "Who was on the list on")

	body = o.refused(path+"/join", "nik", "99010117019000", "name", "Budi", "born", "", "from", "2027-04-01", "wage", "1.500.000")
	require.Contains(t, text(body), "NIK kurang dari 16 angka.")
	require.Contains(t, body, `value="Budi"`)
	require.Contains(t, body, `value="1.500.000"`)
	require.Contains(t, body, `aria-invalid="true"`)
	said = text(o.sent(path+"/join", "nik", worker(3, "").NIK, "name", "Budi", "from", "2027-04-01", "wage", "1.500.000", "note", "SK 12", "sex", "male"))
	require.Contains(t, said, "Namanya sudah masuk daftar.")
	require.Contains(t, said, "Calon peserta (3)")
	require.Contains(t, said, "Masuk Budi ••••••••••••0003 Kamis, 1 April 2027 · SK 12 Versi 2")

	require.NotContains(t, text(o.page(path+"?on=2027-03-31")), "3 Budi")
	require.Contains(t, text(o.page(path+"?on=2027-04-01")), "Yang ada di daftar pada Kamis, 1 April 2027")
	require.Contains(t, text(o.page(path+"?version=1")), "Versi 1, diserahkan Senin, 23 November 2026")
	res, body := o.get(path + "?on=kemarin")
	require.Equal(t, http.StatusUnprocessableEntity, res.StatusCode)
	require.Contains(t, body, `value="kemarin"`)
	res, _ = o.get("/obligations/nobody")
	require.Equal(t, http.StatusNotFound, res.StatusCode)
}

func TestADeathLeadsFromTheListToTheClaimAndBack(t *testing.T) {
	t.Parallel()
	o, a, duties := listed(t)
	path := "/obligations/" + duties[0].ID
	require.Contains(t, text(o.page("/agreements/"+a.ID+"/claims")), "Belum ada klaim. Klaim terbuka sendiri")
	leave := leaveLink.FindString(o.page(path))
	body := o.refused(leave, "reason", "died", "on", "2027-07-01")
	require.Contains(t, body, `value="2027-07-01"`)
	require.Contains(t, body, `<option value="died" selected>`)
	body = o.sent(leave, "reason", "died", "on", "2027-03-05", "note", "sakit")
	said := text(body)
	for _, want := range []string{"klaim santunan untuk ahli waris sudah dibuka", "Klaim ahli waris Siti Aminah", "7 dokumen lagi", "Rp42.000.000", "Jumat, 5 Maret 2032", "Perkiraan, bukan keputusan"} {
		require.Contains(t, said, want)
	}
	paper := regexp.MustCompile(`/claims/[0-9a-f-]+/papers/ktp_heir`).FindString(body)
	require.Contains(t, text(o.refused(paper, "on", "2027-03-01")), "a paper comes in between the event")
	require.Contains(t, text(o.sent(paper, "on", "2027-06-01")), "6 dokumen lagi")
	require.Contains(t, text(o.sent(paper, "missing", "1")), "7 dokumen lagi")
	require.Contains(t, text(o.page("/agreements/"+a.ID+"/claims")), "Siti Aminah Desa 001 · ••••••••••••0001 Meninggal dunia (JKM) Jumat, 5 Maret 2027 Dokumen belum lengkap Rp42.000.000 7 dokumen lagi")
	inbox := text(o.page("/inbox"))
	require.Contains(t, inbox, "Pemberitahuan Klaim santunan Kepala desa dan perangkat desa 2027, Desa 001")
	require.NotContains(t, inbox, "Siti", "a notice names nobody")

	body = o.page(path)
	require.Contains(t, text(body), "Keluar Siti Aminah ••••••••••••0001 Meninggal dunia, Jumat, 5 Maret 2027 · sakit")
	restore := strings.Replace(leave, "/leave", "/restore", 1)
	require.Contains(t, text(o.page(restore)), "seolah tidak pernah keluar")
	require.Contains(t, text(o.refused(restore, "reason", " ")), "reason is needed")
	require.Contains(t, text(o.sent(restore, "reason", "salah orang")), "Calon peserta (2)")
	require.Contains(t, text(o.page("/agreements/"+a.ID+"/claims")), "Ditarik")
}

func TestANihilIsRecordedWithItsStatementAndShownOnTheUnitsRow(t *testing.T) {
	t.Parallel()
	o, a, duties := listed(t)
	path := "/obligations/" + duties[1].ID
	body := o.refused(path+"/nihil", "signatory", " ", "number", "470/12")
	require.Contains(t, body, `value="470/12"`)
	said := text(o.sent(path+"/nihil", "signatory", "Kepala Desa 002", "signed_by", "Andi", "number", "470/12", "signed_on", "2027-06-01", "text", "Tidak ada."))
	require.Contains(t, said, "Nomor pernyataan 470/12 Tanggal pernyataan Selasa, 1 Juni 2027 Jabatan penanda tangan Kepala Desa 002 (Andi) Isi pernyataan Tidak ada.")
	require.Contains(t, text(o.page("/agreements/"+a.ID)), "SPTJM 470/12, 1 Jun 2027, Kepala Desa 002")
	said = text(o.sent(path+"/join", "nik", worker(7, "").NIK, "name", "Baru", "from", "2027-06-05"))
	require.Contains(t, said, "Pernyataan nihil sebelumnya")
	require.NotContains(t, text(o.page("/agreements/"+a.ID)), "SPTJM 470/12", "there are names now")
}

func TestTargetsAreSetAtOnceAndOneByOneAndTellWhoIsShort(t *testing.T) {
	t.Parallel()
	o, a, duties := listed(t)
	path := "/agreements/" + a.ID + "/targets"
	year := duties[0].PeriodID
	require.Contains(t, text(o.page(path)), "Belum ada target")
	body := o.refused(path, "year", year, "kind_of_unit", "desa", "minimum", "5", "rows", "Desa 009; 4")
	require.Contains(t, text(body), "Baris 1: there is no such unit")
	require.Contains(t, body, "Desa 009; 4</textarea>")
	require.Contains(t, text(o.refused(path, "year", year, "rows", "Desa 001; banyak")), "Tulis angka bulat")
	require.Contains(t, text(o.refused(path, "year", year)), "Isi dulu: pilih jenisnya")
	said := text(o.sent(path, "year", year, "kind_of_unit", "desa", "minimum", "5", "reserve", "1", "rows", "Desa 001\t2\t3\r\nDesa 002;1;;", "according", "SE Bupati"))
	for _, want := range []string{
		"Target sudah disimpan.", "Desa 001 Kecamatan Andoolo Daftar masuk 2 2 3 – Cukup SE Bupati", "Desa 003 Kecamatan Andoolo Belum menjawab – 5 – 1 Kurang 5 orang",
		"Desa 002 Kecamatan Buke Belum menjawab – 1 – – Kurang 1 orang", "Di bawah target 2 dari 3 yang punya target",
	} {
		require.Contains(t, said, want)
	}
	require.NotContains(t, text(o.page(query(path, "year", year, "show", "below"))), "Desa 001")
	res, csv := o.get(query(path+".csv", "year", year))
	require.Equal(t, http.StatusOK, res.StatusCode)
	require.Contains(t, csv, "Kecamatan Andoolo;desa;Desa 003;Belum menjawab;0;5;0;1;5;0;SE Bupati\r\n")
	empty := open(t)
	b, _ := empty.kabupaten("PKS", 1)
	require.Contains(t, text(empty.page("/agreements/"+b.ID+"/targets")), "Langkah berikutnya: buka satu tahun")
}
