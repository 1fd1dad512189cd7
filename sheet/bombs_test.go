package sheet_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"payung/domain/cell"
	"payung/sheet"
)

// TestFilesMadeToHarmCostNextToNothing refuses each within 50 ms of CPU and
// 32 MB of memory; machines under load get three times the time. It measures
// this goroutine's thread and all allocations, so it does not run in parallel.
func TestFilesMadeToHarmCostNextToNothing(t *testing.T) {
	for name, tt := range map[string]struct {
		file []byte
		code string
	}{
		"2 MB that unfold to 2 GB":           {unfolding(2<<30, 2<<30), "file_unfolds_too_large"},
		"2 GB said to be a kilobyte":         {unfolding(2<<30, 1<<10), "damaged_file"},
		"2 GB said to be what nobody minds":  {unfolding(2<<30, 4<<20), "damaged_file"},
		"200 MB of blanks":                   {unfolding(200<<20, 200<<20), "file_unfolds_too_large"},
		"100,000 parts":                      {crowd(100_000), "too_many_entries"},
		"201 parts":                          {crowd(201), "too_many_entries"},
		"an archive in the place of a sheet": {written{page: string(crowd(3))}.zipped(), "damaged_file"},
		"parts that share their bytes":       {overlapping(), "damaged_file"},
		"two sheets in one part":             {sharing(2), "damaged_file"},
		"two parts of one name":              {twice(), "damaged_file"},
		"a part that leads elsewhere":        {written{page: paged(``), extra: map[string]string{"xl/../../etc/passwd": "x"}}.zipped(), "damaged_file"},
		"a part at the root":                 {written{page: paged(``), extra: map[string]string{"/etc/passwd": "x"}}.zipped(), "damaged_file"},
		"more sheets than anybody has":       {sharing(101), "damaged_file"},
		"a million texts that are the same":  {written{page: paged(``), texts: sharedTexts(strings.Repeat(`<si><t>a</t></si>`, 1_000_000))}.zipped(), "file_unfolds_too_large"},
		"a million texts of nothing":         {written{page: paged(``), texts: sharedTexts(strings.Repeat(`<si/>`, 1_000_000))}.zipped(), "file_unfolds_too_large"},
		"texts of more than there may be":    {written{page: paged(``), texts: sharedTexts(`<si>` + strings.Repeat(" ", 65<<20) + `</si>`)}.zipped(), "file_unfolds_too_large"},
		"a million styles":                   {written{page: paged(``), styles: `<styleSheet><cellXfs>` + strings.Repeat(`<xf/>`, 1_000_000) + `</cellXfs></styleSheet>`}.zipped(), "file_unfolds_too_large"},
		"styles without end":                 {written{page: paged(``), styles: `<styleSheet><cellXfs>` + strings.Repeat(`<xf/>`, 70_000) + `</cellXfs></styleSheet>`}.zipped(), "damaged_file"},
		"merged blocks without end":          {written{page: `<worksheet><mergeCells>` + strings.Repeat(`<mergeCell ref="A1:B2"/>`, 20_000) + `</mergeCells></worksheet>`}.zipped(), "too_many_merged"},
		"row 2147483647":                     {written{page: paged(`<row r="2147483647"><c><v>1</v></c></row>`)}.zipped(), "bad_row_number"},
		"row 1048577":                        {written{page: paged(`<row r="1048576"/><row><c><v>1</v></c></row>`)}.zipped(), "bad_row_number"},
		"row -1":                             {written{page: paged(`<row r="-1"><c><v>1</v></c></row>`)}.zipped(), "bad_row_number"},
		"row 0":                              {written{page: paged(`<row r="0"><c><v>1</v></c></row>`)}.zipped(), "bad_row_number"},
		"a row that has been":                {written{page: paged(`<row r="5"/><row r="5"><c><v>1</v></c></row>`)}.zipped(), "bad_row_number"},
		"rows that go back":                  {written{page: paged(`<row r="5"/><row r="4"><c><v>1</v></c></row>`)}.zipped(), "bad_row_number"},
		"a column after the last":            {written{page: paged(`<row r="5"><c r="XFE5"><v>1</v></c></row>`)}.zipped(), "damaged_file"},
		"a cell in another row":              {written{page: paged(`<row r="5"><c r="A6"><v>1</v></c></row>`)}.zipped(), "damaged_file"},
		"cells that go back":                 {written{page: paged(`<row r="5"><c r="B5"><v>1</v></c><c r="A5"><v>1</v></c></row>`)}.zipped(), "damaged_file"},
		"a text that is not there":           {written{page: paged(`<row><c t="s"><v>4294967296</v></c></row>`), texts: sharedTexts(`<si><t>a</t></si>`)}.zipped(), "damaged_file"},
		"a billion laughs":                   {written{page: laughs()}.zipped(), "file_with_dtd"},
		"a file from elsewhere":              {written{page: `<!DOCTYPE a SYSTEM "file:///etc/passwd"><worksheet/>`}.zipped(), "file_with_dtd"},
		"elements inside one another":        {written{page: strings.Repeat(`<a>`, 100_000)}.zipped(), "damaged_file"},
		"attributes without end":             {written{page: `<worksheet` + attributes(20_000) + `/>`}.zipped(), "damaged_file"},
		"a tag without end":                  {written{page: `<worksheet a="` + numbers(1<<20) + `"/>`}.zipped(), "damaged_file"},
		"a comment without end":              {written{page: `<!--` + numbers(1<<20)}.zipped(), "damaged_file"},
		"macros":                             {written{page: paged(``), extra: map[string]string{"xl/vbaProject.bin": "x"}}.zipped(), "file_with_macros"},
		"macros of old":                      {written{page: paged(``), extra: map[string]string{"xl/macrosheets/sheet1.xml": "x"}}.zipped(), "file_with_macros"},
		"a password":                         {locked(t), "encrypted_file"},
		"cut in the middle":                  {cutShort(2), "damaged_file"},
		"cut at the end":                     {cutShort(1), "damaged_file"},
		"a part with a wrong sum":            {wrongSum(), "damaged_file"},
		"more rows than there may be":        {written{page: paged(strings.Repeat(`<row><c><v>1</v></c></row>`, 100_001))}.zipped(), "file_has_too_many_rows"},
		"nothing":                            {nil, "empty_file"},
		"a cell at the far corner":           {written{page: paged(`<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`)}.zipped(), "<nil>"},
		"a cell of 3 MB":                     {written{page: paged(`<row><c t="str"><v>` + numbers(3<<20) + `</v></c></row>`)}.zipped(), "<nil>"},
		"no rows":                            {written{page: paged(``)}.zipped(), "<nil>"},
		"a million rows without any content": {written{page: paged(strings.Repeat(`<row/>`, 500_000))}.zipped(), "<nil>"},
		"a link that nobody follows":         {written{page: paged(``), extra: map[string]string{"xl/externalLinks/externalLink1.xml": "<a"}}.zipped(), "<nil>"},
	} {
		t.Run(name, func(t *testing.T) {
			runtime.LockOSThread()
			defer runtime.UnlockOSThread()
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			begun := busy(t)
			err := passOver(t, tt.file)
			took := busy(t) - begun
			runtime.ReadMemStats(&after)
			allocated := float64(after.TotalAlloc-before.TotalAlloc) / (1 << 20)
			t.Logf("%8d bytes: %6.2f ms CPU, %6.3f MB, %v", len(tt.file), float64(took.Microseconds())/1000, allocated, err)
			require.Equal(t, tt.code, code(err))
			require.Less(t, took, 150*time.Millisecond)
			require.Less(t, allocated, 32.0)
		})
	}
}

// passOver reads the first sheet of a file and keeps nothing.
func passOver(t *testing.T, file []byte) error {
	t.Helper()
	book, err := sheet.Open(t.Context(), bytes.NewReader(file), int64(len(file)), "", sheet.DefaultLimits())
	if err != nil {
		return err
	}
	defer func() { require.NoError(t, book.Close()) }()
	return book.Read(t.Context(), 0, func(*cell.Row) error { return nil })
}

// busy is the CPU time this thread has had.
func busy(t *testing.T) time.Duration {
	t.Helper()
	var use syscall.Rusage
	require.NoError(t, syscall.Getrusage(syscall.RUSAGE_THREAD, &use))
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}

// unfolding is a workbook whose sheet is blanks that unfold to one size and are
// said to unfold to another.
func unfolding(size, said int) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	parts := written{}.parts()
	for _, name := range []string{"[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"} {
		must(z.Create(name)).Write([]byte(parts[name]))
	}
	// Each piece ends at a byte, so pieces can be repeated.
	var piece bytes.Buffer
	f := must(flate.NewWriter(&piece, flate.BestCompression))
	f.Write(bytes.Repeat([]byte(" "), 1<<20))
	f.Flush()
	blanks := append(bytes.Repeat(piece.Bytes(), size>>20), 1, 0, 0, 0xFF, 0xFF)
	sheet := must(z.CreateRaw(&zip.FileHeader{
		Name: "xl/worksheets/sheet1.xml", Method: zip.Deflate, CompressedSize64: uint64(len(blanks)), UncompressedSize64: uint64(said),
	}))
	sheet.Write(blanks)
	z.Close()
	return b.Bytes()
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

// crowd is a workbook of many parts.
func crowd(parts int) []byte {
	w := written{page: paged(``), extra: map[string]string{}}
	for i := range parts {
		w.extra[fmt.Sprintf("xl/media/%d", i)] = ""
	}
	return w.zipped()
}

// sharing is a workbook of sheets that are all in one part.
func sharing(sheets int) []byte {
	var list strings.Builder
	for i := range sheets {
		fmt.Fprintf(&list, `<sheet name="%d" sheetId="%d" r:id="rId1"/>`, i, i)
	}
	return written{page: paged(``), workbook: `<workbook xmlns:r="` + relations + `"><sheets>` + list.String() + `</sheets></workbook>`}.zipped()
}

func twice() []byte {
	return written{page: paged(``), extra: map[string]string{"xl/worksheets/SHEET1.xml": paged(``)}}.zipped()
}

// overlapping is a workbook with a part whose bytes are also those of another:
// the entry of one in the directory leads to the other.
func overlapping() []byte {
	file := written{page: paged(``), extra: map[string]string{"xl/media/1": "same", "xl/media/2": "same"}}.zipped()
	var places []int
	for i := bytes.Index(file, []byte("PK\x01\x02")); i < len(file)-46 && string(file[i:i+4]) == "PK\x01\x02"; {
		name := file[i+46 : i+46+int(binary.LittleEndian.Uint16(file[i+28:]))]
		if strings.HasPrefix(string(name), "xl/media/") {
			places = append(places, i+42)
		}
		i += 46 + len(name) + int(binary.LittleEndian.Uint16(file[i+30:])) + int(binary.LittleEndian.Uint16(file[i+32:]))
	}
	copy(file[places[1]:places[1]+4], file[places[0]:places[0]+4])
	return file
}

// numbers is text that does not fold well.
func numbers(size int) string {
	b := make([]byte, 0, size+20)
	for i := uint64(1); len(b) < size; i++ {
		b = fmt.Appendf(b, "%d", i*0x9E3779B97F4A7C15)
	}
	return string(b[:size])
}

func attributes(count int) string {
	var b strings.Builder
	for i := range count {
		fmt.Fprintf(&b, ` a%d=""`, i)
	}
	return b.String()
}

func laughs() string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY l0 "lol">`)
	for i := 1; i < 10; i++ {
		fmt.Fprintf(&b, `<!ENTITY l%d "%s">`, i, strings.Repeat(fmt.Sprintf("&l%d;", i-1), 10))
	}
	return b.String() + `]><worksheet><sheetData><row><c t="str"><v>&l9;</v></c></row></sheetData></worksheet>`
}

// locked is a workbook under a password.
func locked(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	var b bytes.Buffer
	require.NoError(t, f.Write(&b, excelize.Options{Password: "rahasia"}))
	return b.Bytes()
}

func cutShort(part int) []byte {
	file := written{page: paged(`<row><c><v>1</v></c></row>`)}.zipped()
	return file[:len(file)-len(file)*(2*part-1)/8-10]
}

func wrongSum() []byte {
	file := written{page: paged(`<row><c><v>1</v></c></row>`)}.zipped()
	at := bytes.Index(file, []byte("PK\x01\x02"))
	for i := at; i < len(file)-46 && string(file[i:i+4]) == "PK\x01\x02"; {
		length := int(binary.LittleEndian.Uint16(file[i+28:]))
		if string(file[i+46:i+46+length]) == "xl/worksheets/sheet1.xml" {
			file[i+16] ^= 1
		}
		i += 46 + length + int(binary.LittleEndian.Uint16(file[i+30:])) + int(binary.LittleEndian.Uint16(file[i+32:]))
	}
	return slices.Clone(file)
}
