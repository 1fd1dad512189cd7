package main

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// levels are the source's files, from the top down, with the form of their
// codes once the dots are in.
var levels = [...]struct {
	file string
	form *regexp.Regexp
}{
	{"provinces.csv", regexp.MustCompile(`^\d{2}$`)},
	{"regencies.csv", regexp.MustCompile(`^\d{2}\.\d{2}$`)},
	{"districts.csv", regexp.MustCompile(`^\d{2}\.\d{2}\.\d{2}$`)},
	{"villages.csv", regexp.MustCompile(`^\d{2}\.\d{2}\.\d{2}\.[123]\d{3}$`)},
}

// region is a line of the table: code and name.
type region = []string

// read takes all regions from the source, in order of code, and checks that
// each has its parent.
func read(dir string) ([]region, error) {
	var regions []region
	known := map[string]bool{"": true}
	for _, level := range levels {
		path := filepath.Join(dir, level.file)
		found, err := readFile(path)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		for _, r := range found {
			code := r[0]
			parent := code[:max(strings.LastIndexByte(code, '.'), 0)]
			if !level.form.MatchString(code) || known[code] || !known[parent] {
				return nil, fmt.Errorf("%s: code %q is malformed, double or without parent", path, code)
			}
			known[code] = true
		}
		regions = append(regions, found...)
	}
	slices.SortFunc(regions, func(a, b region) int { return strings.Compare(a[0], b[0]) })
	return regions, nil
}

// readFile takes the columns code and name, wherever they stand.
func readFile(path string) ([]region, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	records, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return nil, err
	}
	if len(records) == 0 {
		return nil, errors.New("it is empty")
	}
	code, name := slices.Index(records[0], "code"), slices.Index(records[0], "name")
	if code < 0 || name < 0 {
		return nil, fmt.Errorf("its headings %q lack code or name", records[0])
	}
	regions := make([]region, 0, len(records))
	for _, record := range records[1:] {
		regions = append(regions, region{dotted(record[code]), tidy(record[name])})
	}
	return regions, nil
}

// dotted puts the dots into a code of an older release, which had none.
func dotted(code string) string {
	if strings.Contains(code, ".") {
		return code
	}
	var b strings.Builder
	for i, r := range code {
		if i == 2 || i == 4 || i == 6 {
			b.WriteByte('.')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// apostrophes are the marks that the source uses for the glottal stop.
var apostrophes = strings.NewReplacer(`"`, "'", "’", "'")

// tidy writes a name as offices do: with one sort of apostrophe, a capital
// first and no "Kabupaten".
func tidy(name string) string {
	name = strings.Join(strings.Fields(apostrophes.Replace(name)), " ")
	name = strings.TrimPrefix(name, "Kabupaten ")
	first, size := utf8.DecodeRuneInString(name)
	return string(unicode.ToUpper(first)) + name[size:]
}

// pack writes the table as CSV and compresses it. The gzip header holds neither
// name nor time.
func pack(regions []region) ([]byte, error) {
	var packed bytes.Buffer
	zip, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if err := csv.NewWriter(zip).WriteAll(regions); err != nil {
		return nil, err
	}
	if err := zip.Close(); err != nil {
		return nil, err
	}
	return packed.Bytes(), nil
}
