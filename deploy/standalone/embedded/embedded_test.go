package embedded_test

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"
	sdklog "go.temporal.io/sdk/log"

	"payung/deploy/standalone/embedded"
)

const (
	agreement = "agreement" // the type of the workflows started here; no worker runs them
	queue     = "agreements"
)

// TestMain makes a copy of the test binary serve a store when it is told to.
func TestMain(m *testing.M) {
	if file := os.Getenv(childStore); file != "" {
		serveUntilKilled(file)
	}
	os.Exit(m.Run())
}

// start runs a server for as long as the test runs.
func start(t *testing.T, o embedded.Options) *embedded.Server {
	t.Helper()
	o.Log = slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
	s, err := embedded.Start(t.Context(), o)
	require.NoError(t, err)
	t.Cleanup(s.Stop)
	return s
}

// storeFile names a store in a folder that does not exist yet.
func storeFile(t *testing.T) string {
	t.Helper()
	return filepath.Join(t.TempDir(), "temporal", "temporal.db")
}

// options are those of a client that is let in.
func options(s *embedded.Server) client.Options {
	return client.Options{
		HostPort:          s.HostPort(),
		Namespace:         s.Namespace(),
		HeadersProvider:   s.Headers(),
		ConnectionOptions: client.ConnectionOptions{TLS: s.TLS()},
		Logger:            sdklog.NewStructuredLogger(slog.New(slog.DiscardHandler)),
	}
}

func connect(t *testing.T, o client.Options) client.Client {
	t.Helper()
	c, err := client.NewLazyClient(o)
	require.NoError(t, err)
	t.Cleanup(c.Close)
	return c
}

func startWorkflow(ctx context.Context, c client.Client, id string) error {
	_, err := c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{ID: id, TaskQueue: queue}, agreement)
	return err
}

// requireRunning asks the server for the workflow.
func requireRunning(t *testing.T, s *embedded.Server, id string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	found, err := connect(t, options(s)).DescribeWorkflowExecution(ctx, id, "")
	require.NoError(t, err, id)
	require.Equal(t, enums.WORKFLOW_EXECUTION_STATUS_RUNNING, found.GetWorkflowExecutionInfo().GetStatus(), id)
}
