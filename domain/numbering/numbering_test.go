package numbering_test

import (
	"strings"
	"testing"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/numbering"
)

func TestANumberHasTheFormOfItsOffice(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		pattern numbering.Pattern
		seq     int
		want    string
	}{
		"the usual form":       {numbering.Default, 7, "560/7/Disnaker/2026"},
		"a width and a Roman":  {"B-{no:3}/{unit}/{roman}/{year}", 7, "B-007/Disnaker/XI/2026"},
		"wider than its width": {"{no:2}", 1234, "1234"},
		"the month in digits":  {"{month}.{no}", 1, "11.1"},
		"no place but one":     {"470/{no}", 12, "470/12"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := c.pattern.Number(c.seq, "Disnaker", "2026-11-23")
			if err != nil || got != c.want {
				t.Errorf("%s of %d = %q, %v; want %q", c.pattern, c.seq, got, err, c.want)
			}
			if seq, known := c.pattern.Seq(got, "Disnaker", "2026-11-23"); !known || seq != c.seq {
				t.Errorf("%q is read as %d, %t; want %d", got, seq, known, c.seq)
			}
		})
	}
}

func TestAPatternWithoutOnePlaceForTheNumberIsRefused(t *testing.T) {
	t.Parallel()
	for name, p := range map[string]numbering.Pattern{
		"no place":        "560/{unit}/{year}",
		"two places":      "{no}/{no}",
		"an unknown one":  "{no}/{nama}",
		"one not closed":  "{no}/{year",
		"one not opened":  "{no}/year}",
		"too wide":        "{no:9}",
		"a wide year":     "{no}/{year:4}",
		"a line break":    "{no}\n{year}",
		"longer than any": numbering.Pattern("{no}" + strings.Repeat("x", 90)),
		"nothing":         "",
	} {
		if err := p.Check(); !fault.Is(err, numbering.BadPattern) {
			t.Errorf("%s: %q gives %v", name, p, err)
		}
		if _, err := p.Number(1, "x", "2026-11-23"); err == nil {
			t.Errorf("%s: %q makes a number", name, p)
		}
	}
}

func TestANumberOfAnotherFormHasNoPlaceInTheRegister(t *testing.T) {
	t.Parallel()
	for _, typed := range []string{"560//Disnaker/2026", "560/7/Disnaker/2025", "7", "560/7a/Disnaker/2026", "560/0/Disnaker/2026", "560/99999999999/Disnaker/2026"} {
		if seq, known := numbering.Default.Seq(typed, "Disnaker", "2026-11-23"); known {
			t.Errorf("%q is read as %d", typed, seq)
		}
	}
}

func TestATypedNumberIsKeptWithoutItsLooseSpaces(t *testing.T) {
	t.Parallel()
	got, err := numbering.Clean("  560 / 12 /  Disnaker/2026 ")
	if err != nil || got != "560 / 12 / Disnaker/2026" {
		t.Errorf("got %q, %v", got, err)
	}
	for _, typed := range []string{"", "  ", "560\u202e12", strings.Repeat("9", 101)} {
		if got, err := numbering.Clean(typed); !fault.Is(err, numbering.BadNumber) {
			t.Errorf("%q is kept as %q, %v", typed, got, err)
		}
	}
}

// Whatever a number typed by hand looks like, what is read out of it writes it
// again, but for zeros in front.
func FuzzAReadNumberIsWrittenTheSame(f *testing.F) {
	f.Add("560/{no}/{unit}/{year}", "560/7/Dinas/2026", "Dinas")
	f.Add("{roman}{no:4}", "XI0012", "")
	f.Fuzz(func(t *testing.T, pattern, number, unit string) {
		p := numbering.Pattern(pattern)
		seq, known := p.Seq(number, unit, calendar.Day("2026-11-23"))
		if !known {
			return
		}
		again, err := p.Number(seq, unit, "2026-11-23")
		if err != nil || strings.ReplaceAll(again, "0", "") != strings.ReplaceAll(number, "0", "") {
			t.Errorf("%q by %q is %d and written %q, %v", number, pattern, seq, again, err)
		}
	})
}
