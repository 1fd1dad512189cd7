package worker

import (
	"cmp"
	_ "embed"
	"errors"
	"fmt"
	"slices"

	"payung/domain/calendar"
)

//go:embed funding.json
var fundingFile []byte

var fundings = mustRead(ParseFunding(fundingFile))

// Funding is a source of money for contributions. Whether a source may pay has
// changed and is disputed, so it is dated data.
type Funding struct {
	Code      string       `json:"code"`
	Name      Name         `json:"name"`
	Payer     Payer        `json:"payer"`
	ValidFrom calendar.Day `json:"valid_from,omitempty"` // empty: not known since when
	ValidTo   calendar.Day `json:"valid_to,omitempty"`   // last day; empty: still in use
	Provenance
}

// On reports whether the source may pay on day d.
func (f Funding) On(d calendar.Day) bool {
	return f.ValidFrom <= d && (f.ValidTo == "" || d <= f.ValidTo)
}

// Fundings are the known sources in the order of their data file.
func Fundings() []Funding { return slices.Clone(fundings) }

// FindFunding is the source with that code.
func FindFunding(code string) (Funding, bool) {
	i := slices.IndexFunc(fundings, func(f Funding) bool { return f.Code == code })
	if i < 0 {
		return Funding{}, false
	}
	return fundings[i], true
}

// ParseFunding reads and checks a data file of funding sources.
func ParseFunding(data []byte) ([]Funding, error) {
	var file struct {
		AsOf    calendar.Day `json:"as_of"`
		Funding []Funding    `json:"funding"`
	}
	if err := decode(data, &file); err != nil {
		return nil, fmt.Errorf("worker: funding: %w", err)
	}
	if !file.AsOf.Valid() {
		return nil, fmt.Errorf("worker: funding: as_of %q is no day", file.AsOf)
	}
	seen := map[string]bool{}
	for i, f := range file.Funding {
		if err := cmp.Or(checkCode(f.Code, seen), f.check()); err != nil {
			return nil, fmt.Errorf("worker: funding %d (%s): %w", i+1, f.Code, err)
		}
	}
	return file.Funding, nil
}

func (f Funding) check() error {
	switch {
	case !f.Name.given():
		return errors.New("the name is missing in one of the languages")
	case !f.Payer.Known():
		return fmt.Errorf("unknown payer %q", f.Payer)
	case !f.Stated():
		return errors.New("source or confidence is missing")
	}
	return checkSpan(f.ValidFrom, f.ValidTo)
}
