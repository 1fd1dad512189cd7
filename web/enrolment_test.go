package web_test

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"payung/domain/calendar"
	"payung/ledger"
	"payung/models"
)

// sentBatch is a batch of two people of the first village at the branch.
func sentBatch(t *testing.T) (o *office, a models.Agreement, path string) {
	t.Helper()
	o, a, _ = listed(t)
	list := "/agreements/" + a.ID + "/enrolments"
	require.Contains(t, text(o.page(list)), "Belum ada gelombang pendaftaran")
	year := ""
	o.write(func(tx *ledger.Tx) error {
		periods, err := tx.Periods(a.ID)
		year = periods[0].ID
		return err
	})
	res, body := o.post(list, "year", year, "forms_on", "2027-06-01", "receipt", "TT-9")
	require.Equal(t, http.StatusSeeOther, res.StatusCode, text(body))
	path, _, _ = strings.Cut(res.Header.Get("Location"), "?")
	page := text(o.page(path))
	require.Contains(t, page, "Lengkapi formulir dan kirim nama ke BPJS Ketenagakerjaan")
	require.Contains(t, page, "30 hari kerja sejak 1 Jun 2027")
	require.Contains(t, page, "2 orang siap dikirim")
	require.Contains(t, text(o.sent(path+"/send", "sent_on", "2027-06-10")), "Menunggu jawaban BPJS Ketenagakerjaan")
	return o, a, path
}

func TestABatchIsFollowedFromItsFormsToItsLastCard(t *testing.T) {
	t.Parallel()
	o, a, path := sentBatch(t)
	list := text(o.page("/agreements/" + a.ID + "/enrolments"))
	require.Contains(t, list, "Yang paling dekat batas waktunya")
	require.Contains(t, list, "2 belum dijawab")

	again := o.refused(path+"/rows", "row", "1", "state.1", "registered", "card.1", "15")
	require.Contains(t, text(again), "has 8 to 20 letters or digits")
	require.Contains(t, again, `value="15"`, "what was typed is kept")
	page := text(o.sent(path+"/rows", "row", "1", "state.1", "registered", "card.1", "15012345678"))
	require.Contains(t, page, "KPJ •••5678")
	require.NotContains(t, page, "15012345678")
	require.Contains(t, text(o.sent(path+"/rows", "row", "2", "state.2", "rejected", "reason.2", "nik_not_found")), "1 nama perlu diperbaiki")

	require.Contains(t, text(o.sent(path+"/cards", "certificate", "S-1")), "Serahkan kartu kepada pekerja")
	unit := ""
	o.write(func(tx *ledger.Tx) error {
		units, err := tx.EnrolmentUnits(strings.TrimPrefix(path, "/enrolments/"))
		unit = units[0].UnitID
		return err
	})
	require.Contains(t, text(o.refused(path+"/receipts", "to", unit, "people", "5", "receiver", "Sekdes")), "between 1 and 1 people")
	page = text(o.sent(path+"/receipts", "to", unit, "people", "1", "receiver", "Sekdes Contoh"))
	require.Contains(t, page, "Semua nama sudah dijawab")
	require.Contains(t, page, "Sekdes Contoh")
	require.Contains(t, text(o.page("/agreements/"+a.ID+"/enrolments?lang=en")), "Done")
}

func TestAVillageSeesWhichOfItsNamesCameBack(t *testing.T) {
	t.Parallel()
	o, a, path := sentBatch(t)
	o.sent(path+"/rows", "row", "1", "state.1", "rejected", "reason.1", "name_differs")
	var duty models.Obligation
	o.write(func(tx *ledger.Tx) error {
		all, err := tx.Obligations(ledger.ObligationFilter{AgreementID: a.ID, Kind: ledger.KindCorrection}, ledger.Page{Size: 10})
		duty = all[0]
		return err
	})
	require.Contains(t, o.page("/agreements/"+a.ID), "/corrections/"+duty.ID, "the matrix leads there")
	page := text(o.page("/corrections/" + duty.ID))
	require.Contains(t, page, "Nama tidak sama dengan data kependudukan")
	require.Contains(t, page, "Periksa: Nama lengkap")
	require.Contains(t, page, "1 belum diperbaiki")
	require.Contains(t, text(o.sent("/corrections/"+duty.ID, "row", "1", "how", "again")), "Semua sudah ditangani")
	res, _ := o.post("/corrections/"+duty.ID, "row", "1", "how", "again")
	require.Equal(t, http.StatusUnprocessableEntity, res.StatusCode)
}

// TestTheFileForTheBranchComesBackWithItsAnswers fills in the very file that the
// page gives out.
func TestTheFileForTheBranchComesBackWithItsAnswers(t *testing.T) {
	t.Parallel()
	for _, lang := range []calendar.Lang{calendar.ID, calendar.EN} {
		t.Run(string(lang), func(t *testing.T) {
			t.Parallel()
			o, _, path := sentBatch(t)
			res, body := o.ask(httptest.NewRequestWithContext(t.Context(), http.MethodGet, path+"/answers.xlsx?lang="+string(lang), nil))
			require.Equal(t, http.StatusOK, res.StatusCode)
			f, err := excelize.OpenReader(strings.NewReader(body))
			require.NoError(t, err)
			rows, err := f.GetRows("Jawaban")
			require.NoError(t, err)
			require.Len(t, rows, 3)
			require.Equal(t, "••••••••••••", rows[1][3][:12*len("•")], "masked")
			require.NoError(t, f.SetCellValue("Jawaban", "F2", map[calendar.Lang]string{calendar.ID: "diterima", calendar.EN: "accepted"}[lang]))
			require.NoError(t, f.SetCellValue("Jawaban", "G2", "15012345678"))
			require.NoError(t, f.SetCellValue("Jawaban", "C3", "Orang Lain"))
			require.NoError(t, f.SetCellValue("Jawaban", "D3", ""))
			require.NoError(t, f.SetCellValue("Jawaban", "F3", "ya"))
			var filled bytes.Buffer
			require.NoError(t, f.Write(&filled))
			require.NoError(t, f.Close())
			code, page := o.upload(path+"/file", filled.Bytes())
			require.Equal(t, http.StatusUnprocessableEntity, code)
			require.Contains(t, text(page), "1 baris berkas belum dicatat")
			require.Contains(t, text(page), "Nama atau NIK di baris ini milik orang lain")
			require.Contains(t, text(page), "1 terdaftar")
			code, page = o.upload(path+"/file", []byte("apa;ini\n1;2\n"))
			require.Equal(t, http.StatusUnprocessableEntity, code)
			require.Contains(t, text(page), "needs a heading with the columns")
		})
	}
}

// upload posts a form with a file.
func (o *office) upload(path string, content []byte) (int, string) {
	o.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", "jawaban.xlsx")
	require.NoError(o.t, err)
	_, err = part.Write(content)
	require.NoError(o.t, err)
	require.NoError(o.t, form.Close())
	r := httptest.NewRequestWithContext(o.t.Context(), http.MethodPost, path, io.NopCloser(&body))
	r.Header.Set("Content-Type", form.FormDataContentType())
	res, page := o.ask(r)
	return res.StatusCode, page
}

func TestWholeNIKsOfABatchAreGivenOutForAPurposeOnly(t *testing.T) {
	t.Parallel()
	o, _, path := sentBatch(t)
	require.NotContains(t, o.page(path+"/rows.csv"), worker(1, "").NIK)
	require.Contains(t, text(o.refused(path+"/reveal", "purpose", "")), "say what the number is needed for")
	res, body := o.post(path+"/reveal", "purpose", "bpjs_exchange")
	require.Equal(t, http.StatusOK, res.StatusCode)
	f, err := excelize.OpenReader(strings.NewReader(body))
	require.NoError(t, err)
	rows, err := f.GetRows("Jawaban")
	require.NoError(t, err)
	require.NoError(t, f.Close())
	require.Contains(t, []string{rows[1][3], rows[2][3]}, worker(1, "").NIK)
}

func TestABatchOfManyIsRegisteredAtOnceAndWithdrawnBeforeItIsSent(t *testing.T) {
	t.Parallel()
	o, a, path := sentBatch(t)
	require.Contains(t, text(o.sent(path+"/all", "npp", "20000001")), "Menunggu sertifikat dan kartu")
	year := ""
	o.write(func(tx *ledger.Tx) error {
		periods, err := tx.Periods(a.ID)
		year = periods[0].ID
		return err
	})
	res, _ := o.post("/agreements/"+a.ID+"/enrolments", "year", year)
	second, _, _ := strings.Cut(res.Header.Get("Location"), "?")
	require.Contains(t, text(o.refused(second+"/send")), "nobody on the lists of this year is ready")
	require.Contains(t, text(o.sent(second+"/withdraw", "reason", "salah")), "dibatalkan sebelum dikirim")
	require.Contains(t, o.page("/agreements/"+a.ID+"/enrolments.csv"), "Gelombang;")
	require.Equal(t, http.StatusUnprocessableEntity, func() int {
		res, _ := o.post("/agreements/"+a.ID+"/enrolments", "year", year, "forms_on", "besok")
		return res.StatusCode
	}())
}
