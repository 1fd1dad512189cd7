package channel

import (
	"net/url"
	"strings"
)

// maxLink bounds the text in a link, in bytes as written there: browsers and
// phones cut longer addresses off.
const maxLink = 6000

// LinkTo is the wa.me address that opens a chat with the text ready to be sent;
// an empty one where there is no number. Nobody needs an account for it.
func LinkTo(phone, text string) string {
	digits := Phone(phone)
	if digits == "" {
		return ""
	}
	r := []rune(text)
	escape := func() string { return strings.ReplaceAll(url.QueryEscape(string(r)), "+", "%20") }
	said := escape()
	for len(said) > maxLink {
		r = r[:len(r)*9/10]
		said = escape()
	}
	return "https://wa.me/" + digits + "?text=" + said
}

// Phone is an Indonesian mobile number in digits with its country code; "": it
// is none.
func Phone(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r >= '0' && r <= '9' {
			b.WriteRune(r)
		}
	}
	digits := b.String()
	switch {
	case strings.HasPrefix(digits, "0062"):
		digits = digits[2:]
	case strings.HasPrefix(digits, "620"): // +62 (0)812
		digits = "62" + digits[3:]
	case strings.HasPrefix(digits, "0"):
		digits = "62" + digits[1:]
	case strings.HasPrefix(digits, "8"):
		digits = "62" + digits
	}
	if len(digits) < 10 || len(digits) > 15 {
		return ""
	}
	return digits
}
