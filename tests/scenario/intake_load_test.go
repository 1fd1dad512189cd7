package scenario_test

import (
	"bytes"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

// longBook is a workbook of so many people.
func longBook(tb testing.TB, people int) []byte {
	tb.Helper()
	f := excelize.NewFile()
	w, err := f.NewStreamWriter("Sheet1")
	require.NoError(tb, err)
	require.NoError(tb, w.SetRow("A1", []any{"NIK", "Nama", "Alamat", "Nama Ibu"}))
	for n := range people {
		at, err := excelize.CoordinatesToCellName(1, n+2)
		require.NoError(tb, err)
		require.NoError(tb, w.SetRow(at, []any{numbered(n), "Pekerja " + letters(n), "Jalan Contoh " + letters(n%500), "Ibu " + letters(n%5000)}))
	}
	require.NoError(tb, w.Flush())
	var b bytes.Buffer
	require.NoError(tb, f.Write(&b))
	return b.Bytes()
}

// TestALongListKeepsNobodyWaiting takes in 99,999 people through the door while
// others read and write beside it.
func TestALongListKeepsNobodyWaiting(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes a while")
	}
	content := longBook(t, 99_999)
	data := dataFolder(t)
	s := serve(t, data)
	waiting(t, s)
	duties := s.duties()
	before := s.memory(t)
	begun := time.Now()
	a := s.handed(duties[desas[0]], "panjang.xlsx", content)
	answered := time.Since(begun)
	require.Equal(t, http.StatusAccepted, a.status)
	path := "/imports/" + a.object["id"].(string)

	ended := make(chan struct{})
	var mu sync.Mutex
	var reads, writes, sent []time.Duration
	var wg sync.WaitGroup
	beside := func(took *[]time.Duration, do func(n int) (said, error)) {
		wg.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-ended:
					return
				case <-time.After(15 * time.Millisecond):
				}
				begun := time.Now()
				a, err := do(n)
				if err != nil || a.status >= 300 {
					t.Errorf("beside a long list: %v %s", err, a.raw)
					return
				}
				mu.Lock()
				*took = append(*took, time.Since(begun))
				mu.Unlock()
			}
		})
	}
	beside(&reads, func(int) (said, error) { return s.try(http.MethodGet, "/obligations?kind=roster", nil, nil) })
	beside(&reads, func(int) (said, error) { return s.try(http.MethodGet, "/imports", nil, nil) })
	beside(&writes, func(n int) (said, error) {
		return s.tryPost("/parties", object{"kind": "bpjs", "name": "BPJS " + letters(n), "region_code": "74.71"})
	})
	beside(&sent, func(n int) (said, error) {
		return s.tryFile("/obligations/"+duties[desas[1+n%20]]+"/uploads", "pendek.csv", list(1_000_000+10*n, 1_000_010+10*n), nil)
	})
	seen := map[float64]bool{}
	for state := "reading"; state == "reading"; {
		now := s.get("/api/v1" + path)
		state = now["state"].(string)
		seen[now["progress"].(object)["rows"].(float64)] = true
		time.Sleep(50 * time.Millisecond)
	}
	read := time.Since(begun)
	begun = time.Now()
	onList := s.made(path+"/accept", object{})["people"]
	accepted := time.Since(begun)
	close(ended)
	wg.Wait()
	require.EqualValues(t, 99_999, s.get("/api/v1" + path)["good"])
	require.EqualValues(t, 99_999, onList)
	of := func(all []time.Duration, share int) time.Duration {
		slices.Sort(all)
		return all[len(all)*share/100].Round(time.Millisecond)
	}
	t.Logf("%d KiB: answered after %v, read in %v, accepted in %v; memory %d MiB, %d before", len(content)>>10, answered, read, accepted, s.memory(t), before)
	for what, took := range map[string][]time.Duration{"reads": reads, "writes": writes, "files": sent} {
		t.Logf("%d %s beside it: half within %v, 9 of 10 within %v, 99 of 100 within %v", len(took), what, of(took, 50), of(took, 90), of(took, 99))
	}
	require.Less(t, answered, 3*time.Second)
	require.Greater(t, len(seen), 5, "progress is seen")
	require.Less(t, of(reads, 99), 300*time.Millisecond)
	require.Less(t, of(writes, 50), time.Second, "there is one writer, and it is let in between the stretches of a list")
	require.Less(t, s.memory(t), 700)
}
