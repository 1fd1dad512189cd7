package obligation

import (
	"testing"
	"time"
)

func TestAnOffsetIsADurationOfWeeksDaysAndClockTime(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		offset string
		want   span
	}{
		"a week before":                {"-P7D", span{days: -7}},
		"a week after":                 {"P1W", span{days: 7}},
		"weeks and days":               {"P1W2D", span{days: 9}},
		"the day itself":               {"P0D", span{}},
		"three seconds":                {"PT3S", span{clock: 3 * time.Second, exact: true}},
		"a minute and a half before":   {"-PT1M30S", span{clock: -90 * time.Second, exact: true}},
		"72 hours of a breach notice":  {"PT72H", span{clock: 72 * time.Hour, exact: true}},
		"a day and a clock part":       {"-P1DT2H", span{days: -1, clock: -2 * time.Hour, exact: true}},
		"the longest span":             {"P3660D", span{days: 3660}},
		"the longest span in seconds":  {"PT316224000S", span{clock: 3660 * 24 * time.Hour, exact: true}},
		"a span of nothing is a clock": {"PT0S", span{exact: true}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := ParseOffset(tt.offset); err != nil {
				t.Fatal(err)
			}
			if got, _ := Offset(tt.offset).span(); got != tt.want {
				t.Errorf("%s is %+v, want %+v", tt.offset, got, tt.want)
			}
		})
	}
}

func TestWhatIsNoDurationIsRefused(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]string{
		"nothing":                       "",
		"no number":                     "P",
		"no clock part after T":         "P1DT",
		"only T":                        "PT",
		"a month, which has no length":  "-P1M",
		"a year, which has no length":   "P1Y",
		"a sign inside":                 "P-7D",
		"a plus inside":                 "P+7D",
		"two signs":                     "--P7D",
		"a unit without a number":       "PD",
		"a number without a unit":       "P7",
		"units out of order":            "P1D1W",
		"a unit twice":                  "P1D1D",
		"seconds before the T":          "P5S",
		"days after the T":              "PT1D",
		"fractions":                     "P1.5D",
		"blanks":                        "P 7D",
		"lower case":                    "p7d",
		"a day over ten years":          "P3661D",
		"weeks over ten years":          "P523W",
		"a second over ten years":       "PT316224001S",
		"hours that overflow a clock":   "PT316224000H",
		"a number no machine has":       "P99999999999999999D",
		"a text that is too long":       "P00000000000000000007D",
		"digits that are none in ASCII": "P٧D",
		"a sign between two parts":      "P1W-1D",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if o, err := ParseOffset(s); err == nil {
				t.Errorf("%q was read as %q", s, o)
			}
		})
	}
}

func FuzzParseOffset(f *testing.F) {
	for _, s := range []string{"-P7D", "P1W", "PT3S", "-P1DT2H30M", "P+7D", "PT316224000H", "P", "PT", "-P0D"} {
		f.Add(s)
	}
	const bound = maxDays * 24 * time.Hour
	f.Fuzz(func(t *testing.T, s string) {
		o, err := ParseOffset(s)
		if err != nil {
			if o != "" {
				t.Errorf("a refused offset came back as %q", o)
			}
			return
		}
		got, err := o.span()
		if err != nil || string(o) != s {
			t.Fatalf("%q was accepted as %q: %v", s, o, err)
		}
		if max(got.days, -got.days) > maxDays || max(got.clock, -got.clock) > bound {
			t.Errorf("%q is %+v, over the bound", s, got)
		}
		turned := opposite(s)
		back, err := Offset(turned).span()
		if err != nil || back.days != -got.days || back.clock != -got.clock || back.exact != got.exact {
			t.Errorf("%q is %+v, but %q is %+v, %v", s, got, turned, back, err)
		}
	})
}

// opposite turns an offset round.
func opposite(s string) string {
	if s[0] == '-' {
		return s[1:]
	}
	return "-" + s
}
