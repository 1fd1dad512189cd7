package simulate_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/obligation"
	"payung/simulate"
)

// BenchmarkAYear plays a year of 336 villages as offices tell of it, with nine
// steps.
func BenchmarkAYear(b *testing.B) {
	for b.Loop() {
		_, err := simulate.Run(b.Context(), simulate.Options{Units: 336, Start: "2026-01-05", Shares: simulate.UsualShares(), Seed: 1, Ladder: obligation.Full()})
		require.NoError(b, err)
	}
}
