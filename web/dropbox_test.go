package web_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/ledger"
)

const photo = "\xff\xd8\xff\xe0\x00\x10JFIF\x00 a photo of a list"

func TestFilesComeInTogetherAndAreSentToTheirVillages(t *testing.T) {
	t.Parallel()
	c := counting(t, 3)
	c.shows("/files", "Belum ada berkas Langkah berikutnya", "Paling banyak 60 berkas sekali kirim")

	// A template knows whose it is, whatever its name.
	res, template := c.get("/lists/" + c.duties[0].ID + "/template.xlsx")
	require.Equal(t, http.StatusOK, res.StatusCode)
	require.Contains(t, res.Header.Get("Content-Disposition"), "attachment;")

	to := c.went(c.drop("/files", c.party(), [2]string{"sender", "0812-0000-1111"}, [2]string{"on_behalf", "Sekdes"},
		[2]string{"@kiriman.xlsx", template}, [2]string{"@IMG-20261120-WA0007.jpg", photo}, [2]string{"@data.csv", names("Daftar", 1, 3)}))
	batch, _, _ := strings.Cut(to, "?")
	body := c.shows(batch, "kiriman.xlsx", "Desa 001, Kecamatan Andoolo yakin", "tanda pengenal templat kami", "Belum ditempatkan 2", "Diterima, perlu bentuk Excel 1",
		"Gambar sudah diterima", "dari 0812-0000-1111", "diterima oleh operator, atas nama Sekdes", "Tempatkan semua yang yakin (1)")
	require.Contains(t, body, `value="`+c.duties[0].ID+`" checked`)
	require.Contains(t, text(body), "Terima kasih, berkas &#34;data.csv&#34; kami terima Senin, 23 November 2026. Ini daftar dari OPD atau desa mana?")
	require.Contains(t, body, `<option value="Desa 002, Kecamatan Buke"></option>`)
	require.NotContains(t, body, ">data.csv</h3> <p class=\"tags\"><span class=\"tag ok\"")

	// The sure one goes with all sure ones, the other by its name.
	require.Equal(t, batch+"?done=placed_sure", c.sent("/files/place", "batch", strings.TrimPrefix(batch, "/batches/")))
	c.shows(batch+"?show=placed", "kiriman.xlsx", "Sudah ditempatkan", "Perlu diperiksa")
	var id string
	c.write(func(tx *ledger.Tx) error {
		rows, err := tx.NewestUploads(ledger.UploadFilter{State: ledger.UploadUnplaced}, "", 5)
		id = rows[0].ID
		return err
	})
	for typed, said := range map[string]string{"": "Pilih dulu", "Desa 0": "Tidak ada OPD atau desa bernama itu"} {
		require.Contains(t, c.refused("/files/"+id+"/place", "unit", typed), said)
	}
	require.Regexp(t, `^/files\?.*done=placed.*#file-`+id, c.sent("/files/"+id+"/place", "unit", "desa 002,  kecamatan buke"))
	c.shows("/files?show=placed", "Siap diterima: 3 orang", "Desa 002, Kecamatan Buke")

	// Nothing is lost: set aside or not, the original comes back as it was.
	require.Equal(t, "/files?done=set_aside", c.sent("/files/"+id+"/set-aside", "why", "salinan"))
	res, content := c.get("/files/" + id + "/original")
	require.Equal(t, names("Daftar", 1, 3), content)
	require.Contains(t, res.Header.Get("Content-Disposition"), `filename="data.csv"`)

	// The same file again is that file, shown where it is asked about.
	again := c.went(c.drop("/files", c.party(), [2]string{"@lain.csv", names("Daftar", 1, 3)}))
	require.Contains(t, again, "known="+id)
	c.shows(again, "data.csv", "Disisihkan")
}

func TestWhatCannotBeReceivedKeepsNothingElseOut(t *testing.T) {
	t.Parallel()
	c := counting(t, 1)
	many := [][2]string{c.party(), {"sender", "Camat <b>"}}
	for i := range 61 {
		many = append(many, [2]string{"@" + called(i) + ".csv", names("Daftar", i*10+1, i*10+2)})
	}
	for name, tt := range map[string]struct {
		parts [][2]string
		said  []string
	}{
		"61 files":       {many, []string{"60 berkas diterima, sisanya belum", "Paling banyak 60 berkas sekali kirim. Kirim sisanya"}},
		"0 bytes":        {[][2]string{c.party(), {"sender", "Camat <b>"}, {"@kosong.xlsx", ""}, {"@a.csv", names("Daftar", 901, 902)}}, []string{"1 berkas diterima", "kosong.xlsx"}},
		"none chosen":    {[][2]string{c.party(), {"sender", "Camat <b>"}, {"@", ""}}, []string{"Belum ada berkas yang diterima", "Belum ada berkas yang dipilih"}},
		"a file too big": {[][2]string{c.party(), {"sender", "Camat <b>"}, {"@besar.csv", strings.Repeat("x;", 11<<20)}}, []string{"besar.csv : Ukuran berkas paling besar 20 MiB"}},
	} {
		res, body := c.drop("/files", tt.parts...)
		require.Equal(t, http.StatusUnprocessableEntity, res.StatusCode, name)
		for _, said := range tt.said {
			require.Contains(t, text(body), said, name)
		}
		require.Contains(t, body, `role="alert"`, name)
	}
	res, body := c.drop("/files", [2]string{"sender", "Camat <b>"}, c.party(), [2]string{"@kosong.csv", ""})
	require.Equal(t, http.StatusUnprocessableEntity, res.StatusCode)
	require.Contains(t, body, `value="Camat &lt;b&gt;"`, "what was typed is kept")
	require.Contains(t, body, `href="/files?lang=en"`, "the other language shows a page that is there")
}

func TestFilesOfOthersAreNotThere(t *testing.T) {
	t.Parallel()
	c := counting(t, 2)
	c.went(c.drop("/files", c.party(), [2]string{"@a.csv", names("Daftar", 1, 2)}))
	path, _ := c.hand(0, names("Daftar", 3, 4))
	var id string
	c.write(func(tx *ledger.Tx) error {
		rows, err := tx.NewestUploads(ledger.UploadFilter{}, "", 1)
		id = rows[0].ID
		return err
	})
	c.actor = ledger.Actor{Name: "wakatobi", Reach: ledger.Regency, ProvinceCode: "74", RegencyCode: "74.07"}
	for _, there := range []string{
		"/files/" + id + "/original", "/lists/" + c.duties[0].ID, "/lists/" + c.duties[0].ID + "/template.xlsx", path, path + "/columns",
		path + "/errors.xlsx", "/desk/" + c.agreement.ID, "/desk/" + c.agreement.ID + "/waiting", "/batches/X", "/imports/nothing", "/lists/nothing",
	} {
		res, _ := c.get(there)
		require.Equal(t, http.StatusNotFound, res.StatusCode, there)
	}
	for _, there := range []string{
		"/files/" + id + "/place", "/files/" + id + "/set-aside", path + "/accept", path + "/drop", path + "/answers", path + "/columns",
		"/lists/" + c.duties[0].ID + "/person", "/conflicts/none/decide", "/desk/" + c.agreement.ID,
	} {
		res, body := c.post(there, "duty", c.duties[0].ID, "reason", "x", "keeps", "x", "rest", "forgotten", "c0", "nik", "c1", "name", "nik", someone(1), "name", "Wa Ode")
		require.Equal(t, http.StatusNotFound, res.StatusCode, there+text(body))
	}
	require.NotContains(t, c.page("/files"), "a.csv")

	// A page of another site cannot send any of these forms.
	c.actor = ledger.Operator()
	for _, there := range []string{"/files", "/files/place", path + "/accept", "/lists/" + c.duties[0].ID + "/paste", "/conflicts/rule", "/desk/" + c.agreement.ID} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, there, strings.NewReader("x=1"))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "cross-site")
		res, _ := c.ask(r)
		require.Equal(t, http.StatusForbidden, res.StatusCode, there)
	}
}
