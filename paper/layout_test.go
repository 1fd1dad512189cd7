package paper

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// inkPen notes where text is put, for questions about the layout.
type inkPen struct{ inks []ink }

type ink struct {
	x, baseline float64
	text        string
	style       Style
}

func (p *inkPen) text(x, baseline float64, text string, s Style) {
	p.inks = append(p.inks, ink{x, baseline, text, s})
}
func (p *inkPen) line(_, _, _, _, _ float64, _ Color)    {}
func (p *inkPen) fill(_, _, _, _ float64, _ Color)       {}
func (p *inkPen) picture(_, _, _, _ float64, _ *Picture) {}
func (p *inkPen) modules(_, _, _ float64, _ matrix)      {}

// inked is the text of each page, with where it stands.
func inked(tb testing.TB, d *Document) [][]ink {
	tb.Helper()
	require.NoError(tb, d.end())
	pages := make([][]ink, len(d.pages))
	for i, page := range d.pages {
		var p inkPen
		for _, m := range page.marks {
			m(&p)
		}
		pages[i] = p.inks
	}
	return pages
}

// words is the text of one page in the order in which it was written.
func words(page []ink) string {
	var all []string
	for _, i := range page {
		all = append(all, strings.TrimSpace(i.text))
	}
	return strings.Join(all, " ")
}

func sheetOf() *Document {
	return New(Setup{Size: F4, Margins: Margins{Top: 20, Right: 20, Bottom: 25, Left: 25}})
}

func TestAListGoesOverPagesUnderItsHeadingAndCutsNoRow(t *testing.T) {
	t.Parallel()
	d := sheetOf()
	table := Table{Columns: []Column{{Title: "No", Width: 12}, {Title: "Desa", Width: 40}, {Title: "Keterangan"}}}
	const long = "sudah dihubungi melalui camat dan belum ada jawaban sampai hari ini meskipun sudah dua kali diingatkan secara tertulis"
	for i := range 300 {
		if i%25 == 0 {
			table.Rows = append(table.Rows, Row{Group: fmt.Sprintf("Kecamatan %d", i/25+1)})
		}
		table.Rows = append(table.Rows, Row{Cells: []string{fmt.Sprint(i + 1), fmt.Sprintf("desa-%03d", i+1), strings.Repeat(long+" ", i%3)}})
	}
	d.Table(table)

	pages := inked(t, d)
	require.Greater(t, len(pages), 8)
	seen := 0
	for n, page := range pages {
		said := words(page)
		require.True(t, strings.HasPrefix(said, "No Desa Keterangan Kecamatan"), "page %d begins %.60s", n+1, said)
		require.NotRegexp(t, `Kecamatan \d+$`, said, "page %d ends with a heading", n+1)
		seen += strings.Count(said, "desa-")
		require.Equal(t, strings.Count(said, "sudah dihubungi"), strings.Count(said, "secara tertulis"), "page %d cuts a row", n+1)
		for _, i := range page {
			require.Less(t, i.baseline, 330.0-25, i.text)
			require.LessOrEqual(t, i.x+d.measure(strings.TrimSpace(i.text), i.style), 215-20+rounding, i.text)
		}
	}
	require.Equal(t, 300, seen)
	require.Contains(t, words(pages[1]), "(lanjutan)")
}

func TestARowHigherThanAPageIsToldOverPages(t *testing.T) {
	t.Parallel()
	d := sheetOf()
	var said []string
	for i := range 4000 {
		said = append(said, fmt.Sprintf("kata%d", i))
	}
	d.Table(Table{Columns: []Column{{Title: "Uraian"}, {Title: "Hasil", Width: 20}}, Rows: []Row{{Cells: []string{strings.Join(said, " "), "ya"}}}})
	pages := inked(t, d)
	require.Greater(t, len(pages), 2)
	all := ""
	for _, page := range pages {
		all += " " + strings.TrimPrefix(words(page), "Uraian Hasil ")
		for _, i := range page {
			require.Less(t, i.baseline, 330.0-25, i.text)
		}
	}
	require.Equal(t, 1, strings.Count(all, "ya"))
	for _, w := range said {
		require.Contains(t, all, w)
	}
}

func TestNoLineOfAParagraphStandsAloneOnAPage(t *testing.T) {
	t.Parallel()
	for start := range 60 {
		d := sheetOf()
		d.Move(d.Room() - float64(start))
		d.Paragraph(strings.Repeat("kalimat yang agak panjang ", 16), Style{})
		lines := make([]int, d.Pages())
		for i, page := range inked(t, d) {
			lines[i] = len(page)
		}
		switch len(lines) {
		case 1:
		case 2:
			require.NotEqual(t, 1, lines[0], "%d mm of room", start)
			require.NotEqual(t, 1, lines[1], "%d mm of room", start)
		default:
			t.Fatalf("%d pages", len(lines))
		}
	}
}

func TestJustifiedLinesEndAtTheMarginButForTheLast(t *testing.T) {
	t.Parallel()
	d := sheetOf()
	d.Rich([]Span{{Text: "Batas waktu penyampaian adalah "}, {Text: "Jumat, 27 November 2026", Bold: true}, {Text: ", " + strings.Repeat("dan seterusnya ", 30)}}, Style{Align: Justified, First: 12.5})
	ends := map[float64]float64{}
	for _, i := range inked(t, d)[0] {
		ends[i.baseline] = max(ends[i.baseline], i.x+d.measure(strings.TrimSpace(i.text), i.style))
	}
	require.Greater(t, len(ends), 3)
	last := 0.0
	for at := range ends {
		last = max(last, at)
	}
	for at, end := range ends {
		if at == last {
			require.Less(t, end, 194.0)
			continue
		}
		require.InDelta(t, 195, end, 0.01)
	}
}

func TestWhatCannotBeShownIsShownAsABox(t *testing.T) {
	t.Parallel()
	d := sheetOf()
	for in, want := range map[string]string{
		"Desa Wunduhaka":                   "Desa Wunduhaka",
		"na\u0301ma":                       "náma",
		"tab\there, line\nthere":           "tab here, line there",
		"\x00\x07\u202edrahkcab":           "□□□drahkcab",
		"محمد":                             "□□□□",
		"שלום":                             "□□□□",
		"selesai 🙂🇮🇩":                      "selesai □□□",
		"中文":                               "□□",
		"soft\u00adhyphen, zero\u200bwide": "softhyphen, zerowide",
		"\xff\xfe":                         "□□",
		"Rp16.800 – “ya” … □":              "Rp16.800 – “ya” … □",
	} {
		require.Equal(t, want, d.visible(in, Regular), "%q", in)
	}
}

func TestADocumentWithoutEndIsRefused(t *testing.T) {
	t.Parallel()
	d := sheetOf()
	d.Paragraph(strings.Repeat("baris\n", 100_000), Style{})
	require.ErrorContains(t, d.end(), "more than")
	require.Len(t, d.pages, maxPages)
}

// FuzzLayout looks for text on which layout panics, never ends, or leaves the
// margins.
func FuzzLayout(f *testing.F) {
	f.Add("Desa Wunduhaka, Kecamatan Asera", 160.0, 11.0, 12.5)
	f.Add(strings.Repeat("x", 500), 3.0, 40.0, 0.0)
	f.Add("a\n\n\nb-c/d \u00a0 \xff", 0.0, 1.0, 300.0)
	f.Add(" \t ", -5.0, 0.0, -1.0)
	f.Fuzz(func(t *testing.T, text string, width, points, first float64) {
		if len(text) > 400 || !(width > -1e6 && width < 1e6) || !(points > -1e3 && points < 200) || !(first > -1e3 && first < 1e3) {
			return
		}
		d := sheetOf()
		s := d.with(Style{Points: points, First: first, Align: Justified})
		var back strings.Builder
		for _, line := range d.lines([]Span{{Text: text}, {Text: text, Bold: true}}, width, s) {
			for _, w := range line.words {
				for _, r := range w.runs {
					back.WriteString(r.text)
				}
			}
			if len(line.words) > 1 && line.width > max(width, width-first)+rounding {
				t.Errorf("a line of %d words is %f wide in %f", len(line.words), line.width, width)
			}
		}
		kept := strings.ReplaceAll(d.visible(text, Regular)+d.visible(text, Bold), " ", "")
		if back.String() != kept {
			t.Errorf("lines hold %q of %q", back.String(), kept)
		}
		d.Paragraph(text, Style{Points: points, First: first, Align: Justified})
		d.Table(Table{Columns: []Column{{Title: text, Width: width}, {Title: "B"}}, Rows: []Row{{Cells: []string{text, text, text}}, {Group: text}}, Points: points})
		if d.end() != nil {
			return // a heading higher than a page fills too many
		}
		for _, page := range inked(t, d) {
			for _, i := range page {
				if i.text == "" {
					t.Error("empty ink")
				}
			}
		}
	})
}
