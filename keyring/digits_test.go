package keyring_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestHiddenDigitsAreShownByTheRingAlone(t *testing.T) {
	t.Parallel()
	r, other := ring(t, "a", 1), ring(t, "b", 2)
	hidden := r.HideDigits("0427")
	require.Len(t, hidden, 22)
	require.NotContains(t, hidden, "0427")
	require.NotEqual(t, hidden, r.HideDigits("0427"), "who has the same digits is not told")
	require.Equal(t, "0427", r.ShowDigits(hidden))
	require.NotEqual(t, "0427", other.ShowDigits(hidden))
	require.Equal(t, "0427", r.ShowDigits("0427"), "the first versions kept them as they are")
	for _, broken := range []string{"", "x", hidden[:21], hidden + "A", "!!!!!!!!!!!!!!!!!!!!!!"} {
		require.Empty(t, r.ShowDigits(broken), broken)
	}
	require.Empty(t, r.HideDigits(""), "nobody's")
}
