package corpus_test

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/domain/cell"
	"payung/domain/fault"
	"payung/domain/roster"
	"payung/sheet"
	"payung/tests/corpus"
)

func TestEveryListBecomesWhatItShould(t *testing.T) {
	t.Parallel()
	cases, err := corpus.Cases()
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(cases), 60)
	for _, c := range cases {
		t.Run(c.File, func(t *testing.T) {
			t.Parallel()
			file, err := c.Read()
			require.NoError(t, err)
			require.Equal(t, c.Kind, sheet.Detect(file, bytes.NewReader(file), int64(len(file))))

			book, err := sheet.Open(t.Context(), bytes.NewReader(file), int64(len(file)), c.File, limits(t, c))
			if c.Refused != "" {
				require.True(t, fault.Is(err, c.Refused), "%v", err)
				return
			}
			require.NoError(t, err)
			defer func() { require.NoError(t, book.Close()) }()
			require.Equal(t, c.Kind, book.Kind())
			require.Equal(t, c, checked(t, c, book))
		})
	}
}

// limits are the usual ones, and a minute for LibreOffice where it is needed
// and there.
func limits(t *testing.T, c corpus.Case) sheet.Limits {
	t.Helper()
	l := sheet.DefaultLimits()
	if c.Office {
		if _, err := exec.LookPath("soffice"); err != nil {
			t.Skip("LibreOffice is not installed")
		}
		l.Office = time.Minute
	}
	return l
}

// checked is the case as it comes out of reading, guessing and checking its
// list.
func checked(t *testing.T, c corpus.Case, book sheet.Book) corpus.Case {
	t.Helper()
	got := corpus.Case{File: c.File, Shows: c.Shows, Kind: book.Kind(), Office: c.Office, Sheet: c.Sheet}
	var head roster.Head
	each(t, book, c.Sheet, func(r *cell.Row) {
		head.Add(r)
		got.Rows = extended(got.Rows, r.Number)
	})
	mapping := roster.Guess(head).Mapping
	checker := roster.NewChecker(roster.Terms{On: corpus.CheckedOn, Mapping: mapping})
	for _, f := range checker.List() {
		got.Asks = append(got.Asks, f.Rule)
	}
	if len(got.Asks) > 0 {
		return got
	}
	var findings []roster.Finding
	var out roster.Checked
	each(t, book, c.Sheet, func(r *cell.Row) {
		checker.Check(r, &out)
		findings = append(findings, out.Findings...)
		if out.Kind == roster.Skipped {
			return
		}
		got.People = extended(got.People, r.Number)
		if out.Refused {
			return
		}
		got.Accepted++
		if len(c.Names) > 0 {
			got.Names = append(got.Names, out.Person.Name)
		}
	})
	findings = append(findings, checker.Merged(book.Merged(c.Sheet))...)
	slices.SortStableFunc(findings, func(a, b roster.Finding) int { return a.Row - b.Row })
	for _, f := range findings {
		point := corpus.Point{Row: f.Row, Column: cell.Letters(f.Column), Rule: f.Rule}
		switch f.Level {
		case roster.Error:
			got.Held = append(got.Held, point)
		case roster.Warning:
			got.Warned = append(got.Warned, point)
		}
	}
	return got
}

func each(t *testing.T, book sheet.Book, at int, visit func(*cell.Row)) {
	t.Helper()
	require.NoError(t, book.Read(t.Context(), at, func(r *cell.Row) error {
		visit(r)
		return nil
	}))
}

func extended(s corpus.Span, row int) corpus.Span {
	if s.Count == 0 {
		s.First = row
	}
	return corpus.Span{Count: s.Count + 1, First: s.First, Last: row}
}

// A list that is refused is refused with a sentence for its sender, and one in
// an old format is explained where nobody can convert it.
func TestAnOldListIsExplainedWithoutLibreOffice(t *testing.T) {
	t.Parallel()
	cases, err := corpus.Cases()
	require.NoError(t, err)
	old := 0
	for _, c := range cases {
		if !c.Office {
			continue
		}
		old++
		file, err := c.Read()
		require.NoError(t, err)
		_, err = sheet.Open(context.Background(), bytes.NewReader(file), int64(len(file)), c.File, sheet.DefaultLimits())
		require.True(t, fault.Is(err, "old_excel"), "%s: %v", c.File, err)
	}
	require.Positive(t, old)
}

// The corpus is kept small, and every file in it has its case.
func TestEveryFileHasItsCase(t *testing.T) {
	t.Parallel()
	cases, err := corpus.Cases()
	require.NoError(t, err)
	var named []string
	for _, c := range cases {
		named = append(named, c.File)
		require.NotEmpty(t, c.Shows, c.File)
	}
	entries, err := os.ReadDir("files")
	require.NoError(t, err)
	var there []string
	for _, e := range entries {
		info, err := e.Info()
		require.NoError(t, err)
		require.LessOrEqual(t, info.Size(), int64(15<<10), e.Name())
		there = append(there, e.Name())
	}
	require.Equal(t, there, named)
}
