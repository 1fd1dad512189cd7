// Package quota knows how many people a unit should name for a period: the
// minimum an agreement asks for (such as 50 vulnerable workers of each
// village), the ceiling its budget allows, and names in reserve for those that
// are refused.
package quota

import "payung/domain/fault"

// Most bounds every number: more people than Indonesia has in a province is a
// slip of the keyboard.
const Most = 60_000_000

// Quota is what one unit should name.
type Quota struct {
	Minimum int64 // people
	Ceiling int64 // people; 0: none
	Reserve int64 // names beyond the minimum, to take the place of refused ones
}

// Check refuses numbers out of range and a ceiling below the minimum. Field is
// the path of the quota in the input, such as "rows[3].".
func (q Quota) Check(field string) error {
	for _, n := range []struct {
		name  string
		value int64
	}{{"minimum", q.Minimum}, {"ceiling", q.Ceiling}, {"reserve", q.Reserve}} {
		if n.value < 0 || n.value > Most {
			return fault.New(fault.Invalid, "bad_count", "%s must be between 0 and %d", n.name, int64(Most)).On(field+n.name).With("field", n.name)
		}
	}
	if q.Ceiling > 0 && q.Ceiling < q.Minimum {
		return fault.New(fault.Invalid, "ceiling_below_minimum", "the ceiling must not lie below the minimum").On(field + "ceiling")
	}
	return nil
}

// Short is how many people are missing to the minimum.
func (q Quota) Short(listed int64) int64 { return max(0, q.Minimum-listed) }

// Over is how many people are named beyond the ceiling.
func (q Quota) Over(listed int64) int64 {
	if q.Ceiling == 0 {
		return 0
	}
	return max(0, listed-q.Ceiling)
}
