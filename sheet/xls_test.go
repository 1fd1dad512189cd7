package sheet_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/sheet"
)

// An XML Spreadsheet is an old format that can be written by hand.
const spreadsheet2003 = `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Daftar"><Table>
<Row><Cell><Data ss:Type="String">NIK</Data></Cell></Row><Row ss:Index="5"><Cell><Data ss:Type="String">9901014507800001</Data></Cell></Row>
</Table></Worksheet></Workbook>`

func TestAnOldFormatIsReadByWayOfLibreOffice(t *testing.T) {
	if _, err := exec.LookPath("soffice"); err != nil {
		t.Skip("LibreOffice is not installed")
	}
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	l := sheet.DefaultLimits()
	l.Office = time.Minute

	lines, book, err := read(t, []byte(spreadsheet2003), l, 0)
	require.NoError(t, err)
	require.Equal(t, sheet.XML2003, book.Kind())
	require.Equal(t, []sheet.Info{{Name: "Daftar"}}, book.Sheets())
	require.Equal(t, "1 A=text:\"NIK\"\n5 A=text:\"9901014507800001\"\n", shown(lines))
	requireNothingLeft(t, dir)

	_, _, err = read(t, []byte(compound("Workbook")), l, 0)
	require.Equal(t, "old_excel", code(err), "LibreOffice can make nothing of it")
	requireNothingLeft(t, dir)

	l.Office = time.Millisecond
	_, _, err = read(t, []byte(spreadsheet2003), l, 0)
	require.Equal(t, "old_excel_too_slow", code(err))
	requireNothingLeft(t, dir)
}

func requireNothingLeft(t *testing.T, dir string) {
	t.Helper()
	left, err := filepath.Glob(filepath.Join(dir, "payung-*"))
	require.NoError(t, err)
	require.Empty(t, left)
}

func TestAnOldFormatIsExplainedWhereItCannotBeRead(t *testing.T) {
	l := sheet.DefaultLimits()
	_, _, err := read(t, []byte(spreadsheet2003), l, 0)
	require.Equal(t, "old_excel", code(err), "nobody has allowed it")

	l.Office = time.Minute
	t.Setenv("PATH", t.TempDir())
	_, _, err = read(t, []byte(spreadsheet2003), l, 0)
	require.Equal(t, "old_excel", code(err), "there is no LibreOffice")
}

// What a copy of a list may be read by, as long as it is there.
func TestTheCopyForLibreOfficeIsOurs(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	// A program in its place tells who may read what.
	program := "#!/bin/sh\nstat -c '%a %n' " + dir + "/payung-* " + dir + "/payung-*/list.xls > " + dir + "/told\n"
	require.NoError(t, os.WriteFile(filepath.Join(dir, "soffice"), []byte(program), 0o700))
	t.Setenv("PATH", dir+":"+os.Getenv("PATH"))
	l := sheet.DefaultLimits()
	l.Office = time.Minute

	_, _, err := read(t, []byte(spreadsheet2003), l, 0)
	require.Equal(t, "old_excel", code(err))
	told, err := os.ReadFile(filepath.Join(dir, "told"))
	require.NoError(t, err)
	require.Regexp(t, `^700 \S+\n600 \S+list.xls\n$`, string(told))
	requireNothingLeft(t, dir)
}
