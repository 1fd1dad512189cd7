package keyring_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/keyring"
)

const sampleNIK = "7405117112800002"

func ring(t *testing.T, id string, fill byte) *keyring.Ring {
	t.Helper()
	r, err := keyring.New(id, bytes.Repeat([]byte{fill}, 32))
	require.NoError(t, err)
	return r
}

func TestAMadeKeyIsTheOneThatIsReadBack(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "keys", "master.json")
	made, err := keyring.Create(path)
	require.NoError(t, err)
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	read, err := keyring.Load(path)
	require.NoError(t, err)
	require.Equal(t, made.ID(), read.ID())
	require.Equal(t, made.Check(), read.Check())
	nik, err := read.OpenNIK(made.SealNIK(sampleNIK, "row"), "row")
	require.NoError(t, err)
	require.Equal(t, sampleNIK, nik)
}

func TestTwoMadeKeysDiffer(t *testing.T) {
	t.Parallel()
	a, err := keyring.Create(filepath.Join(t.TempDir(), "key"))
	require.NoError(t, err)
	b, err := keyring.Create(filepath.Join(t.TempDir(), "key"))
	require.NoError(t, err)
	require.NotEqual(t, a.ID(), b.ID())
	require.NotEqual(t, a.Check(), b.Check())
	require.NotEqual(t, a.Index(sampleNIK), b.Index(sampleNIK))
}

func TestAMissingKeyFileIsNeverMade(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "key")
	_, err := keyring.Load(path)
	require.ErrorIs(t, err, keyring.ErrMissing)
	require.NoFileExists(t, path)
}

func TestAKeyFileIsNeverOverwritten(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "key")
	for _, content := range []string{"", "not a key"} {
		require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
		_, err := keyring.Create(path)
		require.ErrorIs(t, err, os.ErrExist)
		kept, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Equal(t, content, string(kept))
	}
}

func TestAKeyFileOthersCanReadIsRefused(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "key")
	_, err := keyring.Create(path)
	require.NoError(t, err)
	for _, mode := range []os.FileMode{0o644, 0o640, 0o604, 0o620, 0o601} {
		require.NoError(t, os.Chmod(path, mode))
		_, err := keyring.Load(path)
		require.ErrorContains(t, err, "chmod 600", "mode %o", mode)
	}
	for _, mode := range []os.FileMode{0o600, 0o400} {
		require.NoError(t, os.Chmod(path, mode))
		_, err := keyring.Load(path)
		require.NoError(t, err, "mode %o", mode)
	}
}

func TestAFileThatHoldsNoKeyIsRefused(t *testing.T) {
	t.Parallel()
	for name, content := range map[string]string{
		"empty":           "",
		"not JSON":        "key=1234",
		"no key":          `{"id":"a"}`,
		"no ID":           `{"key":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}`,
		"a short key":     `{"id":"a","key":"AAAA"}`,
		"no base64":       `{"id":"a","key":"***"}`,
		"a long key":      `{"id":"a","key":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}`,
		"half of a write": `{"id":"a","key":"AAAA`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "key")
			require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
			_, err := keyring.Load(path)
			require.Error(t, err)
		})
	}
}

func TestASealedNIKOpensOnlyWithItsKeyInItsRow(t *testing.T) {
	t.Parallel()
	r, other := ring(t, "a", 1), ring(t, "a", 2)
	sealed := r.SealNIK(sampleNIK, "row 1")
	require.NotContains(t, string(sealed), sampleNIK)
	require.NotEqual(t, sealed, r.SealNIK(sampleNIK, "row 1"), "equal NIKs do not look equal")

	nik, err := r.OpenNIK(sealed, "row 1")
	require.NoError(t, err)
	require.Equal(t, sampleNIK, nik)

	_, err = r.OpenNIK(sealed, "row 2")
	require.Error(t, err, "swapped between rows")
	_, err = other.OpenNIK(sealed, "row 1")
	require.Error(t, err, "the wrong key")
	for i := range sealed {
		damaged := bytes.Clone(sealed)
		damaged[i] ^= 1
		_, err = r.OpenNIK(damaged, "row 1")
		require.Error(t, err, "a changed bit in byte %d", i)
		_, err = r.OpenNIK(sealed[:i], "row 1")
		require.Error(t, err, "cut to %d bytes", i)
	}
}

func TestPayloadsAndNIKsHaveKeysOfTheirOwn(t *testing.T) {
	t.Parallel()
	r, other := ring(t, "a", 1), ring(t, "a", 2)
	sealed := r.SealPayload([]byte("agreement"))
	plain, err := r.OpenPayload(sealed)
	require.NoError(t, err)
	require.Equal(t, "agreement", string(plain))
	_, err = other.OpenPayload(sealed)
	require.Error(t, err)
	_, err = r.OpenNIK(sealed, "payload")
	require.Error(t, err, "a payload is no NIK")
	_, err = r.OpenPayload(r.SealNIK(sampleNIK, "payload"))
	require.Error(t, err, "a NIK is no payload")
}

func TestEqualNIKsHaveEqualIndexesUnderOneKey(t *testing.T) {
	t.Parallel()
	r, other := ring(t, "a", 1), ring(t, "b", 2)
	require.Equal(t, r.Index(sampleNIK), ring(t, "b", 1).Index(sampleNIK), "the ID is no part of the key")
	require.NotEqual(t, r.Index(sampleNIK), r.Index("7405117112800003"))
	require.NotEqual(t, r.Index(sampleNIK), other.Index(sampleNIK))
	require.Len(t, r.Index(sampleNIK), 16)
	require.NotContains(t, string(r.Index(sampleNIK)), "74051")
}

func TestTheCheckTellsKeysApart(t *testing.T) {
	t.Parallel()
	r := ring(t, "a", 1)
	require.Equal(t, r.Check(), ring(t, "a", 1).Check())
	require.NotEqual(t, r.Check(), ring(t, "a", 2).Check())
	require.NotEqual(t, bytes.Repeat([]byte{1}, 32), r.Check(), "it is not the key itself")
}
