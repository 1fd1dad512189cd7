package rupiah

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Problem says what is wrong with an amount somebody wrote.
type Problem string

// The problems, each with its own advice in [ParseError].
const (
	Empty      Problem = "empty"      // no digit at all
	Worded     Problem = "worded"     // "1,5 juta", "2,33 M": is M a million or miliar?
	Fractional Problem = "fractional" // "16.800,50": there are no sen
	Ambiguous  Problem = "ambiguous"  // "16,800", "1.5", "0.500": which mark is which?
	TooLarge   Problem = "too-large"
)

// ParseError refuses an amount and says what to write instead.
type ParseError struct {
	Text    string // as it was written
	Problem Problem
}

// Error is the refusal in English, with advice.
func (e *ParseError) Error() string {
	advice := "write the whole amount in digits, such as Rp16.800 or 16800"
	switch e.Problem {
	case Empty:
		advice = "the amount is missing: " + advice
	case Worded:
		advice = "juta, jt, miliar, M and other words are not read: write all the digits, such as 1.500.000 for 1,5 juta"
	case Fractional:
		advice = "there are no sen: " + advice
	case Ambiguous:
		advice = "write digits alone or a point before every three, such as 16800 or 16.800; a comma only as in 16.800,00"
	case TooLarge:
		advice = "the amount is too large to be meant"
	}
	return fmt.Sprintf("rupiah: %q: %s", e.Text, advice)
}

var (
	amount   = regexp.MustCompile(`^(-?)(?:[Rr][Pp]\.?[ \x{00A0}]*)?(-?)(0|[1-9]\d*|[1-9]\d{0,2}(?:\.\d{3})+)(?:,(?:00|-))?$`)
	fraction = regexp.MustCompile(`^-?(?:[Rr][Pp]\.?[ \x{00A0}]*)?-?(?:\d+|\d{1,3}(?:\.\d{3})+),\d{1,2}$`)
	worded   = regexp.MustCompile(`\d[^\d]*\p{L}`)
)

// Parse reads an amount in whole rupiah as offices write it: "Rp16.800",
// "Rp 16.800", "16.800", "16800", with ",00" or ",-" at the end if they like.
// A minus goes first. Everything else is refused with a [ParseError]; above
// all it never guesses at "1,5 juta" or "2,33 M", nor at "16,800".
func Parse(s string) (Amount, error) {
	text := strings.TrimSpace(s)
	parts := amount.FindStringSubmatch(text)
	if parts == nil || parts[1] != "" && parts[2] != "" {
		return 0, &ParseError{Text: s, Problem: problemOf(text)}
	}
	n, err := strconv.ParseInt(parts[1]+parts[2]+strings.ReplaceAll(parts[3], ".", ""), 10, 64)
	if err != nil {
		return 0, &ParseError{Text: s, Problem: TooLarge}
	}
	return Amount(n), nil
}

func problemOf(text string) Problem {
	switch {
	case !strings.ContainsAny(text, "0123456789"):
		return Empty
	case worded.MatchString(text):
		return Worded
	case fraction.MatchString(text):
		return Fractional
	}
	return Ambiguous
}
