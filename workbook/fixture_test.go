package workbook_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"payung/domain/calendar"
	"payung/domain/cell"
	"payung/domain/nik"
	"payung/domain/roster"
	"payung/sheet"
	"payung/workbook"
)

// desa is the input of a template as a village gets it.
func desa(people int) workbook.TemplateInput {
	in := workbook.TemplateInput{
		Agreement: "PKS 100.3.7.1/12/2026",
		Unit:      "Desa Wunduhaka",
		Line:      "Pekerja rentan",
		Year:      2027,
		Deadline:  "2027-02-26",
		Zone:      calendar.WITA,
		Minimum:   100,
		Identity: roster.Identity{
			Format: roster.Format, Obligation: "01J9Z", Unit: "74.01.05.2003", Line: "rentan", Year: 2027, Generation: 2, Roster: "01J9R",
		},
		Villages: villages(336),
		Jobs:     []string{"Nelayan", "Petani", "Tukang ojek"},
	}
	for i := range people {
		in.People = append(in.People, workbook.Person{
			RowID: fmt.Sprintf("row-%05d", i+1), Last4: fmt.Sprintf("%04d", i%9999+1),
			Name: fmt.Sprintf("WA CONTOH %d", i+1), Born: "1980-07-05", Sex: nik.Female, Wage: 1_000_000,
			Details: roster.Details{
				Birthplace: "Kolaka", Village: "Desa 001", Phone: "081234567890", Job: "Nelayan", Start: "2024-01-02", Note: "=1+1",
			},
		})
	}
	return in
}

func villages(n int) []string {
	var names []string
	for i := range n {
		names = append(names, fmt.Sprintf("Desa %03d", i+1))
	}
	return names
}

func template(tb testing.TB, in workbook.TemplateInput) []byte {
	tb.Helper()
	var out bytes.Buffer
	require.NoError(tb, workbook.Template(&out, in))
	return out.Bytes()
}

func open(tb testing.TB, file []byte) *excelize.File {
	tb.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(file))
	require.NoError(tb, err)
	tb.Cleanup(func() { require.NoError(tb, f.Close()) })
	return f
}

func saved(tb testing.TB, f *excelize.File) []byte {
	tb.Helper()
	out, err := f.WriteToBuffer()
	require.NoError(tb, err)
	return out.Bytes()
}

func value(tb testing.TB, f *excelize.File, sheet, at string) string {
	tb.Helper()
	v, err := f.GetCellValue(sheet, at, excelize.Options{RawCellValue: true})
	require.NoError(tb, err)
	return v
}

func style(tb testing.TB, f *excelize.File, sheet, at string) *excelize.Style {
	tb.Helper()
	id, err := f.GetCellStyle(sheet, at)
	require.NoError(tb, err)
	s, err := f.GetStyle(id)
	require.NoError(tb, err)
	return s
}

// isText reports whether what is typed into a cell stays text.
func isText(tb testing.TB, f *excelize.File, sheet, at string) bool {
	tb.Helper()
	s := style(tb, f, sheet, at)
	return s.NumFmt == 49 || s.CustomNumFmt != nil && *s.CustomNumFmt == "@"
}

// locked reports whether a protected sheet keeps people from writing there.
func locked(tb testing.TB, f *excelize.File, sheet, at string) bool {
	tb.Helper()
	p := style(tb, f, sheet, at).Protection
	return p == nil || p.Locked
}

func pairs(tb testing.TB, f *excelize.File, sheet string) [][2]string {
	tb.Helper()
	rows, err := f.GetRows(sheet)
	require.NoError(tb, err)
	var out [][2]string
	for _, row := range rows {
		pair := [2]string{}
		copy(pair[:], row)
		out = append(out, pair)
	}
	return out
}

// rows are those of a sheet, as the app reads them.
func rows(tb testing.TB, file []byte, name string) func(context.Context, func(*cell.Row) error) error {
	tb.Helper()
	book, err := sheet.Open(tb.Context(), bytes.NewReader(file), int64(len(file)), "daftar.xlsx", sheet.DefaultLimits())
	require.NoError(tb, err)
	tb.Cleanup(func() { require.NoError(tb, book.Close()) })
	index := slices.IndexFunc(book.Sheets(), func(s sheet.Info) bool { return s.Name == name })
	require.GreaterOrEqual(tb, index, 0)
	return func(ctx context.Context, visit func(*cell.Row) error) error { return book.Read(ctx, index, visit) }
}

// converted is a file as LibreOffice saves it in another format.
func converted(tb testing.TB, file []byte, from, to string) []byte {
	tb.Helper()
	office, err := exec.LookPath("soffice")
	if err != nil {
		if os.Getenv("CI") == "true" {
			tb.Fatal("soffice is not on PATH: install libreoffice-calc-nogui")
		}
		tb.Skip("needs soffice (LibreOffice Calc) on PATH")
	}
	dir := tb.TempDir()
	in := filepath.Join(dir, "in."+from)
	require.NoError(tb, os.WriteFile(in, file, 0o600))
	run := exec.CommandContext(tb.Context(), office, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"),
		"--headless", "--convert-to", to, "--outdir", filepath.Join(dir, "out"), in)
	said, err := run.CombinedOutput()
	require.NoError(tb, err, "%s", said)
	out, err := os.ReadFile(filepath.Join(dir, "out", "in."+to))
	require.NoError(tb, err, "%s", said)
	return out
}
