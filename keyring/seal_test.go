package keyring_test

import (
	"bytes"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/keyring"
)

func TestASealedDetailOpensOnlyWithItsKeyInItsPlace(t *testing.T) {
	t.Parallel()
	r, other := ring(t, "a", 1), ring(t, "a", 2)
	const mother = "Sitti Contoh"
	sealed := r.Seal([]byte(mother), "roster_rows.detail 1")
	require.NotContains(t, string(sealed), mother)
	require.Len(t, sealed, len(mother)+keyring.Overhead)
	require.Equal(t, r.Keys()[0].Tag, sealed[1:1+keyring.TagSize], "it names its key")
	require.NotEqual(t, sealed, r.Seal([]byte(mother), "roster_rows.detail 1"))
	plain, err := r.Open(sealed, "roster_rows.detail 1")
	require.NoError(t, err)
	require.Equal(t, mother, string(plain))

	_, err = r.Open(sealed, "roster_rows.detail 2")
	require.Error(t, err, "another row")
	_, err = other.Open(sealed, "roster_rows.detail 1")
	require.Error(t, err, "another key")
	_, err = r.OpenNIK(sealed[1+keyring.TagSize:], "roster_rows.detail 1")
	require.Error(t, err, "a detail is no NIK")
	for i := range sealed {
		damaged := bytes.Clone(sealed)
		damaged[i] ^= 1
		_, err = r.Open(damaged, "roster_rows.detail 1")
		require.Error(t, err, "a changed bit in byte %d", i)
		_, err = r.Open(sealed[:i], "roster_rows.detail 1")
		require.Error(t, err, "cut to %d bytes", i)
	}
	nothing, err := r.Open(r.Seal(nil, "x"), "x")
	require.NoError(t, err)
	require.Empty(t, nothing)
}

func TestAppendingIsTheSameAsSealing(t *testing.T) {
	t.Parallel()
	r := ring(t, "a", 1)
	before := []byte("before")
	index := r.AppendIndex(bytes.Clone(before), sampleNIK)
	require.Equal(t, append(bytes.Clone(before), r.Index(sampleNIK)...), index)
	sealed := r.AppendNIK(bytes.Clone(before), sampleNIK, "row")
	require.Equal(t, before, sealed[:len(before)])
	nik, err := r.OpenNIK(sealed[len(before):], "row")
	require.NoError(t, err)
	require.Equal(t, sampleNIK, nik)
	plain, err := r.Open(r.AppendSealed(bytes.Clone(before), []byte("x"), "row")[len(before):], "row")
	require.NoError(t, err)
	require.Equal(t, "x", string(plain))
}

func TestFingerprintsTellPurposesAndKeysApart(t *testing.T) {
	t.Parallel()
	r := ring(t, "a", 1)
	require.Equal(t, r.Fingerprint("request", []byte("x")), r.Fingerprint("request", []byte("x")))
	require.NotEqual(t, r.Fingerprint("request", []byte("x")), r.Fingerprint("row", []byte("x")))
	require.NotEqual(t, r.Fingerprint("ab", []byte("c")), r.Fingerprint("a", []byte("bc")))
	require.NotEqual(t, r.Fingerprint("request", []byte("x")), ring(t, "a", 2).Fingerprint("request", []byte("x")))
}

// Many at once, so that the race detector sees what is shared; and no nonce
// comes twice.
func TestARingIsUsedByManyAtOnce(t *testing.T) {
	t.Parallel()
	r := ring(t, "a", 1)
	want := r.Index(sampleNIK)
	var seen sync.Map
	var work sync.WaitGroup
	for range 8 {
		work.Go(func() {
			for range 500 {
				sealed := r.SealNIK(sampleNIK, "row")
				if _, twice := seen.LoadOrStore(string(sealed[:12]), true); twice {
					t.Error("a nonce came twice")
				}
				if nik, err := r.OpenNIK(sealed, "row"); err != nil || nik != sampleNIK {
					t.Errorf("opened %q, %v", nik, err)
				}
				if !bytes.Equal(want, r.Index(sampleNIK)) {
					t.Error("another index")
				}
			}
		})
	}
	work.Wait()
}
