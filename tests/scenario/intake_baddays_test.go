package scenario_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"payung/internal/testdb"
)

// delivery is what villages send: a long list, and some short ones.
type delivery map[string][]byte // content by village

func delivered(long, short int) delivery {
	d := delivery{}
	for i, village := range desas {
		n := 1_000_000 + 100*i
		d[village] = list(n, n+short, numbered(n + short)[:15]+";Pekerja Salah")
	}
	d[desas[0]] = list(0, long, numbered(1)+";Pekerja Kembar", "1;Pekerja Salah")
	return d
}

// settle hands in every list and accepts it, again and again until all of them
// are on their lists. Whatever the server says meanwhile, a client that repeats
// what was not answered is all there is.
func (d delivery) settle(s *server, duties map[string]string) (left int) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	work := make(chan string)
	for range 3 {
		wg.Go(func() {
			for village := range work {
				if !d.one(s, duties[village], village) {
					mu.Lock()
					left++
					mu.Unlock()
				}
			}
		})
	}
	for _, village := range slices.Sorted(maps.Keys(d)) {
		work <- village
	}
	close(work)
	wg.Wait()
	return left
}

// one brings a list as far as it goes now.
func (d delivery) one(s *server, duty, village string) (done bool) {
	a, err := s.tryFile("/obligations/"+duty+"/uploads", "daftar "+village+".csv", d[village], object{"on_behalf": "Kepala Desa " + village})
	for err == nil && a.status < 300 && a.object["state"] == "reading" {
		time.Sleep(50 * time.Millisecond)
		a, err = s.try(http.MethodGet, "/imports/"+a.object["id"].(string), nil, nil)
	}
	if err != nil || a.status >= 300 {
		return false
	}
	if a.object["state"] == "accepted" {
		return true
	}
	accepted, err := s.tryPost("/imports/"+a.object["id"].(string)+"/accept", object{"despite": "dari WhatsApp"})
	return err == nil && accepted.status == http.StatusOK
}

// outcome is what the lists of a delivery came to, without IDs and times.
func (s *server) outcome() object {
	s.t.Helper()
	out := object{}
	for village, duty := range s.duties() {
		last, versions := s.lastList(duty)
		var names []string
		if last["people"].(float64) < 1000 {
			names, _ = s.rosterOf(duty)
			slices.Sort(names)
		}
		out[village] = fmt.Sprint(s.get("/api/v1/obligations/" + duty)["state"], versions, last["people"], names)
	}
	states := map[any]int{}
	for _, i := range s.all("/api/v1/imports") {
		states[fmt.Sprint(i["state"], i["good"], i["bad"], i["skipped"])]++
	}
	out["imports"], out["uploads"] = states, len(s.all("/api/v1/uploads"))
	return out
}

// TestKilledWhileListsComeIn kills the server with -9 five times while a list of
// 60,000 and many small ones come in; a client that repeats itself ends where an
// undisturbed one does.
func TestKilledWhileListsComeIn(t *testing.T) {
	t.Parallel()
	d := delivered(60_000, 40)
	clean := serve(t, dataFolder(t))
	waiting(t, clean)
	require.Zero(t, d.settle(clean, clean.duties()))
	want := clean.outcome()
	clean.Stop()

	data := dataFolder(t)
	s := serve(t, data)
	waiting(t, s)
	duties := s.duties()
	for _, after := range []time.Duration{150, 400, 900, 1500, 2500} {
		done := make(chan int, 1)
		go func() { done <- d.settle(s, duties) }()
		time.Sleep(after * time.Millisecond)
		s.Kill()
		<-done
		s = serve(t, data)
	}
	require.Eventually(t, func() bool { return d.settle(s, duties) == 0 }, 2*time.Minute, 100*time.Millisecond)
	require.Equal(t, want, s.outcome())
	s.examined()
	s.Stop()
	liteBooks(t, data).balance()
}

// TestALongListWaitsForTheEngine takes a list in while nobody runs Temporal: it
// is kept, and read once there is an engine again.
func TestALongListWaitsForTheEngine(t *testing.T) {
	t.Parallel()
	data := dataFolder(t)
	s := serve(t, data)
	waiting(t, s)
	duty := s.duties()[desas[0]]
	s.Stop()

	s = serve(t, data, "--temporal", "127.0.0.1:1")
	long := list(0, 25_000)
	a := s.handed(duty, "panjang.csv", long)
	require.Equal(t, http.StatusAccepted, a.status)
	require.Equal(t, "reading", a.object["state"])
	small := s.handed(s.duties()[desas[1]], "pendek.csv", list(90_000, 90_010))
	require.Equal(t, "ready", small.object["state"], "a short one needs no engine")
	again := s.handed(duty, "panjang.csv", long)
	require.Equal(t, a.object["id"], again.object["id"])
	s.Stop()

	s = serve(t, data)
	again = s.handed(duty, "panjang.csv", long)
	require.Equal(t, a.object["id"], again.object["id"])
	require.Eventually(t, func() bool {
		return s.get("/api/v1/imports/" + a.object["id"].(string))["state"] == "ready"
	}, time.Minute, 100*time.Millisecond)
	require.EqualValues(t, 25_000, s.get("/api/v1/imports/" + a.object["id"].(string))["good"])
	s.Stop()
	liteBooks(t, data).balance()
}

// TestPostgreSQLStandsStillWhileAListComesIn stops every process of the database
// for five seconds, and once takes its connections away.
func TestPostgreSQLStandsStillWhileAListComesIn(t *testing.T) {
	t.Parallel()
	url, data := testdb.Postgres(t), dataFolder(t)
	s := serve(t, data, "--database", url)
	waiting(t, s)
	d, duties := delivered(60_000, 20), s.duties()
	done := make(chan int, 1)
	go func() { done <- d.settle(s, duties) }()
	time.Sleep(700 * time.Millisecond)
	standStill(t, url, 5*time.Second)
	<-done
	require.Eventually(t, func() bool { return d.settle(s, duties) == 0 }, 2*time.Minute, 100*time.Millisecond)
	for village, duty := range duties {
		last, versions := s.lastList(duty)
		want := 20.0
		if village == desas[0] {
			want = 60_000
		}
		require.Equal(t, []any{1, want}, []any{versions, last["people"]}, village)
	}
	s.examined()
	s.Stop()
	books{t, url, data}.balance()
}

// standStill stops the backends of one database for a while, in the middle of
// whatever they do, then ends their connections.
func standStill(t *testing.T, url string, long time.Duration) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	require.NoError(t, err)
	rows, err := conn.Query(t.Context(), "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
	require.NoError(t, err)
	pids, err := pgx.CollectRows(rows, pgx.RowTo[int])
	require.NoError(t, err)
	require.NotEmpty(t, pids)
	for _, pid := range pids {
		require.NoError(t, syscall.Kill(pid, syscall.SIGSTOP))
	}
	time.Sleep(long)
	for _, pid := range pids {
		require.NoError(t, syscall.Kill(pid, syscall.SIGCONT))
	}
	_, err = conn.Exec(t.Context(), "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
	require.NoError(t, err)
	require.NoError(t, conn.Close(t.Context()))
}
