package tally_test

import (
	"reflect"
	"testing"

	"payung/domain/cell"
	"payung/domain/match"
	"payung/domain/tally"
)

// sheet is a grid as it would come from a file.
func sheet(lines ...[]string) tally.Grid {
	var g tally.Grid
	for i, cells := range lines {
		if len(cells) > 0 {
			g.Lines = append(g.Lines, tally.Line{Number: i + 1, Cells: cells})
		}
	}
	return g
}

func read(g tally.Grid, k tally.Kind, districts ...string) ([]tally.Row, []tally.Finding) {
	return tally.Read(g, tally.Options{Kind: k, Mapping: tally.Guess(g, k), Year: 2026, Districts: districts})
}

func TestKecamatanStandAsHeadingsInEveryWayOfficesWriteThem(t *testing.T) {
	t.Parallel()
	for name, g := range map[string]tally.Grid{
		"a line with Roman numbers": sheet(
			[]string{"NO", "DESA", "JUMLAH"}, []string{"I", "KEC. KONDA", "22"}, []string{"1", "Lambusa", "10"}, []string{"2", "Alebo", "12"}, []string{"", "Jumlah", "22"},
			[]string{"II", "KECAMATAN BUKE", ""}, []string{"1", "Awalo", "9"}, []string{"", "TOTAL", "31"},
		),
		"a line by itself in the first column": sheet(
			[]string{"Kecamatan", "Desa", "Jumlah"}, []string{"Konda"}, []string{"", "Lambusa", "10"}, []string{"", "Alebo", "12"}, []string{"Buke"}, []string{"", "Awalo", "9"},
		),
		"a column that is merged": sheet(
			[]string{"Kecamatan", "Desa", "Jumlah"}, []string{"Konda", "Lambusa", "10"}, []string{"", "Alebo", "12"}, []string{"", "Sub Total", "22"}, []string{"Buke", "Awalo", "9"},
		),
		"a bare name without a number": sheet(
			[]string{"No", "Desa/Kelurahan", "Jumlah"}, []string{"", "KONDA"}, []string{"1", "Lambusa", "10"}, []string{"2", "Alebo", "12"}, []string{"", "BUKE"}, []string{"3", "Awalo", "9"},
		),
		"two lines of headings, and those of the next page": sheet(
			[]string{"REKAP DESA"}, []string{"No", "Kecamatan", "Desa", "Jumlah"}, []string{"1", "2", "3", "4"},
			[]string{"1", "Konda", "Lambusa", "10"}, []string{"2", "Konda", "Alebo", "12"}, []string{"No", "Kecamatan", "Desa", "Jumlah"}, []string{"3", "Buke", "Awalo", "9"},
		),
	} {
		rows, findings := read(g, tally.Villages, "Konda", "Buke")
		if len(rows) != 3 || len(findings) > 0 {
			t.Errorf("%s: %+v %+v", name, rows, findings)
			continue
		}
		var got []string
		for _, r := range rows {
			got = append(got, match.Same(r.District)[len(match.Same(r.District))-4:]+"/"+r.Name)
		}
		if want := []string{"onda/Lambusa", "onda/Alebo", "buke/Awalo"}; !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestSumsThatDifferAreFindings(t *testing.T) {
	t.Parallel()
	_, findings := read(sheet(
		[]string{"No", "Desa", "Jumlah"}, []string{"I", "Kec. Konda", "21"}, []string{"1", "Lambusa", "10"}, []string{"2", "Alebo", "12"}, []string{"", "Jumlah", "20"},
		[]string{"II", "Kec. Buke"}, []string{"1", "Awalo", "9"}, []string{"", "Grand Total", "30"},
	), tally.Villages, "Konda", "Buke")
	want := []tally.Finding{
		{Code: tally.SubtotalDiffers, Line: 5, About: "Kec. Konda", Says: 20, Sum: 22},
		{Code: tally.SubtotalDiffers, Line: 2, About: "Kec. Konda", Says: 21, Sum: 22},
		{Code: tally.TotalDiffers, Line: 8, Says: 30, Sum: 31},
	}
	if !reflect.DeepEqual(findings, want) {
		t.Errorf("%+v", findings)
	}
}

func TestARowSaysWhatItsCellsSay(t *testing.T) {
	t.Parallel()
	rows, findings := read(sheet(
		[]string{"Kode Desa", "Nama Desa", "Jumlah Aparat", "Terdaftar", "Lunas s.d.", "Keterangan"},
		[]string{"7405072007", "Lambusa", "10 orang", "8", "Des 2026", ""},
		[]string{"", "Alebo", "10 orang, lunas s.d. Des", "", "", ""},
		[]string{"", "Awalo", "12", "", "", "10 orang proses"},
		[]string{"", "Buke", "-", "", "17 Juni 2026", "belum"},
		[]string{"", "", "5", "", "", ""},
		[]string{"", "Aosole", "", "", "", "lunas"},
	), tally.Villages)
	if len(rows) != 5 {
		t.Fatalf("%+v", rows)
	}
	n := func(n int64) tally.Count { return tally.Count{N: n, Said: true} }
	for i, want := range []tally.Row{
		{Line: 2, Name: "Lambusa", Code: "7405072007", People: n(10), Registered: n(8), State: tally.IsPaid, Until: "2026-12-31"},
		{Line: 3, Name: "Alebo", People: n(10), State: tally.IsPaid, Until: "2026-12-31"},
		{Line: 4, Name: "Awalo", People: n(12), Unclear: []tally.Unclear{{Field: tally.Status, Text: "proses"}}},
		{Line: 5, Name: "Buke", State: tally.NotYet, Unclear: []tally.Unclear{{Field: tally.Until, Text: "17 Juni 2026"}}},
		{Line: 7, Name: "Aosole", State: tally.IsPaid},
	} {
		if !reflect.DeepEqual(rows[i], want) {
			t.Errorf("%+v\nnot %+v", rows[i], want)
		}
	}
	if want := []tally.Finding{{Code: tally.NoName, Line: 6}, {Code: tally.PaidUncounted, Line: 7, About: "Aosole"}}; !reflect.DeepEqual(findings, want) {
		t.Errorf("%+v", findings)
	}
}

func TestWhatAPersonSaidAboutACellCountsEverywhere(t *testing.T) {
	t.Parallel()
	g := sheet([]string{"Desa", "Jumlah", "Status"}, []string{"Lambusa", "10", "proses"}, []string{"Alebo", "9", "8 orang proses"})
	said, _ := tally.Meaning("submitted")
	rows, _ := tally.Read(g, tally.Options{Kind: tally.Villages, Mapping: tally.Guess(g, tally.Villages), Year: 2026, Phrases: map[string]tally.Phrase{"proses": said}})
	for _, r := range rows {
		if r.State != tally.IsSubmitted || len(r.Unclear) > 0 {
			t.Errorf("%+v", r)
		}
	}
	for _, choice := range []string{"protected", "aktif", "paid:2026-13-01", "registered:2026-12-31", "paid:1999-01-31", ""} {
		if _, ok := tally.Meaning(choice); ok {
			t.Errorf("%q is a meaning", choice)
		}
	}
}

func TestColumnsAreGuessedByTheirHeadings(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		kind tally.Kind
		g    tally.Grid
		want map[tally.Field]int
	}{
		"DPMD": {
			tally.Villages,
			sheet([]string{"REKAP DESA SE-KABUPATEN"}, []string{"NO.", "NAMA KECAMATAN", "DESA/KEL.", "JML APARAT", "LUNAS S/D", "KET."}, []string{"1", "Konda", "Lambusa", "10"}),
			map[tally.Field]int{tally.Number: 0, tally.District: 1, tally.Name: 2, tally.People: 3, tally.Until: 4, tally.Status: 5},
		},
		"BKPSDM": {
			tally.Offices, sheet([]string{"No", "Perangkat Daerah", "Jumlah Tenaga Non ASN"}, []string{"1", "Dinas Kesehatan", "10"}),
			map[tally.Field]int{tally.Number: 0, tally.Name: 1, tally.People: 2},
		},
		"BPJS": {
			tally.Members, sheet([]string{"NPP", "Nama Badan Usaha", "TK Aktif", "BLTH Terakhir"}, []string{"20000001", "Desa Lambusa", "10", "12-2026"}),
			map[tally.Field]int{tally.NPP: 0, tally.Name: 1, tally.People: 2, tally.Until: 3},
		},
		"contacts": {
			tally.Contacts, sheet([]string{"Desa", "Nama Sekdes", "No. WA"}, []string{"Lambusa", "Sri", "08001111222"}),
			map[tally.Field]int{tally.Name: 0, tally.Holder: 1, tally.Phone: 2},
		},
		"contacts without headings": {
			tally.Contacts, sheet([]string{"Lambusa", "Sri", "08001111222"}, []string{"Alebo", "Ani", "08001111223"}),
			map[tally.Field]int{tally.Name: 0, tally.Holder: 1, tally.Phone: 2},
		},
		"headings on two lines": {
			tally.Villages, sheet([]string{"NO", "KECAMATAN", "DESA", "APARAT DESA", ""}, []string{"", "", "", "JUMLAH", "KET"}, []string{"1", "Konda", "Lambusa", "10", "-"}),
			map[tally.Field]int{tally.Number: 0, tally.District: 1, tally.Name: 2, tally.People: 3, tally.Status: 4},
		},
	} {
		m := tally.Guess(tt.g, tt.kind)
		got := map[tally.Field]int{}
		for _, c := range m.Columns {
			got[c.Field] = c.Index
		}
		if !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%s: %v, not %v", name, got, tt.want)
		}
		if wrong, ok := m.Sound(tt.kind); !ok {
			t.Errorf("%s: %s", name, wrong)
		}
	}
}

func TestAGridKeepsNoNumberOfAPerson(t *testing.T) {
	t.Parallel()
	var g tally.Grid
	row := func(n int, cells ...cell.Cell) {
		for i := range cells {
			cells[i].Column = i
		}
		g.Add(&cell.Row{Number: n, Cells: cells})
	}
	row(1, cell.Cell{Kind: cell.Text, Value: []byte("9901 0101 0180 0001")}, cell.Cell{Kind: cell.Number, Value: []byte("9.9010101018E+15")}, cell.Cell{Kind: cell.Number, Value: []byte("12.0")})
	row(2, cell.Cell{Kind: cell.Date, Value: []byte("46387")}, cell.Cell{Kind: cell.Text, Value: []byte(" Desa \n Lambusa ")}, cell.Cell{Kind: cell.Text, Value: []byte("+62 800 1111 2222")})
	row(3, cell.Cell{Kind: cell.Text, Value: []byte("  ")})
	want := []tally.Line{{Number: 1, Cells: []string{"…", "…", "12"}}, {Number: 2, Cells: []string{"2026-12-31", "Desa Lambusa", "+62 800 1111 2222"}}}
	if !reflect.DeepEqual(g.Lines, want) || g.Masked != 2 {
		t.Errorf("%+v", g)
	}
	g.Fill([]cell.Range{{FirstRow: 1, LastRow: 2, FirstColumn: 3, LastColumn: 3}, {FirstRow: 9, LastRow: 12}})
	if !reflect.DeepEqual(g.Lines, want) {
		t.Errorf("%+v", g)
	}
}

func FuzzAnySheetIsRead(f *testing.F) {
	f.Add("No\tDesa\tJumlah\n1\tLambusa\t10\n\tJumlah\t9")
	f.Add("I\tKEC. KONDA\n\n\t\t\t\n12\t…\tlunas s.d. Des")
	f.Fuzz(func(t *testing.T, text string) {
		g := sheet(tabbed(text)...)
		for _, k := range tally.Kinds() {
			rows, _ := read(g, k, "Konda")
			if len(rows) > len(g.Lines) {
				t.Fatal("more rows than lines")
			}
			for _, r := range rows {
				if r.Name == "" || r.People.N < 0 {
					t.Fatalf("%+v", r)
				}
			}
			again, _ := read(g, k, "Konda")
			if !reflect.DeepEqual(rows, again) {
				t.Fatal("reads differently the second time")
			}
		}
	})
}
