package filename_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"payung/domain/filename"
)

func TestANameIsWhatStandsOnTheFile(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"daftar.xlsx":                      "daftar.xlsx",
		`C:\Users\Kades\daftar.xlsx`:       "daftar.xlsx",
		"../../etc/passwd":                 "passwd",
		"a/b/":                             "b",
		"":                                 "",
		"a/..":                             "",
		"/":                                "",
		" daftar \x00desa\n.xlsx ":         "daftar desa.xlsx",
		"daftar\u202exslx.exe":             "daftarxslx.exe",
		"rusak\xff.csv":                    "rusak.csv",
		strings.Repeat("x", 300) + ".xlsx": strings.Repeat("x", 195) + ".xlsx",
	} {
		if got := filename.Plain(name); got != want {
			t.Errorf("Plain(%q) = %q, want %q", name, got, want)
		}
	}
}

func FuzzPlain(f *testing.F) {
	f.Add(strings.Repeat("ü", 150))
	f.Add("a\\b/..")
	f.Fuzz(func(t *testing.T, name string) {
		got := filename.Plain(name)
		switch {
		case len(got) > filename.Longest, !utf8.ValidString(got), strings.ContainsAny(got, "/\\\n\x00"):
			t.Errorf("Plain(%q) = %q", name, got)
		}
	})
}
