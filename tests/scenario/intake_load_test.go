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
	s.made(path+"/accept", object{})
	accepted := time.Since(begun)
	close(ended)
	wg.Wait()
	require.EqualValues(t, 99_999, s.get("/api/v1" + path)["good"])
	begun = time.Now()
	people, _ := s.rosterOf(duties[desas[0]])
	listed := time.Since(begun)
	require.Len(t, people, 99_999)
	p99 := func(all []time.Duration) time.Duration {
		slices.Sort(all)
		return all[len(all)*99/100]
	}
	t.Logf("%d KiB: answered after %v, read in %v, accepted in %v, listed in %v; beside it %d reads p99 %v, %d writes p99 %v (max %v), %d files p99 %v; memory %d MiB, %d before",
		len(content)>>10, answered, read, accepted, listed, len(reads), p99(reads), len(writes), p99(writes), writes[len(writes)-1], len(sent), p99(sent), s.memory(t), before)
	require.Less(t, answered, 3*time.Second)
	require.Greater(t, len(seen), 5, "progress is seen")
	require.Less(t, p99(reads), 300*time.Millisecond)
	require.Less(t, p99(writes), time.Second, "acceptance is one transaction, and there is one writer")
	require.Less(t, s.memory(t), 700)
}
