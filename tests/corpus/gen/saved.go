package main

import (
	"slices"

	"payung/domain/roster"
	"payung/tests/corpus"
)

// saved are files that LibreOffice has opened and saved as something else.
func saved(d desk) []made {
	usual := sheetOf(list(plain(), 1, people(5)...)).xlsx()
	all := []made{
		{five("disimpan-ulang.xlsx", "a workbook saved again by LibreOffice"), d.saved(usual, ".xlsx", "", asXLSX)},
		{five("libreoffice.ods", "a file of LibreOffice"), d.saved(usual, ".xlsx", "", asODS)},
		{five("ekspor-titik-koma.csv", "CSV of LibreOffice with semicolons"), d.saved(usual, ".xlsx", "", asSemicolons)},
		{five("ekspor-koma.csv", "CSV of LibreOffice with commas"), d.saved(usual, ".xlsx", "", asCommas)},
		{five("ekspor-tab.csv", "tabs in Windows-1252"), d.saved(usual, ".xlsx", "", asTabs1252)},
		{htmlCase("ekspor-html.xls", "a page that LibreOffice has saved"), d.saved(usual, ".xlsx", "", asHTML)},
		old(d, five("lama.xls", "an old workbook"), usual),
		opened(d, "dibuka-disimpan.xlsx", asXLSX),
		opened(d, "dibuka-disimpan.ods", asODS),
	}
	for _, m := range slices.Concat(days(), gaps(), cells(), numbers()) {
		switch m.File {
		case "tanggal-angka-seri.xlsx", "tanggal-1904.xlsx", "celah-10000-baris.xlsx", "tersaring.xlsx", "baris-tersembunyi.xlsx", "nik-digabung.xlsx", "sel-galat.xlsx", "nik-angka.xlsx":
			all = append(all, again(d, m, ".ods", asODS))
		}
		switch m.File {
		case "tanggal-angka-seri.xlsx", "baris-tersembunyi.xlsx", "nik-dipisah.xlsx":
			m := again(d, m, ".xls", asXLS)
			m.Office = true
			all = append(all, m)
		}
	}
	return all
}

func old(d desk, c corpus.Case, usual []byte) made {
	c.Office = true
	return made{c, d.saved(usual, ".xlsx", "", asXLS)}
}

// again is a case in another format. Everything in it stays as it was.
func again(d desk, m made, extension, as string) made {
	m.content = d.saved(m.content, ".xlsx", "", as)
	m.File = m.File[:len(m.File)-len(".xlsx")] + extension
	m.Shows += ", saved by LibreOffice"
	return m
}

// opened is what becomes of CSV that is opened with a double click and saved:
// every NIK is a number from then on.
func opened(d desk, file, as string) made {
	c := five(file, "CSV opened with a double click and saved: every NIK has become a number")
	c.Accepted = 0
	for row := 2; row <= 6; row++ {
		c.Held = append(c.Held, at(row, "B", roster.NumericNIK))
	}
	return made{c, d.saved(text(list(plain(), 1, people(5)...), ";", "\r\n"), ".csv", fromSemicolons, as)}
}
