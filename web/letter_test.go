package web_test

import (
	"archive/zip"
	"bytes"
	"image"
	"image/png"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/calendar"
	"payung/ledger"
	"payung/models"
)

var (
	letterheadLink = regexp.MustCompile(`/settings/letterheads/[0-9a-f-]{36}`)
	letterLink     = regexp.MustCompile(`/letters/[0-9a-f-]{36}`)
	letterCode     = regexp.MustCompile(`[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}`)
)

// secretariat is an office whose Sekda signs, with a letterhead, where the lists
// of some villages are late.
func secretariat(t *testing.T, villages int) (o *office, a models.Agreement, head string) {
	t.Helper()
	o = open(t)
	a, _ = o.kabupaten("PKS 2026", villages)
	o.openYear(a, "2026-12-15")
	o.write(func(tx *ledger.Tx) error {
		sekda, err := tx.CreatePost(a.PemdaPartyID, ledger.PostInput{Title: "Sekretaris Daerah", Role: "sekda"})
		if err != nil {
			return err
		}
		_, err = tx.AssignHolder(sekda.ID, ledger.HolderInput{Name: "Dra. Contoh Sekda, M.Si.", ValidFrom: "2026-01-01"})
		return err
	})
	o.at = calendar.Day("2026-12-16").In(calendar.WITA, 9, 0)
	body := o.sent("/settings/letterheads", append(headFields(), "owner", a.PemdaPartyID)...)
	return o, a, letterheadLink.FindString(body)
}

func headFields() []string {
	return []string{
		"name", "Sekretariat Daerah", "names", "PEMERINTAH KABUPATEN CONTOH\r\nSEKRETARIAT DAERAH", "address", "Jalan Contoh Nomor 1", "place", "Andoolo", "code", "Setda",
		"pattern", "560/{no}/{unit}/{year}", "paper", "f4", "font", "sans", "points", "11", "top", "20", "right", "20", "bottom", "15", "left", "25",
	}
}

func TestAnOfficeMakesItsLetterhead(t *testing.T) {
	t.Parallel()
	o := open(t)
	require.Contains(t, text(o.page("/settings/letterheads")), "Belum ada kop surat.")
	a, _ := o.kabupaten("PKS 2026", 1)
	typed := append(headFields(), "owner", a.PemdaPartyID)
	typed[11] = "560/{year}"
	body := o.refused("/settings/letterheads", typed...)
	require.Contains(t, body, "560/{year}", "what was typed is kept")
	require.Contains(t, body, `aria-invalid="true"`)
	body = o.sent("/settings/letterheads", append(headFields(), "owner", a.PemdaPartyID)...)
	head := letterheadLink.FindString(body)
	require.Contains(t, text(body), "Kepala desa dan lurah tidak boleh dari kop ini", "there is no Sekda yet")

	var arms, form bytes.Buffer
	require.NoError(t, png.Encode(&arms, image.NewNRGBA(image.Rect(0, 0, 64, 80))))
	f := multipart.NewWriter(&form)
	w, err := f.CreateFormFile("file", "lambang.png")
	require.NoError(t, err)
	_, err = w.Write(arms.Bytes())
	require.NoError(t, err)
	require.NoError(t, f.Close())
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, head+"/logo", &form)
	r.Header.Set("Content-Type", f.FormDataContentType())
	res, _ := o.ask(r)
	require.Equal(t, http.StatusSeeOther, res.StatusCode)
	res, picture := o.get(head + "/logo.png")
	require.Equal(t, "image/png", res.Header.Get("Content-Type"))
	require.NotEmpty(t, picture)
	_, pdf := o.get(head + "/sample.pdf")
	require.True(t, strings.HasPrefix(pdf, "%PDF-"))

	o.write(func(tx *ledger.Tx) error {
		_, err := tx.CreatePost(a.PemdaPartyID, ledger.PostInput{Title: "Sekretaris Daerah", Role: "sekda"})
		return err
	})
	require.Contains(t, text(o.page(head)), "a.n. Bupati, Sekretaris Daerah Jabatan kosong: surat belum dapat diterbitkan.")
	require.Contains(t, text(o.page(head+"?lang=en")), "a.n. Bupati, Sekretaris Daerah Nobody holds the post")
}

func TestSilentVillagesAreWrittenToAndTheLetterIsChecked(t *testing.T) {
	t.Parallel()
	o, a, head := secretariat(t, 3)
	path := "/agreements/" + a.ID + "/letters"
	headID := strings.TrimPrefix(head, "/settings/letterheads/")
	body := text(o.page(path))
	require.Contains(t, body, "Surat yang perlu ditulis sekarang (3) Surat permintaan data: 3 OPD atau desa Memberi waktu 5 hari kerja sejak dikirim.")
	require.Contains(t, body, "lewat 1 hari dari 15 Des 2026")
	require.Contains(t, body, "Belum ada surat.")
	body = o.sent(path+"/prepare", "letterhead_id", headID, "how", "each")
	require.Contains(t, text(body), "Tidak ada yang perlu disurati sekarang")
	require.Contains(t, text(body), "Konsep sudah disiapkan")
	letter := letterLink.FindString(body)
	draft := o.page(letter)
	require.NotRegexp(t, letterCode, text(draft), "a draft has no code")

	edited := o.sent(letter+"/edit", "subject", "Permintaan Data <b>Desa</b>", "nature", "segera", "enclosure", "", "workdays", "7",
		"body", "Paragraf {wanted} {year}.\r\n\r\nSampai {deadline}.", "middle", "", "closing", "Demikian.", "copies", "Bupati Contoh\r\nInspektorat")
	require.Contains(t, edited, "Permintaan Data &lt;b&gt;Desa&lt;/b&gt;")
	require.Contains(t, text(edited), "7 hari kerja sejak dikirim")
	wrong := o.refused(letter+"/edit", "subject", "x", "nature", "biasa", "body", "Paragraf {nama}.", "closing", "Demikian.", "workdays", "7")
	require.Contains(t, wrong, "Paragraf {nama}.", "what was typed is kept")

	body = o.sent(path+"/issue", "kind", "data_request", "on", "", "take_number", "1")
	require.Contains(t, text(body), "560/3/Setda/2026")
	issued := text(o.page(letter))
	require.Contains(t, issued, "a.n. Bupati, Sekretaris Daerah Dra. Contoh Sekda, M.Si.")
	code := letterCode.FindString(issued)
	require.NotEmpty(t, code)
	require.NotContains(t, issued, "menggambar surat ini sedikit berbeda", "drawn again it is the same")

	checked := text(o.page("/v/" + strings.ToLower(strings.ReplaceAll(code, "-", "%20"))))
	require.Contains(t, checked, "Berlaku Nomor 560/")
	require.NotContains(t, checked, "Contoh Sekda", "nobody's name is on the public page")
	require.Contains(t, text(o.page("/v/"+code+"?lang=en")), "Valid Number 560/")
	res, unknown := o.get("/v/AAAA-BBBB-CCCC")
	require.Equal(t, http.StatusNotFound, res.StatusCode)
	require.Contains(t, text(unknown), "Kode ini tidak dikenal. Periksa lagi hurufnya.")
	require.Equal(t, "noindex, nofollow", res.Header.Get("X-Robots-Tag"))

	_, pdf := o.get(path + ".pdf?state=issued")
	require.True(t, strings.HasPrefix(pdf, "%PDF-"))
	_, packed := o.get(path + ".zip?state=issued")
	files, err := zip.NewReader(strings.NewReader(packed), int64(len(packed)))
	require.NoError(t, err)
	require.Len(t, files.File, 3)
	require.Equal(t, "001-data_request-560-1-Setda-2026.pdf", files.File[0].Name)

	o.at = calendar.Day("2026-12-18").In(calendar.WITA, 9, 0)
	again := o.refused(letter+"/send", "on", "2026-12-15", "how", "hand", "received_by", "Ibu Sekcam", "note", "")
	require.Contains(t, again, "Ibu Sekcam", "what was typed is kept")
	sent := text(o.sent(letter+"/send", "on", "2026-12-17", "how", "hand", "received_by", "Ibu Sekcam", "note", ""))
	require.Contains(t, sent, "7 hari kerja sejak dikirim: Rabu, 30 Desember 2026", "24 December is leave, 25 December a holiday")
	require.Contains(t, sent, "Kamis, 17 Desember 2026, diantar langsung diterima Ibu Sekcam")
	_, register := o.get(path + ".csv")
	require.Contains(t, register, "Nomor;Tanggal surat;Jenis;Hal;Kepada;Keadaan;Dikirim;Cara;Batas jawaban")
	require.Contains(t, register, "2026-12-17;diantar langsung;2026-12-30")

	corrected := o.sent(letter+"/correct", "reason", "nama keliru")
	require.Contains(t, text(corrected), "versi 2")
	second := letterLink.FindString(regexp.MustCompile(`/letters/[0-9a-f-]{36}/issue`).FindString(corrected))
	o.sent(second+"/issue", "on", "2026-12-18", "take_number", "1")
	require.Contains(t, text(o.page("/v/"+code)), "Diganti Sudah diganti dengan Nomor 560/4/Setda/2026, Jumat, 18 Desember 2026.")
	o.sent(second+"/withdraw", "reason", "keliru")
	require.Contains(t, text(o.page(second)), "Dicabut")
}

func TestMinutesAreWrittenFromTheMeeting(t *testing.T) {
	t.Parallel()
	o, a, head := secretariat(t, 2)
	path := "/agreements/" + a.ID + "/letters/new"
	headID := strings.TrimPrefix(head, "/settings/letterheads/")
	require.Contains(t, text(o.page(path)), "Pilih jenis surat.")
	form := o.page(path + "?kind=minutes")
	meeting := regexp.MustCompile(`<option value="([0-9a-f-]{36})">20 Januari 2026, Andoolo`).FindStringSubmatch(form)
	require.NotEmpty(t, meeting, text(form))
	for _, kind := range []string{"minutes", "record", "attendance"} {
		draft := o.sent(path, "kind", kind, "letterhead_id", headID, "about", "meeting", "about_id", meeting[1])
		letter := letterLink.FindString(regexp.MustCompile(`/letters/[0-9a-f-]{36}/issue`).FindString(draft))
		body := text(o.sent(letter+"/issue", "on", "2026-12-16"))
		require.Contains(t, body, "Terbit", kind)
		_, docx := o.get(letter + "/letter.docx")
		require.True(t, strings.HasPrefix(docx, "PK"), kind)
	}
	empty := o.refused(path, "kind", "invitation", "letterhead_id", headID, "meeting_on", "2026-12-20", "meeting_room", "Aula", "meeting_agenda", "Rapat")
	require.Contains(t, empty, `value="Aula"`, "what was typed is kept")
	invited := o.sent(path, "kind", "invitation", "letterhead_id", headID, "meeting_on", "2026-12-20", "meeting_from", "09.00", "meeting_room", "Aula", "meeting_agenda", "Rekonsiliasi", "level", "kecamatan")
	require.Contains(t, text(invited), "Camat Andoolo dan 1 lainnya")
	recap := o.sent(path, "kind", "recap", "letterhead_id", headID)
	require.Contains(t, text(recap), "Rekapitulasi")
}

func TestWhoAsksTooOftenWaitsAMinute(t *testing.T) {
	t.Parallel()
	o := open(t)
	status := 0
	for range 61 {
		res, _ := o.get("/v/AAAA-BBBB-CCCC")
		status = res.StatusCode
	}
	require.Equal(t, http.StatusTooManyRequests, status)
}
