package scenario_test

import (
	"bytes"
	"encoding/base64"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/keyring"
	"payung/tests/internal/program"
)

// The keys may come from the environment. They are in no output, and gone from
// the environment once read; they go from one key to the next without a NIK
// being lost.
func TestKeysComeFromTheEnvironmentOrAreReplacedInTheirFile(t *testing.T) {
	master := bytes.Repeat([]byte{0x5a}, 32)
	secret := base64.StdEncoding.EncodeToString(master)
	data := dataFolder(t)
	t.Setenv("PAYUNG_KEY", secret)
	s := serve(t, data, "--log-level", "debug")
	s.Stop()
	require.NoFileExists(t, data+".key")
	require.NotContains(t, s.Log(), secret[:20])
	out, err := program.Run(t, "keys", "list", "--data", data)
	require.NoError(t, err, out)
	require.Contains(t, out, "seals")
	require.NotContains(t, out, secret[:20])
	out, err = program.Run(t, "keys", "add", "--data", data)
	require.Error(t, err)
	require.Contains(t, out, "PAYUNG_KEY")
	_, err = program.TryServe(t, data, "--key-file", data+".key")
	require.ErrorContains(t, err, "leave one of them out")
	t.Setenv("PAYUNG_KEY", "not a key")
	_, err = program.TryServe(t, data)
	require.ErrorContains(t, err, "32 bytes in base64 or hex")
	require.NotContains(t, err.Error(), "not a key")

	t.Setenv("PAYUNG_KEY", "")
	data = dataFolder(t)
	s = serve(t, data)
	handIn(t, s)
	first, err := keyring.Load(data + ".key")
	require.NoError(t, err)
	out, err = program.Run(t, "keys", "add", "--data", data)
	require.NoError(t, err, out)
	out, err = program.Run(t, "keys", "retire", first.ID(), "--data", data)
	require.Error(t, err, out)
	require.Contains(t, out, "rows are still sealed")
	reveal := func(s *server) {
		t.Helper()
		for _, r := range s.items("/api/v1/reveals") {
			status, raw := s.ask(http.MethodPost, "/api/v1/persons/"+r["person_id"].(string)+"/reveal", object{"purpose": "audit"})
			require.Equal(t, http.StatusOK, status)
			require.Contains(t, string(raw), beginning)
		}
	}
	reveal(s)
	s.Stop()
	s = serve(t, data)
	require.Eventually(t, func() bool {
		out, err = program.Run(t, "keys", "retire", first.ID(), "--data", data)
		return err == nil
	}, 30*time.Second, 300*time.Millisecond, "a running worker moves the rows: %s", &out)
	reveal(s)
	s.Stop()
	s = serve(t, data)
	reveal(s)
	require.Eventually(t, func() bool {
		out, err = program.Run(t, "doctor", "--server", s.URL)
		return err == nil
	}, 30*time.Second, 300*time.Millisecond, "histories go on with a retired key: %s", &out)
	s.Stop()
}
