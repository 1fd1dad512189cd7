package weekly

import (
	"embed"
	"encoding/json"
	"fmt"
	"strings"
	"sync"

	"payung/domain/calendar"
	"payung/domain/rupiah"
	"payung/domain/worker"
)

//go:embed words/*.json
var wordFiles embed.FS

// wording is the catalogue of one language.
type wording struct {
	lang calendar.Lang
	text map[string]string
}

var catalogues = sync.OnceValues(func() (map[calendar.Lang]wording, error) {
	out := map[calendar.Lang]wording{}
	for _, l := range []calendar.Lang{calendar.ID, calendar.EN} {
		raw, err := wordFiles.ReadFile("words/" + string(l) + ".json")
		if err != nil {
			return nil, fmt.Errorf("weekly: words: %w", err)
		}
		w := wording{l, map[string]string{}}
		if err := json.Unmarshal(raw, &w.text); err != nil {
			return nil, fmt.Errorf("weekly: words of %s: %w", l, err)
		}
		out[l] = w
	}
	return out, nil
})

// words is the catalogue of a language; of one that is not kept, the Indonesian
// one.
func words(l calendar.Lang) (wording, error) {
	all, err := catalogues()
	if w, ok := all[l]; ok {
		return w, err
	}
	return all[calendar.ID], err
}

// say is the sentence of a key with its {placeholders} filled from name–value
// pairs; numbers get their thousands marked. A sentence of two halves,
// "one|many", goes by n. The tests read every key and placeholder there is.
func (w wording) say(key string, pairs ...any) string {
	s := w.text[key]
	values := make(map[string]string, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		values[fmt.Sprint(pairs[i])] = w.value(pairs[i+1])
	}
	if one, many, two := strings.Cut(s, "|"); two {
		s = many
		if values["n"] == "1" {
			s = one
		}
	}
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(s, "{")
		out.WriteString(before)
		if !found {
			return out.String()
		}
		name, after, _ := strings.Cut(rest, "}")
		out.WriteString(values[name])
		s = after
	}
}

func (w wording) value(v any) string {
	switch v := v.(type) {
	case int:
		return rupiah.Number(int64(v), w.lang)
	case int64:
		return rupiah.Number(v, w.lang)
	case rupiah.Amount:
		return v.String()
	case calendar.Day:
		return v.Short(w.lang)
	}
	return fmt.Sprint(v)
}

// signed is a number that is shown with its sign.
func (w wording) signed(n int64) string {
	if n > 0 {
		return "+" + rupiah.Number(n, w.lang)
	}
	return rupiah.Number(n, w.lang)
}

func (w wording) name(n worker.Name) string {
	if w.lang == calendar.EN {
		return n.EN
	}
	return n.ID
}

// group is the name of a group of workers by its code.
func (w wording) group(code string) string {
	if g, ok := worker.Find(code); ok {
		return w.name(g.Name)
	}
	return code
}

// source is according to whom and as of when.
func (w wording) source(s Source) string {
	who := s.Who
	if who == "" {
		who = w.say("source.own")
	}
	if s.On == "" {
		return who
	}
	return w.say("source.on", "who", who, "day", s.On)
}
