package rupiah_test

import (
	"errors"
	"math"
	"testing"

	"payung/domain/rupiah"
)

func TestAmountsMultiplyWithoutOverflowingUnseen(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		amount   rupiah.Amount
		times    int64
		want     rupiah.Amount
		overflow bool
	}{
		"a BPU worker for a year":           {amount: 16_800, times: 12, want: 201_600},
		"16.800 workers for a month":        {amount: 16_800, times: 16_800, want: 282_240_000},
		"nobody costs nothing":              {amount: 16_800, times: 0, want: 0},
		"taking back":                       {amount: 16_800, times: -2, want: -33_600},
		"two minuses":                       {amount: -16_800, times: -2, want: 33_600},
		"the largest amount once":           {amount: math.MaxInt64, times: 1, want: math.MaxInt64},
		"the least amount reached exactly":  {amount: 1 << 62, times: -2, want: math.MinInt64},
		"one beyond the largest":            {amount: 1 << 62, times: 2, overflow: true},
		"the least amount cannot change":    {amount: math.MinInt64, times: -1, overflow: true},
		"a product beyond 64 bits":          {amount: math.MaxInt64, times: math.MaxInt64, overflow: true},
		"a product that wraps to a small 0": {amount: 1 << 32, times: 1 << 32, overflow: true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := tt.amount.Times(tt.times)
			if errors.Is(err, rupiah.ErrOverflow) != tt.overflow {
				t.Fatalf("error %v, want overflow %t", err, tt.overflow)
			}
			if got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestSumRefusesWhatDoesNotFit(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		amounts  []rupiah.Amount
		want     rupiah.Amount
		overflow bool
	}{
		"none":                       {},
		"death benefit of 2019":      {amounts: []rupiah.Amount{16_200_000, 4_800_000, 3_000_000}, want: 24_000_000},
		"a correction takes back":    {amounts: []rupiah.Amount{10_000, 0, -3_200}, want: 6_800},
		"up to the largest":          {amounts: []rupiah.Amount{math.MaxInt64 - 1, 1}, want: math.MaxInt64},
		"one beyond the largest":     {amounts: []rupiah.Amount{math.MaxInt64, 1}, overflow: true},
		"one below the least":        {amounts: []rupiah.Amount{math.MinInt64, -1}, overflow: true},
		"opposites never overflow":   {amounts: []rupiah.Amount{math.MaxInt64, math.MinInt64}, want: -1},
		"the overflow is in the mid": {amounts: []rupiah.Amount{1, math.MaxInt64, -5}, overflow: true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := rupiah.Sum(tt.amounts...)
			if errors.Is(err, rupiah.ErrOverflow) != tt.overflow {
				t.Fatalf("error %v, want overflow %t", err, tt.overflow)
			}
			if got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}
