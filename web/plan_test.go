package web_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"payung/ledger"
)

func TestThePlanShowsWhatWillBeSentMonthByMonth(t *testing.T) {
	t.Parallel()
	o := open(t)
	a, _ := o.kabupaten("PKS Contoh", 4)
	plan := "/agreements/" + a.ID + "/plan"
	require.Contains(t, text(o.page(plan)), "Tidak ada pesan yang akan dikirim. Pesan direncanakan begitu daftar diminta dengan batas waktu.")
	require.Contains(t, o.page("/agreements/"+a.ID), `href="`+plan+`"`)

	o.openYear(a, "2027-01-06")
	heads := o.heads(a)
	o.write(func(tx *ledger.Tx) error {
		_, err := tx.AssignHolder(heads["Kepala Desa 001"].ID, ledger.HolderInput{Name: "Siti", Phone: "081200000001", ValidFrom: "2026-01-01"})
		return err
	})
	body := text(o.page(plan))
	for _, want := range []string{"Desember 2026", "Januari 2027", "WhatsApp Anda sendiri", "Rabu, 30 Desember 2026", "Kepala Desa 001 Siti", "Kepala Desa 002 belum ada pemegang jabatan", "T-7"} {
		require.Contains(t, body, want)
	}
	require.NotContains(t, body, "T-1 Payung", "that is another month")
	january := text(o.page(query(plan, "month", "2027-01", "step", "T+1")))
	require.Contains(t, january, "Kamis, 7 Januari 2027")
	require.Contains(t, january, "Camat Andoolo")
	require.NotContains(t, january, "5 Januari 2027")
	require.Contains(t, text(o.page(query(plan, "unit", "-"))), "Tidak ada pesan dengan pilihan ini. Tampilkan semua")
	require.Contains(t, text(o.page(query(plan, "post", heads["Kepala Desa 001"].ID))), "3 pesan")
	require.Contains(t, text(o.page(query(plan, "lang", "en"))), "Every message of the next 12 months")

	_, file := o.get(plan + ".csv?month=2026-12")
	require.Contains(t, file, "30 Des 2026 08.02 WITA;Kepala Desa 001;Siti;WhatsApp Anda sendiri;T-7;Desa 001;Payung: 1 tugas mendekati batas waktu;0;")
	require.NotContains(t, file, "T+1")
}
