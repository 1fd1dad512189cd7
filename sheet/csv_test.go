package sheet_test

import (
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/require"

	"payung/domain/cell"
	"payung/sheet"
)

func TestTextIsCutIntoTheCellsASheetWouldShow(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ text, want string }{
		"semicolons, as Windows in Indonesian writes them": {
			"NO;NIK;NAMA\r\n1;9901014507800001;Siti, S.Pd\r\n",
			"1 A=text:\"NO\" B=text:\"NIK\" C=text:\"NAMA\"\n2 A=text:\"1\" B=text:\"9901014507800001\" C=text:\"Siti, S.Pd\"",
		},
		"commas": {
			"NIK,NAMA\n9901014507800001,Siti\n",
			"1 A=text:\"NIK\" B=text:\"NAMA\"\n2 A=text:\"9901014507800001\" B=text:\"Siti\"",
		},
		"tabs": {"NIK\tNAMA\nx\tSiti; Ani, Budi\n", "1 A=text:\"NIK\" B=text:\"NAMA\"\n2 A=text:\"x\" B=text:\"Siti; Ani, Budi\""},
		"bars": {"NIK|NAMA\nx|Siti\n", "1 A=text:\"NIK\" B=text:\"NAMA\"\n2 A=text:\"x\" B=text:\"Siti\""},
		"a separator within quotes does not count": {
			"A;B\n\"1,2,3,4\";\"5,6,7,8\"\n\"1,2,3,4\";\"5,6,7,8\"\n",
			"1 A=text:\"A\" B=text:\"B\"\n2 A=text:\"1,2,3,4\" B=text:\"5,6,7,8\"\n3 A=text:\"1,2,3,4\" B=text:\"5,6,7,8\"",
		},
		"money with a decimal comma does not part cells": {
			"A;B\n1.000,50;2.000,50\n3,1;4,1\n",
			"1 A=text:\"A\" B=text:\"B\"\n2 A=text:\"1.000,50\" B=text:\"2.000,50\"\n3 A=text:\"3,1\" B=text:\"4,1\"",
		},
		"a title above and a note below the list": {
			"DAFTAR NAMA\n\nNIK;NAMA\nx;y\nx;y\nJumlah, 2\n",
			"1 A=text:\"DAFTAR NAMA\"\n3 A=text:\"NIK\" B=text:\"NAMA\"\n4 A=text:\"x\" B=text:\"y\"\n5 A=text:\"x\" B=text:\"y\"\n6 A=text:\"Jumlah, 2\"",
		},
		"one column": {"9901014507800001\n9901014507800002", "1 A=text:\"9901014507800001\"\n2 A=text:\"9901014507800002\""},
		"the line that names the separator is not shown": {
			"sep=|\r\nA;B;C|D\r\n", "1 A=text:\"A;B;C\" B=text:\"D\"",
		},
		"nor is it in quotes or with a mark before it": {"\uFEFF\"SEP=,\"\nA;B,C", "1 A=text:\"A;B\" B=text:\"C\""},
		"a mark of UTF-8": {"\uFEFFNIK;NAMA", `1 A=text:"NIK" B=text:"NAMA"`},
		"quoted cells of several lines are one row": {
			"A;B\n\"x\ny\n\nz\";1\n2;3\n", "1 A=text:\"A\" B=text:\"B\"\n2 A=text:\"x\\ny\\n\\nz\" B=text:\"1\"\n3 A=text:\"2\" B=text:\"3\"",
		},
		"two quotes stand for one": {`"PT ""Maju"" Jaya";"";""""`, `1 A=text:"PT \"Maju\" Jaya" C=text:"\""`},
		"a quote inside a cell is a quote": {
			"A;B\n5\" pipa;x\ny;z\n", "1 A=text:\"A\" B=text:\"B\"\n2 A=text:\"5\\\" pipa\" B=text:\"x\"\n3 A=text:\"y\" B=text:\"z\"",
		},
		"a quote that nobody closes costs its own cell": {
			"A;B\n\"x;1\ny;2\n\"z\";3\n", "1 A=text:\"A\" B=text:\"B\"\n2 A=text:\"\\\"x\" B=text:\"1\"\n3 A=text:\"y\" B=text:\"2\"\n4 A=text:\"z\" B=text:\"3\"",
		},
		"so does one at the very end": {"A;B\nx;\"", "1 A=text:\"A\" B=text:\"B\"\n2 A=text:\"x\" B=text:\"\\\"\""},
		"lines of an old Mac":         {"A;B\r1;2\r\r3;4", "1 A=text:\"A\" B=text:\"B\"\n2 A=text:\"1\" B=text:\"2\"\n4 A=text:\"3\" B=text:\"4\""},
		"empty cells leave their place, empty rows their number": {
			";;A\n\n;;\n\"\";x;\n", "1 C=text:\"A\"\n4 B=text:\"x\"",
		},
		"blanks and apostrophes are left to whoever judges them": {"'9901;  x ", `1 A=text:"'9901" B=text:"  x "`},
		"Windows-1252, where it is no UTF-8":                     {"NAMA;KOTA\nAndr\xe9;S\x92mg\nAndré;x\n", "1 A=text:\"NAMA\" B=text:\"KOTA\"\n2 A=text:\"André\" B=text:\"S’mg\"\n3 A=text:\"André\" B=text:\"x\""},
		"UTF-16 with a mark":                                     {utf16LE("\uFEFFNIK\tNAMA\r\n1\tAndré\r\n"), "1 A=text:\"NIK\" B=text:\"NAMA\"\n2 A=text:\"1\" B=text:\"André\""},
		"UTF-16 the other way round":                             {utf16Text("NIK\tNAMA"), `1 A=text:"NIK" B=text:"NAMA"`},
		"UTF-16 without a mark":                                  {utf16LE("NIK;NAMA\r\n1;Siti\r\n"), "1 A=text:\"NIK\" B=text:\"NAMA\"\n2 A=text:\"1\" B=text:\"Siti\""},
		"UTF-16 that names its separator":                        {utf16LE("\uFEFFsep=,\r\nA,B\r\n"), `1 A=text:"A" B=text:"B"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			lines, book, err := read(t, []byte(tt.text), sheet.DefaultLimits(), 0)
			require.NoError(t, err)
			require.Equal(t, sheet.CSV, book.Kind())
			require.Equal(t, []sheet.Info{{Name: "Daftar"}}, book.Sheets())
			require.Equal(t, tt.want+"\n", shown(lines))
		})
	}
}

func utf16LE(text string) string {
	var b strings.Builder
	for _, unit := range utf16.Encode([]rune(text)) {
		b.Write([]byte{byte(unit), byte(unit >> 8)})
	}
	return b.String()
}

func TestTextIsReadWithinItsLimits(t *testing.T) {
	t.Parallel()
	few := sheet.DefaultLimits()
	few.Rows, few.Columns, few.Cell = 2, 2, 8

	lines, _, err := read(t, []byte("A;B;C\n1;2;3\n"), few, 0)
	require.NoError(t, err)
	require.Equal(t, "1 A=text:\"A\" B=text:\"B\"\n2 A=text:\"1\" B=text:\"2\"\n", shown(lines), "what stands further right is passed over")

	_, _, err = read(t, []byte("1;2\n\n3;4\n5;6\n"), few, 0)
	require.Equal(t, "file_has_too_many_rows", code(err))

	lines, _, err = read(t, []byte("abcdefghi;abcdefgh\n\"äbcdéfgh\";x"), few, 0)
	require.NoError(t, err)
	require.Equal(t, "1 A=text:\"abcde…\" B=text:\"abcdefgh\"\n2 A=text:\"äbcd…\" B=text:\"x\"\n", shown(lines))

	_, _, err = read(t, []byte("A;B\n1;2\n"+strings.Repeat(" ", 70_000)+"\x00;x"), sheet.DefaultLimits(), 0)
	require.NoError(t, err, "a cell is not looked at beyond what is kept of it")
	_, _, err = read(t, []byte("A;B\n"+strings.Repeat("x;y\n", 20_000)+"1;\x00\n"), sheet.DefaultLimits(), 0)
	require.Equal(t, "damaged_file", code(err), "bytes that are no text")
}

// Two quotes are looked through again and again by a reader that is careless.
func TestQuotesDoNotTakeLong(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"only quotes":           strings.Repeat(`"`, 1<<20),
		"cells never closed":    strings.Repeat(`"a;`, 1<<20),
		"cells closed too late": strings.Repeat(`"""a;`, 1<<18),
		"closed twice":          strings.Repeat(`"";`, 1<<18),
		"doubled for ever":      strings.Repeat(`"a""a`, 1<<18),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := sheet.DefaultLimits()
			l.Time = 5_000_000_000
			lines, _, err := read(t, []byte(text), l, 0)
			require.NoError(t, err)
			require.LessOrEqual(t, len(lines), 1)
		})
	}
}

func TestAPasteIsReadAsItWasCopied(t *testing.T) {
	t.Parallel()
	paste := "NIK\tNAMA\r\n9901014507800001\tSiti; S.Pd; M.Si\r\n\r\n9901014507800002\t\"Ani\nBudi\"\r\n"
	book, err := sheet.OpenText(t.Context(), []byte(paste), sheet.DefaultLimits())
	require.NoError(t, err)
	var lines []line
	require.NoError(t, book.Read(t.Context(), 0, func(row *cell.Row) error {
		lines = append(lines, kept(row))
		return nil
	}))
	require.Equal(t, "1 A=text:\"NIK\" B=text:\"NAMA\"\n"+
		"2 A=text:\"9901014507800001\" B=text:\"Siti; S.Pd; M.Si\"\n"+
		"4 A=text:\"9901014507800002\" B=text:\"Ani\\nBudi\"\n", shown(lines))

	_, err = sheet.OpenText(t.Context(), []byte(" \r\n\t"), sheet.DefaultLimits())
	require.Equal(t, "empty_file", code(err))
	small := sheet.DefaultLimits()
	small.Size = 3
	_, err = sheet.OpenText(t.Context(), []byte("NIK\tNAMA"), small)
	require.Equal(t, "file_too_large", code(err))
	require.Equal(t, "sheet_not_found", code(book.Read(t.Context(), 1, nil)))
}
