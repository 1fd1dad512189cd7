package workbook_test

import (
	"bytes"
	"fmt"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/roster"
	"payung/workbook"
)

func BenchmarkTemplate(b *testing.B) {
	for _, people := range []int{0, 20_000} {
		in := desa(people)
		b.Run(fmt.Sprintf("%d people", people), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				require.NoError(b, workbook.Template(io.Discard, in))
			}
		})
	}
}

func BenchmarkErrors(b *testing.B) {
	for _, people := range []int{1_000, 20_000} {
		file := own(b, people)
		in := checked(b, file)
		in.Findings = nil
		for i := range 200 {
			in.Findings = append(in.Findings, roster.Finding{Row: 4 + i*people/200, Column: 1, Field: roster.NIK, Level: roster.Error, Rule: roster.NIKAllZeros})
		}
		for kind, original := range map[string][]byte{"edited": file, "rebuilt": nil} {
			b.Run(fmt.Sprintf("%s, %d people", kind, people), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if in.Original = nil; original != nil {
						in.Original = bytes.NewReader(original)
					}
					require.NoError(b, workbook.Errors(b.Context(), io.Discard, in))
				}
			})
		}
	}
}

func BenchmarkTable(b *testing.B) {
	row := []any{"Desa Wunduhaka", 12, int64(2_419_200), nil}
	b.ReportAllocs()
	for b.Loop() {
		require.NoError(b, workbook.Table(io.Discard, "Rekap", unitColumns, func(yield func([]any, error) bool) {
			for range 20_000 {
				if !yield(row, nil) {
					return
				}
			}
		}))
	}
}
