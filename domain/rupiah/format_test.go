package rupiah_test

import (
	"math"
	"testing"

	"payung/domain/calendar"
	"payung/domain/rupiah"
)

func TestAmountIsWrittenAsDocumentsWriteIt(t *testing.T) {
	t.Parallel()

	tests := map[rupiah.Amount]string{
		0:             "Rp0",
		999:           "Rp999",
		-1_000:        "-Rp1.000",
		16_800:        "Rp16.800",
		42_000_000:    "Rp42.000.000",
		math.MaxInt64: "Rp9.223.372.036.854.775.807",
		math.MinInt64: "-Rp9.223.372.036.854.775.808",
	}
	for amount, want := range tests {
		if got := amount.String(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestShortAmountKeepsThreeFigures(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		amount rupiah.Amount
		id, en string
	}{
		"a year for 16.800 workers":       {3_386_880_000, "Rp3,39 M", "Rp3.39 bn"},
		"hundreds of millions":            {907_200_000, "Rp907 jt", "Rp907 m"},
		"below a million it is exact":     {16_800, "Rp16.800", "Rp16,800"},
		"the last exact amount":           {999_999, "Rp999.999", "Rp999,999"},
		"one million":                     {1_000_000, "Rp1 jt", "Rp1 m"},
		"a wage":                          {2_351_870, "Rp2,35 jt", "Rp2.35 m"},
		"a zero inside stays":             {2_050_000, "Rp2,05 jt", "Rp2.05 m"},
		"a zero at the end goes":          {2_500_000, "Rp2,5 jt", "Rp2.5 m"},
		"tens keep one decimal":           {42_450_000, "Rp42,5 jt", "Rp42.5 m"},
		"just under a half":               {42_449_999, "Rp42,4 jt", "Rp42.4 m"},
		"rounding up to the next place":   {9_995_000, "Rp10 jt", "Rp10 m"},
		"never a thousand million":        {999_500_000, "Rp1 M", "Rp1 bn"},
		"not yet a thousand million":      {999_499_999, "Rp999 jt", "Rp999 m"},
		"never a thousand miliar":         {999_999_999_999, "Rp1 T", "Rp1 tn"},
		"the largest amount":              {math.MaxInt64, "Rp9.223.372 T", "Rp9,223,372 tn"},
		"a correction":                    {-3_386_880_000, "-Rp3,39 M", "-Rp3.39 bn"},
		"the least amount has a sign too": {math.MinInt64, "-Rp9.223.372 T", "-Rp9,223,372 tn"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := tt.amount.Short(calendar.ID); got != tt.id {
				t.Errorf("id: got %q, want %q", got, tt.id)
			}
			if got := tt.amount.Short(calendar.EN); got != tt.en {
				t.Errorf("en: got %q, want %q", got, tt.en)
			}
		})
	}
}

func TestNumberMarksItsThousands(t *testing.T) {
	t.Parallel()

	tests := map[int64][2]string{
		0:             {"0", "0"},
		852:           {"852", "852"},
		16_800:        {"16.800", "16,800"},
		-1_873_899:    {"-1.873.899", "-1,873,899"},
		math.MinInt64: {"-9.223.372.036.854.775.808", "-9,223,372,036,854,775,808"},
	}
	for n, want := range tests {
		if got := rupiah.Number(n, calendar.ID); got != want[0] {
			t.Errorf("id: got %q, want %q", got, want[0])
		}
		if got := rupiah.Number(n, calendar.EN); got != want[1] {
			t.Errorf("en: got %q, want %q", got, want[1])
		}
	}
}

func TestPercentIsExactToTwoDecimals(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		num, den int64
		id, en   string
	}{
		"85 of 159 villages":         {85, 159, "53,46%", "53.46%"},
		"47 of 336 villages":         {47, 336, "13,99%", "13.99%"},
		"covered workers of a year":  {935_079, 1_873_899, "49,90%", "49.90%"},
		"all":                        {336, 336, "100,00%", "100.00%"},
		"none":                       {0, 336, "0,00%", "0.00%"},
		"of nothing":                 {0, 0, "–", "–"},
		"more than all":              {3, 2, "150,00%", "150.00%"},
		"a half goes up":             {1, 20_000, "0,01%", "0.01%"},
		"just under a half goes off": {1, 20_001, "0,00%", "0.00%"},
		"a fall":                     {-1, 3, "-33,33%", "-33.33%"},
		"no minus before nothing":    {-1, 1_000_000, "0,00%", "0.00%"},
		"many times over":            {math.MaxInt64, 1, "922.337.203.685.477.580.700,00%", "922,337,203,685,477,580,700.00%"},
		"of the least number":        {math.MinInt64, math.MinInt64, "100,00%", "100.00%"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := rupiah.Percent(tt.num, tt.den, calendar.ID); got != tt.id {
				t.Errorf("id: got %q, want %q", got, tt.id)
			}
			if got := rupiah.Percent(tt.num, tt.den, calendar.EN); got != tt.en {
				t.Errorf("en: got %q, want %q", got, tt.en)
			}
		})
	}
}
