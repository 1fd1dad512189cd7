package workbook_test

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"payung/domain/calendar"
	"payung/domain/cell"
	"payung/domain/roster"
	"payung/workbook"
)

func TestATemplateIsTheSameEveryTime(t *testing.T) {
	t.Parallel()
	require.True(t, bytes.Equal(template(t, desa(50)), template(t, desa(50))))
	other := desa(50)
	other.Year++
	require.False(t, bytes.Equal(template(t, desa(50)), template(t, other)))
}

func TestAnEmptyTemplateIsSmallEnoughForAPhone(t *testing.T) {
	t.Parallel()
	in := desa(0)
	in.Villages = villages(852)
	size := len(template(t, in))
	t.Logf("%d bytes", size)
	require.Less(t, size, 60<<10)
}

func TestATemplateIsReadAsWhatItIs(t *testing.T) {
	t.Parallel()
	for name, lang := range map[string]calendar.Lang{"in Indonesian": calendar.ID, "in English": calendar.EN} {
		for _, people := range []int{0, 3} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				in := desa(people)
				in.Lang = lang
				file := template(t, in)
				var head roster.Head
				require.NoError(t, rows(t, file, roster.ListSheet)(t.Context(), func(r *cell.Row) error { head.Add(r); return nil }))
				guess := roster.Guess(head)
				require.Equal(t, roster.Sure, guess.Confidence)
				require.Empty(t, roster.Untouched(guess.Mapping))
				require.Equal(t, roster.TemplateMapping(lang, 4).Columns, guess.Mapping.Columns)

				id, found := roster.ParseIdentity(pairs(t, open(t, file), roster.IdentitySheet))
				require.Empty(t, found)
				require.Empty(t, id.Match(in.Identity))
			})
		}
	}
}

func TestATemplateSaysWhatItIsFor(t *testing.T) {
	t.Parallel()
	f := open(t, template(t, desa(0)))
	require.Equal(t, "Daftar nama calon peserta 2027: Desa Wunduhaka", value(t, f, "Daftar", "B1"))
	require.Equal(t, "Batas waktu: Jumat, 26 Februari 2027 pukul 23.59 WITA · Pekerja rentan · target minimal 100 orang", value(t, f, "Daftar", "B2"))
	require.Equal(t, []string{"Daftar", "Petunjuk", "_pilihan", "_payung"}, f.GetSheetList())
	for sheet, visible := range map[string]bool{"Daftar": true, "Petunjuk": true, "_pilihan": false, "_payung": false} {
		got, err := f.GetSheetVisible(sheet)
		require.NoError(t, err)
		require.Equal(t, visible, got, sheet)
	}
	guide := strings.Builder{}
	all, err := f.GetRows("Petunjuk")
	require.NoError(t, err)
	for _, row := range all {
		guide.WriteString(strings.Join(row, " ") + "\n")
	}
	for _, told := range []string{"Jumat, 26 Februari 2027", "UU 27/2022", "Nihil", "9905114507800001", "PKS 100.3.7.1/12/2026"} {
		require.Contains(t, guide.String(), told)
	}
}

func TestOnlyWhatIsAskedCanBeWritten(t *testing.T) {
	t.Parallel()
	f := open(t, template(t, desa(2)))
	protection, err := f.GetSheetProtection("Daftar")
	require.NoError(t, err)
	require.False(t, protection.InsertColumns || protection.DeleteColumns || protection.DeleteRows || protection.InsertRows)
	require.True(t, protection.FormatColumns)
	for _, at := range []string{"A1", "B2", "R3", "A4", "C4", "R4", "A5", "B5", "C5", "C6"} {
		require.True(t, locked(t, f, "Daftar", at), at)
	}
	for _, at := range []string{"D5", "F6", "P6", "R6", "C7", "D7", "M7", "R2000", "C90000"} {
		require.False(t, locked(t, f, "Daftar", at), at)
	}
	hidden, err := f.GetColVisible("Daftar", "A")
	require.NoError(t, err)
	require.False(t, hidden)
}

func TestPeopleOfTheListBeforeAreFilledInWithoutTheirNIK(t *testing.T) {
	t.Parallel()
	f := open(t, template(t, desa(2)))
	all, err := f.GetRows("Daftar", excelize.Options{RawCellValue: true})
	require.NoError(t, err)
	require.Equal(t, []string{
		"row-00002", "2", "************0002", "WA CONTOH 2", "Kolaka", "05-07-1980", "P", "", "", "Desa 001",
		"081234567890", "Nelayan", "1000000", "02-01-2024", "", "", "", "=1+1",
	}, all[5])
	formula, err := f.GetCellFormula("Daftar", "R6")
	require.NoError(t, err)
	require.Empty(t, formula)

	in := desa(1)
	in.People[0].Last4 = "9901014507800001" // by mistake
	require.Equal(t, "************0001", value(t, open(t, template(t, in)), "Daftar", "C5"))
}

func TestColumnsNobodyAskedForAreThereButHidden(t *testing.T) {
	t.Parallel()
	in := desa(0)
	in.Fields = []roster.Field{roster.Born, roster.Job}
	f := open(t, template(t, in))
	for i, h := range roster.Fields() {
		shown, err := f.GetColVisible("Daftar", cell.Letters(i))
		require.NoError(t, err)
		require.Equal(t, slices.Contains([]roster.Field{roster.NIK, roster.Name, roster.Born, roster.Job}, h.Field), shown, h.Field)
		require.Equal(t, h.Name.ID, value(t, f, "Daftar", cell.Letters(i)+"4"))
	}
}

// rules are the drop-downs and other rules of a sheet by their first cell.
func rules(t *testing.T, f *excelize.File) map[string]*excelize.DataValidation {
	t.Helper()
	list, err := f.GetDataValidations("Daftar")
	require.NoError(t, err)
	out := map[string]*excelize.DataValidation{}
	for _, v := range list {
		first, _, _ := strings.Cut(v.Sqref, ":")
		out[first] = v
	}
	return out
}

func TestCellsHelpToWriteTheRightThing(t *testing.T) {
	t.Parallel()
	f := open(t, template(t, desa(20)))
	r := rules(t, f)
	require.Equal(t, "textLength", r["C5"].Type)
	require.Equal(t, "16", r["C5"].Formula1)
	require.Equal(t, "C5:C2024", r["C5"].Sqref)
	require.Equal(t, `"L,P"`, r["G5"].Formula1)
	require.Equal(t, `"Ya"`, r["O5"].Formula1)
	require.Equal(t, `'_pilihan'!$A$1:$A$336`, r["J5"].Formula1)
	require.Equal(t, `'_pilihan'!$B$1:$B$3`, r["L5"].Formula1)
	require.Equal(t, "Desa 336", value(t, f, "_pilihan", "A336"))
	for _, at := range []string{"C90", "F90", "K90", "N90"} {
		require.True(t, isText(t, f, "Daftar", at), at)
	}
}

func TestWhetherSomebodyIsStillThereIsAskedOfThoseWhoWere(t *testing.T) {
	t.Parallel()
	for name, lang := range map[string]calendar.Lang{"in Indonesian": calendar.ID, "in English": calendar.EN} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := desa(20)
			in.Lang, in.Fields = lang, []roster.Field{roster.Born}
			f := open(t, template(t, in))
			r := rules(t, f)
			require.Equal(t, "P5:P24", r["P5"].Sqref)
			require.Equal(t, `"`+strings.Join(roster.LeavingChoices(lang), ",")+`"`, r["P5"].Formula1)
			require.Equal(t, []string{"Q5:Q24", "textLength", "8", "10"}, []string{r["Q5"].Sqref, r["Q5"].Type, r["Q5"].Formula1, r["Q5"].Formula2})
			for _, column := range []string{"P", "Q"} {
				shown, err := f.GetColVisible("Daftar", column)
				require.NoError(t, err)
				require.True(t, shown, "whatever fields were asked for")
				require.True(t, isText(t, f, "Daftar", column+"5"), "a day stays as it was typed")
			}
		})
	}
	f := open(t, template(t, desa(0)))
	for _, column := range []string{"P", "Q"} {
		shown, err := f.GetColVisible("Daftar", column)
		require.NoError(t, err)
		require.False(t, shown, "nobody was there before")
		require.Nil(t, rules(t, f)[column+"5"])
	}
}

func TestThereIsRoomForTwiceTheTarget(t *testing.T) {
	t.Parallel()
	in := desa(0)
	in.Minimum, in.Ceiling = 100, 5000
	require.Equal(t, "C5:C10004", rules(t, open(t, template(t, in)))["C5"].Sqref)
}

// failing is a writer that is full.
type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, context.DeadlineExceeded }

func TestATemplateThatCannotBeWrittenIsAnError(t *testing.T) {
	t.Parallel()
	require.ErrorIs(t, workbook.Template(failing{}, desa(1)), context.DeadlineExceeded)
}
