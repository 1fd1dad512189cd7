package roster

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"

	"payung/domain/worker"
)

//go:embed policy.json
var policyFile []byte

var usualPolicy = mustRead(ParsePolicy(policyFile))

// Policy decides whether the good rows of a list are taken while the bad ones
// go back, or the whole list waits for a person.
type Policy struct {
	// MaxBadShare is the largest part of refused rows, in thousandths of the
	// data rows, with which the good ones are taken.
	MaxBadShare int `json:"max_bad_share"`
	// Spare is how many refused rows never hold a list: in a short one every
	// row is a large part.
	Spare int `json:"spare"`
	worker.Provenance
}

// UsualPolicy is the one that holds unless an agreement has its own.
func UsualPolicy() Policy { return usualPolicy }

// ParsePolicy reads and checks a policy.
func ParsePolicy(data []byte) (Policy, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	var p Policy
	if err := d.Decode(&p); err != nil {
		return Policy{}, fmt.Errorf("roster: policy: %w", err)
	}
	if p.MaxBadShare < 0 || p.MaxBadShare > 1000 || p.Spare < 0 || !p.Stated() {
		return Policy{}, errors.New("roster: policy: a share is out of bounds or the source is missing")
	}
	return p, nil
}

// Verdict is what becomes of a list.
type Verdict string

// The verdicts.
const (
	Accept     Verdict = "accept"      // the good rows are taken
	HoldBad    Verdict = "hold_bad"    // too large a part is bad
	HoldEmpty  Verdict = "hold_empty"  // nobody is in it
	HoldUnsure Verdict = "hold_unsure" // which column is which was guessed, and may be wrong
	HoldRefuse Verdict = "hold_refuse" // the file as a whole is refused
)

// Decide decides about a list by its summary and what was found about the file
// as a whole.
func (p Policy) Decide(s *Summary, file []Finding) Verdict {
	for _, f := range file {
		if f.Level == Error {
			return HoldRefuse
		}
	}
	switch {
	case s.Data == 0:
		return HoldEmpty
	case s.Refused == s.Data, s.Refused > p.Spare && s.BadShare() > p.MaxBadShare:
		return HoldBad
	default:
		return Accept
	}
}
