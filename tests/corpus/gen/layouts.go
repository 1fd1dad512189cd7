package main

import (
	"fmt"
	"strings"

	"payung/domain/roster"
	"payung/tests/corpus"
)

// five people in rows 2 to 6, under one row of headings, nothing wrong.
func five(file, shows string) corpus.Case {
	return corpus.Case{File: file, Shows: shows, Rows: span(6, 1, 6), People: span(5, 2, 6), Accepted: 5, Names: names(people(5))}
}

// names are the people's names.
func names(who []person) []string {
	out := make([]string, len(who))
	for i, p := range who {
		out[i] = p.name
	}
	return out
}

// upper is a case whose list has names in capitals.
func upper(c corpus.Case) corpus.Case {
	for i := range c.Names {
		c.Names[i] = strings.ToUpper(c.Names[i])
	}
	return c
}

// sheetOf is a workbook with one sheet.
func sheetOf(rows []row, merged ...string) book {
	return book{pages: []page{{name: "Daftar", rows: rows, merged: merged}}}
}

// layouts are lists without a fault, under headings of all sorts.
func layouts() []made {
	usual := sheetOf(list(plain(), 1, people(5)...))
	inline := usual
	inline.inline = true
	return []made{
		{five("teks-bersama.xlsx", "texts shared by cells, as Excel writes them"), usual.xlsx()},
		{five("teks-dalam-sel.xlsx", "texts in their cells, as programs write them"), inline.xlsx()},
		titled(), twoLines(), numberedColumns(), signed(), signedUnderNames(), grouped(),
		{
			five("judul-no-ktp.xlsx", "other words for the usual headings"),
			sheetOf(list(renamed(plain(), "No Urut", "No KTP", "NAMA LENGKAP", "Tpt Lahir", "Tgl Lahir", "L/P", "Nama Ibu", "Alamat Rumah"), 1, people(5)...)).xlsx(),
		},
		{
			five("judul-berjarak.xlsx", "letters of headings set apart"),
			sheetOf(list(renamed(plain(), "N O", "N I K", "N A M A", "Tmp. Lahir", "T G L  LAHIR", "J K", "IBU KANDUNG", "A L A M A T"), 1, people(5)...)).xlsx(),
		},
		withoutHeadings(), indented(), wide(), twoSheets(), hiddenSheet(),
		{corpus.Case{
			File: "lembar-kosong.xlsx", Shows: "a sheet without anything",
			Asks: []roster.Rule{roster.MappingWithoutNIK, roster.MappingWithoutName},
		}, sheetOf(nil).xlsx()},
		{corpus.Case{File: "nol-baris.xlsx", Shows: "headings and nobody below", Rows: span(1, 1, 1)}, sheetOf(list(plain(), 1)).xlsx()},
	}
}

func titled() made {
	rows := []row{
		{n: 1, cells: []any{"DAFTAR NAMA CALON PESERTA JAMINAN SOSIAL KETENAGAKERJAAN"}},
		{n: 2, cells: []any{"DESA WUNDUHAKA KECAMATAN ANGATA"}},
		{n: 3, cells: []any{"TAHUN 2026"}},
	}
	return made{
		corpus.Case{File: "judul-di-atas.xlsx", Shows: "a merged title over the list", Rows: span(9, 1, 10), People: span(5, 6, 10), Accepted: 5},
		sheetOf(append(rows, list(plain(), 5, people(5)...)...), "A1:H1", "A2:H2", "A3:H3").xlsx(),
	}
}

func twoLines() made {
	rows := []row{
		{n: 1, cells: []any{"No", "Identitas", nil, "Kelahiran", nil, "L/P", "Nama Ibu Kandung", "Alamat"}},
		{n: 2, cells: []any{nil, "NIK", "Nama", "Tempat", "Tanggal"}},
	}
	for i, p := range people(5) {
		rows = append(rows, row{n: 3 + i, cells: about(p, plain())})
	}
	return made{
		corpus.Case{File: "judul-dua-baris.xlsx", Shows: "headings in two rows, merged across and down", Rows: span(7, 1, 7), People: span(5, 3, 7), Accepted: 5},
		sheetOf(rows, "A1:A2", "B1:C1", "D1:E1", "F1:F2", "G1:G2", "H1:H2").xlsx(),
	}
}

func numberedColumns() made {
	rows := []row{{n: 1, cells: headings(plain())}, {n: 2}}
	for i := range plain() {
		rows[1].cells = append(rows[1].cells, num(fmt.Sprint(i+1)))
	}
	for i, p := range people(5) {
		rows = append(rows, row{n: 3 + i, cells: about(p, plain())})
	}
	return made{
		corpus.Case{File: "nomor-kolom.xlsx", Shows: "numbers of the columns below the headings", Rows: span(7, 1, 7), People: span(5, 3, 7), Accepted: 5},
		sheetOf(rows).xlsx(),
	}
}

func signed() made {
	rows := append(list(plain(), 1, people(5)...),
		row{n: 7, cells: []any{"Jumlah", nil, nil, nil, nil, nil, nil, num("5")}},
		row{n: 9, cells: []any{nil, nil, nil, nil, nil, nil, "Wunduhaka, 12 Januari 2026"}},
		row{n: 10, cells: []any{nil, nil, nil, nil, nil, nil, "Kepala Desa Wunduhaka"}},
		row{n: 14, cells: []any{nil, nil, nil, nil, nil, nil, "LA ODE HASAN"}})
	return made{
		corpus.Case{File: "jumlah-dan-tanda-tangan.xlsx", Shows: "a total and a signature below the list", Rows: span(10, 1, 14), People: span(5, 2, 6), Accepted: 5},
		sheetOf(rows).xlsx(),
	}
}

func signedUnderNames() made {
	below := func(n int, text string) row { return row{n: n, cells: []any{nil, nil, text}} }
	rows := append(list(plain(), 1, people(5)...),
		below(7, "JUMLAH : 5 ORANG"), below(9, "Mengetahui,"), below(10, "Kepala Desa Wunduhaka"), below(14, "LA ODE HASAN"), below(15, "NIP. 99"))
	return made{
		corpus.Case{File: "tanda-tangan-di-kolom-nama.xlsx", Shows: "a total and a signature in the column of names", Rows: span(11, 1, 15), People: span(5, 2, 6), Accepted: 5},
		sheetOf(rows).xlsx(),
	}
}

func grouped() made {
	who := people(5)
	rows := []row{{n: 1, cells: headings(plain())}, {n: 2, cells: []any{"KECAMATAN ANGATA"}}}
	for i, p := range who[:2] {
		rows = append(rows, row{n: 3 + i, cells: about(p, plain())})
	}
	rows = append(rows, row{n: 5, cells: []any{"KECAMATAN BASALA"}})
	for i, p := range who[2:] {
		rows = append(rows, row{n: 6 + i, cells: about(p, plain())})
	}
	return made{
		corpus.Case{File: "per-kecamatan.xlsx", Shows: "people in groups under merged rows", Rows: span(8, 1, 8), People: span(5, 3, 8), Accepted: 5},
		sheetOf(rows, "A2:H2", "A5:H5").xlsx(),
	}
}

func withoutHeadings() made {
	columns := plain()[1:6]
	rows := list(columns, 0, people(5)...)[1:]
	return made{
		corpus.Case{File: "tanpa-judul.xlsx", Shows: "people and no headings", Rows: span(5, 1, 5), People: span(5, 1, 5), Accepted: 5},
		sheetOf(rows).xlsx(),
	}
}

func indented() made {
	rows := list(plain(), 8, people(5)...)
	for i := range rows {
		rows[i].cells = append([]any{nil, nil, nil}, rows[i].cells...)
	}
	return made{
		corpus.Case{File: "mulai-kolom-d.xlsx", Shows: "a list that begins at D8", Rows: span(6, 8, 13), People: span(5, 9, 13), Accepted: 5},
		sheetOf(rows).xlsx(),
	}
}

func wide() made {
	columns := plain()
	for i := range 70 {
		columns = append(columns, column{fmt.Sprintf("Isian %d", i+1), func(person) any { return "x" }})
	}
	return made{five("kolom-banyak.xlsx", "more columns than are kept"), sheetOf(list(columns, 1, people(5)...)).xlsx()}
}

func guide() page {
	return page{name: "Petunjuk", rows: []row{
		{n: 1, cells: []any{"CARA MENGISI"}}, {n: 3, cells: []any{"1.", "Isi NIK sesuai KTP"}}, {n: 4, cells: []any{"2.", "Isi nama sesuai KTP"}},
	}}
}

func twoSheets() made {
	c := five("dua-lembar.xlsx", "instructions on the first sheet, the list on the second")
	c.Sheet = 1
	return made{c, book{pages: []page{guide(), {name: "Daftar", rows: list(plain(), 1, people(5)...)}}}.xlsx()}
}

func hiddenSheet() made {
	hidden := guide()
	hidden.state = "veryHidden"
	c := five("lembar-tersembunyi.xlsx", "a sheet that nobody sees before the list")
	c.Sheet = 1
	return made{c, book{pages: []page{hidden, {name: "Daftar", rows: list(plain(), 1, people(5)...)}}}.xlsx()}
}
