package roster_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"

	"payung/domain/calendar"
	"payung/domain/cell"
	"payung/domain/roster"
	"payung/domain/sipp"
)

// head collects rows as a reader does.
func head(rows ...[]any) []cell.Row {
	var h roster.Head
	for i, row := range rows {
		h.Add(line(i+1, row...))
	}
	return h
}

// cells makes a row of texts.
func cells(texts ...string) []any {
	row := make([]any, len(texts))
	for i, text := range texts {
		row[i] = text
	}
	return row
}

// places lists a mapping as letters of columns, in the order of the template.
func places(m roster.Mapping) string {
	var list []string
	for _, h := range roster.Fields() {
		if column, ok := m.Columns[h.Field]; ok {
			list = append(list, fmt.Sprintf("%s=%s", h.Field, cell.Letters(column)))
		}
	}
	return strings.Join(list, " ")
}

func TestHeadingsAreFoundAsOfficesWriteThem(t *testing.T) {
	t.Parallel()
	person := []any{"1", someone(1), "Ahmad", "Kendari", "05-07-1980", "L"}
	for name, tt := range map[string]struct {
		rows       [][]any
		want       string
		from, to   int
		confidence roster.Confidence
	}{
		"the usual": {
			[][]any{cells("No", "NIK", "Nama", "Tempat Lahir", "Tgl. Lahir", "L/P"), person},
			"number=A nik=B name=C birthplace=D born=E sex=F", 1, 1, roster.Sure,
		},
		"below titles": {
			[][]any{cells("DAFTAR NAMA PEKERJA RENTAN"), cells("DESA WUNDUHAKA TAHUN 2027"), {}, cells("No.", "N I K", "NAMA LENGKAP", "Tempat lahir", "Tanggal lahir", "Jenis Kelamin (L/P)"), person},
			"number=A nik=B name=C birthplace=D born=E sex=F", 4, 4, roster.Sure,
		},
		"numbers below the headings": {
			[][]any{cells("No", "No KTP", "Nama Peserta", "Tempat", "Tanggal Lahir", "JK"), cells("1", "2", "3", "4", "5", "6"), person},
			"number=A nik=B name=C birthplace=D born=E sex=F", 1, 1, roster.Sure,
		},
		"two lines, merged": {
			[][]any{cells("No", "Identitas", "", "Tempat/Tanggal Lahir", "", "L/P"), cells("", "NIK", "Nama", "Tempat", "Tanggal"), person},
			"number=A nik=B name=C birthplace=D born=E sex=F", 1, 2, roster.Sure,
		},
		"two lines, the word above": {
			[][]any{cells("Nomor", "Nomor", "Nama", "Tempat", "Tanggal", "Jenis"), cells("Urut", "KTP", "Lengkap", "Lahir", "Lahir", "Kelamin"), person},
			"number=A nik=B name=C birthplace=D born=E sex=F", 1, 2, roster.Sure,
		},
		"two days, told apart by the line above": {
			[][]any{cells("No", "NIK", "Nama", "Lahir", "", "Mulai bekerja"), cells("", "", "", "Tempat", "Tanggal", "Tanggal"), {"1", someone(1), "Ahmad", "Kendari", "05-07-1980", "02-01-2024"}},
			"number=A nik=B name=C birthplace=D born=E start=F", 1, 2, roster.Sure,
		},
		"place and day in one column": {
			[][]any{cells("NO", "NAMA", "NIK KTP", "TTL", "Alamat"), {"1", "Ahmad", someone(1), "Kendari, 05-07-1980", "Jl. Poros"}},
			"number=A nik=C name=B birthplace=D born=D address=E", 1, 1, roster.Sure,
		},
		"an example in the heading": {
			[][]any{cells("NIK (contoh 9905110507801234)", "Nama", "No HP contoh 081234567890"), {someone(1), "Ahmad", "081234567890"}},
			"nik=A name=B phone=C", 1, 1, roster.Sure,
		},
		"mother, village, wage and reserve": {
			[][]any{cells("NIK", "Nama Pekerja", "Nama Ibu Kandung", "Nama Desa", "Honor", "Cadangan", "Ket."), {someone(1), "Ahmad", "Wa Ode", "Wunduhaka", "1.000.000", "", ""}},
			"nik=A name=B mother=C village=D wage=E reserve=F note=G", 1, 1, roster.Sure,
		},
		"SIAK": {
			[][]any{cells("NO_KK", "NIK", "NAMA_LGKP", "TMPT_LHR", "TGL_LHR", "JENIS_KLMIN", "NAMA_LGKP_IBU", "JENIS_PKRJN", "NO_RT"), {someone(8), someone(1), "Ahmad", "Kendari", "05-07-1980", "1", "Wa Ode", "Nelayan", "1"}},
			"nik=B name=C birthplace=D born=E sex=F mother=G job=H", 1, 1, roster.Sure,
		},
		"DTKS": {
			[][]any{cells("ID DTKS", "PROVINSI", "KABUPATEN", "KECAMATAN", "DESA/KELURAHAN", "ALAMAT", "NOKK", "NIK", "NAMA", "TGL_LAHIR", "TMP_LAHIR", "JNSKEL", "PEKERJAAN", "NAMA_IBU_KANDUNG", "NAMA KEPALA KELUARGA")},
			"nik=H name=I birthplace=K born=J sex=L mother=N address=F village=E job=M", 1, 1, roster.Sure,
		},
		"P3KE": {
			[][]any{cells("ID KELUARGA P3KE", "PROVINSI", "KABUPATEN/KOTA", "KECAMATAN", "DESA/KELURAHAN", "KODE KEMDAGRI", "DESIL KESEJAHTERAAN", "ALAMAT", "ID INDIVIDU", "NAMA", "NIK", "PADAN DUKCAPIL", "JENIS KELAMIN", "HUBUNGAN DENGAN KEPALA KELUARGA", "TANGGAL LAHIR", "STATUS KAWIN", "PEKERJAAN", "PENDIDIKAN")},
			"nik=K name=J born=O sex=M address=H village=E job=Q", 1, 1, roster.Sure,
		},
		"own-account workers": {
			[][]any{cells("No", "Nomor e-KTP", "Nama Lengkap", "Tempat Lahir", "Tgl Lahir", "Nama Ibu Kandung", "No HP", "Pekerjaan", "Lokasi Kerja", "Penghasilan per Bulan")},
			"number=A nik=B name=C birthplace=D born=E mother=F phone=G job=H wage=J", 1, 1, roster.Sure,
		},
		"part of a heading": {
			[][]any{cells("Urutan", "NIK pekerja rentan", "Nama pekerja rentan desa ini", "Hari"), {"1", someone(1), "Ahmad", "Senin"}},
			"nik=B name=C", 1, 1, roster.Likely,
		},
		"a heading that does not tell the NIK": {
			[][]any{cells("No", "Nama", "Nomor Kependudukan Warga"), {"1", "Ahmad", someone(1)}, {"2", "Budi", someone(2)}, {"3", "Candra", "123"}},
			"number=A nik=C name=B", 1, 1, roster.Likely,
		},
		"no headings at all": {
			[][]any{{"1", someone(1), "Ahmad", "05-07-1980", "L"}, {"2", someone(2), "Budi", "06-07-1980", "P"}},
			"nik=B name=C born=D sex=E", 0, 0, roster.Likely,
		},
		"the name left of the NIK, no headings": {
			[][]any{{"Ahmad", someone(1)}, {"Budi", number("9.9E+15")}},
			"nik=B name=A", 0, 0, roster.Likely,
		},
		"a village left of the NIK and the name right of it, no headings": {
			[][]any{{"Wunduhaka", someone(1), "Ahmad", "5 Jul 80"}, {"Landono", someone(2), "Budi", "6 Jul 80"}},
			"nik=B name=C born=D", 0, 0, roster.Likely,
		},
		"two columns of 16 digits, no headings": {
			[][]any{{someone(8), someone(1), "Ahmad"}, {someone(9), someone(2), "Budi"}},
			"nik=A name=C", 0, 0, roster.Unsure,
		},
		"nobody's NIK": {
			[][]any{cells("Tanggal", "Uraian", "Jumlah"), {"05-07-2026", "Beli kertas", "10000"}},
			"", 0, 0, roster.Unsure,
		},
		"an empty sheet": {nil, "", 0, 0, roster.Unsure},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := roster.Guess(head(tt.rows...))
			if got := places(g.Mapping); got != tt.want {
				t.Errorf("columns %s, want %s", got, tt.want)
			}
			if g.Mapping.HeadFrom != tt.from || g.Mapping.HeadTo != tt.to || g.Confidence != tt.confidence {
				t.Errorf("rows %d to %d, %s, want %d to %d, %s", g.Mapping.HeadFrom, g.Mapping.HeadTo, g.Confidence, tt.from, tt.to, tt.confidence)
			}
			if (g.Mapping.Signature == "") != (tt.from == 0) {
				t.Errorf("signature %q", g.Mapping.Signature)
			}
		})
	}
}

func TestTheWorkerFileOfSIPPIsKnown(t *testing.T) {
	t.Parallel()
	var names []string
	for _, c := range sipp.Columns() {
		names = append(names, c.Name)
	}
	g := roster.Guess(head(cells(names...)))
	want := "nik=O name=B birthplace=K born=L sex=Q mother=M address=Y phone=I wage=X start=AC"
	if got := places(g.Mapping); got != want || g.Confidence != roster.Sure || len(g.Unmapped)+len(g.Ambiguous) > 0 {
		t.Errorf("%s, %s, %v, %v", got, g.Confidence, g.Unmapped, g.Ambiguous)
	}
}

func TestTheTemplateIsKnownInBothLanguages(t *testing.T) {
	t.Parallel()
	for _, l := range []calendar.Lang{calendar.ID, calendar.EN} {
		g := roster.Guess(head(cells("Daftar nama"), nil, cells("Desa Wunduhaka"), cells(roster.Headings(l)...)))
		want := roster.TemplateMapping(l, 4)
		want.Sheet = ""
		if g.Mapping.Signature != want.Signature || !maps.Equal(g.Mapping.Columns, want.Columns) || g.Mapping.HeadTo != 4 || g.Confidence != roster.Sure {
			t.Errorf("%s: %+v", l, g)
		}
		if found := roster.Untouched(g.Mapping); len(found) > 0 {
			t.Errorf("%s: %q", l, told(found))
		}
	}
}

func TestWhatIsLeftOutOrUnclearIsTold(t *testing.T) {
	t.Parallel()
	g := roster.Guess(head(
		cells("NIK", "NIK", "Nama", "Warna kesukaan", "No KK"),
		[]any{someone(1), someone(2), "Ahmad", "biru", someone(3)},
	))
	if fmt.Sprint(g.Ambiguous) != "[{nik [0 1]}]" || g.Confidence != roster.Unsure || g.Mapping.Columns[roster.NIK] != 0 {
		t.Errorf("%v, %s", g.Ambiguous, g.Confidence)
	}
	if fmt.Sprint(g.Unmapped) != "[{3 Warna kesukaan}]" {
		t.Errorf("unmapped %v", g.Unmapped)
	}
}

func TestANIKUnderAnotherHeadingMakesTheGuessUnsure(t *testing.T) {
	t.Parallel()
	g := roster.Guess(head(cells("NIK", "Nama", "Lain-lain"), []any{"Kendari", "Ahmad", someone(1)}, []any{"Konawe", "Budi", someone(2)}))
	if g.Confidence != roster.Unsure || fmt.Sprint(g.Ambiguous) != "[{nik [0 2]}]" {
		t.Errorf("%s, %v", g.Confidence, g.Ambiguous)
	}
}

func TestAMappingIsFoundAgainByItsHeadings(t *testing.T) {
	t.Parallel()
	saved := roster.Guess(head(cells("No", "N.I.K.", "Nama"), []any{"1", someone(1), "Ahmad"})).Mapping
	again := roster.Guess(head(cells("Daftar"), cells("NO", "nik", "NAMA "), []any{"1", someone(2), "Budi"})).Mapping
	other := roster.Guess(head(cells("No", "Nama", "NIK"), []any{"1", "Ahmad", someone(1)})).Mapping
	shifted := roster.Guess(head(cells("", "No", "NIK", "Nama"), []any{"", "1", someone(1), "Ahmad"})).Mapping
	if saved.Signature == "" || saved.Signature != again.Signature || saved.Signature == other.Signature || saved.Signature == shifted.Signature {
		t.Errorf("%q, %q, %q, %q", saved.Signature, again.Signature, other.Signature, shifted.Signature)
	}
	moved := saved.Moved(again)
	if moved.HeadFrom != 2 || moved.Columns[roster.NIK] != 1 {
		t.Errorf("%+v", moved)
	}
	text, err := json.Marshal(saved)
	if want := `{"head_from":1,"head_to":1,"columns":{"name":2,"nik":1,"number":0},"signature":"` + saved.Signature + `"}`; err != nil || string(text) != want {
		t.Errorf("%s, want %s", text, want)
	}
}

func TestAMappingNeedsNIKAndNameInColumnsOfTheirOwn(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		columns map[roster.Field]int
		rules   string
	}{
		"both":                            {map[roster.Field]int{"nik": 0, "name": 1}, ""},
		"place and day of birth together": {map[roster.Field]int{"nik": 0, "name": 1, "birthplace": 2, "born": 2}, ""},
		"no NIK":                          {map[roster.Field]int{"name": 1}, "error mapping_without_nik"},
		"nothing":                         {nil, "error mapping_without_nik, error mapping_without_name"},
		"one column for both":             {map[roster.Field]int{"nik": 0, "name": 0}, "error mapping_twice"},
		"job and wage together":           {map[roster.Field]int{"nik": 0, "name": 1, "job": 2, "wage": 2}, "error mapping_twice"},
		"birth with a third":              {map[roster.Field]int{"nik": 0, "name": 1, "birthplace": 2, "born": 2, "sex": 2}, "error mapping_twice"},
		"a column before the first":       {map[roster.Field]int{"nik": -1, "name": 1}, "error mapping_bad_column"},
		"a column after the last":         {map[roster.Field]int{"nik": 0, "name": 16384}, "error mapping_bad_column"},
		"a field nobody knows":            {map[roster.Field]int{"nik": 0, "name": 1, "shoe": 2}, "error mapping_unknown_field"},
	} {
		if got := told(roster.Mapping{Columns: tt.columns}.Check()); got != tt.rules {
			t.Errorf("%s: %q, want %q", name, got, tt.rules)
		}
	}
}

func TestOnlyTheFieldsOfTheTemplateAreKnown(t *testing.T) {
	t.Parallel()
	for i, h := range roster.Fields() {
		if m := roster.TemplateMapping(calendar.ID, 4); !h.Field.Known() || m.Columns[h.Field] != i {
			t.Errorf("%s is not column %s", h.Field, cell.Letters(i))
		}
	}
	if roster.Field("shoe").Known() || roster.Field("").Known() {
		t.Error("the shoe is a field")
	}
}

func TestAGuessLooksAtTheFirstRowsOnly(t *testing.T) {
	t.Parallel()
	var h roster.Head
	added := 1
	for h.Add(line(added, someone(added), "Ahmad")) {
		added++
	}
	if h.Add(line(added+1, "x")) || len(h) != added {
		t.Errorf("%d rows were kept of %d", len(h), added)
	}
}
