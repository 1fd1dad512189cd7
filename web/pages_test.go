package web_test

import (
	"compress/gzip"
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

func TestAnEmptyRecapSaysWhatComesNext(t *testing.T) {
	t.Parallel()
	o := open(t)
	require.Contains(t, text(o.page("/")), "Belum ada perjanjian Langkah berikutnya: catat para pihak")
	require.Contains(t, text(o.page("/?lang=en")), "No agreements yet Next: record the parties")
	require.Contains(t, text(o.page("/inbox")), "Surat pertama keluar menjelang batas waktu")
}

func TestTheRecapTellsReportedFromComputed(t *testing.T) {
	t.Parallel()
	o := open(t)
	a, _ := o.kabupaten("PKS 2026", 4)
	o.openYear(a, "2026-12-15")
	body := text(o.page("/"))
	require.Contains(t, body, "sekitar 2 dari 4 desa (50,00%) sudah membayar penuh setahun menurut Sekretaris Daerah (ANTARA), per 7 Februari 2026")
	require.Contains(t, body, "0 dari 5 tugas (0,00%)")
	require.Contains(t, body, "Sudah ditandatangani, belum ada orang yang terlindungi")
	require.Contains(t, body, "surat berikutnya 8 Des 2026 08.00 WITA")
	require.Contains(t, body, "Kabupaten Wakatobi Pegawai non-ASN (honorer) Belum mulai Sosialisasi")
	english := text(o.page("/?lang=en"))
	require.Contains(t, english, "about 2 of 4 villages (50.00%)")
	require.Contains(t, english, "next letter 8 Dec 2026 08:00 WITA")
}

func TestTheMatrixShowsEveryStateInWords(t *testing.T) {
	t.Parallel()
	o := open(t)
	a, _ := o.kabupaten("PKS 2026", 6)
	o.openYear(a, "2026-12-15")
	o.wake(a, "2026-12-08")
	duties := o.rosters(a)
	o.write(func(tx *ledger.Tx) error {
		if _, err := tx.Close(duties[0].ID, ledger.Closing{How: "nihil", Signatory: "Kepala Desa"}); err != nil {
			return err
		}
		if _, err := tx.Close(duties[1].ID, ledger.Closing{How: "receiver", People: 10}); err != nil {
			return err
		}
		names := ledger.RosterInput{Rows: []ledger.RosterRowInput{{
			NIK: nik.Synthetic(101, "1980-05-17", false, 1).Reveal(), Name: "Contoh", Born: "1980-05-17", Sex: "male",
		}}}
		if _, err := tx.SubmitRoster(duties[2].ID, names); err != nil {
			return err
		}
		if _, err := tx.Pause(duties[3].ID, ledger.PauseInput{Note: "di BPJS"}); err != nil {
			return err
		}
		_, err := tx.Extend(duties[4].ID, ledger.Extension{TargetOn: "2026-12-29", Reason: "banjir", ApprovedBy: "Sekda"})
		return err
	})
	o.wake(a, "2026-12-17")
	body := text(o.page("/agreements/" + a.ID))
	require.Contains(t, body, "1 terlambat 1 belum ada jawaban 1 waktu dihentikan 1 nihil 1 diterima BPJS 1 daftar masuk", "the totals of the year's lists")
	require.Contains(t, body, "Kecamatan Andoolo 3 OPD atau desa")
	require.Contains(t, body, "Kecamatan Buke 3 OPD atau desa")
	for _, word := range []string{"Terlambat 2 hari", "Belum ada jawaban", "Waktu dihentikan", "Nihil", "Daftar masuk", "Diterima BPJS", "Belum terdaftar", "Terdaftar di BPJS 10", "batas waktu belum ditentukan"} {
		require.Contains(t, body, word)
	}
	waiting := text(o.page("/agreements/" + a.ID + "?show=waiting"))
	require.NotContains(t, waiting, "Desa 001")
	require.Contains(t, waiting, "Desa 006")
	require.Contains(t, waiting, "1 diterima BPJS", "totals stay those of all")
}

func TestTheAgreementTellsItsStory(t *testing.T) {
	t.Parallel()
	o := open(t)
	a, _ := o.kabupaten("PKS 2026", 2)
	body := text(o.page("/agreements/" + a.ID))
	for _, said := range []string{
		"Perbup No. 24 Tahun 2021 berlaku Juni 2021", "ANTARA) menyebut Perbup No. 21 Tahun 2021; keduanya dicatat", "Rapat KSO Selasa, 20 Januari 2026",
		"1 dari 1 desa hadir", "Penanda tangan: Bupati, Kepala Cabang", "Saksi: Wakil Bupati", "Santunan dibayarkan: Rp24.000.000",
		"Target minimal 50 orang", "Harapan 100 orang", "Pagu Rp282.240.000", "Direncanakan untuk 2028", "(dihitung sumber, tidak disebut namanya)", "560/12",
	} {
		require.Contains(t, body, said)
	}
	past := text(o.page("/agreements/" + a.ID + "?as_of=2026-01-26"))
	require.Contains(t, past, "Keadaan per Senin, 26 Januari 2026")
	require.NotContains(t, past, "PKS ditandatangani", "that was on the 27th")
}

func TestADayThatCannotBeShownKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	o := open(t)
	for path, said := range map[string]string{
		"/?as_of=kemarin%22%3E":       "Tulis tanggal yang ada",
		"/?as_of=2027-01-01":          "Tanggal itu belum tiba",
		"/?as_of=2019-02-30&lang=en":  "Write an existing date",
		"/recap.csv?as_of=2019-02-30": "Tulis tanggal yang ada",
	} {
		res, body := o.get(path)
		require.Equal(t, http.StatusUnprocessableEntity, res.StatusCode, path)
		require.Contains(t, body, said)
		require.Contains(t, body, `aria-invalid="true"`)
	}
	_, body := o.get("/?as_of=kemarin%22%3E")
	require.Contains(t, body, `value="kemarin&#34;&gt;"`)
}

func TestANameCannotBecomeMarkup(t *testing.T) {
	t.Parallel()
	o := open(t)
	a, _ := o.kabupaten(`<script>alert("x")</script>`, 1)
	for _, path := range []string{"/", "/agreements/" + a.ID} {
		body := o.page(path)
		require.NotContains(t, body, "<script")
		require.Contains(t, body, "&lt;script&gt;")
	}
}

func TestAFileIsNeverAFormula(t *testing.T) {
	t.Parallel()
	o := open(t)
	a, _ := o.kabupaten(`=HYPERLINK("http://jahat")`, 2)
	o.openYear(a, "2026-12-15")
	res, body := o.get("/recap.csv?as_of=2026-11-23")
	require.Equal(t, http.StatusOK, res.StatusCode)
	require.True(t, strings.HasPrefix(body, "\ufeffPemda;Perjanjian;"), "Excel needs the mark and semicolons")
	require.Contains(t, body, `"'=HYPERLINK(""http://jahat"")"`)
	require.Contains(t, res.Header.Get("Content-Disposition"), `"rekap-perjanjian-2026-11-23.csv"`)
	_, body = o.get("/agreements/" + a.ID + "/obligations.csv")
	require.Contains(t, body, "Kecamatan Buke;desa;Desa 002;Daftar nama Kepala desa dan perangkat desa 2027;Belum terdaftar;2026-12-15;0;;;0;")
}

func TestALetterIsReadOnceAndTheListStays(t *testing.T) {
	t.Parallel()
	o := open(t)
	a, _ := o.kabupaten("PKS 2026", 2)
	o.openYear(a, "2026-12-15")
	o.wake(a, "2026-12-16")
	body := o.page("/inbox")
	require.Contains(t, text(body), "Surat permintaan ke-2 Daftar nama Kepala desa dan perangkat desa 2027, Desa 002 (Kecamatan Buke)")
	require.Contains(t, text(body), "menggantikan T-7, T-1")
	post := regexp.MustCompile(`<option value="([^"]+)">Camat Buke`).FindStringSubmatch(body)[1]
	one := o.page(query("/inbox", "post", post))
	action := regexp.MustCompile(`action="(/inbox/[^"]+)"`).FindStringSubmatch(one)[1]
	back := regexp.MustCompile(`name="back" value="([^"]+)"`).FindStringSubmatch(one)[1]
	form := httptest.NewRequestWithContext(t.Context(), http.MethodPost, action, strings.NewReader(url.Values{"back": {back}}.Encode()))
	form.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	res, _ := o.ask(form)
	require.Equal(t, http.StatusSeeOther, res.StatusCode)
	require.Equal(t, query("/inbox", "post", post), res.Header.Get("Location"))
	require.Contains(t, text(o.page(query("/inbox", "post", post))), "Dibaca 16 Des 2026 09.00 WITA")
	require.Contains(t, text(o.page(query("/inbox", "post", post, "unread", "1"))), "Belum ada surat.")
	_, file := o.get("/inbox.csv")
	require.Contains(t, file, "Camat Buke;Surat permintaan ke-2;")
}

func TestAPostFromAnotherSiteIsRefused(t *testing.T) {
	t.Parallel()
	o := open(t)
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/inbox/x/read", nil)
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	res, _ := o.ask(r)
	require.Equal(t, http.StatusForbidden, res.StatusCode)
}

func TestErrorsArePagesInBothLanguages(t *testing.T) {
	t.Parallel()
	o := open(t)
	for path, said := range map[string]string{
		"/tidak-ada": "Halaman tidak ditemukan", "/agreements/x": "Halaman tidak ditemukan", "/agreements/x?lang=en": "Page not found",
	} {
		res, body := o.get(path)
		require.Equal(t, http.StatusNotFound, res.StatusCode)
		require.Contains(t, body, said)
	}
	require.NoError(t, o.Close())
	res, body := o.get("/?as_of=2026-01-01")
	require.GreaterOrEqual(t, res.StatusCode, 500)
	require.Contains(t, text(body), "Coba lagi")
	require.NotContains(t, body, "sql")
}

func TestTheLanguageIsTheVisitorsChoice(t *testing.T) {
	t.Parallel()
	o := open(t)
	ask := func(path, accept, cookie string) (*http.Response, string) {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
		r.Header.Set("Accept-Language", accept)
		if cookie != "" {
			r.AddCookie(&http.Cookie{Name: "lang", Value: cookie})
		}
		return o.ask(r)
	}
	for _, c := range []struct{ path, accept, cookie, lang string }{
		{"/", "", "", "id"},
		{"/", "fr-FR,de;q=0.8", "", "id"},
		{"/", "en-GB,id;q=0.5", "", "en"},
		{"/", "in-ID", "", "id"},
		{"/", "en", "id", "id"},
		{"/?lang=id", "en", "en", "id"},
		{"/?lang=xx", "", "en", "en"},
	} {
		_, body := ask(c.path, c.accept, c.cookie)
		require.Contains(t, body, `<html lang="`+c.lang+`">`, "%+v", c)
	}
	res, _ := ask("/?lang=en", "", "")
	require.Equal(t, "en", res.Cookies()[0].Value)
}

func TestSampleDataIsMarkedOnEveryPage(t *testing.T) {
	t.Parallel()
	o := open(t)
	require.NotContains(t, o.page("/"), "DATA CONTOH")
	o.write(func(tx *ledger.Tx) error { return tx.MarkSample() })
	a, _ := o.kabupaten("PKS 2026", 1)
	for _, path := range []string{"/", "/inbox", "/agreements/" + a.ID} {
		require.Contains(t, o.page(path), "DATA CONTOH")
	}
	_, missing := o.get("/agreements/x")
	require.Contains(t, missing, "DATA CONTOH")
}

func TestAnswersAreLockedDownAndSmall(t *testing.T) {
	t.Parallel()
	o := open(t)
	a, _ := o.kabupaten("PKS 2026", 40)
	o.openYear(a, "2026-12-15")
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/agreements/"+a.ID, nil)
	r.Header.Set("Accept-Encoding", "br, gzip")
	res, zipped := o.ask(r)
	require.Contains(t, res.Header.Get("Content-Security-Policy"), "default-src 'none'")
	require.NotContains(t, res.Header.Get("Content-Security-Policy"), "unsafe")
	require.Equal(t, "nosniff", res.Header.Get("X-Content-Type-Options"))
	require.Less(t, len(zipped), 15_000)
	z, err := gzip.NewReader(strings.NewReader(zipped))
	require.NoError(t, err)
	body, err := io.ReadAll(z)
	require.NoError(t, err)
	require.NotRegexp(t, `<script| style="| on[a-z]+="`, string(body))

	sheet := regexp.MustCompile(`href="(/static/app\.[0-9a-f]{8}\.css)"`).FindStringSubmatch(string(body))[1]
	r = httptest.NewRequestWithContext(t.Context(), http.MethodGet, sheet, nil)
	r.Header.Set("Accept-Encoding", "gzip")
	res, css := o.ask(r)
	require.Contains(t, res.Header.Get("Cache-Control"), "immutable")
	require.Equal(t, "gzip", res.Header.Get("Content-Encoding"))
	require.Less(t, len(css), 12_000)
	r.Header.Set("Accept-Encoding", "gzip;q=0")
	res, plain := o.ask(r)
	require.Empty(t, res.Header.Get("Content-Encoding"))
	require.Contains(t, plain, "@layer")
}

func TestAHistoricalAgreementAsksNobody(t *testing.T) {
	t.Parallel()
	o := open(t)
	var a models.Agreement
	o.write(func(tx *ledger.Tx) error {
		pemda, err := tx.CreateParty(ledger.PartyInput{Kind: "pemda", Name: "Kabupaten Wakatobi", RegionCode: "74.07"})
		if err != nil {
			return err
		}
		bpjs, err := tx.CreateParty(ledger.PartyInput{Kind: "bpjs", Name: "BPJS Ketenagakerjaan", RegionCode: "74.71"})
		if err != nil {
			return err
		}
		a, err = tx.CreateAgreement(ledger.AgreementInput{
			Title: "PKS 2022", PemdaPartyID: pemda.ID, BPJSPartyID: bpjs.ID, Historical: true,
			Lines: []ledger.LineInput{{GroupCode: "vulnerable", FundingSource: "apbd_regency"}},
		})
		if err != nil {
			return err
		}
		return tx.RecordSigning(a.ID, ledger.SigningInput{On: calendar.On("2022-03-21"), Signatures: []ledger.SignatureInput{{PartyID: pemda.ID, PostTitle: "Bupati"}}})
	})
	body := text(o.page("/agreements/" + a.ID))
	require.Contains(t, body, "Tidak ada pengingat yang dikirim")
	require.Contains(t, body, "Dasar hukum belum tercatat")
	require.Contains(t, body, "Tanda tangan bukan perlindungan")
	require.Contains(t, text(o.page("/?as_of=2022-03-21")), "PKS ditandatangani Historis")
	require.Contains(t, text(o.page("/?as_of=2022-03-20")), "Belum ada perjanjian yang tercatat pada tanggal itu")
}
