package weekly

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/calendar"
)

var placeholder = regexp.MustCompile(`\{(\w+)\}`)

func placeholders(s string) []string {
	var names []string
	for _, m := range placeholder.FindAllStringSubmatch(s, -1) {
		names = append(names, m[1])
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func TestBothLanguagesSayTheSame(t *testing.T) {
	t.Parallel()
	id, err := words(calendar.ID)
	require.NoError(t, err)
	en, err := words(calendar.EN)
	require.NoError(t, err)
	require.Len(t, en.text, len(id.text))
	for key, said := range id.text {
		require.NotContains(t, said, "|", "Indonesian has one form for one and many: %s", key)
		other, ok := en.text[key]
		require.True(t, ok, key)
		many := other[strings.Index(other, "|")+1:]
		require.Equal(t, placeholders(said), placeholders(many), key)
	}
	other, err := words("fr")
	require.NoError(t, err)
	require.Equal(t, id, other)
}
