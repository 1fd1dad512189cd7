package letter_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/domain/calendar"
	"payung/letter"
	"payung/paper"
)

const agreement = "Perjanjian Kerja Sama Nomor 560/12/PKS/2026 tanggal 27 Januari 2026 antara Pemerintah Kabupaten Contoh dan BPJS Ketenagakerjaan Cabang Contoh"

// office is the letterhead of a Pemda that does not exist, with a logo.
func office(tb testing.TB) letter.Letterhead {
	tb.Helper()
	return letter.Letterhead{
		Logo:    crest(tb, 120, 144),
		Names:   []string{"PEMERINTAH KABUPATEN CONTOH", "SEKRETARIAT DAERAH"},
		Address: []string{"Kompleks Perkantoran Pemda, Jalan Merdeka Nomor 1, Kota Contoh 99999", "Telepon (0400) 000000, laman setda.contohkab.go.id"},
		Place:   "Kota Contoh",
	}
}

// crest is a picture to stand for a coat of arms.
func crest(tb testing.TB, w, h int) []byte {
	tb.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			dx, dy := float64(x)/float64(w)-0.5, float64(y)/float64(h)-0.5
			if r := dx*dx + dy*dy; r < 0.25 {
				img.Set(x, y, color.RGBA{R: uint8(40 + 600*r), G: 110, B: 70, A: 255})
			}
		}
	}
	var file bytes.Buffer
	require.NoError(tb, png.Encode(&file, img))
	return file.Bytes()
}

func secretary() letter.Signatory {
	return letter.Signatory{
		OnBehalf: "Bupati Contoh", Title: "Sekretaris Daerah", Name: "Drs. CONTOH SEKRETARIS, M.Si.",
		Rank: "Pembina Utama Muda, IV/c", NIP: "199901012099011001", Office: "Pemerintah Kabupaten Contoh",
	}
}

// sample is a letter of that kind with all its facts.
func sample(tb testing.TB, kind letter.Kind) letter.Letter {
	tb.Helper()
	l := letter.Letter{
		Kind: kind, Head: office(tb), Number: "500.15.12/087/2026", Day: "2026-11-20", Nature: letter.Important,
		To:        []letter.Addressee{{Title: "Kepala Desa Wunduhaka", Place: "Wunduhaka"}},
		Signatory: secretary(), Agreement: agreement, Partner: "BPJS Ketenagakerjaan Cabang Contoh", Year: 2027,
		Wanted: "data aparat desa dan pegawai non-ASN", AsOf: "2026-11-19",
		Deadline: &letter.Deadline{Day: "2026-11-27", Hour: "16.00", Zone: calendar.WITA},
		Copies:   []string{"Bupati Contoh (sebagai laporan)", "Inspektur Daerah Kabupaten Contoh", "Kepala BPJS Ketenagakerjaan Cabang Contoh"},
		Verify:   &letter.Verifying{URL: "https://payung.contohkab.go.id/v/7H2K-9QXD", Code: "7H2K-9QXD"},
		Made:     time.Date(2026, 11, 20, 1, 0, 0, 0, time.UTC),
	}
	switch kind {
	case letter.Invitation, letter.Attendance, letter.Minutes, letter.Record:
		gathered(&l)
	case letter.SecondRequest, letter.FirstWarning, letter.SecondWarning, letter.ThirdWarning:
		l.Earlier = []letter.Reference{
			{Number: "500.15.12/041/2026", Day: "2026-10-05", Subject: "Permintaan Data"},
			{Number: "500.15.12/063/2026", Day: "2026-11-02", Subject: "Permintaan Data Kedua"},
		}
	case letter.DueNotice:
		l.Due = &letter.Due{From: "2026-11", Until: "2027-01", People: 1234, JKK: 37_020_000, JKM: 25_173_600, Day: "2026-12-15", Code: "261100012345"}
	case letter.Receipt:
		l.To, l.Copies = nil, nil
		l.Received = &letter.Received{
			From: "Desa Wunduhaka", File: "Daftar aparat desa 2027.xlsx", Rows: 312, Accepted: 309, Rejected: 3,
			SHA256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
			At:     time.Date(2026, 11, 20, 6, 41, 0, 0, time.UTC), Zone: calendar.WITA,
		}
	case letter.Statement:
		l.Copies, l.Stamp = nil, true
		l.Signatory = letter.Signatory{Title: "Kepala Desa Wunduhaka", Name: "CONTOH KEPALA DESA", Office: "Pemerintah Desa Wunduhaka"}
	case letter.Recap:
		l.Subject, l.Copies = "Desa yang belum menyampaikan data", nil
		l.List = villages(289, 25)
	case letter.Cover:
		l.Copies = nil
		l.List = &letter.List{
			Title:   "data",
			Columns: []paper.Column{{Title: "Jenis yang dikirim"}, {Title: "Banyaknya", Width: 32}, {Title: "Keterangan", Width: 50}},
			Groups: []letter.Group{{Rows: [][]string{
				{"Daftar nama aparat desa Tahun 2027", "1 (satu) berkas", "Untuk didaftarkan"},
				{"Surat pernyataan tanggung jawab mutlak", "1 (satu) lembar", "Asli"},
			}}},
		}
	}
	return l
}

func gathered(l *letter.Letter) {
	l.Meeting = &letter.Meeting{
		Day: "2026-11-26", From: "09.00", Until: "12.00", Zone: calendar.WITA, Room: "Aula Sekretariat Daerah, Lantai 2",
		Agenda: []string{"Pembahasan data peserta Tahun 2027", "Penganggaran iuran"}, Leader: "Asisten Administrasi Umum",
	}
	for i := range 12 {
		l.People = append(l.People, letter.Person{Name: fmt.Sprintf("Peserta Rapat %d", i+1), Title: "Kepala Seksi", Unit: "Dinas Contoh"})
	}
	l.Blank = 8
	l.Points = []letter.Point{
		{Text: "Jumlah desa yang telah menyampaikan data sebanyak 47 dari 336 desa."},
		{Text: "Camat mengoordinasikan penyampaian data desa di wilayahnya", Owner: "para Camat", Until: "2026-12-11"},
		{Text: "Iuran Tahun 2027 dianggarkan pada DPA masing-masing OPD", Owner: "BPKAD", Until: "2026-12-31"},
	}
	if l.Kind == letter.Record {
		l.Subject = "rekonsiliasi data peserta"
		l.Second = &letter.Signatory{Title: "Kepala Cabang", Name: "CONTOH KEPALA CABANG", Office: "BPJS Ketenagakerjaan Cabang Contoh"}
		l.Witnesses = []letter.Signatory{{Name: "CONTOH SAKSI SATU", Title: "Inspektur Daerah"}, {Name: "CONTOH SAKSI DUA", Title: "Kepala Dinas Tenaga Kerja"}}
		l.To, l.Copies, l.Nature = nil, nil, ""
	}
	if l.Kind == letter.Attendance || l.Kind == letter.Invitation {
		l.Points = nil
	}
	if l.Kind == letter.Attendance || l.Kind == letter.Minutes {
		l.To, l.Copies, l.Number = nil, nil, ""
	}
}

// villages is a list of that many villages in as many kecamatan.
func villages(n, kecamatan int) *letter.List {
	list := &letter.List{
		Title:   "desa yang belum menyampaikan data",
		Columns: []paper.Column{{Title: "Desa"}, {Title: "Kepala desa"}, {Title: "Aparat", Width: 18, Align: paper.Right}, {Title: "Terakhir diberi tahu", Width: 36}},
		Total:   []string{"Jumlah seluruhnya", "", strconv.Itoa(n * 10), ""},
	}
	for k := range kecamatan {
		g := letter.Group{Title: fmt.Sprintf("Kecamatan Contoh %d", k+1)}
		for v := k; v < n; v += kecamatan {
			g.Rows = append(g.Rows, []string{fmt.Sprintf("Desa Contoh %d", v+1), fmt.Sprintf("Nama Kepala Desa %d", v+1), "10", "2 Nov 2026"})
		}
		list.Groups = append(list.Groups, g)
	}
	return list
}

func camats(n int) []letter.Addressee {
	var to []letter.Addressee
	for i := range n {
		to = append(to, letter.Addressee{Title: fmt.Sprintf("Camat Contoh %d", i+1), Place: fmt.Sprintf("Ibu Kota Kecamatan Contoh %d", i+1)})
	}
	return to
}
