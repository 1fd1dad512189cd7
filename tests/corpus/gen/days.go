package main

import (
	"payung/domain/roster"
	"payung/tests/corpus"
)

// bornColumn is where plain lists have the day of birth.
const bornColumn = 4

// days are lists with days of birth of all spellings.
func days() []made {
	who := people(5)
	spelled := dated(who[0].bornAs("DD/MM/YYYY"), who[1].bornAs("D-M-YYYY"), who[2].bornAs("D MMMM YYYY"), who[3].bornAs("YYYY-MM-DD"), who[4].bornAs("D MMM YY"))
	counted := dated(who[0].serial(), who[1].serial(), who[2].serial(), who[3].serial(), who[4].serial())
	from1904 := sheetOf(dated(who[0].serial()-1462, who[1].serial()-1462, who[2].serial()-1462, who[3].serial()-1462, who[4].serial()-1462))
	from1904.date1904 = true
	return []made{
		{five("tanggal-lima-ejaan.xlsx", "05/07/1980, 5-7-1980, 5 Juli 1980, 1980-07-05 and 5 Jul 80"), sheetOf(spelled).xlsx()},
		{five("tanggal-angka-seri.xlsx", "days that the sheet counts from 1900"), sheetOf(counted).xlsx()},
		{five("tanggal-1904.xlsx", "days that the sheet counts from 1904"), from1904.xlsx()},
		{five("tanggal-rumus.xlsx", "days that the sheet computes"), sheetOf(dated(
			computed{"DATE(1980,7,5)", who[0].serial()}, computed{"TODAY()-1", who[1].serial()}, who[2].serial(), who[3].serial(), who[4].serial())).xlsx()},
		wrongDays(), placeAndDay(),
	}
}

// dated is a list of five people with these days of birth.
func dated(days ...any) []row {
	rows := list(plain(), 1, people(5)...)
	for i, d := range days {
		rows[i+1].cells[bornColumn] = d
	}
	return rows
}

func wrongDays() made {
	c := five("tanggal-salah.xlsx", "days that are none, or not the NIK's")
	c.Accepted = 2
	c.Held = []corpus.Point{at(2, "E", roster.BornNoSuchDay), at(3, "E", roster.BornMonthFirst), at(4, "E", roster.BornBad)}
	c.Warned = []corpus.Point{at(5, "E", roster.BornMissing), at(6, "E", roster.NIKBirthDiffers)}
	return made{c, sheetOf(dated("31/02/1980", "07/25/1981", "tidak tahu", nil, string(people(5)[4].born.Add(1)))).xlsx()}
}

func placeAndDay() made {
	columns := []column{
		{"No", func(p person) any { return num(string(rune('0' + p.number))) }},
		{"Nama", func(p person) any { return p.name }},
		{"NIK", func(p person) any { return p.nik }},
		{"Tempat/Tgl Lahir", func(p person) any { return p.place + ", " + p.bornAs("DD-MM-YYYY") }},
		{"Jenis Kelamin", func(p person) any {
			return map[bool]string{true: "Perempuan", false: "Laki-laki"}[p.female]
		}},
	}
	return made{five("tempat-tanggal-lahir.xlsx", "place and day of birth in one column"), sheetOf(list(columns, 1, people(5)...)).xlsx()}
}
