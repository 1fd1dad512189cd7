package keyring_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"payung/keyring"
)

var day = time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC)

// file makes a key file with one key.
func file(t *testing.T) (path string, r *keyring.Ring) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "key")
	r, err := keyring.Create(path)
	require.NoError(t, err)
	return path, r
}

func load(t *testing.T, path string) *keyring.Ring {
	t.Helper()
	r, err := keyring.Load(path)
	require.NoError(t, err)
	return r
}

func add(t *testing.T, path string) string {
	t.Helper()
	id, err := keyring.Add(path, day)
	require.NoError(t, err)
	return id
}

// opens requires that a ring reads all that another one has sealed.
func opens(t *testing.T, r, by *keyring.Ring) {
	t.Helper()
	nik, err := r.OpenNIK(by.SealNIK(sampleNIK, "row"), "row")
	require.NoError(t, err)
	require.Equal(t, sampleNIK, nik)
	plain, err := r.Open(by.Seal([]byte("Sitti"), "row"), "row")
	require.NoError(t, err)
	require.Equal(t, "Sitti", string(plain))
	plain, err = r.OpenPayload(by.SealPayload([]byte("agreement")))
	require.NoError(t, err)
	require.Equal(t, "agreement", string(plain))
}

func TestAnAddedKeySealsAndTheOldOneStillOpens(t *testing.T) {
	t.Parallel()
	path, first := file(t)
	id := add(t, path)
	second := load(t, path)
	require.Equal(t, id, second.ID())
	require.NotEqual(t, first.ID(), second.ID())
	require.Equal(t, first.Index(sampleNIK), second.Index(sampleNIK), "everybody is found as before")
	require.Equal(t, first.IndexCheck(), second.IndexCheck())
	require.Equal(t, first.Fingerprint("p", []byte("x")), second.Fingerprint("p", []byte("x")))
	require.Equal(t, first.Check(), second.CheckOf(first.ID()))
	require.Nil(t, second.CheckOf("none"))
	opens(t, second, first)
	opens(t, second, second)

	add(t, path)
	keys := load(t, path).Keys()
	require.Len(t, keys, 3)
	require.Equal(t, []bool{true, false, false}, []bool{keys[0].Seals, keys[1].Seals, keys[2].Seals})
	require.Equal(t, []string{id, first.ID()}, []string{keys[1].ID, keys[2].ID})
	require.Equal(t, "2026-11-23", keys[0].Made)
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
}

// The form with one key is what installations have from the first version.
func TestAnOldKeyFileIsReadAndAddedTo(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "key")
	master := base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{7}, 32))
	require.NoError(t, os.WriteFile(path, []byte(`{"id":"first","key":"`+master+`"}`), 0o600))
	old := load(t, path)
	require.Equal(t, "first", old.ID())
	require.Equal(t, ring(t, "first", 7).Index(sampleNIK), old.Index(sampleNIK))
	add(t, path)
	r := load(t, path)
	require.Equal(t, "first", r.Keys()[1].ID)
	require.Equal(t, old.Index(sampleNIK), r.Index(sampleNIK))
	opens(t, r, old)
}

// Installations hold values of the first version for as long as they live.
func TestWhatTheFirstVersionWroteIsStillRead(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "key")
	master := base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{7}, 32))
	require.NoError(t, os.WriteFile(path, []byte(`{"id":"first","key":"`+master+`"}`), 0o600))
	add(t, path)
	r := load(t, path)
	require.Equal(t, "12b68c68f75739bc896fefa25ac152c8", hex.EncodeToString(r.Index(sampleNIK)))
	require.Equal(t, "83414dfa66a3f7b1c3892a707573dc2b9cb24d2716a63e33af0af420366801fe", hex.EncodeToString(r.CheckOf("first")))
	nik, err := r.OpenNIK(bytesOf(t, "fe867efb66b3f89ca6bd35ca2d4c12c6ad0c6454bc8377691082fb450cd8de6e82f9b543cb47be0b8b4d820a"), "row")
	require.NoError(t, err)
	require.Equal(t, sampleNIK, nik)
	plain, err := r.OpenPayload(bytesOf(t, "1fae6ced9f7f229bcb5e0db01e6fe3bdb7a2ff3726ceba93cc94c598599e07a50e8ea5249c"))
	require.NoError(t, err)
	require.Equal(t, "agreement", string(plain))
}

func bytesOf(t *testing.T, text string) []byte {
	t.Helper()
	raw, err := hex.DecodeString(text)
	require.NoError(t, err)
	return raw
}

func TestARetiredKeyOpensPayloadsOnlyAndIsKeptApart(t *testing.T) {
	t.Parallel()
	path, first := file(t)
	add(t, path)
	moved, err := keyring.Retire(path, first.ID())
	require.NoError(t, err)
	require.Equal(t, path+".retired-"+first.ID(), moved)

	r := load(t, path)
	require.Equal(t, first.Index(sampleNIK), r.Index(sampleNIK), "the index outlives the key it came from")
	require.Nil(t, r.CheckOf(first.ID()))
	require.True(t, r.Has(first.ID()))
	require.True(t, r.Keys()[1].Retired)
	_, err = r.OpenNIK(first.SealNIK(sampleNIK, "row"), "row")
	require.Error(t, err)
	_, err = r.Open(first.Seal([]byte("x"), "row"), "row")
	require.Error(t, err)
	plain, err := r.OpenPayload(first.SealPayload([]byte("agreement")))
	require.NoError(t, err, "a history that began under it goes on")
	require.Equal(t, "agreement", string(plain))
	opens(t, r, r)

	kept := load(t, moved)
	require.Equal(t, first.ID(), kept.ID())
	require.Equal(t, first.Index(sampleNIK), kept.Index(sampleNIK))
	opens(t, kept, first)
	info, err := os.Stat(moved)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())

	raw, err := os.ReadFile(path)
	require.NoError(t, err)
	secret, err := os.ReadFile(moved)
	require.NoError(t, err)
	var c struct{ Keys []struct{ Key string } }
	require.NoError(t, json.Unmarshal(secret, &c))
	require.NotContains(t, string(raw), c.Keys[0].Key)
}

func TestTheKeysInUseAreNotRetired(t *testing.T) {
	t.Parallel()
	path, first := file(t)
	before, err := os.ReadFile(path)
	require.NoError(t, err)
	for name, tt := range map[string]struct{ id, says string }{
		"the only key": {first.ID(), "add another first"}, "one that is not there": {"none", "there is no key"},
	} {
		_, err := keyring.Retire(path, tt.id)
		require.ErrorContains(t, err, tt.says, name)
	}
	after, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, before, after)
	add(t, path)
	_, err = keyring.Retire(path, first.ID())
	require.NoError(t, err)
	_, err = keyring.Retire(path, first.ID())
	require.ErrorContains(t, err, "retired already")
}

func TestAKeyFileOthersCanReadIsNotAddedTo(t *testing.T) {
	t.Parallel()
	path, _ := file(t)
	before, err := os.ReadFile(path)
	require.NoError(t, err)
	for _, mode := range []os.FileMode{0o640, 0o604} {
		require.NoError(t, os.Chmod(path, mode))
		_, err := keyring.Add(path, day)
		require.ErrorContains(t, err, "chmod 600")
	}
	require.NoError(t, os.Chmod(path, 0o600))
	require.NoError(t, os.WriteFile(path+".new", nil, 0o600))
	_, err = keyring.Add(path, day)
	require.ErrorIs(t, err, os.ErrExist, "somebody else is at it")
	require.FileExists(t, path+".new")
	after, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, before, after)
	_, err = keyring.Add(path+".none", day)
	require.ErrorIs(t, err, keyring.ErrMissing)
}

// Processes start again one after another: the last ones meet what the first
// ones have sealed with a key they do not know yet.
func TestARunningProcessOpensWhatAnotherSealedWithANewKey(t *testing.T) {
	t.Parallel()
	path, _ := file(t)
	for name, meet := range map[string]func(*testing.T, *keyring.Ring, *keyring.Ring){
		"by all it sealed": opens,
		"by name":          func(t *testing.T, running, next *keyring.Ring) { require.True(t, running.Has(next.ID())) },
	} {
		t.Run(name, func(t *testing.T) {
			running := load(t, path)
			before := running.ID()
			add(t, path)
			next := load(t, path)
			meet(t, running, next)
			require.Equal(t, before, running.ID(), "what seals changes only with a start")
			require.Equal(t, next.ID(), running.Keys()[0].ID)
			require.False(t, running.Keys()[0].Seals)
			opens(t, next, running)
		})
	}
}

func TestKeysFromTheEnvironment(t *testing.T) {
	t.Parallel()
	path, first := file(t)
	master := func(fill byte) []byte { return bytes.Repeat([]byte{fill}, 32) }
	one, err := keyring.Parse(hex.EncodeToString(master(1)))
	require.NoError(t, err)
	for name, text := range map[string]string{
		"base64":          base64.StdEncoding.EncodeToString(master(1)),
		"base64, no end":  base64.RawStdEncoding.EncodeToString(master(1)),
		"base64 for URLs": base64.URLEncoding.EncodeToString(master(1)) + "\n",
		"hex in capitals": strings.ToUpper(hex.EncodeToString(master(1))),
	} {
		r, err := keyring.Parse(text)
		require.NoError(t, err, name)
		require.Equal(t, one.ID(), r.ID(), name)
		opens(t, r, one)
	}
	two, err := keyring.Parse(hex.EncodeToString(master(2)) + ", " + hex.EncodeToString(master(1)))
	require.NoError(t, err)
	require.NotEqual(t, one.ID(), two.ID())
	require.Equal(t, one.Index(sampleNIK), two.Index(sampleNIK))
	opens(t, two, one)

	raw, err := os.ReadFile(path)
	require.NoError(t, err)
	whole, err := keyring.Parse(string(raw))
	require.NoError(t, err)
	require.Equal(t, first.ID(), whole.ID())
	opens(t, whole, first)
}

func TestNoErrorRepeatsAKey(t *testing.T) {
	t.Parallel()
	const secret = "c2VjcmV0IHRoYXQgbm9ib2R5IG1heSBzZWU"
	for name, text := range map[string]string{
		"empty": "", "too short": secret, "two, one too short": hex.EncodeToString(make([]byte, 32)) + "," + secret,
		"broken JSON": `{"keys":[{"id":"a","key":"` + secret, "no base64": `{"keys":[{"id":"a","key":"!` + secret + `"}]}`,
		"a number": `{"keys":` + `"` + secret + `"}`, "the same twice": hex.EncodeToString(make([]byte, 32)) + "," + hex.EncodeToString(make([]byte, 32)),
		"only a retired one": `{"keys":[{"id":"a","payloads":"` + base64.StdEncoding.EncodeToString(make([]byte, 32)) + `"}]}`,
		"no index":           `{"keys":[{"id":"b","key":"` + base64.StdEncoding.EncodeToString(make([]byte, 32)) + `"},{"id":"a","payloads":"` + base64.StdEncoding.EncodeToString(make([]byte, 32)) + `"}]}`,
	} {
		_, err := keyring.Parse(text)
		require.Error(t, err, name)
		require.NotContains(t, err.Error(), secret, name)
		path := filepath.Join(t.TempDir(), "key")
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		_, err = keyring.Load(path)
		require.Error(t, err, name)
		require.NotContains(t, err.Error(), secret, name)
	}
}
