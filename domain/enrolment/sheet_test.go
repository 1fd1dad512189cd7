package enrolment_test

import (
	"testing"

	"payung/domain/cell"
	"payung/domain/enrolment"
	"payung/domain/fault"
)

// sheet is an answer file of texts; "" is an empty cell.
func sheet(rows ...[]string) *enrolment.Sheet {
	var s enrolment.Sheet
	for i, cells := range rows {
		r := cell.Row{Number: i + 1}
		for c, text := range cells {
			if text != "" {
				r.Cells = append(r.Cells, cell.Cell{Column: c, Kind: cell.Text, Value: []byte(text)})
			}
		}
		s.Add(&r)
	}
	return &s
}

func batchOfTwo(n int64) (enrolment.Person, bool) {
	switch n {
	case 1:
		return enrolment.Person{Name: "Wa Contoh", Last4: "0001"}, true
	case 2:
		return enrolment.Person{Name: "La Ode M. Contoh", Last4: "0002"}, true
	}
	return enrolment.Person{}, false
}

func TestAnAnswerFileIsReadByItsHeadings(t *testing.T) {
	t.Parallel()
	lines, err := sheet(
		[]string{"DAFTAR PENDAFTARAN"},
		[]string{"No. baris", "Nama", "NIK", "Hasil", "KPJ", "NPP", "Alasan"},
		[]string{"1", "WA CONTOH", "************0001", "Diterima", "15012345678", "20000001"},
		[]string{"2", "La Ode M Contoh", "", "Ditolak", "", "", "NIK tidak ditemukan"},
		[]string{"3"},
		[]string{"", "", "", "", "", "", ""},
	).Lines()
	if err != nil {
		t.Fatal(err)
	}
	if len(lines) != 3 {
		t.Fatalf("%d lines: %+v", len(lines), lines)
	}
	first, ok, problem := lines[0].Read(batchOfTwo)
	if !ok || problem != "" || first.State != enrolment.Registered || first.Card != "15012345678" || first.Employer != "20000001" || first.Number != 1 {
		t.Errorf("%+v %v %q", first, ok, problem)
	}
	second, ok, problem := lines[1].Read(batchOfTwo)
	if !ok || problem != "" || second.State != enrolment.Rejected || second.Reason != "nik_not_found" {
		t.Errorf("%+v %v %q", second, ok, problem)
	}
	if _, ok, problem := lines[2].Read(batchOfTwo); ok || problem != "" {
		t.Errorf("a line that says nothing leaves the answer open, not %q", problem)
	}
}

func TestALineIsTakenOnlyForThePersonItNames(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		line    enrolment.Line
		state   enrolment.State
		problem string
	}{
		"by row alone":                       {enrolment.Line{Row: "1", State: "diterima"}, enrolment.Registered, ""},
		"by row and name":                    {enrolment.Line{Row: "1", Name: "wa  contoh", State: "diterima"}, enrolment.Registered, ""},
		"the NIK decides, not the spelling":  {enrolment.Line{Row: "1", Name: "Wa Cntoh", NIK: "****0001", State: "diterima"}, enrolment.Registered, ""},
		"a card alone says registered":       {enrolment.Line{Row: "1", Card: "15012345678"}, enrolment.Registered, ""},
		"a reason alone says rejected":       {enrolment.Line{Row: "1", Reason: "usia"}, enrolment.Rejected, ""},
		"sorted by somebody, rows moved":     {enrolment.Line{Row: "1", Name: "La Ode M. Contoh", State: "diterima"}, "", enrolment.LineOtherPerson},
		"somebody else's NIK":                {enrolment.Line{Row: "1", Name: "Wa Contoh", NIK: "9900000000000002", State: "diterima"}, "", enrolment.LineOtherPerson},
		"a row that was never sent":          {enrolment.Line{Row: "3", State: "diterima"}, "", enrolment.LineUnknownRow},
		"a word nobody agreed on":            {enrolment.Line{Row: "1", State: "proses"}, "", enrolment.LineUnclear},
		"an answer to no row":                {enrolment.Line{State: "diterima"}, "", enrolment.LineWithoutRow},
		"a card number that Excel shortened": {enrolment.Line{Row: "1", Card: "1.50123E+10"}, "", "bad_card_number"},
		"rejected beats the card beside it":  {enrolment.Line{Row: "1", State: "ditolak", Card: "15012345678", Reason: "ganda"}, enrolment.Rejected, ""},
		"nothing said":                       {enrolment.Line{Row: "1", Name: "somebody"}, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, answered, problem := tt.line.Read(batchOfTwo)
			if a.State != tt.state && answered || answered != (tt.state != "") || problem != tt.problem {
				t.Errorf("%+v, answered %v, problem %q", a, answered, problem)
			}
		})
	}
}

func TestNumbersInCellsLoseTheirFraction(t *testing.T) {
	t.Parallel()
	var s enrolment.Sheet
	s.Add(&cell.Row{Number: 1, Cells: []cell.Cell{{Column: 0, Kind: cell.Text, Value: []byte("No")}, {Column: 3, Kind: cell.Text, Value: []byte("KPJ")}}})
	s.Add(&cell.Row{Number: 2, Cells: []cell.Cell{{Column: 0, Kind: cell.Number, Value: []byte("1.0")}, {Column: 3, Kind: cell.Number, Value: []byte("15012345678")}}})
	lines, err := s.Lines()
	if err != nil || len(lines) != 1 || lines[0].Row != "1" || lines[0].Card != "15012345678" {
		t.Errorf("%+v %v", lines, err)
	}
}

func TestASheetWithoutHeadingsIsRefused(t *testing.T) {
	t.Parallel()
	for name, rows := range map[string][][]string{
		"nothing":                         {},
		"names only":                      {{"Nama", "NIK"}, {"Wa Contoh", "1"}},
		"rows without any answer":         {{"No. baris", "Nama"}, {"1", "Wa Contoh"}},
		"answers to nobody in particular": {{"Nama", "Hasil"}, {"Wa Contoh", "diterima"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := sheet(rows...).Lines(); !fault.Is(err, "no_answer_headings") {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestASheetLongerThanAnyBatchIsRefused(t *testing.T) {
	t.Parallel()
	s := sheet([]string{"No", "Hasil"})
	row := cell.Row{Number: 2, Cells: []cell.Cell{{Column: 0, Kind: cell.Text, Value: []byte("1")}, {Column: 1, Kind: cell.Text, Value: []byte("ya")}}}
	for range enrolment.MaxLines + 1 {
		s.Add(&row)
	}
	if _, err := s.Lines(); !fault.Is(err, "too_many_answers") {
		t.Errorf("%v", err)
	}
}

// FuzzLine: whatever a cell holds, a line that is taken answers for the row it
// names, and says one of the two things an answer can say.
func FuzzLine(f *testing.F) {
	f.Add("1", "Wa Contoh", "0001", "diterima", "15012345678", "20000001", "")
	f.Add("2", "", "", "ditolak", "", "", "NIK tidak ditemukan")
	f.Add("-1", "\x00", "¹²³⁴", "TIDAK", "1e9", "…", "usia")
	f.Fuzz(func(t *testing.T, row, name, nik, state, card, employer, reason string) {
		l := enrolment.Line{Row: row, Name: name, NIK: nik, State: state, Card: card, Employer: employer, Reason: reason}
		a, answered, problem := l.Read(batchOfTwo)
		if answered && problem != "" {
			t.Errorf("answered and %q", problem)
		}
		if !answered {
			return
		}
		if _, ok := batchOfTwo(a.Number); !ok {
			t.Errorf("answers for row %d", a.Number)
		}
		if f := a.Check(); f != nil {
			t.Errorf("%+v: %v", a, f)
		}
	})
}
