package rupiah_test

import (
	"errors"
	"math"
	"math/big"
	"testing"

	"payung/domain/rupiah"
)

func TestContributionIsRoundedByANamedPolicy(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		wage   rupiah.Amount
		rate   int64
		policy rupiah.Rounding
		want   rupiah.Amount
	}{
		"accident cover of an official, 0,24 %":  {2_351_870, 24, rupiah.HalfUp, 5_644},
		"death cover of an official, 0,30 %":     {2_351_870, 30, rupiah.HalfUp, 7_056},
		"the same dropped":                       {2_351_870, 30, rupiah.Floor, 7_055},
		"the same filled up":                     {2_351_870, 24, rupiah.Ceil, 5_645},
		"a half goes up":                         {5_000, 1, rupiah.HalfUp, 1},
		"just under a half goes down":            {4_999, 1, rupiah.HalfUp, 0},
		"nothing to fill up":                     {10_000, 1, rupiah.Ceil, 1},
		"no wage":                                {0, 24, rupiah.Ceil, 0},
		"the whole of the largest wage":          {math.MaxInt64, 10_000, rupiah.HalfUp, math.MaxInt64},
		"a product of 128 bits is still divided": {math.MaxInt64, 5_000, rupiah.Floor, math.MaxInt64 / 2},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := rupiah.MulRate(tt.wage, tt.rate, tt.policy)
			if err != nil {
				t.Fatal(err)
			}
			if got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestRoundingRefusesWhatItCannotRound(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		num, den int64
		policy   rupiah.Rounding
	}{
		"a negative amount":   {-1, 2, rupiah.HalfUp},
		"division by nothing": {1, 0, rupiah.HalfUp},
		"a negative divisor":  {1, -2, rupiah.HalfUp},
		"no policy":           {1, 2, ""},
		"an unknown policy":   {1, 2, "half-even"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got, err := tt.policy.Div(tt.num, tt.den); err == nil {
				t.Errorf("got %d, want an error", got)
			}
		})
	}
}

func TestShareBeyondTheLargestAmountIsAnOverflow(t *testing.T) {
	t.Parallel()

	for _, rate := range []int64{10_001, 20_000, 40_000, math.MaxInt64} {
		if got, err := rupiah.MulRate(math.MaxInt64, rate, rupiah.Ceil); !errors.Is(err, rupiah.ErrOverflow) {
			t.Errorf("rate %d: got %s, %v, want overflow", rate, got, err)
		}
	}
	if _, err := rupiah.MulRate(1_000_000, -1, rupiah.HalfUp); err == nil {
		t.Error("a negative rate is accepted")
	}
}

func FuzzDivAgreesWithExactArithmetic(f *testing.F) {
	f.Add(int64(5_644_488), int64(1_000))
	f.Add(int64(math.MaxInt64), int64(math.MaxInt64))
	f.Add(int64(math.MaxInt64), int64(2))
	f.Add(int64(0), int64(1))
	f.Fuzz(func(t *testing.T, num, den int64) {
		if num < 0 || den <= 0 {
			return
		}
		n, d := big.NewInt(num), big.NewInt(den)
		twice := func(x *big.Int) *big.Int { return new(big.Int).Lsh(x, 1) }
		plus := func(x, y *big.Int) *big.Int { return new(big.Int).Add(x, y) }
		over := func(x, y *big.Int) *big.Int { return new(big.Int).Div(x, y) }
		for policy, want := range map[rupiah.Rounding]*big.Int{
			rupiah.HalfUp: over(plus(twice(n), d), twice(d)),
			rupiah.Floor:  over(n, d),
			rupiah.Ceil:   over(plus(n, big.NewInt(den-1)), d),
		} {
			got, err := policy.Div(num, den)
			if err != nil {
				t.Fatal(err)
			}
			if want.Cmp(big.NewInt(got)) != 0 {
				t.Errorf("%s: %d ÷ %d = %d, want %s", policy, num, den, got, want)
			}
		}
	})
}
