package roster

import (
	"payung/domain/calendar"
	"payung/domain/nik"
	"payung/domain/rupiah"
)

// Kind says whether a row is about a person at all.
type Kind string

// The kinds of rows.
const (
	Data    Kind = "data"
	Skipped Kind = "skipped" // above the first person, or blank, a total, a signature, a note
)

// Checked is what became of one row. It is meant to be used again for the next
// row: Findings is then overwritten, everything in Person may be kept.
type Checked struct {
	Row    int // as the sheet shows it
	Kind   Kind
	Person Person // of somebody who left, nothing but who it is
	Left   Left   // somebody who left is not put on the list; zero if refused
	// Findings are about this row, but for warnings about an earlier one that
	// only this row could bring out, see [SamePerson]; their Row tells.
	Findings []Finding
	Refused  bool // one of the findings is an error
}

// Person is what a row says, as far as it could be read. It prints no digits
// of the NIK, whatever the verb.
type Person struct {
	Name    string
	Born    calendar.Day // as stated, or else as the NIK says
	Sex     nik.Sex      // as stated, or else as the NIK says
	Wage    rupiah.Amount
	RowID   string // of the person in the list before; empty: new
	Reserve bool
	Details Details

	digits *[nik.Length]byte // behind a pointer, which is all that printing shows
}

// Details are what nothing depends on but the file for BPJS Ketenagakerjaan.
type Details struct {
	Birthplace string
	Mother     string
	Address    string
	Village    string
	Phone      string // digits alone, from 0: 081234567890
	Job        string
	Start      calendar.Day
	Note       string
}

// HasNIK reports whether the row has a NIK that can be one.
func (p Person) HasNIK() bool { return p.digits != nil }

// NIK is the person's NIK, zero if it could not be read. Making one takes
// longer than checking the row, so whoever only seals the digits asks for
// [Person.Reveal].
func (p Person) NIK() nik.NIK {
	n, _ := nik.Restore(p.Reveal())
	return n
}

// Reveal is the 16 digits, for encryption and for the keyed hash that finds
// duplicates, or nothing. As with [nik.NIK.Reveal], every call of it is a place
// to look after.
func (p Person) Reveal() string {
	if p.digits == nil {
		return ""
	}
	return string(p.digits[:])
}

// Masked is the NIK as everybody may see it: "************0001".
func (p Person) Masked() string {
	if p.digits == nil {
		return ""
	}
	return mask + string(p.digits[len(mask):])
}

// mask hides all digits of a NIK but four.
const mask = "************"
