package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/ledger"
	"payung/models"
)

// heads are the posts of an agreement's government by title.
func (o *office) heads(a models.Agreement) map[string]models.Post {
	o.t.Helper()
	out := map[string]models.Post{}
	o.write(func(tx *ledger.Tx) error {
		rows, err := tx.Posts(a.PemdaPartyID, ledger.Page{Size: 1000})
		for _, p := range rows {
			out[p.Title] = p
		}
		return err
	})
	return out
}

func TestPostsStandBelowTheirSuperiors(t *testing.T) {
	t.Parallel()
	c := counting(t, 4)
	posts := c.heads(c.agreement)
	body := c.page("/posts")
	for _, want := range []string{"6 jabatan kosong", "Camat Andoolo", "2 jabatan di bawahnya", "Kepala Desa 001", "1 tugas terbuka", "Ada 5 tugas terbuka di sana"} {
		require.Contains(t, text(body), want)
	}
	require.Less(t, strings.Index(body, "Camat Andoolo"), strings.Index(body, "Kepala Desa 001"))
	require.Contains(t, c.page("/settings"), `href="/posts"`)

	c.sent("/posts/"+posts["Kepala Desa 001"].ID+"/holders", "name", "Siti", "phone", "0811", "valid_from", "2026-01-01", "capacity", "pj", "mandate", "SK 1/2026")
	require.Contains(t, text(c.page("/posts")), "Pj. Siti")
	vacant := text(c.page("/posts?which=vacant"))
	require.NotContains(t, vacant, "Kepala Desa 001")
	require.Contains(t, vacant, "Kepala Desa 002")
	require.Contains(t, text(c.page("/posts?which=unheard")), "tidak ada siapa pun")
	found := text(c.page("/posts?q=siti"))
	require.Contains(t, found, "Yang ditemukan (1)")
	require.Contains(t, text(c.page("/posts?q=tidak+ada")), "Tidak ada jabatan seperti itu")
	_, file := c.get("/posts.csv?q=siti")
	require.Contains(t, file, "Kecamatan Andoolo;Desa 001;Kepala Desa 001;Siti;Pj.;SK 1/2026;2026-01-01;;Camat Andoolo;Siti;pejabatnya sendiri;1\r\n")
	res, _ := c.get("/posts?party=lain")
	require.Equal(t, http.StatusNotFound, res.StatusCode)
	require.Contains(t, text(c.page("/posts?lang=en")), "posts are vacant")
}

func TestAPostShowsWhoHoldsItAndWhatItOwes(t *testing.T) {
	t.Parallel()
	c := counting(t, 2)
	posts := c.heads(c.agreement)
	path := "/posts/" + posts["Kepala Desa 001"].ID
	body := text(c.page(path))
	for _, want := range []string{"Tidak ada siapa pun", "Daftar nama", "batas waktu Selasa, 15 Desember 2026", "belum disurati", "Belum ada pejabat yang tercatat"} {
		require.Contains(t, body, want)
	}
	camat := "/posts/" + posts["Camat Andoolo"].ID
	c.sent(camat+"/holders", "name", "Budi", "email", "budi@example.id", "valid_from", "2026-01-01")
	require.Contains(t, text(c.page(path)), "Budi (atasan: Camat Andoolo )")
	require.Contains(t, text(c.page(camat)), "Sementara juga menerima pesan untuk: Kepala Desa 001")

	wrong := c.refused(path+"/holders", "name", "Siti <b>", "valid_from", "2026-02-01", "valid_to", "2026-01-01")
	require.Contains(t, wrong, "Siti &lt;b&gt;")
	require.Contains(t, text(wrong), "Hari terakhir harus di antara")
	require.Contains(t, text(c.office.sent(path+"/holders", "name", "Siti", "phone", "0811", "valid_from", "2026-01-01")), "Pejabat sudah dicatat")

	bent := c.refused(camat, "title", "Camat Andoolo", "superior_id", posts["Kepala Desa 001"].ID, "deputy_id", "")
	require.Contains(t, text(bent), "Camat Andoolo akan menjadi atasan dirinya sendiri")
	c.sent(path, "title", "Kades Satu", "superior_id", posts["Camat Buke"].ID, "deputy_id", posts["Camat Andoolo"].ID)
	require.Contains(t, text(c.page("/posts/"+posts["Camat Buke"].ID)), "Kades Satu")

	holder := holderOf(t, c.page(path))
	require.Contains(t, c.refused("/holders/"+holder+"/vacate", "last_day", "2025-01-01"), "aria-invalid")
	require.Contains(t, text(c.office.sent("/holders/"+holder+"/vacate", "last_day", "2026-11-22")), "Hari terakhirnya sudah dicatat")
	require.Contains(t, text(c.page(path)), "(pengganti: Camat Andoolo )")
	for _, missing := range []string{"/posts/x", "/holders/x/preference", "/holders/x/handover"} {
		res, _ := c.get(missing)
		require.Equal(t, http.StatusNotFound, res.StatusCode, missing)
	}
}

// holderOf is the first holder a post's page names.
func holderOf(t *testing.T, body string) string {
	t.Helper()
	found := regexp.MustCompile(`/holders/([^/]+)/preference`).FindStringSubmatch(body)
	require.NotNil(t, found)
	return found[1]
}

func TestAHandoverNoteCanBePrinted(t *testing.T) {
	t.Parallel()
	c := counting(t, 2)
	path := "/posts/" + c.heads(c.agreement)["Kepala Desa 001"].ID
	c.sent(path+"/holders", "name", "Siti", "valid_from", "2026-01-01")
	c.wake(c.agreement, "2026-12-08")
	first := holderOf(t, c.page(path))
	c.sent(path+"/holders", "name", "Tono", "capacity", "plt", "mandate", "SPT 9", "valid_from", "2026-12-08")
	note := text(c.page("/holders/" + first + "/handover"))
	for _, want := range []string{"Catatan serah terima", "Keadaan pada akhir Senin, 7 Desember 2026", "Siti", "Plt. Tono", "SPT 9", "1 tugas terbuka", "belum disurati"} {
		require.Contains(t, note, want, "what was told on the 8th was not told on the 7th")
	}
	now := text(c.page("/holders/" + holderOf(t, c.page(path)) + "/handover"))
	require.Contains(t, now, "1 kali disurati, terakhir T-7 pada")
	_, file := c.get("/holders/" + first + "/handover.csv")
	require.Contains(t, file, "PKS 2026;")
	require.Contains(t, file, ";Desa 001;2026-12-15;0;;0")
}

func TestAHolderChoosesHowToBeTold(t *testing.T) {
	t.Parallel()
	c := counting(t, 2)
	path := "/posts/" + c.heads(c.agreement)["Kepala Desa 001"].ID
	c.sent(path+"/holders", "name", "Siti", "phone", "0811", "email", "siti@example.id", "valid_from", "2026-01-01")
	form := "/holders/" + holderOf(t, c.page(path)) + "/preference"
	require.Contains(t, text(c.page(form)), "Permintaan resmi bertanggal tetap disampaikan")
	wrong := c.refused(form, "language", "id", "first", "whatsapp", "opted_in_on", "2026-11-20", "stopped", "email")
	require.Contains(t, wrong, `value="email" checked`)
	require.Contains(t, wrong, `value="2026-11-20"`)
	require.Contains(t, text(c.office.sent(form, "language", "en", "first", "whatsapp", "second", "inbox", "opted_in_on", "2026-11-20", "opted_in_how", "formulir", "stopped", "email")), "setuju WhatsApp 20 Nov 2026")
	body := text(c.page(path))
	require.Contains(t, body, "WhatsApp otomatis, Kotak masuk")
	again := c.page(form)
	require.Contains(t, again, `value="email" checked`)
	require.Contains(t, again, `<option value="whatsapp" selected>`)
}

func TestLinesAreSetAtOnceAfterAPreview(t *testing.T) {
	t.Parallel()
	c := counting(t, 4)
	c.write(func(tx *ledger.Tx) error {
		if _, err := tx.CreatePost(c.agreement.PemdaPartyID, ledger.PostInput{Title: "Sekretaris Daerah", Role: "sekda"}); err != nil {
			return err
		}
		_, err := tx.CreateUnits(c.agreement.PemdaPartyID, []ledger.UnitInput{{Kind: "opd", Name: "DPMD", HeadTitle: "Kepala DPMD"}})
		return err
	})
	c.sent("/posts", "party", c.agreement.PemdaPartyID, "title", "Bupati", "role", "regent")
	require.Contains(t, text(c.refused("/posts", "party", c.agreement.PemdaPartyID, "title", " ")), "diperlukan")
	posts := c.heads(c.agreement)
	preview := text(c.page("/posts/lines"))
	for _, want := range []string{"4 perubahan", "Sekretaris Daerah Atasan tidak ada Bupati", "Camat Andoolo Atasan tidak ada Kepala DPMD", "4 jabatan sudah sesuai"} {
		require.Contains(t, preview, want)
	}
	chosen := []string{"party", c.agreement.PemdaPartyID, "regent", posts["Bupati"].ID, "sekda", posts["Sekretaris Daerah"].ID, "villages", posts["Kepala DPMD"].ID}
	bent := c.page(query("/posts/lines", "party", c.agreement.PemdaPartyID, "regent", "", "sekda", posts["Sekretaris Daerah"].ID, "villages", ""))
	require.Contains(t, text(bent), "1 perubahan")
	require.Contains(t, text(c.refused("/posts/lines", append(chosen[:6:6], "villages", "x")...)), "bukan jabatan pada pihak yang sama")
	require.Contains(t, text(c.office.sent("/posts/lines", chosen...)), "Garis atasan sudah disimpan")
	require.Contains(t, text(c.page("/posts/lines")), "Tidak ada yang perlu diubah")
	tree := c.page("/posts")
	for _, pair := range [][2]string{{"Bupati", "Sekretaris Daerah"}, {"Sekretaris Daerah", "Kepala DPMD"}, {"Kepala DPMD", "Camat Andoolo"}, {"Camat Andoolo", "Kepala Desa 001"}} {
		require.Less(t, strings.Index(tree, "<strong>"+pair[0]), strings.Index(tree, "<strong>"+pair[1]), pair)
	}
}

func TestAnInstallationWithoutPartiesSaysWhatComesNext(t *testing.T) {
	t.Parallel()
	o := open(t)
	require.Contains(t, text(o.page("/posts")), "Belum ada Pemda yang tercatat")
	require.Contains(t, text(o.page("/posts/lines")), "Belum ada Pemda yang tercatat")
}
