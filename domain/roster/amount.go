package roster

import (
	"bytes"
	"math"
	"strconv"

	"payung/domain/cell"
	"payung/domain/rupiah"
)

// ReadAmount reads a wage as lists write it: "1.000.000,50", "Rp 1.000.000",
// "1,000,000", "1000000", "1.000.000,-". Sen are left off and reported as
// [WageRounded], beside the amount. What cannot be read surely is no amount: a
// single comma ("2,500") is [WageAmbiguous], an amount in words ("1,5 juta")
// [WageWorded], all else [WageBad].
func ReadAmount(text string) (rupiah.Amount, Rule) { return readAmount([]byte(text)) }

// amountOf reads the wage of a cell.
func amountOf(value []byte, k cell.Kind) (rupiah.Amount, Rule) {
	switch k {
	case cell.Number:
		return numberAmount(value)
	case cell.Error:
		return 0, ErrorCell
	case cell.Text:
		return readAmount(value)
	default:
		return 0, WageBad
	}
}

// dearest bounds a wage so that floats of a sheet hold it to the rupiah.
const dearest = 1 << 53

func readAmount(value []byte) (rupiah.Amount, Rule) {
	text := withoutCurrency(bytes.TrimSpace(value))
	digits, letters := counted(text)
	switch {
	case letters > 0 && digits > 0:
		return 0, WageWorded
	case digits == 0:
		return 0, WageBad
	}
	whole, sen, wrong := splitAmount(text)
	if wrong != "" {
		return 0, wrong
	}
	n := int64(0)
	for _, b := range whole {
		if !isDigit(b) {
			continue
		}
		if n = n*10 + int64(b-'0'); n > dearest {
			return 0, WageBad
		}
	}
	if len(bytes.Trim(sen, "0-")) > 0 {
		return rupiah.Amount(n), WageRounded
	}
	return rupiah.Amount(n), ""
}

// withoutCurrency leaves off the name of the currency and the sign that no sen
// follow.
func withoutCurrency(text []byte) []byte {
	for _, name := range []string{"rp.", "rp", "idr"} {
		if len(text) > len(name) && bytes.EqualFold(text[:len(name)], []byte(name)) {
			text = bytes.TrimSpace(text[len(name):])
			break
		}
	}
	return bytes.TrimSuffix(text, []byte(",-"))
}

// splitAmount tells the rupiah from the sen. A mark stands for thousands if
// three digits follow it every time; one comma alone may mean either.
func splitAmount(text []byte) (whole, sen []byte, wrong Rule) {
	last := bytes.LastIndexAny(text, ".,")
	if last < 0 {
		return text, nil, onlyDigits(text)
	}
	mark, tail := text[last], text[last+1:]
	marks := bytes.Count(text, text[last:last+1])
	other := byte('.')
	if mark == '.' {
		other = ','
	}
	others := bytes.IndexByte(text, other) >= 0
	switch {
	case onlyDigits(tail) != "":
		return nil, nil, WageBad
	case marks == 1 && len(tail) <= 2 && (mark == ',' || others):
		whole = text[:last]
		if !grouped(whole, other) && onlyDigits(whole) != "" {
			return nil, nil, WageBad
		}
		return whole, tail, ""
	case grouped(text, mark) && (mark == '.' || marks > 1):
		return text, nil, ""
	case marks == 1 && !others:
		return nil, nil, WageAmbiguous
	default:
		return nil, nil, WageBad
	}
}

// grouped reports digits with that mark before every three: 1.000.000.
func grouped(text []byte, mark byte) bool {
	groups := 0
	for {
		at := bytes.IndexByte(text, mark)
		head := text
		if at >= 0 {
			head = text[:at]
		}
		first := groups == 0 && 1 <= len(head) && len(head) <= 3 && head[0] != '0'
		if !first && (groups == 0 || len(head) != 3) || onlyDigits(head) != "" {
			return false
		}
		if groups++; at < 0 {
			return groups > 1
		}
		text = text[at+1:]
	}
}

func onlyDigits(text []byte) Rule {
	if len(text) == 0 {
		return WageBad
	}
	for _, b := range text {
		if !isDigit(b) {
			return WageBad
		}
	}
	return ""
}

// numberAmount reads the wage of a cell that holds a number.
func numberAmount(value []byte) (rupiah.Amount, Rule) {
	f, err := strconv.ParseFloat(string(value), 64)
	if err != nil || !(f >= 0 && f <= dearest) {
		return 0, WageBad
	}
	whole := math.Trunc(f)
	if whole != f {
		return rupiah.Amount(whole), WageRounded
	}
	return rupiah.Amount(whole), ""
}
