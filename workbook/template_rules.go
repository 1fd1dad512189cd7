package workbook

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"payung/domain/nik"
	"payung/domain/roster"
)

// choicesSheet holds what drop-downs offer: villages in column A, jobs in B.
const choicesSheet = "_pilihan"

// choices writes the sheet that drop-downs take their lists from.
func (t *template) choices() error {
	if len(t.Villages)+len(t.Jobs) == 0 {
		return nil
	}
	if _, err := t.file.NewSheet(choicesSheet); err != nil {
		return err
	}
	for column, list := range [][]string{t.Villages, t.Jobs} {
		for i, name := range list {
			if err := t.file.SetCellStr(choicesSheet, at(column, i+1), name); err != nil {
				return err
			}
		}
	}
	return t.file.SetSheetVisible(choicesSheet, false, true)
}

// Lengths of a day in digits: 5-3-2026 and 05-03-2026.
const shortestDate, longestDate = 8, 10

// filled are the cells of a column in the rows that were filled in beforehand.
func (t *template) filled(column int) string {
	return at(column, firstRow) + ":" + at(column, firstRow+len(t.People)-1)
}

// rules puts drop-downs and the length of a NIK on the columns. A village or a
// job may still be written as its people write it; they are asked first.
func (t *template) rules() error {
	for i, c := range t.columns {
		rule := excelize.NewDataValidation(true)
		rule.SetSqref(at(i, firstRow) + ":" + at(i, t.last))
		var err error
		switch {
		case c.Field == roster.NIK:
			rule.SetError(excelize.DataValidationErrorStyleStop, t.words["nik_title"], t.words["nik_wrong"])
			err = rule.SetRange(nik.Length, nik.Length, excelize.DataValidationTypeTextLength, excelize.DataValidationOperatorEqual)
		case c.Field == roster.Sex:
			err = t.oneOf(rule, "L", "P")
		case c.Field == roster.Reserve:
			err = t.oneOf(rule, t.words["yes"])
		case c.Field == roster.Leaving && len(t.People) > 0:
			rule.Sqref = t.filled(i)
			err = t.oneOf(rule, roster.LeavingChoices(t.Lang)...)
		case c.Field == roster.LeavingDate && len(t.People) > 0:
			rule.Sqref = t.filled(i)
			rule.SetError(excelize.DataValidationErrorStyleStop, c.heading(t.Lang), t.words["date_wrong"])
			err = rule.SetRange(shortestDate, longestDate, excelize.DataValidationTypeTextLength, excelize.DataValidationOperatorBetween)
		case c.Field == roster.Village && len(t.Villages) > 0:
			t.suggest(rule, "A", len(t.Villages), t.words["choose_village"])
		case c.Field == roster.Job && len(t.Jobs) > 0:
			t.suggest(rule, "B", len(t.Jobs), t.words["choose_job"])
		default:
			continue
		}
		if err != nil {
			return err
		}
		if err := t.file.AddDataValidation(roster.ListSheet, rule); err != nil {
			return err
		}
	}
	return nil
}

// oneOf allows the given values only.
func (t *template) oneOf(rule *excelize.DataValidation, values ...string) error {
	rule.SetError(excelize.DataValidationErrorStyleStop, t.words["not_in_list"], t.words.say("choose", "choices", strings.Join(values, ", ")))
	return rule.SetDropList(values)
}

// suggest offers a column of the sheet of choices and asks about anything else.
func (t *template) suggest(rule *excelize.DataValidation, column string, rows int, question string) {
	rule.SetSqrefDropList(fmt.Sprintf("'%s'!$%s$1:$%s$%d", choicesSheet, column, column, rows))
	rule.SetError(excelize.DataValidationErrorStyleWarning, t.words["not_in_list"], question)
}
