package api_test

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/api"
	"payung/internal/testdb"
	"payung/ledger"
	"payung/models"
)

// reading is an import that is being read, as when a large file came.
func (k *kabupaten) reading(duty string) models.Import {
	k.t.Helper()
	sum := sha256.Sum256([]byte(k.t.Name()))
	var i models.Import
	require.NoError(k.t, k.ledger.Write(k.t.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
		u, _, err := tx.BeginUpload(ledger.UploadInput{PemdaPartyID: k.pemda, Name: "besar.csv", Size: 1, Hash: sum[:]})
		if err != nil {
			return err
		}
		if err := tx.AddPart(u.ID, 0, []byte("x")); err != nil {
			return err
		}
		if _, err := tx.FinishUpload(u.ID, "csv", "", nil); err != nil {
			return err
		}
		i, err = tx.OpenImport(u.ID, ledger.ImportInput{ObligationID: duty})
		return err
	}))
	return i
}

// follow opens a stream of events.
func (h *house) follow(ctx context.Context, importID string) *http.Response {
	h.t.Helper()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, h.url+"/api/v1/imports/"+importID+"/events", nil)
	require.NoError(h.t, err)
	req.Header.Set("Accept", "text/event-stream")
	req.Header.Set("Last-Event-ID", "41")
	res, err := http.DefaultClient.Do(req)
	require.NoError(h.t, err)
	return res
}

func TestAReadingIsFollowedToItsEnd(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, database string) {
		k := settle(t, database)
		_, duties := k.year()
		i := k.reading(duties[k.villages[0]])
		res := k.follow(t.Context(), i.ID)
		defer res.Body.Close()
		require.Equal(t, http.StatusOK, res.StatusCode)
		require.Equal(t, "text/event-stream", res.Header.Get("Content-Type"))
		lines := bufio.NewScanner(res.Body)
		next := func() (name string, said O) {
			t.Helper()
			for lines.Scan() {
				if event, ok := strings.CutPrefix(lines.Text(), "event: "); ok {
					name = event
				}
				if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
					require.NoError(t, json.Unmarshal([]byte(data), &said))
					return name, said
				}
			}
			return "", nil
		}
		name, said := next()
		require.Equal(t, []any{"progress", "reading", 0.0}, []any{name, said["state"], said["rows"]})
		require.NoError(t, k.ledger.StageBatch(t.Context(), ledger.Operator(), i.ID, ledger.Batch{Skipped: 7, Position: 7, Total: 9}))
		name, said = next()
		require.Equal(t, []any{"progress", 7.0, 9.0, 7.0}, []any{name, said["rows"], said["total"], said["skipped"]})
		require.NoError(t, k.ledger.Write(t.Context(), ledger.Operator(), func(tx *ledger.Tx) error {
			_, err := tx.FinishReading(i.ID, ledger.Reading{State: ledger.ImportHeld, Problem: "hold_empty", Result: "{}"})
			return err
		}))
		name, said = next()
		require.Equal(t, []any{"done", "held"}, []any{name, said["state"]})
		name, _ = next()
		require.Empty(t, name, "done is the last")
	})
}

func TestWhoFollowsCanGo(t *testing.T) {
	t.Parallel()
	k := settle(t, testdb.SQLite(t))
	_, duties := k.year()
	i := k.reading(duties[k.villages[0]])
	ctx, leave := context.WithCancel(t.Context())
	res := k.follow(ctx, i.ID)
	defer res.Body.Close()
	first := make([]byte, 5)
	_, err := res.Body.Read(first)
	require.NoError(t, err)
	require.Equal(t, "event", string(first))
	leave()
	require.Eventually(t, func() bool { _, err := res.Body.Read(first); return err != nil }, 5*time.Second, time.Millisecond)
}

func TestAStreamOutlivesTheLimitOfAnswersAndEndsWithTheServer(t *testing.T) {
	t.Parallel()
	k := settle(t, testdb.SQLite(t))
	_, duties := k.year()
	i := k.reading(duties[k.villages[0]])
	srv := api.Server("", api.Guard(k.api, true))
	srv.WriteTimeout = 300 * time.Millisecond
	var lc net.ListenConfig
	ln, err := lc.Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	go func() { _ = srv.Serve(ln) }()
	k.url = "http://" + ln.Addr().String()
	res := k.follow(t.Context(), i.ID)
	defer res.Body.Close()
	lines := bufio.NewScanner(res.Body)
	told := func(want string) {
		t.Helper()
		for lines.Scan() {
			if strings.Contains(lines.Text(), want) {
				return
			}
		}
		require.Fail(t, "the stream ended", want)
	}
	told(`"rows":0`)
	time.Sleep(2 * srv.WriteTimeout)
	require.NoError(t, k.ledger.StageBatch(t.Context(), ledger.Operator(), i.ID, ledger.Batch{Skipped: 7, Position: 7}))
	told(`"rows":7`)
	close(k.stop)
	done := make(chan error, 1)
	go func() { done <- srv.Shutdown(t.Context()) }()
	select {
	case err := <-done:
		require.NoError(t, err)
	case <-time.After(10 * time.Second):
		require.Fail(t, "somebody who follows keeps the server from ending")
	}
}

func TestALargeFileIsReadBehindItsSendersBack(t *testing.T) {
	t.Parallel()
	k := settle(t, testdb.SQLite(t))
	_, duties := k.year()
	var b strings.Builder
	b.WriteString("NIK;Nama;Keterangan\n")
	for n := range 3000 {
		fmt.Fprintf(&b, "%s;Pekerja Contoh;%s\n", nikOf(n+1), strings.Repeat("x", 180))
	}
	hand := "/obligations/" + duties[k.villages[0]] + "/uploads"
	i := k.sent(http.StatusAccepted, hand, "besar.csv", []byte(b.String()))
	require.Equal(t, "/api/v1/imports/"+i.text("id"), i.Header.Get("Location"))
	require.Equal(t, "reading", i.text("state"))
	again := k.sent(http.StatusAccepted, hand, "besar.csv", []byte(b.String()))
	require.Equal(t, i.get("id"), again.get("id"), "the engine was away: the reading waits for it")
	k.refused(http.StatusConflict, "import_reading", "/imports/"+i.text("id")+"/mapping", O{"columns": O{"nik": "A", "name": "B"}}, nil)
	k.refused(http.StatusConflict, "import_reading", "/imports/"+i.text("id")+"/accept", O{}, nil)
	k.call("GET", "/api/v1/imports/"+i.text("id")+"/errors.xlsx", nil, nil).isProblem(http.StatusConflict, "import_reading")
}
