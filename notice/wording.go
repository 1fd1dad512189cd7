package notice

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"payung/domain/calendar"
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
		w := wording{l, map[string]string{}}
		files, err := fs.Glob(wordFiles, "words/*"+string(l)+".json")
		if err != nil {
			return nil, fmt.Errorf("notice: words: %w", err)
		}
		for _, file := range files {
			raw, err := wordFiles.ReadFile(file)
			if err != nil {
				return nil, fmt.Errorf("notice: words: %w", err)
			}
			var part map[string]string
			if err := json.Unmarshal(raw, &part); err != nil {
				return nil, fmt.Errorf("notice: %s: %w", file, err)
			}
			for key, said := range part {
				if _, twice := w.text[key]; twice {
					return nil, fmt.Errorf("notice: %s: %s is said in another file too", file, key)
				}
				w.text[key] = said
			}
		}
		out[l] = w
	}
	return out, nil
})

// words is the catalogue of a language; of one that is not kept, the Indonesian
// one. The files are part of the program and a test reads them.
func words(l calendar.Lang) wording {
	all, _ := catalogues()
	if w, ok := all[l]; ok {
		return w
	}
	return all[calendar.ID]
}

// say is the sentence of a key with its {placeholders} filled from name–value
// pairs. A sentence of two halves, "one|many", goes by the value of n. A message
// has to go out whatever is missing, so a missing value is a dash.
func (w wording) say(key string, pairs ...any) string {
	values := make(map[string]string, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		values[fmt.Sprint(pairs[i])] = fmt.Sprint(pairs[i+1])
	}
	return w.fill(key, values)
}

func (w wording) fill(key string, values map[string]string) string {
	s := w.text[key]
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
		value := values[name]
		if value == "" {
			value = "–"
		}
		out.WriteString(value)
		s = after
	}
}

// Duty names what a duty asks for, such as "Daftar nama Perangkat desa 2027".
func Duty(l calendar.Lang, kind, group string, year int) string {
	return words(l).duty(kind, group, year)
}

func (w wording) duty(kind, group string, year int) string {
	name, known := w.text["duty."+kind]
	if !known {
		name = w.text["duty.task"]
	}
	if g, ok := worker.Find(group); ok {
		if w.lang == calendar.EN {
			group = g.Name.EN
		} else {
			group = g.Name.ID
		}
	}
	if group != "" {
		name += " " + group
	}
	if year > 0 {
		name += " " + strconv.Itoa(year)
	}
	return name
}

// deadline is the last day with its zone, or the instant.
func (w wording) deadline(i Item) string {
	switch {
	case i.Target == "":
		return w.say("deadline.none")
	case i.exact():
		return calendar.Clock(i.TargetAt, i.Zone, w.lang)
	}
	return i.Target.Long(w.lang) + " " + i.Zone.Label()
}

// Keys lists what can be said in each language, in order.
func Keys() map[calendar.Lang][]string {
	all, _ := catalogues()
	out := make(map[calendar.Lang][]string, len(all))
	for lang, w := range all {
		out[lang] = slices.Sorted(maps.Keys(w.text))
	}
	return out
}
