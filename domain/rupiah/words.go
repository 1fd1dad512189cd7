package rupiah

import "strings"

// Words is the amount in words as receipts and agreements repeat it
// (terbilang): "enam belas ribu delapan ratus rupiah".
func (a Amount) Words() string { return Terbilang(int64(a)) + " rupiah" }

var (
	satuan = [...]string{
		"", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh",
		"delapan", "sembilan", "sepuluh", "sebelas",
	}
	ribuan = [...]string{"", "ribu", "juta", "miliar", "triliun", "kuadriliun", "kuintiliun"}
)

// Terbilang is a number in Indonesian words, for amounts and for the dates of
// agreements: 0 is "nol", 2019 "dua ribu sembilan belas", -5 "minus lima". One
// ten, hundred and thousand take "se-"; one million is "satu juta".
func Terbilang(n int64) string {
	if n == 0 {
		return "nol"
	}
	var parts []string
	rest := magnitude(n)
	for _, scale := range ribuan {
		if group := int(rest % 1000); group != 0 {
			parts = append(parts, spellGroup(group, scale))
		}
		rest /= 1000
	}
	if n < 0 {
		parts = append(parts, "minus")
	}
	var b strings.Builder
	for i := len(parts) - 1; i >= 0; i-- {
		b.WriteString(parts[i])
		if i > 0 {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// spellGroup spells three digits and their scale.
func spellGroup(n int, scale string) string {
	if n == 1 && scale == "ribu" {
		return "seribu"
	}
	return strings.TrimSpace(spell(n) + " " + scale)
}

func spell(n int) string {
	words := ""
	switch {
	case n < 12:
		words = satuan[n]
	case n < 20:
		words = satuan[n-10] + " belas"
	case n < 100:
		words = satuan[n/10] + " puluh " + satuan[n%10]
	case n < 200:
		words = "seratus " + spell(n-100)
	default:
		words = satuan[n/100] + " ratus " + spell(n%100)
	}
	return strings.TrimSpace(words)
}
