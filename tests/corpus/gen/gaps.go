package main

import (
	"fmt"

	"payung/tests/corpus"
)

// gaps are lists with rows missing, blank, hidden or merged.
func gaps() []made {
	return []made{
		{
			corpus.Case{File: "celah-di-awal.xlsx", Shows: "blank rows above and below the headings", Rows: span(6, 4, 10), People: span(5, 6, 10), Accepted: 5},
			sheetOf(moved(list(plain(), 1, people(5)...), 4, 6, 7, 8, 9, 10)).xlsx(),
		},
		{
			corpus.Case{File: "celah-di-tengah.xlsx", Shows: "blank rows between people", Rows: span(6, 1, 10), People: span(5, 2, 10), Accepted: 5},
			sheetOf(moved(list(plain(), 1, people(5)...), 1, 2, 3, 6, 7, 10)).xlsx(),
		},
		{
			corpus.Case{File: "celah-10000-baris.xlsx", Shows: "a last person 10,000 rows below the others", Rows: span(4, 1, 10_002), People: span(3, 2, 10_002), Accepted: 3},
			sheetOf(moved(list(plain(), 1, people(3)...), 1, 2, 3, 10_002)).xlsx(),
		},
		blankBelow(), onlyNumbers(),
		hiddenRows("baris-tersembunyi.xlsx", "rows hidden by hand", "", 3, 4),
		hiddenRows("tersaring.xlsx", "rows hidden by a filter", "A1:H6", 5),
		mergedNIK(),
	}
}

// moved are rows under other numbers.
func moved(rows []row, to ...int) []row {
	for i := range rows {
		rows[i].n = to[i]
	}
	return rows
}

func blankBelow() made {
	rows := list(plain(), 1, people(5)...)
	for n := 7; n <= 12; n++ {
		rows = append(rows, row{n: n, cells: []any{nil, " ", "  ", "\u00a0"}})
	}
	return made{
		corpus.Case{File: "baris-kosong-di-bawah.xlsx", Shows: "rows with nothing but blanks below the list", Rows: span(12, 1, 12), People: span(5, 2, 6), Accepted: 5},
		sheetOf(rows).xlsx(),
	}
}

func onlyNumbers() made {
	rows := list(plain(), 1, people(3)...)
	for n := 5; n <= 24; n++ {
		rows = append(rows, row{n: n, cells: []any{num(fmt.Sprint(n - 1))}})
	}
	return made{
		corpus.Case{File: "nomor-urut-saja.xlsx", Shows: "rows that were numbered and not filled in", Rows: span(24, 1, 24), People: span(3, 2, 4), Accepted: 3},
		sheetOf(rows).xlsx(),
	}
}

func hiddenRows(file, shows, filter string, hidden ...int) made {
	b := sheetOf(list(plain(), 1, people(5)...))
	c := five(file, shows)
	for _, n := range hidden {
		b.pages[0].rows[n-1].hidden = true
		c.Warned = append(c.Warned, at(n, "", "hidden_row"))
	}
	b.pages[0].filter = filter
	return made{c, b.xlsx()}
}

func mergedNIK() made {
	rows := list(plain(), 1, people(5)...)
	rows[2].cells[1] = nil
	c := five("nik-digabung.xlsx", "one NIK merged over two people")
	c.Accepted = 4
	c.Held = []corpus.Point{at(3, "B", "nik_missing")}
	c.Warned = []corpus.Point{at(2, "B", "merged_cells")}
	return made{c, sheetOf(rows, "B2:B3").xlsx()}
}
