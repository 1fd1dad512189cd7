package letter

import (
	"embed"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"payung/domain/fault"
	"payung/paper"
)

// Text is what a kind of letter says. {names} in braces are filled in from
// the letter, **pairs of stars** print bold. Between the parts stand the
// facts and the points, where the kind has any.
type Text struct {
	Title   string   `json:"title,omitempty"`   // of a sheet that is addressed to nobody
	Subject string   `json:"subject,omitempty"` // Hal
	Body    []string `json:"body,omitempty"`    // paragraphs before the facts
	Listed  string   `json:"listed,omitempty"`  // leads over to the list, if there is one
	Middle  []string `json:"middle,omitempty"`  // paragraphs between facts and points
	Points  []string `json:"points,omitempty"`  // numbered; those of the letter follow
	Closing []string `json:"closing,omitempty"`
}

// Texts are the texts an office has made its own.
type Texts map[Kind]Text

// For is the office's own text of a kind, or else the built-in one.
func (t Texts) For(k Kind) Text {
	if own, ok := t[k]; ok {
		return own
	}
	return builtin()[k]
}

//go:embed texts/*.json
var textFiles embed.FS

var builtin = sync.OnceValue(func() Texts {
	texts := Texts{}
	for _, kind := range Kinds() {
		raw, err := textFiles.ReadFile("texts/" + string(kind) + ".json")
		if err != nil {
			panic("letter: " + err.Error())
		}
		var t Text
		if err := json.Unmarshal(raw, &t); err != nil {
			panic(fmt.Sprintf("letter: text of %s: %v", kind, err))
		}
		texts[kind] = t
	}
	return texts
})

const maxText = 4000 // letters, of one paragraph

// Check refuses a text with a placeholder that no letter can fill in, an open
// brace or a star too few.
func (t Text) Check() error {
	for _, text := range t.all() {
		if len(text) > maxText {
			return fault.New(fault.TooLarge, "letter_text_too_long", "a paragraph has at most %d letters", maxText)
		}
		names, err := placeholders(text)
		if err != nil {
			return err
		}
		for _, name := range names {
			if !slices.Contains(Placeholders(), name) || name == "subject" && text == t.Subject {
				return fault.New(fault.Invalid, "letter_text_placeholder", "there is no placeholder {%s}", name).With("name", name)
			}
		}
		if strings.Count(text, bold)%2 != 0 {
			return fault.New(fault.Invalid, "letter_text_bold", "bold text begins and ends with **")
		}
	}
	return nil
}

// all is every piece of the text.
func (t Text) all() []string {
	return slices.Concat([]string{t.Title, t.Subject, t.Listed}, t.Body, t.Middle, t.Points, t.Closing)
}

const bold = "**"

// placeholders are the names a text has in braces.
func placeholders(text string) ([]string, error) {
	var names []string
	for {
		before, rest, found := strings.Cut(text, "{")
		if strings.Contains(before, "}") || !found && strings.Contains(rest, "}") {
			return nil, fault.New(fault.Invalid, "letter_text_brace", "a brace is not closed or not opened")
		}
		if !found {
			return names, nil
		}
		name, after, closed := strings.Cut(rest, "}")
		if !closed || strings.Contains(name, "{") {
			return nil, fault.New(fault.Invalid, "letter_text_brace", "a brace is not closed or not opened")
		}
		names, text = append(names, name), after
	}
}

// filled is a text with its values, cut where its face changes. Values are
// taken as they are: stars and braces in them mean nothing.
func filled(text string, values map[string]string) []paper.Span {
	var spans []paper.Span
	for i, part := range strings.Split(text, bold) {
		if part != "" {
			spans = append(spans, paper.Span{Text: substituted(part, values), Bold: i%2 == 1})
		}
	}
	return spans
}

// flat is a text on one line in one face, such as a title.
func flat(text string, values map[string]string) string {
	return substituted(strings.ReplaceAll(text, bold, ""), values)
}

func substituted(text string, values map[string]string) string {
	var pairs []string
	for _, name := range slices.Sorted(maps.Keys(values)) {
		pairs = append(pairs, "{"+name+"}", values[name])
	}
	return strings.NewReplacer(pairs...).Replace(text)
}
