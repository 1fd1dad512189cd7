// Package fault is the one kind of error people get to read: a code for
// programs, parameters for the sentence, and how it should be answered.
package fault

import (
	"errors"
	"fmt"
	"strings"
)

// Kind says what sort of answer a fault asks for; the API maps it to a status.
type Kind string

// The kinds, from the caller's fault to ours.
const (
	Invalid     Kind = "invalid"     // the request itself is wrong: 422
	NotFound    Kind = "not_found"   // nothing there for this actor: 404
	Forbidden   Kind = "forbidden"   // the actor may not: 403
	Conflict    Kind = "conflict"    // clashes with what is recorded: 409
	Refused     Kind = "refused"     // the law or the state forbids it now: 409
	Mismatch    Kind = "mismatch"    // an idempotency key came back with another body: 422
	TooLarge    Kind = "too_large"   // over a stated bound: 413
	Unsupported Kind = "unsupported" // a media type we do not read: 415
	Unavailable Kind = "unavailable" // try again later, it counts once: 503
)

// Reason is one thing that stands in the way, with the code of what is missing
// and what it concerns, such as a worker group.
type Reason struct {
	Code  string `json:"code"`
	About string `json:"about,omitempty"`
}

// Fault is an error meant for people. It never carries personal data: it is
// written to histories and logs.
type Fault struct {
	Kind    Kind              `json:"kind"`
	Code    string            `json:"code"`              // stable, snake_case
	Detail  string            `json:"detail"`            // English; pages translate by Code
	Field   string            `json:"field,omitempty"`   // which input, as a path such as "body.lines[0].group"
	Params  map[string]string `json:"params,omitempty"`  // for the translated sentence
	Reasons []Reason          `json:"reasons,omitempty"` // everything that is missing, at once
}

// New makes a fault with an English sentence.
func New(kind Kind, code, format string, args ...any) *Fault {
	return &Fault{Kind: kind, Code: code, Detail: fmt.Sprintf(format, args...)}
}

// On names the input the fault is about.
func (f *Fault) On(field string) *Fault { f.Field = field; return f }

// With adds a parameter for the translated sentence.
func (f *Fault) With(key, value string) *Fault {
	if f.Params == nil {
		f.Params = map[string]string{}
	}
	f.Params[key] = value
	return f
}

// Error is the English sentence with every reason's code.
func (f *Fault) Error() string {
	if len(f.Reasons) == 0 {
		return f.Detail
	}
	codes := make([]string, len(f.Reasons))
	for i, r := range f.Reasons {
		codes[i] = r.Code
	}
	return f.Detail + " (" + strings.Join(codes, ", ") + ")"
}

// Of finds the fault in err's chain.
func Of(err error) (*Fault, bool) { return errors.AsType[*Fault](err) }

// Is reports whether err is a fault with that code.
func Is(err error, code string) bool {
	f, ok := Of(err)
	return ok && f.Code == code
}
