package sheet

import (
	"strconv"

	"payung/domain/fault"
)

func tooLarge(limit int64) *fault.Fault {
	return fault.New(fault.TooLarge, "file_too_large", "the file is larger than %d MiB: send the list alone, without pictures", limit>>20).
		With("max_mib", strconv.FormatInt(limit>>20, 10))
}

func unfolds(limit int64) *fault.Fault {
	return fault.New(fault.TooLarge, "file_unfolds_too_large", "the file unfolds to more than %d MiB, or too densely: copy the list alone into a new workbook and send that", limit>>20).
		With("max_mib", strconv.FormatInt(limit>>20, 10))
}

// damaged is the fault of a file that is not what its format promises. About
// says which part, in words for whoever looks after the program.
func damaged(about string) *fault.Fault {
	return fault.New(fault.Invalid, "damaged_file", "the file is damaged (%s): open it in Excel or LibreOffice, save it as .xlsx and send it again", about).
		With("about", about)
}

// encrypted is the fault of a file only its owner can open.
func encrypted() *fault.Fault {
	return fault.New(fault.Unsupported, "encrypted_file", "the file is protected with a password: remove the password in Excel (File, Info, Protect) and send it again")
}

func noSheet() *fault.Fault {
	return fault.New(fault.NotFound, "sheet_not_found", "the file has no such sheet")
}

func withMacros() *fault.Fault {
	return fault.New(fault.Unsupported, "file_with_macros", "the file contains macros: save it as Excel Workbook (.xlsx) without macros and send that")
}

func tooMuchText(l Limits) *fault.Fault {
	return fault.New(fault.TooLarge, "too_much_text", "the cells of the file hold too much text (more than %d MiB): send the list alone, in parts", l.Texts>>20).
		With("max_mib", strconv.FormatInt(l.Texts>>20, 10))
}

func tooManySheets(most int) *fault.Fault {
	return fault.New(fault.TooLarge, "too_many_sheets", "the file has more than %d sheets: copy the list alone into a new workbook and send that", most).
		With("max", strconv.Itoa(most))
}
