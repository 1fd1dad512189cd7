package sheet

import (
	"path"
	"strings"

	"payung/domain/cell"
)

// oneSheet is what formats that know no sheets have in common.
type oneSheet struct{ name string }

// sheetOf names the only sheet after its file, as Excel does.
func sheetOf(file string) oneSheet {
	base := path.Base(strings.ReplaceAll(file, `\`, "/"))
	return oneSheet{strings.TrimSuffix(base, path.Ext(base))}
}

// Sheets is one sheet.
func (s oneSheet) Sheets() []Info { return []Info{{Name: s.name}} }

// Merged is none.
func (oneSheet) Merged(int) []cell.Range { return nil }

// Close has nothing to free.
func (oneSheet) Close() error { return nil }

func (oneSheet) has(sheet int) error {
	if sheet != 0 {
		return noSheet()
	}
	return nil
}
