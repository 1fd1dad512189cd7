package workbook

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/calendar"
	"payung/domain/roster"
)

func TestBothLanguagesSayTheSame(t *testing.T) {
	t.Parallel()
	require.ElementsMatch(t, slices.Collect(maps.Keys(indonesian)), slices.Collect(maps.Keys(english)))
	names := regexp.MustCompile(`\{\w+\}`)
	for key, said := range indonesian {
		require.ElementsMatch(t, names.FindAllString(said, -1), names.FindAllString(english[key], -1), key)
		require.NotEmpty(t, said, key)
		require.NotEmpty(t, english[key], key)
	}
}

func TestEveryWordIsSaidSomewhere(t *testing.T) {
	t.Parallel()
	source := ""
	files, err := os.ReadDir(".")
	require.NoError(t, err)
	for _, f := range files {
		if strings.HasSuffix(f.Name(), ".go") && !strings.HasSuffix(f.Name(), "_test.go") {
			text, err := os.ReadFile(f.Name())
			require.NoError(t, err)
			source += string(text)
		}
	}
	said := map[string]bool{}
	for _, h := range roster.Fields() {
		said["hint_"+string(h.Field)], said["example_"+string(h.Field)] = true, true
	}
	for _, l := range []roster.Level{roster.Error, roster.Warning} {
		said["level_"+string(l)] = true
	}
	for key := range indonesian {
		require.True(t, said[key] || strings.Contains(source, `"`+key+`"`), "nobody says %s", key)
	}
}

func TestEveryFieldThatIsAskedIsExplained(t *testing.T) {
	t.Parallel()
	for _, c := range columns() {
		if c.Field != roster.RowID && c.Field != roster.Number {
			require.Contains(t, indonesian, "hint_"+string(c.Field))
			require.Contains(t, indonesian, "example_"+string(c.Field))
		}
	}
}

func TestWhatIsFilledInIsNotFilledInAgain(t *testing.T) {
	t.Parallel()
	require.Equal(t, "List of people to be enrolled {unit}: {year}",
		wordsIn(calendar.EN).say("template_title", "year", "{unit}", "unit", "{year}"))
}
