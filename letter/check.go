package letter

import (
	"cmp"
	"net/url"
	"strconv"
	"strings"

	"payung/domain/fault"
	"payung/paper"
)

// The bounds of one letter.
const (
	maxRows      = 10_000
	maxColumns   = 8
	maxAddresses = 1_000
	maxWidth     = 145 // mm, of all columns together
	maxHeading   = 100
	leastWidth   = 10  // mm, of a column that shares what the others leave
	maxPieces    = 500 // people, points, copies, witnesses, earlier letters
)

// Check refuses a letter that cannot be written: of no known kind, with a
// text that names what the letter does not say, without the facts of its
// kind, or over a bound. All that is missing is named at once.
func Check(l Letter) error {
	_, err := check(l)
	return err
}

// check is [Check] with the logo, which takes longest to look at.
func check(l Letter) (*paper.Picture, error) {
	if !l.Kind.Known() {
		return nil, fault.New(fault.Invalid, "letter_kind", "there is no letter of kind %q", string(l.Kind)).On("kind")
	}
	if err := l.Head.fits(); err != nil {
		return nil, err
	}
	text := l.text()
	if err := cmp.Or(text.Check(), l.bounded(), l.complete(text), l.Verify.check()); err != nil {
		return nil, err
	}
	return l.Head.picture()
}

// complete names everything that is missing, at once.
func (l Letter) complete(text Text) error {
	var reasons []fault.Reason
	for _, name := range append(l.settled().missing(text), l.lacks()...) {
		reasons = append(reasons, fault.Reason{Code: "letter_needs_" + name})
	}
	if reasons == nil {
		return nil
	}
	f := fault.New(fault.Invalid, "letter_incomplete", "the letter does not say everything its text needs")
	f.Reasons = reasons
	return f
}

// lacks are the facts of the kind that no text asks for by name.
func (l Letter) lacks() []string {
	var lacking []string
	need := func(there bool, name string) {
		if !there {
			lacking = append(lacking, name)
		}
	}
	need(!l.Kind.Addressed() || len(l.To) > 0, "to")
	need(l.Signatory.Title != "" || l.Signatory.Name != "", "signatory")
	switch l.Kind {
	case Invitation, Attendance, Minutes:
		need(l.Meeting != nil, "meeting")
	case DueNotice:
		need(l.Due != nil, "due")
	case Receipt:
		need(l.Received != nil, "received")
	case Recap, Cover:
		need(l.List != nil, "list")
	}
	return lacking
}

// bounded refuses what no office would print, and amounts beyond counting.
func (l Letter) bounded() error {
	pieces := max(len(l.People)+max(0, l.Blank), len(l.Points), len(l.Copies), len(l.Witnesses), len(l.Earlier))
	if l.Meeting != nil {
		pieces = max(pieces, len(l.Meeting.Agenda))
	}
	if pieces > maxPieces || len(l.To) > maxAddresses {
		return fault.New(fault.TooLarge, "letter_too_long", "a letter has at most %d addressees and %d of everything else", maxAddresses, maxPieces)
	}
	if l.List != nil {
		if n := len(l.List.Columns); n < 1 || n > maxColumns || l.List.count() > maxRows || !l.List.narrow() {
			return fault.New(fault.Invalid, "letter_list", "a list has 1 to %d columns and at most %d rows", maxColumns, maxRows).On("list")
		}
	}
	if l.Due != nil {
		if _, err := l.Due.Total(); err != nil {
			return fault.New(fault.Invalid, "letter_amount", "the amounts are beyond counting").On("due")
		}
	}
	return nil
}

// narrow reports whether the columns leave room for one another on the
// narrowest paper.
func (l List) narrow() bool {
	sum := 0.0
	for _, c := range l.Columns {
		if c.Width < 0 || c.Width > maxWidth || len(c.Title) > maxHeading {
			return false
		}
		sum += max(c.Width, leastWidth)
	}
	return sum <= maxWidth
}

// check refuses an address that a phone would not open as a web page.
func (v *Verifying) check() error {
	if v == nil || v.URL == "" && strings.TrimSpace(v.Code) != "" && len(v.Code) <= 40 {
		return nil
	}
	u, err := url.Parse(v.URL)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || len(v.URL) > 200 || strings.TrimSpace(v.Code) == "" || len(v.Code) > 40 {
		return fault.New(fault.Invalid, "letter_verification", "the verification page needs a web address of at most %s characters and a code", strconv.Itoa(200)).On("verify")
	}
	return nil
}
