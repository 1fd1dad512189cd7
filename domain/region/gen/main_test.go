package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var source = map[string]string{
	"package.json":       `{"name":"idn-area-data","version":"4.0.1"}`,
	"dataset.json":       `{"name":"idn-area-data","version":"4.0.1","licence":"ODbL 1.0"}`,
	"data/provinces.csv": "code,name\n74,Sulawesi Tenggara\n",
	"data/regencies.csv": "code,province_code,name\n74.71,74,Kota Kendari\n74.05,74,Kabupaten Konawe Selatan\n",
	"data/districts.csv": "code,regency_code,name\n740501,7405,\"Ra\"\"as\"\n",
	"data/villages.csv":  "code,district_code,name\n7405012001,740501,\"lambang  I, II\"\n74.05.01.1002,74.05.01,Du’en\n",
}

// folder writes the source, with some files replaced.
func folder(t *testing.T, replaced map[string]string) string {
	t.Helper()
	files := maps.Clone(source)
	maps.Copy(files, replaced)
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "data"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestTableIsTidySortedAndTheSameEveryTime(t *testing.T) {
	t.Parallel()
	var packed [2][]byte
	for i := range packed {
		dir := folder(t, nil)
		if err := generate(dir, dir); err != nil {
			t.Fatal(err)
		}
		var err error
		if packed[i], err = os.ReadFile(filepath.Join(dir, "regions.csv.gz")); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(packed[0], packed[1]) {
		t.Error("two runs differ")
	}
	unzip, err := gzip.NewReader(bytes.NewReader(packed[0]))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(unzip)
	if err != nil {
		t.Fatal(err)
	}
	want := `74,Sulawesi Tenggara
74.05,Konawe Selatan
74.05.01,Ra'as
74.05.01.1002,Du'en
74.05.01.2001,"Lambang I, II"
74.71,Kota Kendari
`
	if string(text) != want {
		t.Errorf("the table is\n%s", text)
	}
}

func TestSourceThatDoesNotAddUpIsRefused(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ file, text, want string }{
		"another version":    {"package.json", `{"name":"idn-area-data","version":"5.0.0"}`, "describes"},
		"another package":    {"package.json", `{"name":"wilayah","version":"4.0.1"}`, "describes"},
		"not JSON":           {"package.json", "4.0.1", "package.json"},
		"no headings":        {"data/villages.csv", "", "empty"},
		"other headings":     {"data/villages.csv", "kode,nama\n", "headings"},
		"not a CSV":          {"data/villages.csv", "code,name\n\"", "villages.csv"},
		"orphan":             {"data/villages.csv", "code,name\n74.05.02.2001,Nowhere\n", "74.05.02.2001"},
		"double code":        {"data/regencies.csv", "code,name\n74.05,A\n74.05,B\n", "74.05"},
		"code of a level up": {"data/districts.csv", "code,name\n74.05,A\n", "74.05"},
		"unknown kind":       {"data/villages.csv", "code,name\n74.05.01.4001,A\n", "74.05.01.4001"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := folder(t, map[string]string{tt.file: tt.text})
			if err := generate(dir, dir); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("generate = %v, want an error about %q", err, tt.want)
			}
		})
	}
}
