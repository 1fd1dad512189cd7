package cell

import "testing"

func TestColumnsAreNamedAsASheetShowsThem(t *testing.T) {
	t.Parallel()
	for column, want := range map[int]string{-1: "", 0: "A", 25: "Z", 26: "AA", 51: "AZ", 52: "BA", 701: "ZZ", 702: "AAA", 16383: "XFD"} {
		if got := Letters(column); got != want {
			t.Errorf("column %d is %q, want %q", column, got, want)
		}
	}
}

func TestACellIsFoundWhetherOrNotTheRowHasGaps(t *testing.T) {
	t.Parallel()
	full := Row{Cells: []Cell{{Column: 0, Kind: Text, Value: []byte("a")}, {Column: 1, Kind: Text, Value: []byte("b")}}}
	gaps := Row{Cells: []Cell{{Column: 1, Kind: Text, Value: []byte("b")}, {Column: 4, Kind: Number, Value: []byte("5")}}}
	for name, tt := range map[string]struct {
		row    Row
		column int
		want   string
		kind   Kind
	}{
		"in place":      {full, 1, "b", Text},
		"beyond":        {full, 2, "", Empty},
		"after a gap":   {gaps, 4, "5", Number},
		"in a gap":      {gaps, 0, "", Empty},
		"no column":     {gaps, -1, "", Empty},
		"moved by gaps": {gaps, 1, "b", Text},
	} {
		got := tt.row.At(tt.column)
		if string(got.Value) != tt.want || got.Kind != tt.kind || got.Column != tt.column {
			t.Errorf("%s: %+v, want %q", name, got, tt.want)
		}
	}
}

func TestARowOfBlanksIsBlank(t *testing.T) {
	t.Parallel()
	blank := Row{Cells: []Cell{{Kind: Text, Value: []byte(" \t")}, {Column: 1}}}
	if !blank.Blank() {
		t.Error("a row of white space is not blank")
	}
	written := Row{Cells: []Cell{{Kind: Text, Value: []byte(" x")}}}
	if written.Blank() {
		t.Error("a row with a letter is blank")
	}
}
