package embedded_test

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"

	"payung/deploy/standalone/embedded"
)

// childStore names the store that a copy of the test binary serves.
const childStore = "EMBEDDED_TEST_STORE"

// serveUntilKilled starts workflows and prints the ID of each one that the
// server has confirmed.
func serveUntilKilled(file string) {
	ctx := context.Background()
	s, err := embedded.Start(ctx, embedded.Options{File: file, Log: slog.New(slog.NewTextHandler(os.Stderr, nil))})
	if err != nil {
		panic(err)
	}
	c, err := client.Dial(options(s))
	if err != nil {
		panic(err)
	}
	for i := 0; ; i++ {
		id := strconv.Itoa(i)
		if err := startWorkflow(ctx, c, id); err != nil {
			panic(err)
		}
		fmt.Println(id)
	}
}

// serve returns a copy of the test binary that serves the store.
func serve(t *testing.T, file string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), childStore+"="+file)
	cmd.Stderr = t.Output()
	return cmd
}

func TestWorkflowsSurviveAKill(t *testing.T) {
	t.Parallel()
	file := storeFile(t)
	cmd := serve(t, file)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	var confirmed []string
	lines := bufio.NewScanner(out)
	for len(confirmed) < 10 && lines.Scan() {
		confirmed = append(confirmed, lines.Text())
	}
	require.NoError(t, cmd.Process.Kill())
	for lines.Scan() { // what it managed to print while it was being killed
		confirmed = append(confirmed, lines.Text())
	}
	require.Error(t, cmd.Wait(), "killed")
	require.GreaterOrEqual(t, len(confirmed), 10)

	s := start(t, embedded.Options{File: file})
	require.False(t, s.Fresh())
	for _, id := range confirmed {
		requireRunning(t, s, id)
	}
}

// TestAStartCanBeKilledAtAnyMoment covers the making of the store, which is in
// parts not in SQLite's hands.
func TestAStartCanBeKilledAtAnyMoment(t *testing.T) {
	t.Parallel()
	file := storeFile(t)
	for delay := 40 * time.Millisecond; delay < 800*time.Millisecond; delay += 75 * time.Millisecond {
		cmd := serve(t, file)
		require.NoError(t, cmd.Start())
		time.Sleep(delay)
		require.NoError(t, cmd.Process.Kill())
		require.Error(t, cmd.Wait(), "killed")
	}

	s := start(t, embedded.Options{File: file})
	require.NoError(t, startWorkflow(t.Context(), connect(t, options(s)), "after all"))
	requireRunning(t, s, "after all")
}
