package ledger_test

import (
	"bytes"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/internal/testdb"
	"payung/keyring"
	"payung/ledger"
)

func tryOpen(t *testing.T, url string, keys func(bool) (*keyring.Ring, error)) error {
	t.Helper()
	l, err := ledger.Open(t.Context(), ledger.Options{Database: url, Keys: keys, Log: slog.New(slog.DiscardHandler)})
	if err == nil {
		require.NoError(t, l.Close())
	}
	return err
}

func TestALedgerWithoutItsKeyDoesNotOpenAndMakesNothing(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		b := kabupaten(t, url, 1)
		before := dump(t, rawDB(t, url))
		path := filepath.Join(t.TempDir(), "key")
		for name, tt := range map[string]struct {
			keys func(bool) (*keyring.Ring, error)
			says string
		}{
			"no key file":         {func(bool) (*keyring.Ring, error) { return keyring.Load(path) }, "no key file"},
			"another key":         {func(bool) (*keyring.Ring, error) { return keyring.New("other", bytes.Repeat([]byte{1}, 32)) }, "--key-file"},
			"the ID, not the key": {func(bool) (*keyring.Ring, error) { return keyring.New("test", bytes.Repeat([]byte{1}, 32)) }, "--key-file"},
			"the key, not its ID": {func(bool) (*keyring.Ring, error) { return keyring.New("other", make([]byte, 32)) }, "--key-file"},
		} {
			err := tryOpen(t, url, func(fresh bool) (*keyring.Ring, error) {
				require.False(t, fresh, "a ledger with a key is not new, so nobody makes another")
				return tt.keys(fresh)
			})
			require.ErrorContains(t, err, tt.says, name)
			require.NoFileExists(t, path)
			require.Equal(t, before, dump(t, rawDB(t, url)), name)
		}
		require.NoError(t, tryOpen(t, url, testKeys))
		require.Equal(t, before, dump(t, rawDB(t, url)))
		require.Equal(t, "test", b.Keys().ID())
	})
}

func TestANewLedgerIsNotMarkedWhenItsKeyCannotBeMade(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		_, err := ledger.Migrate(t.Context(), url)
		require.NoError(t, err)
		full := errors.New("disk full")
		err = tryOpen(t, url, func(fresh bool) (*keyring.Ring, error) {
			require.True(t, fresh)
			return nil, full
		})
		require.ErrorIs(t, err, full)
		require.Zero(t, number(t, url, "SELECT COUNT(*) FROM engine"))
		require.NoError(t, tryOpen(t, url, testKeys), "with a key it opens")
		require.Equal(t, 1, number(t, url, "SELECT COUNT(*) FROM engine WHERE epoch = 1"))
	})
}

func TestALedgerThatWasNotMigratedDoesNotOpen(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, url string) {
		asked := false
		err := tryOpen(t, url, func(bool) (*keyring.Ring, error) { asked = true; return testKeys(true) })
		require.ErrorContains(t, err, "was it migrated?")
		require.False(t, asked, "no key is made for it")
	})
}

func TestTheDatabaseFileIsReadableByItsOwnerOnly(t *testing.T) {
	t.Parallel()
	url := testdb.SQLite(t)
	kabupaten(t, url, 1)
	files, err := filepath.Glob(url[len("sqlite://"):] + "*")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, f := range files {
		info, err := os.Stat(f)
		require.NoError(t, err)
		require.Equal(t, os.FileMode(0o600), info.Mode().Perm(), f)
	}
}
