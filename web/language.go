package web

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"strconv"
	"strings"

	"payung/domain/calendar"
)

//go:embed messages/*.json
var messageFiles embed.FS

// words is the catalogue of one language.
type words struct {
	lang calendar.Lang
	text map[string]string
}

// loadWords reads the catalogue of a language: the files named for it, each of
// which has keys of its own.
func loadWords(l calendar.Lang) (words, error) {
	w := words{lang: l, text: map[string]string{}}
	files, err := fs.Glob(messageFiles, "messages/*"+string(l)+".json")
	if err != nil {
		return w, fmt.Errorf("web: messages: %w", err)
	}
	for _, file := range files {
		raw, err := messageFiles.ReadFile(file)
		if err != nil {
			return w, fmt.Errorf("web: messages: %w", err)
		}
		var part map[string]string
		if err := json.Unmarshal(raw, &part); err != nil {
			return w, fmt.Errorf("web: %s: %w", file, err)
		}
		for key, said := range part {
			if _, twice := w.text[key]; twice {
				return w, fmt.Errorf("web: %s: %s is said in another file too", file, key)
			}
			w.text[key] = said
		}
	}
	return w, nil
}

// say is the sentence of a key with its {placeholders} filled from name–value
// pairs. A sentence of two halves, "one|many", goes by the value of n. A key or
// a value that is missing is an error, never an empty place on a page.
func (w words) say(key string, pairs ...any) (string, error) {
	s, ok := w.text[key]
	if !ok {
		return "", fmt.Errorf("web: no message %q in %s", key, w.lang)
	}
	values := make(map[string]string, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		values[fmt.Sprint(pairs[i])] = fmt.Sprint(pairs[i+1])
	}
	if one, many, two := strings.Cut(s, "|"); two {
		s = many
		if values["n"] == "1" {
			s = one
		}
	}
	if n, err := strconv.ParseInt(values["n"], 10, 64); err == nil {
		values["n"] = number(n, w.lang)
	}
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(s, "{")
		out.WriteString(before)
		if !found {
			return out.String(), nil
		}
		name, after, _ := strings.Cut(rest, "}")
		value, ok := values[name]
		if !ok {
			return "", fmt.Errorf("web: message %q of %s lacks a value for {%s}", key, w.lang, name)
		}
		out.WriteString(value)
		s = after
	}
}

const langCookie = "lang"

// language is the one asked for by ?lang=, else the cookie's, else the first
// of the browser's that we speak, else Indonesian.
func language(r *http.Request) calendar.Lang {
	if l, ok := spoken(r.URL.Query().Get("lang")); ok {
		return l
	}
	if c, err := r.Cookie(langCookie); err == nil {
		if l, ok := spoken(c.Value); ok {
			return l
		}
	}
	for part := range strings.SplitSeq(r.Header.Get("Accept-Language"), ",") {
		tag, _, _ := strings.Cut(strings.TrimSpace(part), ";")
		base, _, _ := strings.Cut(strings.ToLower(tag), "-")
		if l, ok := spoken(base); ok {
			return l
		}
	}
	return calendar.ID
}

func spoken(s string) (calendar.Lang, bool) {
	switch s {
	case "id", "in": // old Android phones still say "in"
		return calendar.ID, true
	case "en":
		return calendar.EN, true
	}
	return "", false
}

// remember keeps a language somebody chose.
func remember(w http.ResponseWriter, r *http.Request, l calendar.Lang) {
	if r.URL.Query().Get("lang") == "" {
		return
	}
	http.SetCookie(w, &http.Cookie{ //nolint:gosec // Secure only on TLS: there is no secret in a language
		Name: langCookie, Value: string(l), Path: "/", MaxAge: 365 * 24 * 60 * 60, HttpOnly: true, Secure: r.TLS != nil, SameSite: http.SameSiteLaxMode,
	})
}
