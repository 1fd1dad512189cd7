package web_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"testing"
	"time"

	"payung/domain/calendar"
	"payung/domain/quota"
	"payung/ledger"
)

func TestShots(t *testing.T) {
	if os.Getenv("SHOTS") == "" {
		t.Skip()
	}
	o := open(t)
	a, _ := o.kabupaten("PKS perlindungan aparat desa 2026", 6)
	o.openYear(a, "2026-12-15")
	duties := o.rosters(a)
	names := []string{"Siti Aminah", "La Ode Ali Rahman", "Wa Ode Nurhayati", "Budi Santoso", "Andi Muhammad Yusuf", "Hasnah", "Rahmawati Dg. Ngai", "Jumadil Akhir"}
	o.write(func(tx *ledger.Tx) error {
		var rows []ledger.RosterRowInput
		for i, n := range names {
			rows = append(rows, worker(i+1, n))
		}
		if _, err := tx.SubmitRoster(duties[0].ID, ledger.RosterInput{Rows: rows, OnBehalf: "Kepala Desa 001"}); err != nil {
			return err
		}
		if _, err := tx.SubmitRoster(duties[1].ID, ledger.RosterInput{Rows: []ledger.RosterRowInput{worker(50, "Ani"), worker(51, "Ina")}}); err != nil {
			return err
		}
		_, err := tx.Close(duties[2].ID, ledger.Closing{How: "nihil", Signatory: "Kepala Desa 003", SignedBy: "Andi", Number: "470/12/2026", Text: "Tidak ada perangkat yang didaftarkan."})
		return err
	})
	o.at = calendar.Day("2027-06-10").In(calendar.WITA, 9, 0)
	path := "/obligations/" + duties[0].ID
	o.sent(path+"/join", "nik", worker(30, "").NIK, "name", "Fatmawati", "from", "2027-04-01", "note", "SK Kepala Desa 12/2027", "on_behalf", "Kepala Desa 001")
	leaves := leaveLink.FindAllString(o.page(path), -1)
	claimPage, _ := o.post(leaves[0], "reason", "died", "on", "2027-03-05")
	claim := claimPage.Header.Get("Location")
	o.sent(regexp.MustCompile(`/claims/[0-9a-f-]+/papers/ktp_heir`).FindString(o.page(claim)), "on", "2027-06-01")
	o.sent(leaves[1], "reason", "became_pppk", "on", "2027-05-01", "note", "SK PPPK 15 April")
	year := duties[0].PeriodID
	o.write(func(tx *ledger.Tx) error {
		_, err := tx.SetQuotas(a.ID, year, []ledger.QuotaInput{{KindOfUnit: "desa", Quota: quota.Quota{Minimum: 5, Ceiling: 12, Reserve: 2}}}, "")
		return err
	})
	win, _ := o.post("/agreements/"+a.ID+"/windows", "year", year, "opens_at", "2027-06-09T08:00", "closes_at", "2027-06-15T17:00", "names", "middle")
	window := win.Header.Get("Location")
	public := publicLink.FindString(o.page(window))
	body := o.page(public)
	row := aboutLink.FindAllStringSubmatch(body, -1)[1][1]
	rec, _ := o.post(public, "key", "form-of-the-page-1", "row_id", row, "kind", "should_not_be_listed", "text", "Sudah pindah ke Kendari sejak Mei.\nRumahnya kosong.", "name", "Wa Ode", "contact", "0812-0000-0001")
	o.post(public, "key", "form-of-the-page-2", "kind", "missing_person", "text", "Ibu saya kader posyandu sejak 2020, belum tercantum.")
	receipt := rec.Header.Get("Location")
	o.sent(decideLink.FindString(o.page(window)), "window", regexp.MustCompile(`name="window" value="([^"]+)"`).FindStringSubmatch(o.page(window))[1], "verdict", "upheld", "reason", "Surat pindah sudah ada")
	rejoin := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		o.site.ServeHTTP(w, r)
	}))
	defer rejoin.Close()
	leave := leaveLink.FindString(o.page(path))
	pages := map[string]string{
		"list": path, "list-nihil": "/obligations/" + duties[2].ID, "list-empty": "/obligations/" + duties[3].ID, "list-day": path + "?on=2027-03-05",
		"join": path + "/join", "leave": leave, "nihil": "/obligations/" + duties[3].ID + "/nihil", "targets": "/agreements/" + a.ID + "/targets",
		"windows": "/agreements/" + a.ID + "/windows", "window": window, "public": public, "public-about": public + "?about=" + row, "receipt": receipt,
		"claims": "/agreements/" + a.ID + "/claims", "claim": claim, "agreement": "/agreements/" + a.ID, "inbox": "/inbox",
	}
	raw, _ := json.Marshal(map[string]any{"url": rejoin.URL, "pages": pages})
	_ = os.WriteFile("/tmp/shots.json", raw, 0o600)
	for {
		if _, err := os.Stat("/tmp/shots.stop"); err == nil {
			return
		}
		time.Sleep(time.Second)
	}
}
