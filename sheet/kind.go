package sheet

import (
	"payung/domain/fault"
)

// The kinds that cannot be read as a list, or not without help, besides those
// of [Book].
const (
	HTML      Kind = "html"      // a page with a table, as portals save it under .xls
	XLSM      Kind = "xlsm"      // a workbook with macros
	XLSB      Kind = "xlsb"      // a binary workbook
	XML2003   Kind = "xml2003"   // XML Spreadsheet 2003
	MHTML     Kind = "mhtml"     // a page with all its parts, saved by a browser
	Encrypted Kind = "encrypted" // an Office file under a password
	Word      Kind = "word"      // a letter: .doc, .docx, .odt, .rtf
	Slides    Kind = "slides"    // .ppt, .pptx, .odp
	PDF       Kind = "pdf"
	Picture   Kind = "picture" // a photo or a scan
	Archive   Kind = "archive" // files packed into one: zip, rar, 7z, gzip
	Nothing   Kind = "empty"
	Unknown   Kind = "unknown"
)

// Reply is what the sender of a file is to hear at once.
type Reply string

// The replies.
const (
	// Readable files are read.
	Readable Reply = "readable"
	// NeedsExcel is for a file that may well hold the list: it has arrived, and
	// the same list is asked for as a workbook.
	NeedsExcel Reply = "needs_excel"
	// Refused is for what holds no list as far as anybody can see.
	Refused Reply = "refused"
)

// Reply is what the sender of a file of this kind is to hear. Old formats of
// Excel are read all the same where [Limits] and the machine allow it.
func (k Kind) Reply() Reply {
	switch k {
	case XLSX, ODS, CSV, HTML:
		return Readable
	case XLS, XLSM, XLSB, XML2003, MHTML, Encrypted, Word, Slides, PDF, Picture:
		return NeedsExcel
	default:
		return Refused
	}
}

// refusal is the fault of a file that is not read because of its kind.
func (k Kind) refusal() *fault.Fault {
	switch k {
	case XLS, XLSB, XML2003, MHTML:
		return oldExcel()
	case Encrypted:
		return encrypted()
	case Word:
		return notRead("word_file", "this is a letter or another text document; the list has to come as an Excel file (.xlsx)")
	case Slides:
		return notRead("slides_file", "these are slides; the list has to come as an Excel file (.xlsx)")
	case PDF:
		return notRead("pdf_file", "the PDF has arrived, but names cannot be taken from it; send the Excel file (.xlsx) it was made from")
	case Picture:
		return notRead("picture_file", "the picture has arrived, but names cannot be taken from it; type the list into the template and send that")
	case Archive:
		return notRead("archive_file", "this is a packed file (zip or rar): unpack it and send the Excel file inside")
	case Nothing:
		return fault.New(fault.Invalid, "empty_file", "the file is empty: choose the file again and send it once more")
	default:
		return notRead("unknown_file", "this is not a file we can read: open the list in Excel, save it as Excel Workbook (.xlsx) and send that")
	}
}

func oldExcel() *fault.Fault {
	return notRead("old_excel", "the file has arrived in an old or unusual Excel format: open it in Excel, choose File > Save As > Excel Workbook (.xlsx) and send that")
}

func notRead(code, detail string) *fault.Fault {
	return fault.New(fault.Unsupported, code, "%s", detail)
}
