package roster

import (
	"bytes"
	"strconv"

	"payung/domain/calendar"
	"payung/domain/cell"
	"payung/domain/nik"
)

// longestName is how many bytes of a name are kept.
const longestName = 200

func calendarDay(iso string) calendar.Day { return calendar.Day(iso) }

// readName reads the name. What looks like a formula is a text like any other.
func (c *Checker) readName() {
	value := c.cell(c.at.name)
	if value.Kind == cell.Error {
		c.find(c.at.name, Name, Error, ErrorCell, nil)
		return
	}
	from := len(c.text)
	c.text = appendText(c.text, value.Value)
	name := c.text[from:]
	digits, letters := counted(name)
	switch {
	case c.out.Refused && c.out.Findings[len(c.out.Findings)-1].Rule == SwappedColumns:
		c.text = c.text[:from]
		return
	case digits >= nik.Length-1:
		c.find(c.at.name, Name, Error, NameIsNumber, nil)
	case letters == 0:
		c.find(c.at.name, Name, Error, NameMissing, nil)
	case len(name) > longestName:
		c.find(c.at.name, Name, Error, NameTooLong, map[string]string{"most": strconv.Itoa(longestName)})
	case digits > 0:
		c.find(c.at.name, Name, Warning, NameHasDigits, nil)
		c.cut(spanName, from)
		return
	default:
		c.cut(spanName, from)
		return
	}
	c.text = c.text[:from]
}

// readSex reads the sex, and falls back on what the NIK says.
func (c *Checker) readSex(n number) {
	sex := &c.out.Person.Sex
	*sex = n.birth.sex
	if c.at.sex < 0 {
		return
	}
	value := c.cell(c.at.sex)
	stated, ok := sexOf(value.Value)
	switch {
	case unwritten(value.Value):
		return
	case !ok:
		c.find(c.at.sex, Sex, Warning, SexBad, nil)
		return
	case *sex != "" && *sex != stated:
		c.find(c.at.sex, Sex, Warning, NIKSexDiffers, nil)
	}
	*sex = stated
}

// readWage reads the wage. One that cannot be read keeps nobody out whose
// contribution does not depend on it.
func (c *Checker) readWage() {
	limits := c.terms.Wage
	value := c.cell(c.at.wage)
	level := Warning
	if limits.Needed {
		level = Error
	}
	if unwritten(value.Value) {
		if limits.Needed {
			c.find(c.at.wage, Wage, Error, WageMissing, nil)
		}
		return
	}
	wage, wrong := amountOf(bytes.TrimSpace(value.Value), value.Kind)
	switch {
	case wrong == WageRounded:
		c.find(c.at.wage, Wage, Warning, wrong, nil)
	case wrong != "":
		c.find(c.at.wage, Wage, level, wrong, nil)
		return
	}
	c.out.Person.Wage = wage
	switch {
	case wage == 0 && limits.Needed:
		c.find(c.at.wage, Wage, Error, WageMissing, nil)
	case wage < limits.Least:
		c.find(c.at.wage, Wage, Warning, WageBelow, map[string]string{"limit": strconv.FormatInt(int64(limits.Least), 10)})
	case limits.Most > 0 && wage > limits.Most:
		c.find(c.at.wage, Wage, Warning, WageAbove, map[string]string{"limit": strconv.FormatInt(int64(limits.Most), 10)})
	}
}
