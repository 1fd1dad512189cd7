package sheet

import (
	"bytes"
	"context"
	"io"
)

// detect tells what a file is.
func detect(ctx context.Context, r io.ReaderAt, size int64) (Kind, error) {
	head := make([]byte, min(size, sample))
	if n, err := r.ReadAt(head, 0); n < len(head) {
		return Unknown, err
	}
	return told(ctx, head, r, size), nil
}

// Detect tells what a file is from its content alone: neither a name nor what a
// browser says of it can be believed. Head is the beginning of the file, 64 KiB
// of it if there are so many; r and size are the whole. Text of any sort that is
// not a web page is CSV. A damaged file is of the kind it was meant to be, as
// far as its beginning shows.
func Detect(head []byte, r io.ReaderAt, size int64) Kind {
	return told(context.Background(), head, r, size)
}

func told(ctx context.Context, head []byte, r io.ReaderAt, size int64) Kind {
	switch {
	case len(head) == 0:
		return Nothing
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return packed(ctx, head, r, size)
	case bytes.HasPrefix(head, []byte(compoundMark)):
		return compound(r)
	}
	for _, s := range signatures {
		if len(head) >= s.at && bytes.HasPrefix(head[s.at:], []byte(s.mark)) {
			return s.kind
		}
	}
	text, ok := plainText(head)
	switch {
	case !ok:
		return Unknown
	case len(bytes.TrimSpace(text)) == 0:
		return Nothing
	default:
		return written(text)
	}
}

// signatures are the marks by which formats are known that are neither text nor
// put together from parts.
var signatures = []struct {
	at   int
	mark string
	kind Kind
}{
	{0, "%PDF-", PDF},
	{0, "\xFF\xD8\xFF", Picture},
	{0, "\x89PNG\r\n\x1A\n", Picture},
	{0, "GIF8", Picture},
	{8, "WEBP", Picture},
	{0, "II*\x00", Picture},
	{0, "MM\x00*", Picture},
	{4, "ftypheic", Picture},
	{4, "ftypheix", Picture},
	{4, "ftyphevc", Picture},
	{4, "ftypmif1", Picture},
	{4, "ftypmsf1", Picture},
	{4, "ftypavif", Picture},
	{0, `{\rtf`, Word},
	{0, "Rar!\x1A\x07", Archive},
	{0, "7z\xBC\xAF\x27\x1C", Archive},
	{0, "\x1F\x8B", Archive},
	{0, "PK\x05\x06", Archive},
	{0, "PK\x07\x08", Archive},
}

// written tells what a text is. Portals save a table of a web page under .xls,
// sometimes after a warning of their own; in a list nobody writes markup.
func written(text []byte) Kind {
	lower := bytes.ToLower(bytes.TrimSpace(text))
	switch {
	case bytes.HasPrefix(lower, []byte("mime-version:")):
		return MHTML
	case bytes.Contains(lower, []byte("urn:schemas-microsoft-com:office:spreadsheet")) && bytes.HasPrefix(lower, []byte("<?xml")):
		return XML2003
	case bytes.Contains(lower, []byte("<table")):
		return HTML
	case bytes.HasPrefix(lower, []byte("%pdf-")):
		return PDF
	case bytes.HasPrefix(lower, []byte("<")):
		return Unknown
	default:
		return CSV
	}
}

// packed tells what a zip archive is by what its formats have to say of
// themselves inside.
func packed(ctx context.Context, head []byte, r io.ReaderAt, size int64) Kind {
	a, err := openArchive(r, size, newBudget(DefaultLimits()))
	if err != nil {
		return meant(head)
	}
	for _, part := range []string{"[Content_Types].xml", "mimetype"} {
		content := a.beginning(ctx, part)
		for _, format := range formats {
			if bytes.Contains(content, []byte(format.name)) {
				return format.kind
			}
		}
	}
	return Archive
}

// formats are the names that formats made of parts give themselves. A letter may
// hold a sheet, so the names are those of the main part.
var formats = []struct {
	name string
	kind Kind
}{
	{"sheet.binary.macroEnabled.main", XLSB},
	{"ms-excel.sheet.macroEnabled.main", XLSM},
	{"ms-excel.template.macroEnabled.main", XLSM},
	{"spreadsheetml.sheet.main", XLSX},
	{"spreadsheetml.template.main", XLSX},
	{"wordprocessingml.document.main", Word},
	{"presentationml.presentation.main", Slides},
	{"opendocument.spreadsheet", ODS},
	{"opendocument.text", Word},
	{"opendocument.presentation", Slides},
}

// meant tells what an archive was to be whose directory cannot be read, most
// often as the file was cut on its way.
func meant(head []byte) Kind {
	switch {
	case bytes.Contains(head, []byte("opendocument.spreadsheet")):
		return ODS
	case bytes.Contains(head, []byte("[Content_Types].xml")), bytes.Contains(head, []byte("xl/")):
		return XLSX
	default:
		return Archive
	}
}

// beginning is what a part begins with; nothing without such a part.
func (a *archive) beginning(ctx context.Context, name string) []byte {
	if !a.has(name) {
		return nil
	}
	part, err := a.open(ctx, name)
	if err != nil {
		return nil
	}
	defer func() { _ = part.Close() }()
	content, _ := io.ReadAll(io.LimitReader(part, sample))
	return content
}
