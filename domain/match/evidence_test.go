package match_test

import (
	"testing"

	"payung/domain/match"
)

// sent are files as they come by WhatsApp from villages of Konawe Selatan. An
// empty village says that nothing in the file tells.
var sent = []struct {
	e    match.Evidence
	want string
}{
	{match.Evidence{FileName: "DATA RT DS. LAMBUSA (1).xlsx"}, "74.05.07.2007"},
	{match.Evidence{FileName: "Salinan dari perangkat desa ambesea fix revisi.xlsx"}, "74.05.19.2008"},
	{match.Evidence{FileName: "rekap andoolo.xls"}, "74.05.03.2001"},
	{match.Evidence{FileName: "IMG-20260115-WA0003.jpg"}, ""},
	{match.Evidence{FileName: "IMG-20260115-WA0003.jpg", Senders: []string{"74.05.07.2003"}}, "74.05.07.2003"},
	{match.Evidence{FileName: "Document (4).xlsx", Titles: []string{"DAFTAR PERANGKAT DESA", "DESA AMBAIPUA KEC. RANOMEETO"}}, "74.05.08.2014"},
	{match.Evidence{FileName: "DataDesaOnewila2026.xlsx"}, "74.05.08.2002"},
	{match.Evidence{FileName: "desa_mata_wolasi_final.xlsx"}, "74.05.18.2005"},
	{match.Evidence{FileName: "Wolasi desa wolasi.xlsx"}, "74.05.18.2001"},
	{match.Evidence{FileName: "ANDOOLO UTAMA.xlsx"}, "74.05.17.2001"},
	{match.Evidence{FileName: "aparat desa puunggoni kec angata.xlsx"}, "74.05.02.2012"},
	{match.Evidence{FileName: "Pu'unggoni.xlsx"}, "74.05.02.2012"},
	{match.Evidence{FileName: "mataiwoi kec. kolono.xlsx"}, "74.05.09.2007"},
	{match.Evidence{FileName: "mataiwoi.xlsx", Districts: []string{"74.05.15", "74.05.15", "74.05.15", "74.05.02"}}, "74.05.15.2016"},
	{match.Evidence{FileName: "data baru.xlsx", Villages: []string{"Lalowatu", "Lalowatu", "lalo watu", "LALOWATU"}}, "74.05.01.2030"},
	{match.Evidence{FileName: "RT.xlsx", Villages: []string{"Desa Wonua Jaya", "Wonua Jaya"}, Districts: []string{"74.05.10", "74.05.10"}}, "74.05.10.2026"},
	{match.Evidence{FileName: "Rambu2 jaya.xlsx"}, "74.05.08.2005"},
	{match.Evidence{FileName: "lbh. beropa.csv"}, "74.05.11.2001"},
	{match.Evidence{FileName: "boro-boro lameuru.xlsx"}, "74.05.22.2005"},
	{match.Evidence{FileName: "Boro boro R perangkat.xlsx"}, "74.05.08.2004"},
	{match.Evidence{FileName: "landono dua.xlsx"}, "74.05.05.2015"},
	{match.Evidence{FileName: "Landono II.xlsx"}, "74.05.05.2015"},
	{match.Evidence{FileName: "Kel. Landono.xlsx"}, "74.05.05.1001"},
	{match.Evidence{FileName: "KONDA SATU non asn.xlsx"}, "74.05.07.2024"},
	{match.Evidence{FileName: "Kelurahan Konda.xlsx"}, "74.05.07.1001"},
	{match.Evidence{FileName: "desa laeya 2026.xlsx"}, "74.05.19.2009"},
	{match.Evidence{FileName: "Lampiran SPTJM desa Torobulu.xlsx"}, "74.05.19.2011"},
	{match.Evidence{FileName: "torobullu.xlsx"}, "74.05.19.2011"},
	{match.Evidence{FileName: "tanjung tirem.xlsx"}, "74.05.16.2003"},
	{match.Evidence{FileName: "TJ. TIRAM.xlsx"}, "74.05.16.2003"},
	{match.Evidence{FileName: "batu putih kolono timur.xlsx"}, "74.05.23.2005"},
	{match.Evidence{FileName: "Amoito Siama.xlsx"}, "74.05.08.2021"},
	{match.Evidence{FileName: "amoito jaya.xlsx"}, "74.05.18.2003"},
	{match.Evidence{FileName: "Book1.xlsx", Titles: []string{"DAFTAR NAMA PEKERJA RENTAN DESA LERE", "KECAMATAN BASALA"}}, "74.05.21.2003"},
	{match.Evidence{FileName: "Book1.xlsx", Titles: []string{"Pemerintah Desa Sawah"}, Districts: []string{"74.05.09"}}, "74.05.09.2002"},
	{match.Evidence{FileName: "Book1.xlsx"}, ""},
	{match.Evidence{FileName: "20260115_093011.xlsx"}, ""},
	{match.Evidence{FileName: "Kirim ulang desa Tue-Tue.xlsx"}, "74.05.11.2009"},
	{match.Evidence{FileName: "woru woru (2).xlsx"}, "74.05.11.2003"},
	{match.Evidence{FileName: "sanggi2.xlsx"}, "74.05.04.2032"},
	{match.Evidence{FileName: "Wonua Kongga Laeya.xlsx"}, "74.05.19.2016"},
	{match.Evidence{FileName: "wonua kongga.xlsx", Titles: []string{"KEC. MOWILA"}}, "74.05.15.2015"},
	{match.Evidence{FileName: "Desa Mekar Jaya kec Baito.xlsx"}, "74.05.20.2004"},
	{match.Evidence{FileName: "mekar jaya.xlsx", Senders: []string{"74.05.16.2007"}}, "74.05.16.2007"},
	{match.Evidence{FileName: "ULUSENA JAYA.xlsx"}, "74.05.09.2010"},
	{match.Evidence{FileName: "ulusena.xlsx"}, "74.05.10.2020"},
	{match.Evidence{FileName: "Lalonggasu - Tinanggea.xlsx"}, "74.05.01.2019"},
	{match.Evidence{FileName: "lalonggombu andoolo.xlsx"}, "74.05.03.2015"},
	{match.Evidence{FileName: "Lalonggombu lainea.xlsx"}, "74.05.06.2011"},
	{match.Evidence{FileName: "Sumber sari.xlsx"}, "74.05.10.2019"},
	{match.Evidence{FileName: "sumberjaya lalembuu.xlsx"}, "74.05.12.2014"},
	{match.Evidence{FileName: "PENDATAAN AWUNIO.xlsx"}, "74.05.09.2012"},
	{match.Evidence{FileName: "aparatur desa bima maroa.xlsx"}, "74.05.25.2006"},
	{match.Evidence{FileName: "Jatibali perangkat + BPD.xlsx"}, "74.05.22.2003"},
	{match.Evidence{FileName: "sindangkasih.xlsx"}, "74.05.22.2002"},
	{match.Evidence{FileName: "Watumerembe_fix_banget.xlsx"}, "74.05.04.2019"},
	{match.Evidence{FileName: "ONEMBUTE DATA BPJS.xlsx"}, "74.05.04.2013"},
	{match.Evidence{FileName: "Wawobende Sabulakoa.xlsx"}, "74.05.24.2008"},
	{match.Evidence{FileName: "potuho jaya bpjs tk.xlsx"}, "74.05.12.2012"},
	{match.Evidence{FileName: "daftar rt kelurahan tinanggea.xlsx"}, "74.05.01.1001"},
	{match.Evidence{FileName: "Ahuangguluri.ods"}, "74.05.20.2008"},
	{match.Evidence{FileName: "data.xlsx", Villages: []string{"Benua"}, Titles: []string{"Kecamatan Benua", "Desa Benua Utama"}}, "74.05.13.2003"},
}

func TestAFileFromWhatsAppFindsItsVillage(t *testing.T) {
	t.Parallel()
	villages, districts := villagesOf("74.05")
	x, d := match.New(villages), match.New(districts)
	right, told := 0, 0
	for _, f := range sent {
		got, verdict := x.Propose(f.e, d)
		if f.want == "" {
			if verdict == match.Sure {
				t.Errorf("%q says nothing and became %v", f.e.FileName, got[0])
			}
			continue
		}
		told++
		switch {
		case len(got) > 0 && got[0].ID == f.want:
			right++
		case verdict == match.Sure:
			t.Errorf("%q surely became %v, not %s", f.e.FileName, got[0], f.want)
		default:
			t.Logf("%q: %v, not %s", f.e.FileName, got, f.want)
		}
	}
	if right < 55 || right < told-3 {
		t.Errorf("%d of %d files found their village first", right, told)
	}
}

func TestAProposalSaysWhy(t *testing.T) {
	t.Parallel()
	villages, districts := villagesOf("74.05")
	got, verdict := match.New(villages).Propose(match.Evidence{
		FileName: "desa lambusa.xlsx", Titles: []string{"KECAMATAN KONDA"}, Senders: []string{"74.05.07.2007"}, Districts: []string{"74.05.07"},
	}, match.New(districts))
	if verdict != match.Sure || got[0].ID != "74.05.07.2007" {
		t.Fatalf("%v %v", got, verdict)
	}
	sum, codes := 0, map[string]bool{}
	for _, r := range got[0].Reasons {
		sum += r.Points
		codes[r.Code] = true
	}
	if sum != got[0].Points || !codes["file_name"] || !codes["district_named"] || !codes["sender"] || !codes["nik_district"] {
		t.Errorf("%+v", got[0])
	}
}
