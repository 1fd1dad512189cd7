package match_test

import (
	"testing"

	"payung/domain/match"
)

func TestANameIsFoundAsPeopleWriteIt(t *testing.T) {
	t.Parallel()
	villages, districts := villagesOf("74.05")
	x, d := match.New(villages), match.New(districts)
	for _, tt := range []struct{ text, district, want string }{
		{"Ds. LAMBUSA", "74.05.07", "74.05.07.2007"},
		{"PEMERINTAH DESA LAMBUSA KEC. KONDA", "", "74.05.07.2007"},
		{"12. Lambusa", "74.05.07", "74.05.07.2007"},
		{"Pu'unggoni", "74.05.02", "74.05.02.2012"},
		{"Punggoni", "74.05.02", "74.05.02.2012"},
		{"Tue-tue", "74.05.11", "74.05.11.2009"},
		{"Woru2", "74.05.11", "74.05.11.2003"},
		{"Konda I", "74.05.07", "74.05.07.2024"},
		{"Landono II", "74.05.05", "74.05.05.2015"},
		{"Lbh. Beropa", "74.05.11", "74.05.11.2001"},
		{"Tj. Tiram", "74.05.16", "74.05.16.2003"},
		{"Kel. Konda", "74.05.07", "74.05.07.1001"},
		{"Mataiwoi", "74.05.09", "74.05.09.2007"},
		{"Lalowatu", "74.05.01", "74.05.01.2030"},
		{"Marga Cita", "74.05.10", "74.05.10.2012"},
		{"Tirta Martani", "74.05.17", "74.05.17.2011"},
	} {
		got := x.Find(match.Query{Text: tt.text, Group: tt.district})
		if got.Verdict != match.Sure || got.ID != tt.want {
			t.Errorf("%q: %+v", tt.text, got)
		}
	}
	for text, district := range map[string]string{
		"Mataiwoi":    "",         // four kecamatan have one
		"Konda":       "74.05.01", // elsewhere, and there is a kelurahan
		"Konda Dua":   "74.05.07", // there is a Satu only
		"Wonua":       "74.05.15", // Kongga, Sari, Monapa
		"Dusun Damai": "74.05.07",
		"":            "74.05.07",
		"-":           "",
		"Desa":        "",
	} {
		if got := x.Find(match.Query{Text: text, Group: district}); got.Verdict == match.Sure {
			t.Errorf("%q is surely %+v", text, got)
		}
	}
	for text, want := range map[string]string{
		"KEC. ANDOOLO": "74.05.03", "Kecamatan Andoolo Brt": "74.05.25", "RANOMEETO BARAT": "74.05.22", "Ranometo": "74.05.08", "Kec.Laeya": "74.05.19", "PALANGGA SELATAN": "74.05.14",
	} {
		if got := d.Find(match.Query{Text: text}); got.ID != want {
			t.Errorf("%q: %+v", text, got)
		}
	}
}

func TestOfficesAreComparedByWhatTheyAreFor(t *testing.T) {
	t.Parallel()
	var list []match.Candidate
	for _, name := range []string{
		"Dinas Pertanian", "Dinas Perikanan", "Dinas Kesehatan", "Dinas Pemberdayaan Masyarakat dan Desa", "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia",
		"Satuan Polisi Pamong Praja", "Sekretariat Daerah", "Sekretariat DPRD", "Badan Penanggulangan Bencana Daerah", "Dinas Pekerjaan Umum dan Penataan Ruang",
		"Dinas Pemberdayaan Perempuan dan Perlindungan Anak",
	} {
		list = append(list, match.Candidate{ID: name, Name: name, Kind: match.Office})
	}
	x := match.New(list)
	for text, want := range map[string]string{
		"DINAS KESEHATAN KAB. KONAWE SELATAN": "Dinas Kesehatan", "Dinkes": "Dinas Kesehatan", "BKPSDM": "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia",
		"DPMD": "Dinas Pemberdayaan Masyarakat dan Desa", "Dinas PMD": "Dinas Pemberdayaan Masyarakat dan Desa", "Dinas Pemberdayaan Masyarakat & Desa": "Dinas Pemberdayaan Masyarakat dan Desa",
		"Satpol PP": "Satuan Polisi Pamong Praja", "Setda": "Sekretariat Daerah", "Setwan": "Sekretariat DPRD", "BPBD": "Badan Penanggulangan Bencana Daerah", "Dinas PUPR": "Dinas Pekerjaan Umum dan Penataan Ruang",
		"Dinas Pertanain": "Dinas Pertanian",
	} {
		if got := x.Find(match.Query{Text: text}); got.Verdict != match.Sure || got.ID != want {
			t.Errorf("%q: %+v", text, got)
		}
	}
	for _, text := range []string{"Dinas Peternakan", "Dinas Sosial", "Dinas", "Badan Pendapatan Daerah", "Dinas Pemberdayaan", "CV Sumber Rejeki"} {
		if got := x.Find(match.Query{Text: text}); got.Verdict == match.Sure {
			t.Errorf("%q became %+v", text, got)
		}
	}
}

func TestWhatAPersonChoseIsNobodyElses(t *testing.T) {
	t.Parallel()
	villages, _ := villagesOf("74.05")
	x := match.New(villages)
	got := x.Assign([]match.Query{{Text: "Lambusa", Group: "74.05.07"}, {Text: "apa saja", Fixed: "74.05.07.2007"}, {Text: "Alebo", Fixed: "no such village"}})
	if got[0].Verdict == match.Sure || got[1].ID != "74.05.07.2007" || got[2].Verdict == match.Sure {
		t.Errorf("%+v", got)
	}
	got = x.Assign([]match.Query{{Text: "Lambusa", Group: "74.05.07"}, {Text: "Desa Lambusa", Group: "74.05.07"}})
	if got[0].Verdict != match.Ask || got[1].Verdict != match.Ask {
		t.Errorf("two rows that claim one village are both asked about: %+v", got)
	}
}

func FuzzAnyTextIsMatchedTheSameWayTwice(f *testing.F) {
	villages, districts := villagesOf("74.05")
	x, d := match.New(villages), match.New(districts)
	for _, s := range []string{"DS. LAMBUSA", "Pu'unggoni", "Rambu2", "Kec. Andoolo Brt", "éàü", "\xff", "Konda I", "12. "} {
		f.Add(s, "74.05.07")
	}
	f.Fuzz(func(t *testing.T, text, group string) {
		q := match.Query{Text: text, Group: group}
		got := x.Find(q)
		if len(got.Hits) > match.MaxHits || (got.Verdict == match.Sure) != (got.ID != "") {
			t.Fatalf("%+v", got)
		}
		for i, h := range got.Hits {
			if h.Score > 1 || i > 0 && h.Score > got.Hits[i-1].Score {
				t.Fatalf("%+v", got.Hits)
			}
		}
		again := x.Find(q)
		if again.Verdict != got.Verdict || again.ID != got.ID {
			t.Fatalf("%+v, then %+v", got, again)
		}
		if list, _ := x.Propose(match.Evidence{FileName: text, Titles: []string{group}}, d); len(list) > match.MaxHits {
			t.Fatalf("%+v", list)
		}
	})
}
