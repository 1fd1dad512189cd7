package intake_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"payung/domain/enrolment"
	"payung/domain/fault"
	"payung/intake"
	"payung/internal/testdb"
	"payung/ledger"
)

// branch is a desk with a batch of so many people of its first village at the
// branch, by row.
func branch(t *testing.T, url string, people int) (d *desk, batch string) {
	t.Helper()
	d = newDesk(t, url, 1)
	rows := make([]ledger.RosterRowInput, people)
	for i := range rows {
		rows[i] = ledger.RosterRowInput{NIK: number(i + 1), Name: fmt.Sprintf("Pekerja %04d", i+1)}
	}
	d.write(func(tx *ledger.Tx) error {
		if _, err := tx.SubmitRoster(d.duties[0].ID, ledger.RosterInput{Rows: rows}); err != nil {
			return err
		}
		e, err := tx.OpenEnrolment(d.Agreement.ID, ledger.EnrolmentInput{PeriodID: d.duties[0].PeriodID})
		if err != nil {
			return err
		}
		batch = e.ID
		_, err = tx.SendEnrolment(e.ID, ledger.SendInput{})
		return err
	})
	return d, batch
}

func (d *desk) answers(batch, name string, content []byte) (intake.Answers, error) {
	return d.Answer(d.t.Context(), ledger.Operator(), batch, intake.File{Name: name, Size: int64(len(content)), Content: bytes.NewReader(content)}, "")
}

func (d *desk) counts(batch string) enrolment.Counts {
	d.t.Helper()
	var e ledger.EnrolmentView
	d.write(func(tx *ledger.Tx) (err error) {
		e, err = tx.Enrolment(batch)
		return err
	})
	return e.Counts
}

// TestAFileOfAnswersIsTakenLineByLine: what is wrong is said and left, all else
// counts, and sending the mended file again counts nothing twice.
func TestAFileOfAnswersIsTakenLineByLine(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		d, batch := branch(t, url, 5)
		head := "No. baris;Nama;NIK;Hasil;KPJ;NPP;Alasan\n"
		out, err := d.answers(batch, "jawaban.csv", []byte(head+strings.Join([]string{
			"1;Pekerja 0001;;Diterima;15012345671;20000001;",
			"2;Pekerja 0003;;Diterima;15012345672;;",
			"3;Pekerja 0003;;Ditolak;;;NIK tidak ditemukan",
			"4;Pekerja 0004;;;;;",
			"1;Pekerja 0001;;Ditolak;;;usia",
			"77;Siapa;;Diterima;;;",
		}, "\n")))
		require.NoError(t, err)
		require.Equal(t, intake.Answers{Registered: 1, Rejected: 1, Open: 1, Wrong: []intake.WrongLine{
			{Line: 3, Row: "2", Code: enrolment.LineOtherPerson}, {Line: 6, Row: "1", Code: enrolment.LineTwice}, {Line: 7, Row: "77", Code: enrolment.LineUnknownRow},
		}}, out)
		require.Equal(t, enrolment.Counts{People: 5, Waiting: 3, Registered: 1, Rejected: 1}, d.counts(batch))

		out, err = d.answers(batch, "jawaban.csv", []byte(head+"1;Pekerja 0001;;Diterima;15012345671;20000001;\n2;Pekerja 0002;;Diterima;15012345672;;\n"))
		require.NoError(t, err)
		require.Equal(t, intake.Answers{Registered: 1, Unchanged: 1}, out)
	})
}

// TestAnExcelFileOfAnswersIsReadPastItsOtherSheets reads numbers as Excel keeps
// them, from the sheet that has answers.
func TestAnExcelFileOfAnswersIsReadPastItsOtherSheets(t *testing.T) {
	t.Parallel()
	d, batch := branch(t, testdb.SQLite(t), 2)
	f := excelize.NewFile()
	require.NoError(t, f.SetSheetRow("Sheet1", "A1", &[]any{"Catatan cabang"}))
	_, err := f.NewSheet("Jawaban")
	require.NoError(t, err)
	for i, cells := range [][]any{{"Row", "Name", "Result", "KPJ"}, {1, "Pekerja 0001", "accepted", 15012345671}, {2.0, "Pekerja 0002", "", 15012345672}} {
		require.NoError(t, f.SetSheetRow("Jawaban", fmt.Sprintf("A%d", i+3), &cells))
	}
	var body bytes.Buffer
	require.NoError(t, f.Write(&body))
	require.NoError(t, f.Close())
	out, err := d.answers(batch, "jawaban.xlsx", body.Bytes())
	require.NoError(t, err)
	require.Equal(t, intake.Answers{Registered: 2}, out)
}

// TestALongFileOfAnswersIsTakenInParts: more lines than one transaction answers.
func TestALongFileOfAnswersIsTakenInParts(t *testing.T) {
	t.Parallel()
	const people = 2*ledger.MaxAnswers + 7
	d, batch := branch(t, testdb.SQLite(t), people)
	var b strings.Builder
	b.WriteString("No;Hasil\n")
	for i := range people {
		fmt.Fprintf(&b, "%d;ya\n", i+1)
	}
	out, err := d.answers(batch, "jawaban.csv", []byte(b.String()))
	require.NoError(t, err)
	require.Equal(t, intake.Answers{Registered: people}, out)
	require.Equal(t, enrolment.Counts{People: people, Registered: people}, d.counts(batch))
}

func TestAFileWithoutAnswersIsRefused(t *testing.T) {
	t.Parallel()
	d, batch := branch(t, testdb.SQLite(t), 1)
	for content, code := range map[string]string{
		"Nama;NIK\nPekerja 0001;1\n":           "no_answer_headings",
		"No. baris;Hasil\n1;\n":                "no_answers_in_file",
		"No. baris;Nama;Hasil\n;Pekerja 0001;": "no_answers_in_file",
	} {
		_, err := d.answers(batch, "jawaban.csv", []byte(content))
		require.True(t, fault.Is(err, code), "%s: %v", code, err)
	}
	_, err := d.answers("none", "jawaban.csv", []byte("No;Hasil\n1;ya\n"))
	require.True(t, fault.Is(err, "not_found"), "%v", err)
	out, err := d.answers(batch, "jawaban.csv", []byte("No;Hasil\n9901010101800001;ya\n"))
	require.NoError(t, err)
	require.Equal(t, []intake.WrongLine{{Line: 2, Code: enrolment.LineUnknownRow}}, out.Wrong, "what may be a NIK is not said again")
}
