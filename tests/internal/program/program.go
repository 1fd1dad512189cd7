// Package program runs the payung binary for the suites that drive it from
// outside.
package program

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// binary is the program under test: the one PAYUNG_BINARY names, or one built
// here.
var binary = sync.OnceValues(func() (string, error) {
	if b := os.Getenv("PAYUNG_BINARY"); b != "" {
		return b, nil
	}
	dir, err := os.MkdirTemp("", "payung-bin-")
	if err != nil {
		return "", err
	}
	out := filepath.Join(dir, "payung")
	cmd := exec.Command("go", "build", "-o", out, ".") //nolint:gosec // a folder made above
	cmd.Dir = "../../deploy/standalone"
	if said, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: %s", err, said)
	}
	return out, nil
})

// Binary is the path of the program under test.
func Binary(tb testing.TB) string {
	tb.Helper()
	bin, err := binary()
	require.NoError(tb, err)
	return bin
}

// Server is a running payung.
type Server struct {
	URL  string
	Took time.Duration // until it was ready

	t     testing.TB
	cmd   *exec.Cmd
	log   bytes.Buffer
	ended chan struct{} // closed once the log is complete
}

// Serve starts payung on a data folder, on any free port, and waits until it is
// ready. It ends with the test.
func Serve(tb testing.TB, data string, args ...string) *Server {
	tb.Helper()
	s, err := TryServe(tb, data, args...)
	require.NoError(tb, err)
	return s
}

// TryServe is Serve for a start that may fail; the error holds what payung said.
func TryServe(tb testing.TB, data string, args ...string) (*Server, error) {
	tb.Helper()
	s := &Server{t: tb, ended: make(chan struct{})}
	s.cmd = exec.Command(Binary(tb), append([]string{"serve", "--data", data, "--listen", "127.0.0.1:0"}, args...)...) //nolint:gosec // the program under test
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	out, err := s.cmd.StderrPipe()
	require.NoError(tb, err)
	begun := time.Now()
	require.NoError(tb, s.cmd.Start())
	ready := make(chan string, 1)
	go func() {
		defer close(s.ended)
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			fmt.Fprintln(&s.log, lines.Text())
			if _, url, ok := strings.Cut(lines.Text(), "msg=ready url="); ok {
				ready <- strings.TrimSpace(url)
			}
		}
	}()
	select {
	case s.URL = <-ready:
		s.Took = time.Since(begun)
	case <-s.ended:
		return nil, fmt.Errorf("payung did not start: %w: %s", s.cmd.Wait(), &s.log)
	case <-time.After(60 * time.Second):
		s.Kill()
		return nil, fmt.Errorf("payung was not ready in a minute: %s", &s.log)
	}
	tb.Cleanup(s.Kill)
	return s, nil
}

// PID is the number of its process.
func (s *Server) PID() int { return s.cmd.Process.Pid }

// Kill is kill -9: nothing is finished, nothing is said.
func (s *Server) Kill() {
	_ = s.cmd.Process.Kill()
	<-s.ended
	_ = s.cmd.Wait()
}

// Stop asks it to end and waits.
func (s *Server) Stop() {
	s.t.Helper()
	require.NoError(s.t, s.cmd.Process.Signal(syscall.SIGTERM))
	<-s.ended
	require.NoError(s.t, s.cmd.Wait(), s.log.String())
}

// Log is all it said, once it has ended.
func (s *Server) Log() string {
	<-s.ended
	return s.log.String()
}

// Demo loads the demo.
func (s *Server) Demo() {
	s.t.Helper()
	out, err := Run(s.t, "demo", "--server", s.URL)
	require.NoError(s.t, err, out)
}

// Run runs another command of the program and returns what it printed.
func Run(tb testing.TB, args ...string) (string, error) {
	tb.Helper()
	ctx, cancel := context.WithTimeout(tb.Context(), 2*time.Minute)
	defer cancel()
	out, err := exec.CommandContext(ctx, Binary(tb), args...).CombinedOutput() //nolint:gosec // the program under test
	return string(out), err
}
