package sheet_test

import (
	"encoding/xml"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/domain/cell"
	"payung/sheet"
)

func TestEachLimitIsNamedByWhatGoesOverIt(t *testing.T) {
	t.Parallel()
	w := written{page: paged(strings.Repeat(`<row><c t="s"><v>0</v></c></row>`, 50)), texts: sharedTexts(`<si><t>Kendari</t></si><si><t>Konawe</t></si>`)}
	for name, tt := range map[string]struct {
		tighten func(*sheet.Limits)
		code    string
	}{
		"as it is":        {func(*sheet.Limits) {}, "<nil>"},
		"size":            {func(l *sheet.Limits) { l.Size = 100 }, "file_too_large"},
		"parts":           {func(l *sheet.Limits) { l.Entries = 5 }, "too_many_entries"},
		"bytes unfolded":  {func(l *sheet.Limits) { l.Inflated = 1000 }, "file_unfolds_too_large"},
		"bytes of texts":  {func(l *sheet.Limits) { l.Strings = 10 }, "too_much_text"},
		"texts in memory": {func(l *sheet.Limits) { l.Texts = 15 }, "too_much_text"},
		"sheets":          {func(l *sheet.Limits) { l.Sheets = 0 }, "too_many_sheets"},
		"rows":            {func(l *sheet.Limits) { l.Rows = 49 }, "file_has_too_many_rows"},
		"as many rows":    {func(l *sheet.Limits) { l.Rows = 50 }, "<nil>"},
		"time":            {func(l *sheet.Limits) { l.Time = time.Nanosecond }, "file_too_slow"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := sheet.DefaultLimits()
			tt.tighten(&l)
			_, _, err := read(t, w.zipped(), l, 0)
			require.Equal(t, tt.code, code(err))
		})
	}
}

func TestTheTimeOfWhoeverReadsIsNotOurs(t *testing.T) {
	t.Parallel()
	l := sheet.DefaultLimits()
	l.Time = 500 * time.Millisecond
	_, book, err := read(t, written{page: paged(`<row><c><v>1</v></c></row>`)}.zipped(), l, 0)
	require.NoError(t, err)
	require.NoError(t, book.Read(t.Context(), 0, func(*cell.Row) error { time.Sleep(l.Time); return nil }))
}

func TestFormatsThatShowADay(t *testing.T) {
	t.Parallel()
	dates := map[string]bool{
		"dd/mm/yyyy": true, "yyyy-mm-dd": true, "d": true, "mmm": true, "MMMM YYYY": true, "dd/mm/yy hh:mm": true,
		`[$-421]dd\ mmmm\ yyyy;@`: true, `[Red]d-m`: true, `"tgl "d`: true, "mmm;0": true,
		"General": false, "0": false, "@": false, "#,##0.00": false, "0.00E+00": false, `"dd"0`: false, `0\d`: false, "0_d": false, "*d0": false,
		`[$Rp-421]#,##0`: false, "hh:mm:ss": false, "[h]:mm": false, "[mm]:ss": false, "mm:ss.0": false, "h:mm AM/PM": false, `"tidak ditutup`: false, "[dd": false, `\`: false,
		"0;d": false,
	}
	var formats, styles, cells strings.Builder
	var want []bool
	for format, date := range dates {
		fmt.Fprintf(&formats, `<numFmt numFmtId="%d" formatCode="`, 200+len(want))
		require.NoError(t, xml.EscapeText(&formats, []byte(format)))
		formats.WriteString(`"/>`)
		fmt.Fprintf(&styles, `<xf numFmtId="%d"/>`, 200+len(want))
		fmt.Fprintf(&cells, `<c s="%d"><v>1</v></c>`, len(want))
		want = append(want, date)
	}
	for id, date := range map[int]bool{0: false, 13: false, 14: true, 17: true, 18: false, 21: false, 22: true, 31: true, 32: false, 45: false, 47: false, 49: false, 57: true, 99: false} {
		fmt.Fprintf(&styles, `<xf numFmtId="%d"/>`, id)
		fmt.Fprintf(&cells, `<c s="%d"><v>1</v></c>`, len(want))
		want = append(want, date)
	}
	w := written{
		page:   paged(`<row>` + cells.String() + `</row>`),
		styles: `<styleSheet><numFmts>` + formats.String() + `</numFmts><cellXfs>` + styles.String() + `</cellXfs></styleSheet>`,
	}
	got, _, err := read(t, w.zipped(), sheet.DefaultLimits(), 0)
	require.NoError(t, err)
	for i, c := range got[0].cells {
		require.Equal(t, want[i], c.Kind == cell.Date, "style %d of %s", i, w.styles)
	}
}

// A text that is longer than what is looked at together is cut somewhere, which
// must not show, wherever that is.
func TestALongTextIsReadWhole(t *testing.T) {
	t.Parallel()
	l := sheet.DefaultLimits()
	l.Cell = 1 << 20
	for _, unit := range []struct{ written, meant string }{
		{"é€😀", "é€😀"},
		{"&amp;&#x1F600;&lt;", "&😀<"},
		{"\r\n", "\n"},
		{"]]]&gt;", "]]]>"},
		{"a<!-- b --><![CDATA[&]]>", "a&"},
	} {
		for pad := range 12 {
			times := 200_000 / len(unit.written)
			text := strings.Repeat("x", pad) + strings.Repeat(unit.written, times)
			w := written{page: paged(strings.Repeat(`<row><c t="str"><v>`+text+`</v></c></row>`, 2))}
			// What repeats shrinks, and is no harm here.
			l.Ratio = 10_000
			got, _, err := read(t, w.zipped(), l, 0)
			require.NoError(t, err)
			require.Len(t, got, 2)
			for _, line := range got {
				require.True(t, strings.Repeat("x", pad)+strings.Repeat(unit.meant, times) == string(line.cells[0].Value), "%q after %d", unit.written, pad)
			}
		}
	}
}

// What is passed over is still held against the rules of XML.
func TestWhatIsPassedOverIsStillRead(t *testing.T) {
	t.Parallel()
	for name, page := range map[string]string{
		"a far cell":            paged(`<row><c r="BM1"><v>&nothing;</v></c></row>`),
		"a part of the page":    `<worksheet><cols><col></cols></worksheet>`,
		"after the page":        paged(``) + `<more/>`,
		"a formula":             paged(`<row><c><f>a & b</f></c></row>`),
		"nothing":               ``,
		"only a comment":        `<!-- a -->`,
		"a comment":             paged(`<!-- a -- b -->`),
		"a late declaration":    paged(``) + declared,
		"version 1.1":           `<?xml version="1.1"?><worksheet/>`,
		"an encoding of nobody": `<?xml version="1.0" encoding="tolaki"?><worksheet/>`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, _, err := read(t, written{page: page}.zipped(), sheet.DefaultLimits(), 0)
			require.Equal(t, "damaged_file", code(err))
		})
	}
}
