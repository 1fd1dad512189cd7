package mask_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"payung/domain/mask"
)

func TestANameShowsItsEndsOnly(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ middle, initials string }{
		"Siti Aminah":       {"S**i A****h", "S*** A*****"},
		"  Siti   Aminah ":  {"S**i A****h", "S*** A*****"},
		"La Ode M. Ali":     {"L* O*e M. A*i", "L* O** M. A**"},
		"Nur'aini":          {"N*r'a**i", "N**'a***"},
		"Ali":               {"A*i", "A**"},
		"A":                 {"A", "A"},
		"":                  {"", ""},
		"Pekerja 7401":      {"P*****a 7**1", "P****** 7***"},
		"Élise Ñáñez":       {"É***e Ñ***z", "É**** Ñ****"},
		"Rahman, S.Pd.":     {"R****n, S.P*.", "R*****, S.P*."},
		"Andi-Budi / Cecep": {"A**i-B**i / C***p", "A***-B*** / C****"},
	}
	for name, want := range tests {
		if got := mask.Middle.Name(name); got != want.middle {
			t.Errorf("%q is shown as %q, want %q", name, got, want.middle)
		}
		if got := mask.Initials.Name(name); got != want.initials {
			t.Errorf("the initials of %q are %q, want %q", name, got, want.initials)
		}
	}
	if got := mask.Style("unheard of").Name("Siti"); got != "S***" {
		t.Errorf("an unknown style shows %q", got)
	}
	if got := mask.Full.Name(" Siti  Aminah"); got != "Siti Aminah" {
		t.Errorf("the full name is %q", got)
	}
}

// However long a name is and whatever is in it, at most two letters of a word
// are left, and never two that stand together.
func FuzzName(f *testing.F) {
	for _, s := range []string{"Siti Aminah", "La Ode", "Nur'aini", "\xff", "a\u0301b", "7405"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, name string) {
		got := mask.Middle.Name(name)
		if !utf8.ValidString(name) || strings.Contains(name, "*") {
			return
		}
		for _, word := range strings.FieldsFunc(got, func(r rune) bool { return r != '*' && !isWord(r) }) {
			shown := 0
			for _, r := range word {
				if r != '*' {
					shown++
				}
			}
			if shown > 2 || shown == 2 && !strings.Contains(word, "*") {
				t.Errorf("%q shows %q of %q", got, word, name)
			}
		}
	})
}

func isWord(r rune) bool { return mask.Initials.Name("x"+string(r)) == "x*" }
