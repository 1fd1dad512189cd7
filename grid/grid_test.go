package grid_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"payung/domain/fault"
	"payung/domain/tally"
	"payung/grid"
	"payung/internal/fixture"
	"payung/upload"
)

func fileOf(name string, content []byte) *upload.File {
	sum := sha256.Sum256(content)
	return &upload.File{Name: name, Size: int64(len(content)), Digest: sum[:], ReaderAt: bytes.NewReader(content)}
}

// workbook writes sheets of cells; a text that begins with "=" stays text.
func workbook(t *testing.T, shape func(*excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	shape(f)
	var out bytes.Buffer
	require.NoError(t, f.Write(&out))
	require.NoError(t, f.Close())
	return out.Bytes()
}

func fill(t *testing.T, f *excelize.File, sheet string, lines [][]any) {
	t.Helper()
	_, err := f.NewSheet(sheet)
	require.NoError(t, err)
	for i, cells := range lines {
		require.NoError(t, f.SetSheetRow(sheet, fmt.Sprintf("A%d", i+1), &cells))
	}
}

func TestAnExcelFileBecomesAGrid(t *testing.T) {
	t.Parallel()
	book := workbook(t, func(f *excelize.File) {
		fill(t, f, "Sheet1", [][]any{{"catatan", "bukan rekap"}})
		fill(t, f, "Rekap", [][]any{
			{"REKAP APARAT DESA"},
			{"NO", "KECAMATAN", "DESA", "JUMLAH", "LUNAS S.D.", "NIK KADES"},
			{1, "Konda", "Lambusa", 10, 46387, "7405072007010001"}, // 2026-12-31
			{2, nil, "Alebo", 12.0, "Juni 2026"},
		})
		require.NoError(t, f.MergeCell("Rekap", "B3", "B4"))
		style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
		require.NoError(t, err)
		require.NoError(t, f.SetCellStyle("Rekap", "E3", "E3", style))
	})
	g, err := grid.Read(t.Context(), fileOf("rekap.xlsx", book), tally.Villages, "")
	require.NoError(t, err)
	require.Equal(t, "Rekap", g.Sheet, "the sheet that looks like a recap")
	require.Equal(t, 1, g.Masked, "a NIK is not kept")
	rows, findings := tally.Read(g, tally.Options{Kind: tally.Villages, Mapping: tally.Guess(g, tally.Villages), Year: 2026})
	require.Len(t, rows, 2)
	require.Equal(t, "Konda", rows[1].District, "merged cells count for each row")
	require.EqualValues(t, "2026-12-31", rows[0].Until)
	require.EqualValues(t, "2026-06-30", rows[1].Until)
	require.EqualValues(t, 12, rows[1].People.N)
	require.Equal(t, []tally.Finding{{Code: tally.LeftOut, Says: 1}}, findings)

	_, err = grid.Read(t.Context(), fileOf("rekap.xlsx", book), tally.Villages, "Rekap 2025")
	require.True(t, fault.Is(err, "unknown_sheet"), "%v", err)
}

func TestOneSheetForEachKecamatanIsOneRecap(t *testing.T) {
	t.Parallel()
	book := workbook(t, func(f *excelize.File) {
		fill(t, f, "Konda", [][]any{{"Desa", "Jumlah", "Ket"}, {"Lambusa", 10, "lunas"}})
		fill(t, f, "Kec. Buke", [][]any{{"Desa", "Jumlah", "Ket"}, {"Awalo", 11, "belum"}, {"Buke", 9, "-"}})
	})
	g, err := grid.Read(t.Context(), fileOf("rekap.xlsx", book), tally.Villages, "")
	require.NoError(t, err)
	rows, _ := tally.Read(g, tally.Options{Kind: tally.Villages, Mapping: tally.Guess(g, tally.Villages), Year: 2026})
	require.Len(t, rows, 3)
	require.Equal(t, []string{"Kecamatan Konda", "Kecamatan Kec. Buke", "Kecamatan Kec. Buke"}, []string{rows[0].District, rows[1].District, rows[2].District})
}

func TestACSVOfAWholeKabupatenIsRead(t *testing.T) {
	t.Parallel()
	recap := fixture.Write("74.05", 1).Villages
	var text strings.Builder
	for _, cells := range recap.Lines {
		text.WriteString(strings.Join(cells, ";") + "\r\n")
	}
	g, err := grid.Read(t.Context(), fileOf("rekap.csv", []byte(text.String())), tally.Villages, "")
	require.NoError(t, err)
	rows, findings := tally.Read(g, tally.Options{Kind: tally.Villages, Mapping: tally.Guess(g, tally.Villages), Year: 2026})
	require.Len(t, rows, 336)
	require.Empty(t, findings)
	for _, r := range rows {
		require.NotEmpty(t, recap.Meant[r.Line], "line %d: %s", r.Line, r.Name)
	}
}
