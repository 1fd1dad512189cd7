package web_test

import (
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/domain/calendar"
	"payung/ledger"
	"payung/models"
)

// led posts a form that must be taken, and gives the words of the page it leads
// to. A name may come more than once.
func (o *office) led(path string, pairs ...string) string {
	o.t.Helper()
	values := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Add(pairs[i], pairs[i+1])
	}
	return text(o.page(o.went(o.send(path, values))))
}

// camats are the posts of a kabupaten's kecamatan.
func (o *office) camats(a models.Agreement) map[string]string {
	o.t.Helper()
	out := map[string]string{}
	o.write(func(tx *ledger.Tx) error {
		posts, err := tx.Posts(a.PemdaPartyID, ledger.Page{Size: 500})
		for _, p := range posts {
			out[p.Title] = p.ID
		}
		return err
	})
	return out
}

func TestMoreTimeFromTheFormToTheAnswer(t *testing.T) {
	t.Parallel()
	o := open(t)
	a, _ := o.kabupaten("PKS 2026", 4)
	o.openYear(a, "2026-12-15")
	duties, queue := o.rosters(a), "/agreements/"+a.ID+"/extensions"
	require.Contains(t, text(o.page(queue)), "Tidak ada permohonan yang menunggu")
	form := "/obligations/" + duties[0].ID + "/extension"
	body := o.refused(form, "until_on", "2026-12-10", "reason", "Jembatan putus", "asked_by", "Sekdes")
	require.Contains(t, body, "Jembatan putus", "what was typed is kept")
	require.Contains(t, body, "more time needs a date after 2026-12-15")

	require.Contains(t, o.led(form, "until_on", "2026-12-22", "reason", "Jembatan putus", "asked_by", "Sekdes"), "Permohonan sudah dikirim")
	const said = "Permohonan perpanjangan sampai Selasa, 22 Desember 2026 sedang dipertimbangkan"
	for _, page := range []string{form, "/obligations/" + duties[0].ID, "/lists/" + duties[0].ID} {
		require.Contains(t, text(o.page(page)), said, page)
	}
	for _, page := range []string{"/agreements/" + a.ID, "/desk/" + a.ID, "/desk/" + a.ID + "/waiting"} {
		require.Contains(t, text(o.page(page)), "dimohon sampai 22 Des 2026", page)
	}
	o.led("/obligations/"+duties[2].ID+"/extension", "until_on", "2026-12-20", "reason", "Sekdes cuti")
	require.Contains(t, text(o.page(queue)), "Jembatan putus Sekdes")

	var waiting []ledger.ExtensionView
	o.write(func(tx *ledger.Tx) (err error) {
		waiting, err = tx.Extensions(ledger.ExtensionFilter{AgreementID: a.ID}, ledger.Page{Size: 10})
		return err
	})
	camat := o.camats(a)["Camat Andoolo"] // both villages are in this kecamatan
	require.Contains(t, o.refused(queue, "request", waiting[0].ID, "approver_post_id", camat, "answer", "refuse"), "checked", "what was ticked is kept")
	page := o.led(queue, "request", waiting[0].ID, "request", waiting[1].ID, "approver_post_id", camat, "answer", "approve")
	require.Contains(t, page, "Perpanjangan disetujui")
	require.Contains(t, page, "Batas waktu menjadi Selasa, 22 Desember 2026. Camat Andoolo")
	_, csv := o.get(queue + ".csv")
	require.Contains(t, csv, "Desa 001;Daftar nama Kepala desa dan perangkat desa 2027;2026-12-15;2026-12-22;Jembatan putus;Sekdes;")
	require.Contains(t, text(o.page("/obligations/"+duties[0].ID)), "Sudah diperpanjang 1 kali")
	require.Contains(t, text(o.page("/obligations/"+duties[0].ID+"?lang=en")), "Extended 1 time.")
}

func TestWhoHoldsAFileIsSeenOnAPage(t *testing.T) {
	t.Parallel()
	o := open(t)
	a, _ := o.kabupaten("PKS 2026", 2)
	o.openYear(a, "2026-12-15")
	id := o.rosters(a)[0].ID
	list, form := "/agreements/"+a.ID+"/pauses", "/obligations/"+id+"/pause"
	require.Contains(t, text(o.page(list)), "Tidak ada berkas yang tertahan")
	require.Contains(t, o.refused(form, "reason_code", "other", "holder", "BPKAD"), "BPKAD")
	require.Contains(t, o.led(form, "reason_code", "bpjs_answer", "holder", "BPJS Kendari"), "Waktu dihentikan.")
	o.at = o.at.Add(72 * time.Hour)
	page := text(o.page(list))
	require.Contains(t, page, "BPJS Kendari 1 23 Nov 2026 (3 hari)")
	require.Contains(t, o.led("/obligations/"+id+"/hand-on", "reason_code", "transfer", "holder", "BPKAD"), "BPKAD · Menunggu transfer atau pencairan dana 26 Nov 2026 – sekarang")
	_, csv := o.get(list + ".csv")
	require.Contains(t, csv, "BPKAD;2026-11-26;Kecamatan Andoolo;Desa 001;")
	require.Contains(t, text(o.page("/obligations/"+id)), "Waktu dihentikan sejak Kamis, 26 November 2026: Menunggu transfer atau pencairan dana: BPKAD")
	page = o.led("/obligations/"+id+"/resume", "reason", "sudah cair")
	require.Contains(t, page, "Waktu berjalan lagi")
	require.Contains(t, page, "18 Desember 2026")
}

func TestAClockInDoubtIsSaidOnEveryPageUntilSomebodyConfirmsIt(t *testing.T) {
	t.Parallel()
	o := open(t)
	a, _ := o.kabupaten("PKS 2026", 2)
	require.NoError(t, o.Beat(t.Context()))
	require.Contains(t, text(o.page("/settings/clock")), "Dipercaya")
	o.at = o.at.AddDate(0, 2, 0) // and started again: nobody counted the time
	require.NoError(t, o.Beat(t.Context()))
	for _, page := range []string{"/", "/inbox", "/settings", "/settings/clock", "/settings/calendars", "/agreements/" + a.ID} {
		require.Contains(t, text(o.page(page)), "Pengiriman pesan dihentikan.", page)
	}
	require.Contains(t, text(o.page("/?lang=en")), "No messages go out.")
	require.Contains(t, o.led("/settings/clock"), "Jam dinyatakan benar.")
	require.NotContains(t, text(o.page("/")), "Pengiriman pesan dihentikan.")
	require.Contains(t, o.refused("/settings/clock"), "nobody doubts the clock")
}

func TestTheNumbersOfFairnessAreSetOnAPage(t *testing.T) {
	t.Parallel()
	o := open(t)
	require.Contains(t, text(o.page("/settings/fairness")), "Belum ada Pemda")
	a, _ := o.kabupaten("PKS 2026", 2)
	values := []string{
		"party", a.PemdaPartyID, "max_extensions", "3", "approver_level", "1", "pause_days", "5", "outage_days", "4", "outage_minutes", "60", "office_opens", "7", "office_closes", "15",
	}
	require.Contains(t, o.refused("/settings/fairness", append([]string{"max_extensions", "tiga"}, values[4:]...)...), `value="tiga"`)
	require.Contains(t, o.led("/settings/fairness", values...), "Ketentuannya sudah disimpan")
	require.Contains(t, o.page("/settings/fairness?party="+a.PemdaPartyID), `name="max_extensions" value="3"`)
}

func TestWhatAnOutageProposesIsDecidedOnAPage(t *testing.T) {
	t.Parallel()
	o := open(t)
	a, _ := o.kabupaten("PKS 2026", 1)
	o.openYear(a, "2026-12-15")
	o.at = calendar.Day("2026-12-15").In(calendar.WITA, 8, 0)
	require.NoError(t, o.Beat(t.Context()))
	o.at = o.at.Add(5 * time.Hour)
	require.NoError(t, o.Beat(t.Context()))
	queue := "/agreements/" + a.ID + "/extensions"
	page := text(o.page(queue))
	require.Contains(t, page, "Usulan karena gangguan sistem")
	require.Contains(t, page, "Jam kerja yang hilang: 5 jam. 15 Des 2026 menjadi 16 Des 2026")
	var grace string
	o.write(func(tx *ledger.Tx) error {
		g, err := tx.Graces(a.ID)
		grace = g[0].ID
		return err
	})
	require.Contains(t, o.refused("/graces/"+grace, "approver_post_id", o.camats(a)["Camat Buke"], "answer", "approve", "reason", "listrik"), `value="listrik"`)
	page = o.led("/graces/"+grace, "approver_post_id", o.camats(a)["Camat Andoolo"], "answer", "approve", "until_on", "2026-12-17", "reason", "listrik padam")
	require.Contains(t, page, "Usulan sudah diputuskan")
	require.Contains(t, page, "Camat Andoolo: listrik padam")
	require.Equal(t, "2026-12-17", o.rosters(a)[0].TargetOn)
	require.Contains(t, text(o.page("/settings/clock")), "15 Des 2026 08.00 WITA 15 Des 2026 13.00 WITA 5 jam gangguan")
}
