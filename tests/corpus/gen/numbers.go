package main

import (
	"strings"

	"payung/domain/roster"
	"payung/tests/corpus"
)

// numbers are lists in which something happened to the NIK.
func numbers() []made {
	who := people(9)
	digits := func(i int) string { return who[i].nik }
	return []made{
		// A cell that holds a number is never believed, however whole it looks.
		replaced("nik-angka.xlsx", "NIKs kept as numbers, of which 15 digits are left",
			[]any{num(digits(0)[:15] + "0"), num(digits(1)), digits(2)}, "numeric_nik", "numeric_nik", ""),
		replaced("nik-ilmiah.xlsx", "NIKs in scientific notation, as text and as numbers",
			[]any{"9,90511E+15", "9.90511E+15", num("9.90511050780E+15"), digits(3)}, "nik_scientific", "nik_scientific", "numeric_nik", ""),
		// The serial number of a NIK is never 0000; another 0 at the end may be right.
		replaced("nik-digit-ke-16-hilang.xlsx", "text whose last digits went through a number before",
			[]any{digits(0)[:12] + "0000", digits(1)[:12] + "0010", digits(2)}, "nik_no_such_serial", "", ""),
		replaced("nik-huruf-o.xlsx", "letters in place of digits",
			[]any{
				strings.Replace(digits(0), "0", "O", 1), strings.Replace(digits(1), "1", "l", 1), strings.Replace(digits(2), "1", "I", 1), digits(3), digits(4),
			}, "nik_letter_for_digit", "nik_letter_for_digit", "nik_letter_for_digit", "", ""),
		// Blanks around change no digit; marks inside may hide that one is missing.
		replaced("nik-dipisah.xlsx", "NIKs in groups of digits, and with blanks around",
			[]any{
				apart(digits(0), " "), apart(digits(1), "."), apart(digits(2), "-"), "  " + digits(3) + " ", digits(4) + "\u00a0",
			}, "nik_separated", "nik_separated", "nik_separated", "", ""),
		replaced("nik-apostrof.xlsx", "an apostrophe to keep Excel from counting",
			[]any{"'" + digits(0), "’" + digits(1), "' " + digits(2), digits(3)}, "", "", "", ""),
		replaced("nik-rusak.xlsx", "what is no NIK",
			[]any{
				digits(0)[:15], digits(1) + "1", strings.Repeat("0", 16), "TIDAK ADA", nil, digits(5)[:6] + "320780" + "0001", digits(6)[:6] + "051380" + "0001",
				digits(7)[:6] + "050720" + "0001", digits(8),
			}, "nik_too_short", "nik_too_long", "nik_all_zeros", "nik_not_digits", "nik_missing", "nik_no_such_day", "nik_no_such_month", "nik_implausible_year", ""),
		replaced("nik-ditutup.xlsx", "NIKs that somebody has masked",
			[]any{"************0001", digits(1), digits(2)[:12] + "****"}, "masked_nik", "", "masked_nik"),
		replaced("nik-rumus.xlsx", "NIKs that the sheet computes, or never did",
			[]any{computed{`CONCATENATE("9905",D2)`, digits(0)}, computed{"VLOOKUP(C3,X:Y,2)", nil}, digits(2)}, "formula_nik", "nik_missing", ""),
		swappedInOneRow(), swappedEverywhere(), repeated(),
	}
}

// replaced is a list of people with these NIKs, each of which breaks a rule or
// none. Their days of birth are left out.
func replaced(file, shows string, niks []any, rules ...roster.Rule) made {
	columns := plain()[:4]
	rows := list(columns, 1, people(len(niks))...)
	c := corpus.Case{File: file, Shows: shows, Rows: span(len(rows), 1, len(rows)), People: span(len(niks), 2, len(rows))}
	for i, n := range niks {
		rows[i+1].cells[1] = n
		if rules[i] == "" {
			c.Accepted++
		} else {
			c.Held = append(c.Held, at(i+2, "B", rules[i]))
		}
	}
	return made{c, sheetOf(rows).xlsx()}
}

// apart is a NIK in groups of four digits.
func apart(digits, mark string) string {
	return digits[:4] + mark + digits[4:8] + mark + digits[8:12] + mark + digits[12:]
}

func swappedInOneRow() made {
	rows := list(plain(), 1, people(5)...)
	rows[2].cells[1], rows[2].cells[2] = rows[2].cells[2], rows[2].cells[1]
	c := five("tertukar-satu-baris.xlsx", "NIK and name of one person have changed places")
	c.Accepted, c.Held = 4, []corpus.Point{at(3, "B", "swapped_columns")}
	return made{c, sheetOf(rows).xlsx()}
}

func swappedEverywhere() made {
	rows := list(plain(), 1, people(5)...)
	c := five("tertukar-semua.xlsx", "NIKs stand under the name and names under the NIK")
	c.Accepted = 0
	for i := range people(5) {
		rows[i+1].cells[1], rows[i+1].cells[2] = rows[i+1].cells[2], rows[i+1].cells[1]
		c.Held = append(c.Held, at(i+2, "B", "swapped_columns"))
	}
	return made{c, sheetOf(rows).xlsx()}
}

func repeated() made {
	who := people(5)
	who[3].nik = who[0].nik
	who[3].born, who[3].female, who[3].name = who[0].born, who[0].female, who[0].name
	c := five("nik-ganda.xlsx", "one person twice")
	c.Accepted, c.Held = 4, []corpus.Point{at(5, "B", "repeated_nik")}
	return made{c, sheetOf(list(plain(), 1, who...)).xlsx()}
}
