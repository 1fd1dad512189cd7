// Package rupiah is money in whole rupiah: sums that cannot overflow unseen,
// named rounding, and the ways Indonesian offices write an amount.
package rupiah

import (
	"errors"
	"fmt"
	"math/bits"
)

// Amount is a sum of money in whole rupiah. Sen are not in use.
type Amount int64

// ErrOverflow is the error of a result that does not fit an [Amount], some
// nine quintillion rupiah.
var ErrOverflow = errors.New("rupiah: amount too large")

// Times is the amount n times over, or [ErrOverflow].
func (a Amount) Times(n int64) (Amount, error) {
	hi, lo := bits.Mul64(magnitude(int64(a)), magnitude(n))
	product, err := signed(hi, lo, (a < 0) != (n < 0))
	if err != nil {
		return 0, fmt.Errorf("%s times %d: %w", a, n, err)
	}
	return Amount(product), nil
}

// Sum adds amounts up, or [ErrOverflow]. The sum of none is 0.
func Sum(amounts ...Amount) (Amount, error) {
	var sum Amount
	for _, a := range amounts {
		next := sum + a
		if a > 0 && next < sum || a < 0 && next > sum {
			return 0, fmt.Errorf("%s plus %s: %w", sum, a, ErrOverflow)
		}
		sum = next
	}
	return sum, nil
}

// magnitude is n without its sign; unlike -n it holds for the least int64 too.
func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

// signed is the number of the 128-bit magnitude hi, lo and a sign.
func signed(hi, lo uint64, negative bool) (int64, error) {
	const largest = 1<<63 - 1
	switch {
	case hi == 0 && lo <= largest && negative:
		return -int64(lo), nil
	case hi == 0 && lo <= largest:
		return int64(lo), nil
	case hi == 0 && lo == largest+1 && negative:
		return -largest - 1, nil
	}
	return 0, ErrOverflow
}
