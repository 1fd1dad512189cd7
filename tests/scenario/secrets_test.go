package scenario_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"payung/domain/nik"
	"payung/internal/testdb"
)

// What must not be found: the NIKs of everybody on the list, who share their
// first twelve digits, and what is told about one of them besides.
const (
	beginning = "997391210687"
	mother    = "Wa Ode Rahasiawati"
)

func secretNIK(serial int) string { return nik.Synthetic(7391, "1987-06-21", false, serial).Reveal() }

// secrets is all that may lie nowhere.
func secrets() finder {
	return finderOf(beginning, mother, address, phone, secretNIK(1), secretNIK(5), secretNIK(40), secretNIK(70))
}

// Not parallel: it moves the folder for temporary files.
func TestNoNIKAndNoDetailLiesOnTheDiskInClear(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	data := dataFolder(t)
	s := serve(t, data, "--log-level", "debug")
	agreement := handIn(t, s)
	sendLists(t, s)
	look := func(when string) {
		t.Helper()
		for _, dir := range []string{data, temp, "/dev/shm"} {
			found, _ := secrets().folder(t, dir)
			require.Empty(t, found, when)
		}
		marks, files := finderOf("Kabupaten Penanda", "Pekerja Contoh 1").folder(t, data)
		require.GreaterOrEqual(t, files, 2, when)
		require.NotEmpty(t, marks, "%s: what is no secret is found, so the search works", when)
		told, _ := finderOf(agreement).folder(t, data)
		require.Contains(t, strings.Join(told, "\n"), "temporal.db", "%s: Temporal knows of the agreement", when)
	}
	look("while it runs")
	s.Kill()
	look("after kill -9, with the journals still there")
	require.Empty(t, secrets().in([]byte(s.Log())))
	again := serve(t, data)
	again.Stop()
	look("after a start and an orderly end")
	require.Empty(t, secrets().in([]byte(again.Log())))
	require.NotEmpty(t, finderOf("payung").in([]byte(s.Log()+again.Log())), "there is a log")
}

func TestNoNIKAndNoDetailLiesInPostgreSQLInClear(t *testing.T) {
	t.Parallel()
	url, data := testdb.Postgres(t), dataFolder(t)
	s := serve(t, data, "--database", url)
	handIn(t, s)
	sendLists(t, s)
	found, values := secrets().database(t, url)
	require.Empty(t, found)
	require.Greater(t, values, 1000)
	marks, _ := finderOf("Pekerja Contoh 1").database(t, url)
	require.NotEmpty(t, marks, "what is no secret is found, so the search works")

	conn, err := pgx.Connect(t.Context(), url)
	require.NoError(t, err)
	_, err = conn.Exec(t.Context(), "CHECKPOINT")
	require.NoError(t, err)
	var server string
	require.NoError(t, conn.QueryRow(t.Context(), "SHOW data_directory").Scan(&server))
	require.NoError(t, conn.Close(t.Context()))
	if _, err := os.ReadDir(server); err == nil { // its files and its journal
		found, files := secrets().folder(t, server)
		require.Empty(t, found)
		require.Greater(t, files, 100)
		marks, _ := finderOf("Kabupaten Penanda").folder(t, filepath.Join(server, "pg_wal"))
		require.NotEmpty(t, marks, "the journal was read")
	}
	found, _ = secrets().folder(t, data)
	require.Empty(t, found)
	s.Stop()
	require.Empty(t, secrets().in([]byte(s.Log())))
}
