package embedded

import (
	"log/slog"
	"net"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/server/common/primitives"
)

// TestAPortTakenMeanwhileIsAnError and not the end of the process, which is what
// the server makes of it.
func TestAPortTakenMeanwhileIsAnError(t *testing.T) {
	t.Parallel()
	o, err := Options{File: filepath.Join(t.TempDir(), "temporal.db"), Log: slog.New(slog.DiscardHandler)}.complete()
	require.NoError(t, err)
	s := &Server{log: o.Log}
	s.store, _, err = openStore(t.Context(), o)
	require.NoError(t, err)
	t.Cleanup(s.store.close)
	id, err := newIdentity("test")
	require.NoError(t, err)
	p, err := freePorts()
	require.NoError(t, err)
	taken, err := new(net.ListenConfig).Listen(t.Context(), "tcp", p.address(primitives.HistoryService))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, taken.Close()) })

	_, err = s.build(p, tlsProvider(id, id))
	var reason fatal
	require.ErrorAs(t, err, &reason)
}
