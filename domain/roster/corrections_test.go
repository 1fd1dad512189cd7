package roster

import (
	"testing"

	"payung/domain/calendar"
	"payung/domain/cell"
)

func TestTheColumnOfCorrectionsIsNoPartOfTheList(t *testing.T) {
	t.Parallel()
	for _, l := range []calendar.Lang{calendar.ID, calendar.EN} {
		row := cell.Row{Number: 4}
		for i, h := range append(Headings(l), Corrections(l)) {
			row.Cells = append(row.Cells, cell.Cell{Column: i, Kind: cell.Text, Value: []byte(h)})
		}
		g := Guess([]cell.Row{row})
		if found := Untouched(g.Mapping); len(found) > 0 {
			t.Errorf("%s: a template that went back with its errors counts as changed: %v", l, found)
		}
		if len(g.Unmapped) > 0 || g.Confidence != Sure {
			t.Errorf("%s: somebody would be asked about the column: %v, %s", l, g.Unmapped, g.Confidence)
		}
	}
	if !IsCorrections(" PERLU  diperbaiki ") || IsCorrections("Keterangan") {
		t.Error("the column is not told from others")
	}
}
