package rupiah

import (
	"math/big"
	"strconv"
	"strings"

	"payung/domain/calendar"
)

// String is the amount as documents write it, exact and without a space:
// "Rp42.000.000", "-Rp1.000". [Parse] reads it back.
func (a Amount) String() string { return a.exact(calendar.ID) }

func (a Amount) exact(l calendar.Lang) string {
	return sign(a < 0) + "Rp" + group(strconv.FormatUint(magnitude(int64(a)), 10), l)
}

// unit is a large unit of money. It is used from an amount on that rounds to
// one of it, so that Rp999.999.999 reads "Rp1 M" and never "Rp1.000 jt".
type unit struct {
	size, from uint64
	id, en     string
}

var units = [...]unit{
	{1_000_000_000_000, 999_500_000_000, " T", " tn"},
	{1_000_000_000, 999_500_000, " M", " bn"},
	{1_000_000, 1_000_000, " jt", " m"},
}

// Short is the amount for a table or chart, three figures exact, rounded half
// up: "Rp3,39 M" (M is miliar, a thousand million), "Rp907 jt", "Rp2,35 jt";
// in English "Rp3.39 bn", "Rp907 m". Below a million it is exact.
func (a Amount) Short(l calendar.Lang) string {
	value := magnitude(int64(a))
	for _, u := range units {
		if value < u.from {
			continue
		}
		name := u.id
		if l == calendar.EN {
			name = u.en
		}
		return sign(a < 0) + "Rp" + threeFigures(value, u.size, l) + name
	}
	return a.exact(l)
}

// threeFigures is value in units of size, with as many decimals as three
// figures leave and without zeros at their end.
func threeFigures(value, size uint64, l calendar.Lang) string {
	decimals, scale := 0, uint64(1)
	switch {
	case value < 10*size:
		decimals, scale = 2, 100
	case value < 100*size:
		decimals, scale = 1, 10
	}
	step := size / scale
	scaled := value / step
	if value%step >= step-step/2 {
		scaled++
	}
	whole := group(strconv.FormatUint(scaled/scale, 10), l)
	fraction := strings.TrimRight(zeros(strconv.FormatUint(scaled%scale, 10), decimals), "0")
	if fraction == "" {
		return whole
	}
	return whole + decimalMark(l) + fraction
}

// Number is a whole number with its thousands marked: "16.800" or "16,800".
func Number(n int64, l calendar.Lang) string {
	return sign(n < 0) + group(strconv.FormatUint(magnitude(n), 10), l)
}

// Percent is num of den as a percentage with two decimals, rounded half up in
// whole numbers: "53,46%" or "53.46%". Of nothing it is "–".
func Percent(num, den int64, l calendar.Lang) string {
	if den == 0 {
		return "–"
	}
	over := new(big.Int).SetUint64(magnitude(num))
	under := new(big.Int).SetUint64(magnitude(den))
	over.Mul(over, big.NewInt(2*100*100)).Add(over, under)
	digits := zeros(over.Div(over, under.Lsh(under, 1)).String(), 3)
	negative := (num < 0) != (den < 0) && digits != "000"
	whole, fraction := digits[:len(digits)-2], digits[len(digits)-2:]
	return sign(negative) + group(whole, l) + decimalMark(l) + fraction + "%"
}

func sign(negative bool) string {
	if negative {
		return "-"
	}
	return ""
}

func decimalMark(l calendar.Lang) string {
	if l == calendar.EN {
		return "."
	}
	return ","
}

// group marks the thousands of a run of digits.
func group(digits string, l calendar.Lang) string {
	mark := "."
	if l == calendar.EN {
		mark = ","
	}
	var b strings.Builder
	for i := range len(digits) {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(mark)
		}
		b.WriteByte(digits[i])
	}
	return b.String()
}

// zeros puts zeros before digits up to that width.
func zeros(digits string, width int) string {
	return strings.Repeat("0", max(0, width-len(digits))) + digits
}
