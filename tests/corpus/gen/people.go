package main

import (
	"fmt"
	"strings"

	"payung/domain/calendar"
	"payung/domain/nik"
)

// person is somebody who does not exist.
type person struct {
	number                   int
	nik, name, place, mother string
	born                     calendar.Day
	female                   bool
	address                  string
}

// people are so many made-up people, the same ones every time.
func people(n int) []person {
	names := []struct {
		name, place, mother string
		female              bool
	}{
		{"Siti Rahma", "Kolaka", "Wa Ina", true},
		{"La Ode Contoh", "Raha", "Wa Ode Sari", false},
		{"I Made Misal", "Angata", "Ni Luh Ayu", false},
		{"Nur'aini S. Umpama", "Kendari", "Hasnah", true},
		{"Muh. Ridwan Taksir", "Unaaha", "St. Aminah", false},
		{"Dewi Andaikan", "Lambuya", "Sumarni", true},
		{"Jumadil Perkiraan", "Tinanggea", "Halija", false},
		{"Wa Ode Rekaan", "Lasusua", "Wa Ndia", true},
		{"Andi Karangan", "Pomalaa", "Andi Tenri", false},
	}
	out := make([]person, n)
	for i := range out {
		from := names[i%len(names)]
		born := calendar.Day("1980-07-05").Add(397 * i)
		out[i] = person{
			number: i + 1, name: from.name, place: from.place, mother: from.mother, female: from.female, born: born,
			nik:     nik.Synthetic(511, born, from.female, i+1).Reveal(),
			address: fmt.Sprintf("Dusun %d RT 00%d", i%3+1, i%4+1),
		}
	}
	return out
}

// sex is the letter that lists have for it.
func (p person) sex() string {
	if p.female {
		return "P"
	}
	return "L"
}

// bornAs is the day of birth, written as 2 Jan 2006 would be.
func (p person) bornAs(layout string) string {
	y, m, d := p.born.Date()
	months := []string{
		"Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember",
	}
	return strings.NewReplacer(
		"YYYY", fmt.Sprint(y), "YY", fmt.Sprintf("%02d", y%100), "MMMM", months[m-1], "MMM", months[m-1][:3],
		"MM", fmt.Sprintf("%02d", m), "DD", fmt.Sprintf("%02d", d), "M", fmt.Sprint(int(m)), "D", fmt.Sprint(d),
	).Replace(layout)
}

// serial is the day of birth as the number that sheets keep.
func (p person) serial() date { return date(p.born.Sub("1899-12-30")) }

// column is a column of a list.
type column struct {
	heading string
	of      func(person) any
}

// plain are the columns that most lists have: NIK in B, the name in C, the day
// of birth in E.
func plain() []column {
	return []column{
		{"No", func(p person) any { return num(fmt.Sprint(p.number)) }},
		{"NIK", func(p person) any { return p.nik }},
		{"Nama Lengkap", func(p person) any { return p.name }},
		{"Tempat Lahir", func(p person) any { return p.place }},
		{"Tanggal Lahir", func(p person) any { return p.bornAs("DD/MM/YYYY") }},
		{"L/P", func(p person) any { return p.sex() }},
		{"Nama Ibu Kandung", func(p person) any { return p.mother }},
		{"Alamat", func(p person) any { return p.address }},
	}
}

// renamed are columns under other headings.
func renamed(columns []column, headings ...string) []column {
	for i, h := range headings {
		columns[i].heading = h
	}
	return columns
}

// headings are the headings of columns as cells.
func headings(columns []column) []any {
	out := make([]any, len(columns))
	for i, c := range columns {
		out[i] = c.heading
	}
	return out
}

// about is a person as cells.
func about(p person, columns []column) []any {
	out := make([]any, len(columns))
	for i, c := range columns {
		out[i] = c.of(p)
	}
	return out
}

// list are rows with headings in the first of them and people from a row on.
func list(columns []column, from int, who ...person) []row {
	rows := []row{{n: from, cells: headings(columns)}}
	for i, p := range who {
		rows = append(rows, row{n: from + 1 + i, cells: about(p, columns)})
	}
	return rows
}
