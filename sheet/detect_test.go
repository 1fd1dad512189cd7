package sheet_test

import (
	"bytes"
	"encoding/binary"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/require"

	"payung/sheet"
)

// compound is the beginning of a file of old Office, with these streams.
func compound(streams ...string) string {
	file := make([]byte, 512*4)
	copy(file, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	binary.LittleEndian.PutUint16(file[30:], 9)
	binary.LittleEndian.PutUint32(file[48:], 1) // the directory's first sector
	for table := range 109 {
		binary.LittleEndian.PutUint32(file[76+4*table:], 0xFFFFFFFF)
	}
	binary.LittleEndian.PutUint32(file[76:], 0) // the allocation table's only sector
	table := file[512:1024]
	for i := range 128 {
		binary.LittleEndian.PutUint32(table[4*i:], 0xFFFFFFFF)
	}
	binary.LittleEndian.PutUint32(table[4:], 2) // the directory goes on in sector 2
	binary.LittleEndian.PutUint32(table[8:], 0xFFFFFFFE)
	for i, name := range append([]string{"Root Entry"}, streams...) {
		entry := file[1024+128*i:]
		units := utf16.Encode([]rune(name))
		for at, unit := range units {
			binary.LittleEndian.PutUint16(entry[2*at:], unit)
		}
		binary.LittleEndian.PutUint16(entry[64:], uint16(2*len(units)+2))
	}
	return string(file)
}

// typed is an Office file whose main part is of a type.
func typed(kind string) string {
	return string(zipped(map[string]string{
		"[Content_Types].xml": `<Types><Default Extension="xlsx" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"/>` +
			`<Override PartName="/x.xml" ContentType="application/` + kind + `+xml"/></Types>`,
	}))
}

// open is an OpenDocument file of a type.
func openDocument(kind string) string {
	return string(zipped(map[string]string{"[Content_Types].xml": "", "mimetype": "application/vnd.oasis.opendocument." + kind}))
}

func TestAFileIsWhatItsContentSays(t *testing.T) {
	t.Parallel()
	cut := string(written{page: paged("")}.zipped())
	for name, tt := range map[string]struct {
		file  string
		want  sheet.Kind
		reply sheet.Reply
		code  string // of the fault of opening it; "" opens
	}{
		"workbook":                     {string(written{page: paged("")}.zipped()), sheet.XLSX, sheet.Readable, ""},
		"workbook cut on its way":      {cut[:len(cut)-30], sheet.XLSX, sheet.Readable, "damaged_file"},
		"workbook with macros":         {typed("vnd.ms-excel.sheet.macroEnabled.main"), sheet.XLSM, sheet.NeedsExcel, "damaged_file"},
		"binary workbook":              {typed("vnd.ms-excel.sheet.binary.macroEnabled.main"), sheet.XLSB, sheet.NeedsExcel, "old_excel"},
		"letter":                       {typed("vnd.openxmlformats-officedocument.wordprocessingml.document.main"), sheet.Word, sheet.NeedsExcel, "word_file"},
		"slides":                       {typed("vnd.openxmlformats-officedocument.presentationml.presentation.main"), sheet.Slides, sheet.NeedsExcel, "slides_file"},
		"letter of LibreOffice":        {openDocument("text"), sheet.Word, sheet.NeedsExcel, "word_file"},
		"sheet of LibreOffice, broken": {openDocument("spreadsheet"), sheet.ODS, sheet.Readable, "damaged_file"},
		"files packed into one":        {string(zipped(map[string]string{"daftar.xlsx": "x"})), sheet.Archive, sheet.Refused, "archive_file"},
		"rar":                          {"Rar!\x1A\x07\x01\x00", sheet.Archive, sheet.Refused, "archive_file"},
		"old workbook":                 {compound("Workbook"), sheet.XLS, sheet.NeedsExcel, "old_excel"},
		"older workbook":               {compound("\x05SummaryInformation", "Book"), sheet.XLS, sheet.NeedsExcel, "old_excel"},
		"old letter":                   {compound("a", "b", "c", "d", "WordDocument"), sheet.Word, sheet.NeedsExcel, "word_file"},
		"workbook under a password":    {compound("EncryptionInfo", "EncryptedPackage"), sheet.Encrypted, sheet.NeedsExcel, "encrypted_file"},
		"some other old file":          {compound("__substg1.0"), sheet.Unknown, sheet.Refused, "unknown_file"},
		"old file cut at its header":   {compound("Workbook")[:300], sheet.Unknown, sheet.Refused, "unknown_file"},
		"page of a portal":             {"<table border=1><tr><td>NIK</td></tr></table>", sheet.HTML, sheet.Readable, ""},
		"page after a warning":         {"<br />\n<b>Notice</b>: x\n<html><TABLE>", sheet.HTML, sheet.Readable, ""},
		"page without a table":         {"<!DOCTYPE html><html><p>Silakan masuk</p>", sheet.Unknown, sheet.Refused, "unknown_file"},
		"page with all its parts":      {"MIME-Version: 1.0\nX-Document-Type: Workbook\n", sheet.MHTML, sheet.NeedsExcel, "old_excel"},
		"XML Spreadsheet 2003":         {`<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">`, sheet.XML2003, sheet.NeedsExcel, "old_excel"},
		"flat file of LibreOffice":     {`<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0">`, sheet.Unknown, sheet.Refused, "unknown_file"},
		"PDF":                          {"%PDF-1.7\n%\xE2\xE3\xCF\xD3", sheet.PDF, sheet.NeedsExcel, "pdf_file"},
		"photo":                        {"\xFF\xD8\xFF\xE0\x00\x10JFIF", sheet.Picture, sheet.NeedsExcel, "picture_file"},
		"picture of the screen":        {"\x89PNG\r\n\x1A\n\x00", sheet.Picture, sheet.NeedsExcel, "picture_file"},
		"photo of a phone":             {"\x00\x00\x00\x18ftypheic", sheet.Picture, sheet.NeedsExcel, "picture_file"},
		"picture of a chat":            {"RIFF\x00\x00\x00\x00WEBPVP8 ", sheet.Picture, sheet.NeedsExcel, "picture_file"},
		"list with semicolons":         {"NIK;NAMA\n", sheet.CSV, sheet.Readable, ""},
		"list with a name that begins like a format": {"PK;GIF\n", sheet.CSV, sheet.Readable, ""},
		"list in UTF-16":     {utf16LE("\uFEFFNIK\tNAMA\r\n"), sheet.CSV, sheet.Readable, ""},
		"letter in RTF":      {`{\rtf1\ansi`, sheet.Word, sheet.NeedsExcel, "word_file"},
		"program":            {"\x7FELF\x02\x01\x01\x00\x00\x00\x00\x00", sheet.Unknown, sheet.Refused, "unknown_file"},
		"noise":              {"\x01\x02\x03\x04abc", sheet.Unknown, sheet.Refused, "unknown_file"},
		"nothing but blanks": {"\uFEFF \r\n\r\n", sheet.Nothing, sheet.Refused, "empty_file"},
		"nothing":            {"", sheet.Nothing, sheet.Refused, "empty_file"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := []byte(tt.file)
			kind := sheet.Detect(file, bytes.NewReader(file), int64(len(file)))
			require.Equal(t, tt.want, kind)
			require.Equal(t, tt.reply, kind.Reply())
			_, _, err := read(t, file, sheet.DefaultLimits(), 0)
			if tt.code == "" {
				require.NoError(t, err)
				return
			}
			require.Equal(t, tt.code, code(err))
		})
	}
}
