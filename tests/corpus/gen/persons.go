package main

import (
	"payung/domain/roster"
	"payung/tests/corpus"
)

// persons are lists with something odd about the people.
func persons() []made {
	return []made{messyNames(), badNames(), samePerson(), sexes(), phones()}
}

func messyNames() made {
	rows := list(plain(), 1, people(5)...)
	for i, name := range []string{"  Siti  Rahma ", "La Ode\nContoh", "I Made\tMisal\r\n", "Nur'aini\u00a0S. Umpama", "MUH. RIDWAN TAKSIR, S.Pd."} {
		rows[i+1].cells[2] = name
	}
	c := five("nama-berspasi.xlsx", "blanks, tabs and line ends in names")
	c.Names[4] = "MUH. RIDWAN TAKSIR, S.Pd."
	return made{c, sheetOf(rows).xlsx()}
}

func badNames() made {
	rows := list(plain(), 1, people(5)...)
	for i, name := range []any{nil, "Siti 2", num(people(9)[8].nik), "-", "Muh. Ridwan"} {
		rows[i+1].cells[2] = name
	}
	c := five("nama-salah.xlsx", "names that are missing, numbered or numbers")
	c.Accepted = 2
	c.Held = []corpus.Point{at(2, "C", roster.NameMissing), at(4, "C", roster.NameIsNumber), at(5, "C", roster.NameMissing)}
	c.Warned = []corpus.Point{at(3, "C", roster.NameHasDigits)}
	return made{c, sheetOf(rows).xlsx()}
}

func samePerson() made {
	who := people(5)
	who[3].name, who[3].born, who[3].female = who[0].name, who[0].born, who[0].female
	who[3].nik = who[0].nik[:12] + "0099"
	c := five("orang-sama-nik-lain.xlsx", "one name and day of birth with two NIKs")
	c.Names[3] = c.Names[0]
	c.Warned = []corpus.Point{at(2, "C", roster.SamePerson), at(5, "C", roster.SamePerson)}
	return made{c, sheetOf(list(plain(), 1, who...)).xlsx()}
}

func sexes() made {
	rows := list(plain(), 1, people(5)...)
	for i, sex := range []any{"Perempuan", "P", "LAKI-LAKI", "X", nil} {
		rows[i+1].cells[5] = sex
	}
	c := five("jenis-kelamin.xlsx", "a sex that is not the NIK's, is none, or is missing")
	c.Warned = []corpus.Point{at(3, "F", roster.NIKSexDiffers), at(5, "F", roster.SexBad)}
	return made{c, sheetOf(rows).xlsx()}
}

func phones() made {
	columns := append(plain(), column{"No. HP", func(person) any { return nil }})
	rows := list(columns, 1, people(5)...)
	for i, phone := range []any{num("81234567801"), "+62 812-3456-7802", "0812 3456 7803", "tidak ada", num("6281234567805")} {
		rows[i+1].cells[8] = phone
	}
	c := five("nomor-hp.xlsx", "telephone numbers kept as numbers, with marks, and none")
	c.Warned = []corpus.Point{at(5, "I", roster.PhoneBad)}
	return made{c, sheetOf(rows).xlsx()}
}

// wages are lists with pay, which these people's contributions do not depend on.
func wages() []made {
	columns := plain()[:3]
	columns = append(columns, column{"Pekerjaan", func(person) any { return "Honorer" }}, column{"Upah per Bulan (Rp)", func(person) any { return nil }})
	rows := list(columns, 1, people(6)...)
	for i, wage := range []any{"1.000.000,50", "Rp 1.000.000", num("1000000"), "1,5 juta", "2,500", "1.000.000,-"} {
		rows[i+1].cells[4] = wage
	}
	return []made{{corpus.Case{
		File: "upah.xlsx", Shows: "pay as it is written in Indonesian", Rows: span(7, 1, 7), People: span(6, 2, 7), Accepted: 6,
		Warned: []corpus.Point{at(2, "E", roster.WageRounded), at(5, "E", roster.WageWorded), at(6, "E", roster.WageAmbiguous)},
	}, sheetOf(rows).xlsx()}}
}

// cells are lists whose cells are not what they seem.
func cells() []made {
	rows := list(plain(), 1, people(5)...)
	rows[1].cells[1] = failed("#REF!")
	rows[2].cells[2] = failed("#N/A")
	rows[3].cells[7] = failed("#VALUE!")
	rows[4].cells[bornColumn] = failed("#NUM!")
	c := five("sel-galat.xlsx", "cells that the sheet could not compute")
	c.Accepted = 2
	c.Held = []corpus.Point{at(2, "B", roster.ErrorCell), at(3, "C", roster.ErrorCell), at(5, "E", roster.ErrorCell)}
	c.Warned = []corpus.Point{at(4, "H", roster.ErrorCell)}

	proper := list(plain(), 1, people(5)...)
	for i := range people(5) {
		name, _ := proper[i+1].cells[2].(string)
		proper[i+1].cells[2] = computed{"PROPER(J1)", name}
	}
	return []made{
		{c, sheetOf(rows).xlsx()},
		{five("rumus-nama.xlsx", "names that the sheet computes"), sheetOf(proper).xlsx()},
	}
}
