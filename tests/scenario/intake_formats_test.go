package scenario_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"html"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

// table is a list as rows of texts; nil is a row without anything.
type table [][]string

func (l table) csv() []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma = ';'
	for _, row := range l {
		if row == nil {
			w.Flush()
			b.WriteString(";;;\n")
			continue
		}
		_ = w.Write(row) // a buffer takes everything
	}
	w.Flush()
	return b.Bytes()
}

func (l table) book(tb testing.TB) *excelize.File {
	tb.Helper()
	f := excelize.NewFile()
	for i, row := range l {
		for j, text := range row {
			at, err := excelize.CoordinatesToCellName(j+1, i+1)
			require.NoError(tb, err)
			if text != "" {
				require.NoError(tb, f.SetCellStr("Sheet1", at, text))
			}
		}
	}
	return f
}

func (l table) xlsx(tb testing.TB) []byte {
	tb.Helper()
	var b bytes.Buffer
	require.NoError(tb, l.book(tb).Write(&b))
	return b.Bytes()
}

func (l table) ods() []byte {
	var b strings.Builder
	b.WriteString(`<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet><table:table table:name="Sheet1">`)
	for _, row := range l {
		b.WriteString(`<table:table-row>`)
		for _, text := range row {
			if text == "" {
				b.WriteString(`<table:table-cell/>`)
				continue
			}
			b.WriteString(`<table:table-cell office:value-type="string">`)
			for line := range strings.SplitSeq(text, "\n") {
				b.WriteString(`<text:p>` + html.EscapeString(line) + `</text:p>`)
			}
			b.WriteString(`</table:table-cell>`)
		}
		b.WriteString(`</table:table-row>`)
	}
	b.WriteString(`</table:table></office:spreadsheet></office:body></office:document-content>`)
	return zipped(map[string]string{"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": b.String()})
}

// anyList is a list as bad as lists get, and how many of its rows are about
// people.
func anyList(r *rand.Rand, number int) (l table, people int) {
	for range r.IntN(4) {
		l = append(l, []string{"DAFTAR PEKERJA", "", "", ""}, nil)
	}
	l = append(l, []string{"NIK", "Nama", "Tanggal Lahir", "Cadangan"})
	for i := range 20 + r.IntN(60) {
		n := 10_000*number + 100 + i
		id, name := numbered(n), "Pekerja "+letters(n)
		born := id[6:8] + "-" + id[8:10] + "-19" + id[10:12]
		reserve := ""
		switch r.IntN(24) {
		case 0:
			id = id[:15]
		case 1:
			id = id[:12] + "O" + id[13:]
		case 2:
			id = ""
		case 3:
			name = ""
		case 4:
			id = numbered(10_000*number + 100 + r.IntN(i+1)) // perhaps somebody's who was there
		case 5:
			born = "30-02-1980"
		case 6:
			name = "=cmd|' /C calc'!A0"
		case 7:
			name = `La "Ode"; Contoh, S.Pd` + "\nM.Si"
		case 8:
			name, born = "Ñuñez Ωλ "+letters(n), ""
		case 9:
			reserve = "ya"
		case 10:
			id = id[:4] + " " + id[4:8] + " " + id[8:12] + " " + id[12:]
		case 11:
			id = "1234567890123456"
		case 12:
			l = append(l, nil)
			continue
		case 13:
			reserve = "entah"
		}
		l = append(l, []string{id, name, born, reserve})
		people++
	}
	return append(l, nil, []string{"Jumlah", "", "", ""}), people
}

// TestTheSameListIsTheSameInEveryFormat hands in lists as workbooks, as text and
// as LibreOffice writes them: each row comes to the same, is found where the
// sheet shows it, and none is lost.
func TestTheSameListIsTheSameInEveryFormat(t *testing.T) {
	t.Parallel()
	data := dataFolder(t)
	s := serve(t, data)
	waiting(t, s)
	duties, r := s.duties(), rand.New(rand.NewPCG(1, 2))
	for number := range 40 {
		l, people := anyList(r, number)
		duty := duties[desas[number%len(desas)]]
		var first object
		var last string
		for _, file := range []struct {
			name    string
			content []byte
		}{{"a.csv", l.csv()}, {"a.ods", l.ods()}, {"a.xlsx", l.xlsx(t)}} {
			a := s.handed(duty, file.name, file.content)
			last = a.object["id"].(string)
			got := object{"findings": s.all("/api/v1/imports/" + last + "/findings")}
			for _, key := range []string{"state", "good", "bad", "reserves", "comparison", "mapping"} {
				got[key] = a.object[key]
			}
			waits := a.object["reserves"].(object)["waiting"].(float64)
			require.EqualValues(t, people, a.object["good"].(float64)+a.object["bad"].(float64)+waits, "list %d as %s: rows that are lost", number, file.name)
			if first == nil {
				first = got
			}
			require.Equal(t, first, got, "list %d as %s", number, file.name)
			if file.name != "a.xlsx" {
				s.made("/imports/"+last+"/drop", nil)
			}
		}
		require.NotEmpty(t, first["findings"], "list %d", number)
		placed(t, l.book(t), first["findings"].([]map[string]any))
		before, _ := s.rosterOf(duty)
		s.made("/imports/"+last+"/answers", object{"rest": object{"reason": "forgotten"}})
		status, raw := s.ask(http.MethodPost, "/api/v1/imports/"+last+"/accept", object{"despite": "uji"})
		require.Equal(t, http.StatusOK, status, "%s", raw)
		after, _ := s.rosterOf(duty)
		require.EqualValues(t, first["good"], len(after)-len(before), "list %d", number)
	}
	s.Stop()
	liteBooks(t, data).balance()
}

// placed checks that what a finding repeats stands in the cell it names, as
// another program reads it.
func placed(t *testing.T, book *excelize.File, findings []map[string]any) {
	t.Helper()
	for _, f := range findings {
		said, _ := f["found"].(string)
		if f["column"] == nil || said == "" {
			continue
		}
		text, err := book.GetCellValue("Sheet1", fmt.Sprintf("%s%v", f["column"], f["row"]))
		require.NoError(t, err)
		there := []rune(strings.ReplaceAll(text, "\n", " "))
		same := slices.EqualFunc([]rune(said), there, func(a, b rune) bool { return a == b || a == '*' && '0' <= b && b <= '9' })
		require.True(t, same, "%v is not %q", f, text)
	}
}
