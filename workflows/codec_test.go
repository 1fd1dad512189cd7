package workflows_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"

	"payung/keyring"
	"payung/workflows"
)

// A history lives for years and is read from its beginning; its key may be
// long retired.
func TestAHistoryIsReadWithTheKeyItBeganWith(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "key")
	first, err := keyring.Create(path)
	require.NoError(t, err)
	written, err := workflows.Codec{Keys: first}.Encode([]*commonpb.Payload{{Data: []byte("agreement")}})
	require.NoError(t, err)
	require.NotContains(t, written[0].String(), "agreement")
	read := func(keys *keyring.Ring) error {
		out, err := workflows.Codec{Keys: keys}.Decode(written)
		if err == nil {
			require.Equal(t, "agreement", string(out[0].GetData()))
		}
		return err
	}
	require.NoError(t, read(first))

	_, err = keyring.Add(path, time.Now())
	require.NoError(t, err)
	both, err := keyring.Load(path)
	require.NoError(t, err)
	require.NoError(t, read(both), "after a new key")
	_, err = keyring.Retire(path, first.ID())
	require.NoError(t, err)
	left, err := keyring.Load(path)
	require.NoError(t, err)
	require.NoError(t, read(left), "after the old one was retired")

	stranger, err := keyring.Create(path + " of others")
	require.NoError(t, err)
	require.ErrorContains(t, read(stranger), "written with key "+first.ID())
}
