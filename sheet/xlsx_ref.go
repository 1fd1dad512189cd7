package sheet

import (
	"bytes"

	"payung/domain/cell"
)

// lastColumn is the number of the last column a sheet can have, XFD, from 1.
const lastColumn = 16_384

// natural is a number written in digits alone, from 0 to most.
func natural(digits []byte, most int) (n int, ok bool) {
	if len(digits) == 0 || len(digits) > 10 {
		return 0, false
	}
	for _, c := range digits {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, n <= most
}

// place is the column, from 0, and the row of a reference such as B12.
func place(ref []byte) (column, row int, ok bool) {
	i := 0
	for ; i < len(ref) && i < 4; i++ {
		letter := ref[i] &^ 0x20
		if letter < 'A' || letter > 'Z' {
			break
		}
		column = column*26 + int(letter-'A') + 1
	}
	row, ok = natural(ref[i:], lastRow)
	return column - 1, row, ok && row > 0 && column > 0 && column <= lastColumn
}

// rangeOf is the block of a reference such as A1:B12, corners in any order.
func rangeOf(ref []byte) (block cell.Range, ok bool) {
	from, to, two := bytes.Cut(ref, []byte(":"))
	if !two {
		to = from
	}
	c1, r1, ok1 := place(from)
	c2, r2, ok2 := place(to)
	return cell.Range{FirstRow: min(r1, r2), LastRow: max(r1, r2), FirstColumn: min(c1, c2), LastColumn: max(c1, c2)}, ok1 && ok2
}
