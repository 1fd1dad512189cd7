package tally

import "strings"

// ReadPhone reads the first telephone number of a text as +62 and digits. It
// takes what Excel leaves of one: "812…" for "0812…". False is no number.
func ReadPhone(text string) (string, bool) {
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == '/' || r == ',' || r == ';' || r == '|' }) {
		if n, ok := onePhone(part); ok {
			return n, true
		}
	}
	return "", false
}

func onePhone(text string) (string, bool) {
	var b strings.Builder
	for _, r := range text {
		switch {
		case '0' <= r && r <= '9':
			b.WriteRune(r)
		case r == '+' || r == ' ' || r == '-' || r == '.' || r == '(' || r == ')' || r == '\'' || r == '\u00a0':
		case b.Len() == 0: // "WA: 0812…", "Hp. …"
		default:
			return "", false
		}
	}
	digits := b.String()
	switch {
	case strings.HasPrefix(digits, "620"):
		digits = digits[3:]
	case strings.HasPrefix(digits, "62"):
		digits = digits[2:]
	case strings.HasPrefix(digits, "0"):
		digits = digits[1:]
	case !strings.HasPrefix(digits, "8"):
		return "", false
	}
	// Mobile numbers begin with 8 and have 9 to 12 digits behind +62; those of
	// towns have 8 to 11.
	mobile := strings.HasPrefix(digits, "8")
	if strings.HasPrefix(digits, "0") || len(digits) < 8 || len(digits) > 12 || mobile && len(digits) < 9 || !mobile && len(digits) > 11 {
		return "", false
	}
	return "+62" + digits, true
}
