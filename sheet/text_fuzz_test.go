package sheet_test

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"payung/domain/cell"
	"payung/domain/fault"
	"payung/sheet"
)

// tight are limits that a fuzzer reaches.
func tight() sheet.Limits {
	l := sheet.DefaultLimits()
	l.Rows, l.Columns, l.Cell = 200, 8, 64
	return l
}

// requireTidy reads all of a book and holds what it gives against what it
// promises: rows in order, cells in order and within the limits, texts that are
// text, and faults for whatever it refuses.
func requireTidy(t *testing.T, book sheet.Book, l sheet.Limits) {
	t.Helper()
	for at := range book.Sheets() {
		last, rows := 0, 0
		err := book.Read(t.Context(), at, func(row *cell.Row) error {
			require.Greater(t, row.Number, last)
			require.NotEmpty(t, row.Cells)
			last = row.Number
			rows++
			column := -1
			for _, c := range row.Cells {
				require.Greater(t, c.Column, column)
				require.Less(t, c.Column, l.Columns)
				require.LessOrEqual(t, len(c.Value), l.Cell)
				require.True(t, utf8.Valid(c.Value))
				column = c.Column
			}
			return nil
		})
		require.LessOrEqual(t, rows, l.Rows)
		require.LessOrEqual(t, len(book.Merged(at)), l.Merged)
		requireFault(t, err)
	}
	require.NoError(t, book.Close())
}

func requireFault(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		_, ok := fault.Of(err)
		require.True(t, ok, "%v", err)
	}
}

func FuzzCSV(f *testing.F) {
	for _, seed := range []string{
		"NO;NIK;NAMA\r\n1;9901014507800001;\"Siti \"\"Ani\"\"\"\r\n", "sep=|\na|b\rc|\"d\ne\"", "\"a;\n;\"\"b\"c\n", utf16LE("\uFEFFa\tb\r\n"), "a,b\n\xe9,\x00\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		book, err := sheet.OpenText(t.Context(), text, tight())
		if err != nil {
			requireFault(t, err)
			return
		}
		requireTidy(t, book, tight())
	})
}

// What is written as CSV asks for is read as it was written.
func FuzzCSVRoundTrip(f *testing.F) {
	f.Add("9901014507800001\x01Siti\x02\x02\"\x01a\"b\"\x02x;y\x01\r\n")
	f.Fuzz(func(t *testing.T, all string) {
		if !utf8.ValidString(all) || strings.ContainsRune(all, 0) || len(all) > 10_000 {
			t.Skip()
		}
		l := sheet.DefaultLimits()
		l.Columns, l.Cell = len(all)+2, len(all)+8
		text := "NIK\tNAMA\n"
		want := []line{{number: 1, cells: []cell.Cell{{Kind: cell.Text, Value: []byte("NIK")}, {Column: 1, Kind: cell.Text, Value: []byte("NAMA")}}}}
		for i, record := range strings.Split(all, "\x02") {
			row := line{number: i + 2}
			for column, value := range strings.Split(record, "\x01") {
				if column > 0 {
					text += "\t"
				}
				if value != "" {
					row.cells = append(row.cells, cell.Cell{Column: column, Kind: cell.Text, Value: []byte(value)})
				}
				if strings.ContainsAny(value, "\"\t\r\n") {
					value = `"` + strings.ReplaceAll(value, `"`, `""`) + `"`
				}
				text += value
			}
			text += "\n"
			if len(row.cells) > 0 {
				want = append(want, row)
			}
		}
		book, err := sheet.OpenText(t.Context(), []byte(text), l)
		require.NoError(t, err)
		var got []line
		require.NoError(t, book.Read(t.Context(), 0, func(row *cell.Row) error {
			got = append(got, kept(row))
			return nil
		}))
		require.Equal(t, want, got)
	})
}

func FuzzODS(f *testing.F) {
	for _, seed := range []string{
		odsSheet(`<table:table-row>` + odsText("Siti<text:s/>Ani") + `</table:table-row>`),
		odsSheet(`<table:table-row table:number-rows-repeated="9"><table:table-cell table:number-columns-repeated="3" office:value-type="date" office:date-value="1980-07-05"/></table:table-row>`),
		odsSheet(`<table:table-row><table:table-cell table:number-columns-spanned="2" office:value-type="float" office:value="1"/><table:covered-table-cell/></table:table-row>`),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, sheets string) {
		file := odsFile(sheets)
		book, err := sheet.Open(t.Context(), bytes.NewReader(file), int64(len(file)), "a.ods", tight())
		if err != nil {
			requireFault(t, err)
			return
		}
		requireTidy(t, book, tight())
	})
}

// Whatever a file is, it is told, and opened or refused accordingly.
func FuzzDetect(f *testing.F) {
	for _, seed := range []string{
		"NIK;NAMA\n", "%PDF-1.4", compound("Workbook"), compound("EncryptedPackage"), openDocument("text"),
		"<table><tr><td rowspan=2>a<td>b<tr><td>c</table>", string(written{page: paged("<row><c><v>1</v></c></row>")}.zipped()), "\x00\x00\x00\x18ftypheic",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		kind := sheet.Detect(file[:min(len(file), 64<<10)], bytes.NewReader(file), int64(len(file)))
		book, err := sheet.Open(t.Context(), bytes.NewReader(file), int64(len(file)), "a", tight())
		if err != nil {
			requireFault(t, err)
			return
		}
		require.Equal(t, sheet.Readable, kind.Reply())
		require.Equal(t, kind, book.Kind())
		requireTidy(t, book, tight())
	})
}
