package sheet_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/cell"
	"payung/sheet"
)

func TestAPageIsTheSheetThatExcelWouldMakeOfIt(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ page, want string }{
		"a table as portals print it": {
			"<table border='1'>\n<tr><th>NO</th><th>NIK</th></tr>\n<tr><td>1</td><td class=xl65>9901014507800001</td></tr></table>",
			"1 A=text:\"NO\" B=text:\"NIK\"\n2 A=text:\"1\" B=text:\"9901014507800001\"",
		},
		"tags that nobody closes": {
			"<table><tr><td>a<td>b<tr><td>c</table>", "1 A=text:\"a\" B=text:\"b\"\n2 A=text:\"c\"",
		},
		"entities, blanks, lines and markup within cells": {
			"<table><tr><td>  Siti \n <b>Ani</b> &amp;&#32;Budi </td><td>x<br>  y<p>z</p></td><td>&nbsp;</td></tr></table>",
			`1 A=text:"Siti Ani & Budi" B=text:"x\ny z"`,
		},
		"cells that span": {
			"<table><tr><td colspan=2>a</td><td rowspan='2'>b</td></tr><tr><td>c</td><td>d</td><td>e</td></tr><tr><td>f</table>",
			"1 A=text:\"a\" C=text:\"b\"\n2 A=text:\"c\" B=text:\"d\" D=text:\"e\"\n3 A=text:\"f\"",
		},
		"a row without cells keeps its number": {"<table><tr></tr><tr><td></td></tr><tr><td>x</td></tr></table>", `3 A=text:"x"`},
		"hidden rows":                          {"<table><tr style='mso-height:1; Display : none'><td>x</td></tr></table>y", "1 hidden A=text:\"x\"\n2 A=text:\"y\""},
		"headings and several tables are one sheet": {
			"<html><head><title>no</title><style>td {x: y}</style></head><body><h3>DATA</h3><p>Desa X</p><table><tr><td>a</td></tr></table>" +
				"<script>document.write('<table>')</script><table><tr><td>b</td></tr></table>Kepala",
			"1 A=text:\"DATA\"\n2 A=text:\"Desa X\"\n3 A=text:\"a\"\n4 A=text:\"b\"\n5 A=text:\"Kepala\"",
		},
		"a table within a cell is its text": {
			"<table><tr><td>x<table><tr><td>y</td><td>z</td></tr></table></td><td>w</td></tr></table>", `1 A=text:"x y z" B=text:"w"`,
		},
		"numbers as Excel kept them": {
			"<table><tr><td x:num=\"9901014507800000\">9.90E+15</td><td x:num>5</td></tr></table>", `1 A=number:"9901014507800000" B=text:"5"`,
		},
		"Windows-1252":        {"<table><tr><td>Andr\xe9</td></tr></table>", `1 A=text:"André"`},
		"UTF-16":              {utf16LE("\uFEFF<table><tr><td>André</td></tr></table>"), `1 A=text:"André"`},
		"comments and banter": {"<!-- <table> --><?php?><table><!-- <tr><td>no --><tr><td>x</td></tr></table>", `1 A=text:"x"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			lines, book, err := read(t, []byte(tt.page), sheet.DefaultLimits(), 0)
			require.NoError(t, err)
			require.Equal(t, sheet.HTML, book.Kind())
			require.Equal(t, tt.want+"\n", shown(lines))
		})
	}
}

func TestAPageIsReadWithinItsLimits(t *testing.T) {
	t.Parallel()
	few := sheet.DefaultLimits()
	few.Rows, few.Columns, few.Cell = 2, 2, 8

	lines, book, err := read(t, []byte("<table><tr><td colspan=1000000000>abcdefghi</td><td>x</td></tr><tr><td rowspan=99999999>y</td></tr></table>"), few, 0)
	require.NoError(t, err)
	require.Equal(t, "1 A=text:\"abcde…\"\n2 A=text:\"y\"\n", shown(lines))
	require.Equal(t, []cell.Range{
		{FirstRow: 1, LastRow: 1, FirstColumn: 0, LastColumn: 1<<20 - 1},
		{FirstRow: 2, LastRow: 1<<20 + 1, FirstColumn: 0, LastColumn: 0},
	}, book.Merged(0))

	_, _, err = read(t, []byte("<table>"+strings.Repeat("<tr><td>x", 3)), few, 0)
	require.Equal(t, "file_has_too_many_rows", code(err))
	_, _, err = read(t, []byte("<table><tr><td "+strings.Repeat("x", 2<<20)), few, 0)
	require.Equal(t, "damaged_file", code(err))
}
