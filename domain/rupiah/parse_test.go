package rupiah_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"payung/domain/rupiah"
)

func TestAmountsAreReadAsOfficesWriteThem(t *testing.T) {
	t.Parallel()

	tests := map[string]rupiah.Amount{
		"Rp16.800,00":                16_800,
		"Rp16.800,-":                 16_800,
		"Rp 16.800":                  16_800,
		"Rp\u00a016.800":             16_800,
		"Rp. 16.800":                 16_800,
		"rp16800":                    16_800,
		"16.800":                     16_800,
		"16800":                      16_800,
		" 16.800 ":                   16_800,
		"0":                          0,
		"Rp3.386.880.000":            3_386_880_000,
		"-Rp1.000":                   -1_000,
		"Rp -1.000":                  -1_000,
		"9223372036854775807":        math.MaxInt64,
		"-9.223.372.036.854.775.808": math.MinInt64,
	}
	for text, want := range tests {
		got, err := rupiah.Parse(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
		} else if got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}

func TestAmountsThatMustBeGuessedAreRefusedWithAdvice(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		problem rupiah.Problem
		advice  string
	}{
		"":                    {rupiah.Empty, "Rp16.800"},
		"  ":                  {rupiah.Empty, "Rp16.800"},
		"Rp":                  {rupiah.Empty, "amount is missing"},
		"nihil":               {rupiah.Empty, "amount is missing"},
		"1,5 juta":            {rupiah.Worded, "1.500.000"},
		"2,33 M":              {rupiah.Worded, "1.500.000"},
		"Rp907 jt":            {rupiah.Worded, "1.500.000"},
		"1.68E+07":            {rupiah.Worded, "1.500.000"},
		"16.800,50":           {rupiah.Fractional, "no sen"},
		"Rp16.800,5":          {rupiah.Fractional, "no sen"},
		"16,800":              {rupiah.Ambiguous, "a point before every three"},
		"16800.00":            {rupiah.Ambiguous, "a point before every three"},
		"1.5":                 {rupiah.Ambiguous, "a point before every three"},
		"1.68.00":             {rupiah.Ambiguous, "a point before every three"},
		"1680.000":            {rupiah.Ambiguous, "a point before every three"},
		"0.500":               {rupiah.Ambiguous, "a point before every three"},
		"007":                 {rupiah.Ambiguous, "a point before every three"},
		"16 800":              {rupiah.Ambiguous, "a point before every three"},
		"1,234.00":            {rupiah.Ambiguous, "a point before every three"},
		"USD 16.800":          {rupiah.Ambiguous, "a point before every three"},
		"-Rp-1.000":           {rupiah.Ambiguous, "a point before every three"},
		"9223372036854775808": {rupiah.TooLarge, "too large"},
	}
	for text, want := range tests {
		got, err := rupiah.Parse(text)
		refusal, ok := errors.AsType[*rupiah.ParseError](err)
		if !ok {
			t.Errorf("%q: got %s, %v, want a refusal", text, got, err)
			continue
		}
		if refusal.Problem != want.problem {
			t.Errorf("%q: problem %q, want %q", text, refusal.Problem, want.problem)
		}
		if !strings.Contains(refusal.Error(), want.advice) {
			t.Errorf("%q: advice %q does not say %q", text, refusal, want.advice)
		}
	}
}

func FuzzWrittenAmountReadsBack(f *testing.F) {
	for _, n := range []int64{0, 1, -1, 999, 1_000, 16_800, math.MaxInt64, math.MinInt64} {
		f.Add(n)
	}
	f.Fuzz(func(t *testing.T, n int64) {
		want := rupiah.Amount(n)
		got, err := rupiah.Parse(want.String())
		if err != nil {
			t.Fatal(err)
		}
		if got != want {
			t.Errorf("%q reads back as %d, want %d", want, got, n)
		}
	})
}

func FuzzParseReadsOnlyTheDigitsThatAreThere(f *testing.F) {
	for _, s := range []string{"Rp16.800,00", "16,800", "1,5 juta", "-Rp1.000", "0", "Rp. 5,-", "9223372036854775808"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := rupiah.Parse(s)
		if err != nil {
			if got != 0 {
				t.Errorf("%q is refused, yet gives %d", s, got)
			}
			return
		}
		digits := func(s string) string {
			return strings.Map(func(r rune) rune {
				if r < '0' || r > '9' {
					return -1
				}
				return r
			}, s)
		}
		if written := digits(strings.TrimSuffix(strings.TrimSpace(s), ",00")); written != digits(got.String()) {
			t.Errorf("%q is read as %s", s, got)
		}
	})
}
