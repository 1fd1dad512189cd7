package rupiah

import (
	"fmt"
	"math/bits"
)

// Rounding is a named policy for a fraction of a rupiah. No regulation found
// settles how BPJS Ketenagakerjaan rounds a contribution, so the policy is
// data beside the rate. The zero value is no policy and refuses to round.
type Rounding string

// The policies.
const (
	HalfUp Rounding = "half-up" // to the nearest, a half upwards
	Floor  Rounding = "floor"   // a fraction is dropped
	Ceil   Rounding = "ceil"    // a fraction counts as a whole
)

// Div divides num by den under the policy. It refuses a negative num, a den
// that is not positive, and an unknown policy.
func (r Rounding) Div(num, den int64) (int64, error) { return r.mulDiv(num, 1, den) }

// MulRate is a share of a wage under a policy. The rate is in hundredths of a
// percent: 24 is 0,24 %, so that 2.351.870 × 24 is 5.644 half-up. It refuses
// a negative wage or rate and returns [ErrOverflow] only if the result itself
// does not fit.
func MulRate(wage Amount, hundredthsOfPercent int64, r Rounding) (Amount, error) {
	share, err := r.mulDiv(int64(wage), hundredthsOfPercent, 100*100)
	return Amount(share), err
}

// mulDiv is a × b ÷ den with a product of 128 bits, so that nothing is lost
// before the division.
func (r Rounding) mulDiv(a, b, den int64) (int64, error) {
	if a < 0 || b < 0 || den <= 0 {
		return 0, fmt.Errorf("rupiah: %d × %d ÷ %d: only positive numbers are rounded", a, b, den)
	}
	divisor := uint64(den)
	hi, lo := bits.Mul64(uint64(a), uint64(b))
	if hi >= divisor {
		return 0, fmt.Errorf("%d × %d ÷ %d: %w", a, b, den, ErrOverflow)
	}
	quotient, rest := bits.Div64(hi, lo, divisor)
	up, err := r.up(rest, divisor)
	if err != nil {
		return 0, err
	}
	quotient, carry := bits.Add64(quotient, up, 0)
	result, err := signed(carry, quotient, false)
	if err != nil {
		return 0, fmt.Errorf("%d × %d ÷ %d: %w", a, b, den, err)
	}
	return result, nil
}

// up is what the policy adds for a fraction of rest ÷ divisor: 0 or 1.
func (r Rounding) up(rest, divisor uint64) (uint64, error) {
	switch {
	case r == HalfUp && rest >= divisor-rest, r == Ceil && rest > 0:
		return 1, nil
	case r == HalfUp, r == Ceil, r == Floor:
		return 0, nil
	}
	return 0, fmt.Errorf("rupiah: rounding %q is not one of half-up, floor, ceil", string(r))
}
