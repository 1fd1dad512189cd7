package scenario_test

import (
	"bufio"
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/internal/testdb"
	"payung/tests/internal/program"
)

func files(tb testing.TB, dir string) map[string]string {
	tb.Helper()
	out := map[string]string{}
	require.NoError(tb, filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		out[path] = string(raw)
		return err
	}))
	return out
}

// state is what a loaded demo comes to, without the IDs and times that differ
// from one load to the next.
func (s *server) state() map[string]int {
	s.t.Helper()
	out := map[string]int{}
	for _, a := range s.all("/api/v1/agreements") {
		title, id := a["title"].(string), a["id"].(string)
		out["agreement "+title]++
		for _, o := range s.all("/api/v1/obligations?agreement_id=" + id) {
			out["duty "+title+" "+o["kind"].(string)+" "+o["state"].(string)]++
		}
		for _, e := range s.all("/api/v1/agreements/" + id + "/audit") {
			if action := e["action"].(string); action != "steps.taken" && action != "engine.rebuilt" {
				out["audit "+title+" "+action]++
			}
		}
	}
	return out
}

func TestLoadingTheDemoTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	s := serve(t, dataFolder(t))
	s.Demo()
	first := s.state()
	s.Demo()
	require.Equal(t, first, s.state())
}

// TestKilledInTheMiddleOfTheDemo kills the server with -9 at several moments of
// the demo, starts it again, loads again: the same end, nothing twice.
func TestKilledInTheMiddleOfTheDemo(t *testing.T) {
	t.Parallel()
	clean := serve(t, dataFolder(t))
	clean.Demo()
	want := clean.state()
	clean.Stop()

	data := dataFolder(t)
	for _, after := range []time.Duration{60, 150, 250, 350, 450} {
		s := serve(t, data)
		done := make(chan error, 1)
		go func() {
			_, err := program.Run(t, "demo", "--server", s.URL)
			done <- err
		}()
		time.Sleep(after * time.Millisecond)
		s.Kill()
		<-done // it failed or it was quick: both are fine
	}
	s := serve(t, data)
	s.Demo()
	require.Equal(t, want, s.state())
	require.Eventually(t, func() bool {
		_, err := program.Run(t, "doctor", "--server", s.URL)
		return err == nil
	}, 30*time.Second, 500*time.Millisecond, "ledger and engine agree again")
}

func TestAWrongOrMissingKeyRefusesToStart(t *testing.T) {
	t.Parallel()
	data := dataFolder(t)
	s := serve(t, data)
	s.Stop()
	before := files(t, data)["ledger.db"]
	key := data + ".key"
	require.NoError(t, os.Rename(key, key+".away"))
	_, err := program.TryServe(t, data)
	require.ErrorContains(t, err, "no key file")
	require.NoFileExists(t, key, "no new key is made for an old ledger")

	other := serve(t, dataFolder(t))
	other.Stop()
	_, err = program.TryServe(t, data, "--key-file", other.data+".key")
	require.ErrorContains(t, err, "written with key")
	require.Equal(t, before, files(t, data)["ledger.db"])

	require.NoError(t, os.Rename(key+".away", key))
	serve(t, data).Stop()
}

func TestTheEngineIsReCreatedFromTheLedger(t *testing.T) {
	t.Parallel()
	data := dataFolder(t)
	s := serve(t, data)
	s.Demo()
	next := s.alarms()
	s.Stop()
	for _, f := range []string{"temporal.db", "temporal.db-wal", "temporal.db-shm"} {
		if err := os.Remove(filepath.Join(data, f)); !os.IsNotExist(err) {
			require.NoError(t, err)
		}
	}
	s = serve(t, data)
	require.Eventually(t, func() bool {
		_, err := program.Run(t, "doctor", "--server", s.URL)
		return err == nil
	}, 30*time.Second, 500*time.Millisecond)
	require.Equal(t, next, s.alarms(), "the same next instants")
	out, err := program.Run(t, "doctor", "--rebuild", "--server", s.URL)
	require.NoError(t, err, out)
}

// alarms are the instants the live agreements wait for.
func (s *server) alarms() map[string]any {
	s.t.Helper()
	out := map[string]any{}
	for _, a := range s.all("/api/v1/agreements") {
		if a["historical"] == false {
			out[a["title"].(string)] = s.get("/api/v1/agreements/" + a["id"].(string) + "/process")["next_at"]
		}
	}
	return out
}

func TestItListensToThisMachineOnlyAndKeepsFilesTight(t *testing.T) {
	t.Parallel()
	data := dataFolder(t)
	_, err := program.TryServe(t, data, "--listen", "0.0.0.0:0")
	require.ErrorContains(t, err, "no sign-in")
	s := serve(t, data)
	for name := range files(t, data) {
		info, err := os.Stat(name)
		require.NoError(t, err)
		require.Zero(t, info.Mode().Perm()&0o077, name)
	}
	info, err := os.Stat(data + ".key")
	require.NoError(t, err)
	require.EqualValues(t, 0o600, info.Mode().Perm())

	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL+"/api/v1/agreements", nil)
	require.NoError(t, err)
	req.Host = "evil.example"
	resp, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	require.Equal(t, "application/problem+json", resp.Header.Get("Content-Type"))
	require.NoError(t, resp.Body.Close())
	require.Equal(t, http.StatusMisdirectedRequest, resp.StatusCode, "a foreign name pointed at this machine")
}

func TestTheDemoStartsAServerOfItsOwnWhereNoneRuns(t *testing.T) {
	t.Parallel()
	data := dataFolder(t)
	cmd := exec.CommandContext(t.Context(), program.Binary(t), "demo", "--data", data, "--listen", "127.0.0.1:0")
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	said, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err)
	require.Contains(t, said, "DATA CONTOH loaded: 8 agreements")
	require.FileExists(t, filepath.Join(data, "ledger.db"))
	require.NoError(t, cmd.Process.Signal(syscall.SIGTERM))
	require.NoError(t, cmd.Wait())

	out2, err := program.Run(t, "demo", "--data", data, "--listen", "0.0.0.0:0")
	require.Error(t, err, "not where others can reach it")
	require.Contains(t, out2, "no sign-in")
}

// TestFactsAreAcceptedWhileTemporalIsAway starts against a cluster that nobody
// runs: facts are kept, decisions say "try again".
func TestFactsAreAcceptedWhileTemporalIsAway(t *testing.T) {
	t.Parallel()
	s := serve(t, dataFolder(t), "--temporal", "127.0.0.1:1")
	made := func(path string, body map[string]any) string {
		status, raw := s.ask(http.MethodPost, path, body)
		require.Equal(t, http.StatusCreated, status, "%s", raw)
		var out map[string]any
		require.NoError(t, json.Unmarshal(raw, &out))
		return out["id"].(string)
	}
	pemda := made("/api/v1/parties", map[string]any{"kind": "pemda", "name": "Kabupaten Contoh", "region_code": "74.05"})
	branch := made("/api/v1/parties", map[string]any{"kind": "bpjs", "name": "BPJS Contoh", "region_code": "74.71"})
	a := made("/api/v1/agreements", map[string]any{
		"title": "PKS Contoh", "pemda_party_id": pemda, "bpjs_party_id": branch,
		"lines": []map[string]any{{"group_code": "non_asn", "funding_source": "apbd_regency"}},
	})
	status, raw := s.ask(http.MethodPost, "/api/v1/agreements/"+a+"/decisions/record-meeting", map[string]any{"held_on": map[string]any{"on": "2026-11-20"}})
	require.Equal(t, http.StatusServiceUnavailable, status, "%s", raw)
	require.Contains(t, string(raw), "engine_unavailable")
	require.Empty(t, s.items("/api/v1/agreements/"+a+"/meetings"), "nothing half done")
	status, _ = s.ask(http.MethodGet, "/healthz", nil)
	require.Equal(t, http.StatusOK, status)
	status, _ = s.ask(http.MethodGet, "/readyz", nil)
	require.Equal(t, http.StatusServiceUnavailable, status)
}

// TestAnOldCopyOfTheEngineIsSeenAndMended puts an older Temporal store back
// under a ledger that has moved on.
func TestAnOldCopyOfTheEngineIsSeenAndMended(t *testing.T) {
	t.Parallel()
	data := dataFolder(t)
	s := serve(t, data)
	s.Demo()
	s.Stop()
	old, err := os.ReadFile(filepath.Join(data, "temporal.db"))
	require.NoError(t, err)

	s = serve(t, data)
	var id string
	for _, a := range s.all("/api/v1/agreements") {
		if a["historical"] == false && strings.HasPrefix(a["title"].(string), "PKS non-ASN") {
			id = a["id"].(string)
		}
	}
	day := time.Now().AddDate(0, 0, 40).Format(time.DateOnly)
	status, raw := s.ask(http.MethodPost, "/api/v1/agreements/"+id+"/decisions/move-deadline", map[string]any{"target_on": day, "reason": "libur panjang"})
	require.Equal(t, http.StatusOK, status, "%s", raw)
	next := s.alarms()
	s.Stop()

	for _, f := range []string{"temporal.db-wal", "temporal.db-shm"} {
		if err := os.Remove(filepath.Join(data, f)); !os.IsNotExist(err) {
			require.NoError(t, err)
		}
	}
	require.NoError(t, os.WriteFile(filepath.Join(data, "temporal.db"), old, 0o600))
	s = serve(t, data)
	out, err := program.Run(t, "doctor", "--server", s.URL)
	require.Error(t, err, out)
	require.Contains(t, out, "behind")
	out, err = program.Run(t, "doctor", "--rebuild", "--server", s.URL)
	require.NoError(t, err, out)
	require.Eventually(t, func() bool {
		_, err := program.Run(t, "doctor", "--server", s.URL)
		return err == nil
	}, 30*time.Second, 500*time.Millisecond)
	require.Equal(t, next, s.alarms())
}

func TestTheDemoComesToTheSameOnPostgreSQL(t *testing.T) {
	t.Parallel()
	lite := serve(t, dataFolder(t))
	lite.Demo()
	big := serve(t, dataFolder(t), "--database", testdb.Postgres(t))
	big.Demo()
	require.Equal(t, lite.state(), big.state())
	for _, path := range []string{"/", "/?as_of=2019-10-07", "/inbox", "/recap.csv"} {
		require.NotEmpty(t, big.page(path))
	}
}
