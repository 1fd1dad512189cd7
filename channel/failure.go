package channel

import (
	"regexp"
	"strings"
	"time"
)

// Verdict says what a failure means for a message and its channel.
type Verdict string

// The verdicts.
const (
	Away       Verdict = "away"        // nobody answers, or no one is let in: no message of the channel's fault
	Later      Verdict = "later"       // this message, another time
	BadAddress Verdict = "bad_address" // there is nobody at this address
	Refused    Verdict = "refused"     // this message never
	Unknown    Verdict = "unknown"     // it may have been taken
)

// Failure is a message that was not surely taken.
type Failure struct {
	Verdict Verdict
	Code    string        // of the reason: connection, login, template, rate, …
	Detail  string        // what the other side said, without addresses, numbers or secrets
	After   time.Duration // how long the other side asks to wait; 0: it did not say
}

// Error says what happened, fit for a log.
func (f *Failure) Error() string { return string(f.Verdict) + " (" + f.Code + "): " + f.Detail }

func failure(v Verdict, code, detail string) *Failure {
	return &Failure{Verdict: v, Code: code, Detail: masked(detail)}
}

var (
	mailAddress = regexp.MustCompile(`[^\s<>"]+@[^\s<>"]+`)
	longNumber  = regexp.MustCompile(`\+?\d[\d -]{6,}\d`)
	bearer      = regexp.MustCompile(`/bot[^/\s"]+`)
)

// maxDetail bounds what is kept of an answer, in bytes.
const maxDetail = 200

// masked is what another side said, fit to be kept: it often repeats the
// address.
func masked(s string) string {
	s = bearer.ReplaceAllString(s, "/bot…")
	s = mailAddress.ReplaceAllString(s, "…@…")
	s = longNumber.ReplaceAllString(s, "…")
	s = strings.ToValidUTF8(strings.Join(strings.Fields(s), " "), "")
	if len(s) > maxDetail {
		s = strings.ToValidUTF8(s[:maxDetail], "")
	}
	return s
}
