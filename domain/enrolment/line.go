package enrolment

import (
	"slices"
	"strconv"
	"strings"
)

// Line is one line of an answer file that names a row or says something.
type Line struct {
	Number   int // of the line in the sheet, from 1
	Row      string
	Name     string
	NIK      string // as much of it as the file has
	State    string
	Card     string
	Employer string
	Reason   string
}

// Person is who stands in a row of a batch, as far as a file can be compared
// with it.
type Person struct {
	Name  string
	Last4 string // of the NIK
}

// Codes of what is wrong with a line.
const (
	LineWithoutRow  = "no_row"         // it says something and names no row
	LineUnknownRow  = "unknown_row"    // the batch has no such row
	LineOtherPerson = "other_person"   // name or NIK are somebody else's
	LineUnclear     = "unclear"        // neither accepted nor rejected
	LineTwice       = "answered_twice" // the file says something else about the row above
)

// Read says what a line means for the person in its row. Answered is false
// where it leaves the answer open. Problem is the code of what is wrong; then
// there is no answer.
func (l Line) Read(find func(number int64) (Person, bool)) (a Answer, answered bool, problem string) {
	if !l.says() {
		return a, false, ""
	}
	n, err := strconv.ParseInt(strings.TrimSuffix(l.Row, "."), 10, 64)
	if err != nil {
		return a, false, LineWithoutRow
	}
	who, ok := find(n)
	switch {
	case !ok:
		return a, false, LineUnknownRow
	case !l.is(who):
		return a, false, LineOtherPerson
	}
	a = Answer{Number: n, State: l.state(), Card: l.Card, Employer: l.Employer}
	switch a.State {
	case Rejected:
		a.Reason, a.Card = ReadReason(l.Reason).Code, ""
	case Registered:
	default:
		return a, false, LineUnclear
	}
	if f := a.Check(); f != nil {
		return a, false, f.Code
	}
	return a, true, ""
}

// is reports whether the line may be about a person: the end of the NIK says so
// where the file has it, and the name where it has not.
func (l Line) is(p Person) bool {
	if digits := onlyDigits(l.NIK); len(digits) >= 4 {
		return digits[len(digits)-4:] == p.Last4
	}
	return l.Name == "" || plain(l.Name) == plain(p.Name)
}

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// state is what the line says became of the row. Without a word, a card number
// means registered and a reason rejected.
func (l Line) state() State {
	switch said := plain(l.State); {
	case slices.Contains([]string{"diterima", "terdaftar", "aktif", "berhasil", "sukses", "ok", "ya", "accepted", "registered", "yes"}, said):
		return Registered
	case slices.Contains([]string{"ditolak", "gagal", "tolak", "tidak diterima", "tidak", "rejected", "refused", "failed", "no"}, said):
		return Rejected
	case said != "":
		return ""
	case l.Card != "":
		return Registered
	}
	return Rejected
}
