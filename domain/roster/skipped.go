package roster

import (
	"bytes"
	"slices"

	"payung/domain/cell"
	"payung/domain/nik"
)

// Words with which a row begins that closes a list rather than naming a person.
var (
	totals  = []string{"jumlah", "total", "subtotal", "jml"}
	closers = []string{
		"mengetahui", "menyetujui", "disetujui", "disahkan", "dibuat", "yang", "pembuat", "catatan", "keterangan", "nip", "ttd",
		"kepala", "plt", "plh", "kades", "lurah", "camat", "sekretaris", "sekdes", "bendahara", "bupati", "walikota", "operator", "hormat",
	}
)

// skips reports that the row is about nobody: above the first person, without
// NIK and name, a total, a signature, a note, or the headings over again.
func (c *Checker) skips() bool {
	number := c.cell(c.at.nik)
	if number.Kind == cell.Text && len(number.Value) == nik.Length && isDigit(number.Value[0]) {
		return c.row.Number <= c.terms.Mapping.HeadTo
	}
	name := c.cell(c.at.name)
	empty := emptyCell(number) && emptyCell(name)
	c.closing = c.closing || c.closes()
	if empty || c.row.Number <= c.terms.Mapping.HeadTo {
		return true
	}
	if digits, _ := counted(number.Value); digits >= nikLike {
		return false
	}
	switch {
	case begins(name.Value, totals), begins(number.Value, totals):
		return true
	case emptyCell(number) && onlyDigits(bytes.TrimSpace(name.Value)) == "" && begins(c.row.Cells[0].Value, totals):
		return true // "Jumlah" under the running number, the sum under the name
	case fieldOf(string(number.Value)) == NIK && fieldOf(string(name.Value)) == Name:
		return true
	case small(number.Value) && small(name.Value):
		return true
	}
	return c.closing && c.bare()
}

func emptyCell(c cell.Cell) bool { return c.Kind == cell.Empty || len(bytes.TrimSpace(c.Value)) == 0 }

// closes reports that a cell of the row begins as the end of a list does:
// "Mengetahui", "Kepala Desa", "Wunduhaka, 12 Januari 2027".
func (c *Checker) closes() bool {
	if !c.bare() {
		return false
	}
	for _, v := range c.row.Cells {
		if v.Kind != cell.Text {
			continue
		}
		if begins(v.Value, closers) {
			return true
		}
		if comma := bytes.IndexByte(v.Value, ','); comma > 0 && isLetter(v.Value[0]) {
			if _, wrong := readDay(v.Value, c.recent); wrong == "" && v.Column != c.at.born {
				return true
			}
		}
	}
	return false
}

// bare reports that nothing in the row belongs to a person but, perhaps, a
// name.
func (c *Checker) bare() bool {
	if digits, _ := counted(c.cell(c.at.nik).Value); digits >= nikLike {
		return false
	}
	for _, column := range []int{c.at.number, c.at.born, c.at.sex, c.at.wage, c.at.mother} {
		if !emptyCell(c.cell(column)) && column != c.at.nik && column != c.at.name {
			_, sex := sexOf(c.cell(column).Value)
			if column != c.at.sex || sex {
				return false
			}
		}
	}
	return true
}

func begins(value []byte, with []string) bool {
	if len(value) > 200 {
		return false
	}
	w := words(string(value))
	return len(w) > 0 && slices.Contains(with, w[0])
}

// small reports the number of a column, as stands under some headings: "3",
// "(3)".
func small(value []byte) bool {
	text := bytes.Trim(bytes.TrimSpace(value), "()")
	return 0 < len(text) && len(text) <= 2 && onlyDigits(text) == ""
}
