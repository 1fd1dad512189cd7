// Command gen makes the files of the corpus and cases.json beside them.
package main

import (
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"payung/domain/roster"
	"payung/sheet"
	"payung/tests/corpus"
)

// made is a case with its file.
type made struct {
	corpus.Case
	content []byte
}

// Bounds of the corpus, so that it stays small enough to be kept.
const (
	largestFile = 15 << 10
	largestAll  = 700 << 10
)

func main() {
	into := flag.String("into", "corpus", "folder of the corpus")
	flag.Parse()
	desk := newOffice()
	all := slices.Concat(layouts(), gaps(), numbers(), days(), persons(), wages(), cells(), portals(), separated(), disguises(), saved(desk))
	desk.close()
	slices.SortFunc(all, func(a, b made) int { return cmp.Compare(a.File, b.File) })

	cases := make([]corpus.Case, len(all))
	total := 0
	for i, m := range all {
		m.Kind = cmp.Or(m.Kind, sheet.Kind(strings.TrimPrefix(filepath.Ext(m.File), ".")))
		if m.Accepted < len(m.Names) {
			m.Names = nil // some of the five are held
		}
		cases[i] = m.Case
		total += len(m.content)
		if len(m.content) > largestFile || total > largestAll || i > 0 && all[i-1].File == m.File {
			must(fmt.Errorf("%s: %d bytes of %d, or a name given twice", m.File, len(m.content), total))
		}
	}
	write(*into, all, cases)
	fmt.Fprintf(os.Stderr, "%d files, %d KiB\n", len(all), total>>10)
}

// write puts the corpus in the place of the one before.
func write(into string, all []made, cases []corpus.Case) {
	folder := filepath.Join(into, "files")
	must(os.RemoveAll(folder))
	must(os.MkdirAll(folder, 0o750))
	for _, m := range all {
		must(os.WriteFile(filepath.Join(folder, m.File), m.content, 0o600))
	}
	text, err := json.MarshalIndent(cases, "", "  ")
	must(err)
	must(os.WriteFile(filepath.Join(into, "cases.json"), append(text, '\n'), 0o600))
}

// must ends the program: it is run by hand, and half a corpus is none.
func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

// span is a number of rows from one to another.
func span(count, first, last int) corpus.Span {
	return corpus.Span{Count: count, First: first, Last: last}
}

// at is a rule that a cell breaks.
func at(row int, column string, rule roster.Rule) corpus.Point {
	return corpus.Point{Row: row, Column: column, Rule: rule}
}
