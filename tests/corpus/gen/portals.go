package main

import (
	"fmt"
	"strings"

	"payung/domain/roster"
	"payung/sheet"
	"payung/tests/corpus"
)

// portals are lists under the headings of other registers.
func portals() []made {
	return []made{
		{upper(five("siak.xlsx", "the headings of civil registration (SIAK)")), sheetOf(list(siak(), 1, people(5)...)).xlsx()},
		{upper(five("dtks.xlsx", "the headings of the register of the poor (DTKS)")), sheetOf(list(dtks(), 1, people(5)...)).xlsx()},
		{five("p3ke-individu.xlsx", "the headings of P3KE by person"), sheetOf(list(p3ke(
			column{"ID Individu", func(p person) any { return fmt.Sprintf("99.%08d", p.number) }},
			column{"Nama", func(p person) any { return p.name }}), 1, people(5)...)).xlsx()},
		// The head of a family need not be the one to be insured: somebody decides.
		{corpus.Case{
			File: "p3ke-keluarga.xlsx", Shows: "the headings of P3KE by family, which name its head alone",
			Rows: span(6, 1, 6), Asks: []roster.Rule{roster.MappingWithoutName},
		}, sheetOf(list(p3ke(
			column{"Desil Kesejahteraan", func(person) any { return num("1") }},
			column{"Kepala Keluarga", func(p person) any { return p.name }}), 1, people(5)...)).xlsx()},
		{five("sipp.xlsx", "the columns of BPJS Ketenagakerjaan for new workers"), sheetOf(list(sipp(), 1, people(5)...)).xlsx()},
		{upper(htmlCase("portal.xls", "a page of a portal under the name of an old workbook")), []byte(portalPage("", siak()))},
		{corpus.Case{
			File: "portal-dengan-peringatan.xls", Shows: "the same with a warning of its server in front, which is a row of its own", Kind: sheet.HTML,
			Rows: span(7, 1, 7), People: span(5, 3, 7), Accepted: 5,
		}, []byte(portalPage("<br />\n<b>Notice</b>:  Undefined index: kec in <b>/var/www/cetak.php</b> on line <b>12</b><br />\n", dtks()))},
	}
}

func htmlCase(file, shows string) corpus.Case {
	c := five(file, shows)
	c.Kind = sheet.HTML
	return c
}

func siak() []column {
	return []column{
		{"NO_KK", func(p person) any { return "990511" + "010120" + fmt.Sprintf("%04d", p.number) }},
		{"NIK", func(p person) any { return p.nik }},
		{"NAMA_LGKP", func(p person) any { return strings.ToUpper(p.name) }},
		{"TMPT_LHR", func(p person) any { return strings.ToUpper(p.place) }},
		{"TGL_LHR", func(p person) any { return p.bornAs("YYYY-MM-DD") + " 00:00:00" }},
		{"JENIS_KLMIN", func(p person) any { return map[bool]string{false: "1", true: "2"}[p.female] }},
		{"NAMA_LGKP_IBU", func(p person) any { return strings.ToUpper(p.mother) }},
		{"ALAMAT", func(p person) any { return strings.ToUpper(p.address) }},
		{"NO_RT", func(person) any { return "1" }},
		{"NO_RW", func(person) any { return "0" }},
		{"NO_KEL", func(person) any { return "2003" }},
	}
}

func dtks() []column {
	return []column{
		{"IDDTKS", func(p person) any { return fmt.Sprintf("99000000-0000-4000-8000-%012d", p.number) }},
		{"ID_SEMESTA", func(p person) any { return fmt.Sprintf("9905112003%06d", p.number) }},
		{"NIK", func(p person) any { return p.nik }},
		{"NAMA", func(p person) any { return strings.ToUpper(p.name) }},
		{"TGL_LAHIR", func(p person) any { return p.bornAs("DD-MM-YYYY") }},
		{"JENIS_KELAMIN", func(p person) any { return p.sex() }},
		{"NMIBU", func(p person) any { return strings.ToUpper(p.mother) }},
		{"ALAMAT", func(p person) any { return strings.ToUpper(p.address) }},
		{"DESA_KELURAHAN", func(person) any { return "WUNDUHAKA" }},
	}
}

// p3ke are the columns of P3KE with two that are told apart by who is listed.
func p3ke(own, name column) []column {
	return []column{
		{"ID Keluarga P3KE", func(p person) any { return fmt.Sprintf("9905%010d", p.number) }},
		own,
		{"Provinsi", func(person) any { return "CONTOH" }},
		{"Kabupaten/Kota", func(person) any { return "CONTOH SELATAN" }},
		{"Kecamatan", func(person) any { return "ANGATA" }},
		{"Desa/Kelurahan", func(person) any { return "WUNDUHAKA" }},
		{"Alamat", func(p person) any { return p.address }},
		name,
		{"NIK", func(p person) any { return p.nik }},
		{"Padan Dukcapil", func(person) any { return "Ya" }},
		{"Jenis Kelamin", func(p person) any { return map[bool]string{false: "Laki-laki", true: "Perempuan"}[p.female] }},
		{"Tanggal Lahir", func(p person) any { return p.bornAs("YYYY-MM-DD") }},
		{"Pekerjaan", func(person) any { return "Petani" }},
	}
}

func sipp() []column {
	same := func(text string) func(person) any { return func(person) any { return text } }
	return []column{
		{"NO_PEGAWAI", func(p person) any { return fmt.Sprint(p.number) }},
		{"NAMA_LENGKAP", func(p person) any { return p.name }},
		{"GELAR", same("")},
		{"TELEPON_RUMAH", same("")},
		{"HP", func(p person) any { return fmt.Sprintf("0812345678%02d", p.number) }},
		{"EMAIL", same("")},
		{"TEMPAT_LAHIR", func(p person) any { return p.place }},
		{"TANGGAL_LAHIR", func(p person) any { return p.bornAs("DD-MM-YYYY") }},
		{"NAMA_IBU_KANDUNG", func(p person) any { return p.mother }},
		{"JENIS_IDENTITAS", same("KTP")},
		{"NOMOR_IDENTITAS", func(p person) any { return p.nik }},
		{"MASA_LAKU_IDENTITAS", same("31-12-3000")},
		{"JENIS_KELAMIN", func(p person) any { return p.sex() }},
		{"TANGGAL_KEPESERTAAN", same("01-01-2026")},
		{"STATUS_KAWIN", same("Y")},
		{"UPAH", same("2500000")},
		{"ALAMAT", func(p person) any { return p.address }},
		{"TGL_AWAL_BEKERJA", same("01-01-2015")},
	}
}

// portalPage is a table as portals print it, with the digits whole.
func portalPage(before string, columns []column) string {
	var b strings.Builder
	b.WriteString(before + "<html>\n<head><meta charset=\"utf-8\"><style>.num{mso-number-format:\"\\@\";}</style></head>\n<body>\n<table border=\"1\">\n<tr>")
	for _, c := range columns {
		b.WriteString("<th>" + c.heading + "</th>")
	}
	for _, p := range people(5) {
		b.WriteString("</tr>\n<tr>")
		for _, c := range columns {
			fmt.Fprintf(&b, "<td class='num'>%s</td>", c.of(p))
		}
	}
	return b.String() + "</tr>\n</table>\n</body>\n</html>\n"
}
