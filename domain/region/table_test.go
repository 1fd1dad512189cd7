package region

import (
	"bytes"
	"compress/gzip"
	"runtime"
	"testing"
)

// The table stays in memory for the life of the program on small machines. Not
// parallel: another test's memory would be counted.
func TestTableOfAllRegionsIsSmall(t *testing.T) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	table, err := load(packed)
	if err != nil {
		t.Fatal(err)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if len(table.rows) != 91_599 {
		t.Errorf("%d regions", len(table.rows))
	}
	held := (int64(after.HeapAlloc) - int64(before.HeapAlloc)) >> 10
	t.Logf("%d regions in %d KiB", len(table.rows), held)
	if held < 1<<10 || held > 5<<10 {
		t.Errorf("the table holds %d KiB, want 1 to 5 MiB", held)
	}
	runtime.KeepAlive(table)
}

func TestEveryRegionHasAParentAndAName(t *testing.T) {
	t.Parallel()
	table := loaded()
	for _, r := range table.rows {
		code := r.key.code()
		if parent := Parent(code); parent != "" {
			k, _ := parseKey(parent)
			if _, ok := table.search(k); !ok {
				t.Errorf("%s has no parent", code)
			}
		}
		if k, ok := parseKey(code); !ok || k != r.key || table.name(r) == "" {
			t.Errorf("key %d, code %s, name %q", r.key, code, table.name(r))
		}
	}
}

func TestEveryAliasIsOfARegionInForce(t *testing.T) {
	t.Parallel()
	for _, a := range aliases() {
		if _, ok := loaded().search(a.key); !ok || a.name == "" {
			t.Errorf("alias %q is of %s", a.name, a.key.code())
		}
	}
}

func TestDamagedTableIsRefused(t *testing.T) {
	t.Parallel()
	for name, damaged := range map[string][]byte{
		"not gzip":     []byte("74,Sulawesi Tenggara\n"),
		"cut off":      packed[:len(packed)/2],
		"out of order": zipped(t, "74.05,Konawe Selatan\n74,Sulawesi Tenggara\n"),
		"double":       zipped(t, "74,Sulawesi Tenggara\n74,Sulawesi Tenggara\n"),
		"no code":      zipped(t, "Sulawesi,Tenggara\n"),
		"a column off": zipped(t, "74\n"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := load(damaged); err == nil {
				t.Error("it was taken")
			}
		})
	}
}

func zipped(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	zip := gzip.NewWriter(&b)
	if _, err := zip.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := zip.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := load(packed); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFind(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := Find("74.09.01.2020"); !ok {
			b.Fatal("not found")
		}
	}
}
