package simulate

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strconv"
	"strings"

	"payung/domain/fault"
)

// Kind is how a unit behaves when a list is asked of it.
type Kind string

// The kinds.
const (
	OnTime Kind = "ontime" // hands in before the last day
	Late   Kind = "late"   // up to so many days after it
	Silent Kind = "silent" // never
	Broken Kind = "broken" // on time, but the file has to be mended
	Extend Kind = "extend" // asks for more time, gets it, and hands in
)

// Kinds lists them.
func Kinds() []Kind { return []Kind{OnTime, Late, Silent, Broken, Extend} }

// Conduct is how a unit behaves and, where it has to do with days, within how
// many.
type Conduct struct {
	Kind Kind
	Days int // late: after the last day; 0: the usual number
}

// Share is how many of a hundred units behave in a way.
type Share struct {
	Conduct
	Of int
}

// Shares are how units behave. None at all: all are silent.
type Shares []Share

// UsualShares is a year as offices tell of it.
func UsualShares() Shares {
	return Shares{{Conduct{OnTime, 0}, 45}, {Conduct{Late, 30}, 25}, {Conduct{Silent, 0}, 10}, {Conduct{Broken, 0}, 10}, {Conduct{Extend, 0}, 10}}
}

// ParseShares reads "ontime=45,late=25:30,silent=10": shares in the hundred, and
// after a colon within how many days. What is left of a hundred is silent.
func ParseShares(s string) (Shares, error) {
	var out Shares
	for part := range strings.SplitSeq(s, ",") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		name, value, ok := strings.Cut(part, "=")
		share, days, dated := strings.Cut(value, ":")
		of, err := strconv.Atoi(share)
		c := Conduct{Kind: Kind(strings.TrimSpace(name))}
		if dated {
			var wrong error
			c.Days, wrong = strconv.Atoi(days)
			err = errors.Join(err, wrong)
		}
		if !ok || err != nil {
			return nil, badConduct(part)
		}
		out = append(out, Share{c, of})
	}
	return out, out.check()
}

// ParseConducts reads lines "Desa 001,late,12": a unit, how it behaves and
// within how many days.
func ParseConducts(r io.Reader) (map[string]Conduct, error) {
	file := csv.NewReader(r)
	file.FieldsPerRecord, file.TrimLeadingSpace, file.Comment = -1, true, '#' // days may be left out
	out := map[string]Conduct{}
	for {
		cells, err := file.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("simulate: how units behave: %w", err)
		}
		c := Conduct{}
		if len(cells) > 1 {
			c.Kind = Kind(cells[1])
		}
		if len(cells) > 2 && cells[2] != "" {
			if c.Days, err = strconv.Atoi(cells[2]); err != nil {
				return nil, badConduct(strings.Join(cells, ","))
			}
		}
		if err := c.check(); err != nil {
			return nil, err
		}
		out[cells[0]] = c
	}
}

func (c Conduct) check() error {
	for _, k := range Kinds() {
		if c.Kind == k && c.Days >= 0 && c.Days <= 365 {
			return nil
		}
	}
	return badConduct(string(c.Kind))
}

func (s Shares) check() error {
	sum := 0
	for _, share := range s {
		if err := share.check(); err != nil {
			return err
		}
		if sum += share.Of; share.Of < 0 || sum > 100 {
			return fault.New(fault.Invalid, "bad_count", "shares are 0 to 100 and no more than 100 together").On("shares").With("field", "shares")
		}
	}
	return nil
}

func badConduct(said string) error {
	return fault.New(fault.Invalid, "unknown_conduct", "%q is no way to behave: ontime, late, silent, broken, extend, with days up to 365", said).On("shares").With("said", said)
}

// draw is how one of the units behaves, by lot.
func (s Shares) draw(lot *rand.Rand) Conduct {
	n := lot.IntN(100)
	for _, share := range s {
		if n -= share.Of; n < 0 {
			return share.Conduct
		}
	}
	return Conduct{Kind: Silent}
}
