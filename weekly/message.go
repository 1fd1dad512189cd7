package weekly

import (
	"net/url"
	"strconv"
	"strings"
)

// Message is the page as a text for a chat, in its type, with a link if there is
// one.
func (p Page) Message(link string) string {
	var b strings.Builder
	if p.Sample != "" {
		b.WriteString("[" + p.Sample + "]\n")
	}
	b.WriteString("*" + plain(p.Title) + "*\n" + plain(p.Pemda) + "\n" + plain(p.Agreement) + "\n" + p.Week + "\n" + p.AsOf + "\n")
	for _, s := range p.Sections {
		b.WriteString("\n*" + s.Title + "*\n")
		if s.Figure != "" {
			b.WriteString("*" + strings.TrimSpace(s.Figure+" "+s.Unit) + "*\n")
		}
		for _, line := range s.Lines {
			b.WriteString(plain(line) + "\n")
		}
		for n, i := range s.Items {
			b.WriteString(i.line(s.Count, n+1) + "\n")
		}
		if s.Note != "" {
			b.WriteString(s.Note + "\n")
		}
		for _, m := range s.Missing {
			b.WriteString(plain(m) + "\n")
		}
		b.WriteString("_" + plain(s.Source) + "_\n")
	}
	if link != "" {
		w, err := words(p.Lang)
		if err == nil {
			b.WriteString("\n" + w.say("message.link", "link", link) + "\n")
		}
	}
	return b.String()
}

// line is an item on one line.
func (i Item) line(counted bool, n int) string {
	start := "- "
	if counted {
		start = strconv.Itoa(n) + ". "
	}
	out := start + plain(i.Head)
	if i.Tail != "" {
		out += " (" + plain(i.Tail) + ")"
	}
	if i.Text != "" {
		out += ": " + plain(i.Text)
	}
	return out
}

// plain is a text on one line without the marks that WhatsApp reads as type.
func plain(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune("*_~`", r) {
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// ChatLink opens WhatsApp with a text ready; the sender chooses to whom.
func ChatLink(text string) string {
	return "https://wa.me/?text=" + strings.ReplaceAll(url.QueryEscape(text), "+", "%20") // some phones read a plus sign as such
}
