package channel

import (
	"net/url"
	"strings"
)

// maxLink bounds the text in a link, in bytes as written there: browsers and
// phones cut longer addresses off.
const maxLink = 6000

// LinkTo is the wa.me address that opens a chat with the text ready to be sent,
// for a number in digits with its country code; an empty one where there is none.
// Nobody needs an account for it.
func LinkTo(digits, text string) string {
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
