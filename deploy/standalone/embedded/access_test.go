package embedded_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"encoding/binary"
	"encoding/hex"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/api/workflowservice/v1"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"

	"payung/deploy/standalone/embedded"
)

// TestNoPortAnswersAStranger runs alone, so that every port of this process is
// one of the server it starts.
func TestNoPortAnswersAStranger(t *testing.T) {
	s := start(t, embedded.Options{File: storeFile(t), UI: &embedded.UIOptions{}})

	listening := listeners(t)
	require.Contains(t, listening, netip.MustParseAddrPort(s.HostPort()))
	require.Len(t, listening, 6, "frontend, internal frontend, history, matching, worker, web interface")
	strangers := map[string]credentials.TransportCredentials{
		"without TLS":           insecure.NewCredentials(),
		"without a certificate": credentials.NewTLS(&tls.Config{InsecureSkipVerify: true}), // a stranger cares little
		"with the frontend's":   credentials.NewTLS(s.TLS()),
	}
	for _, address := range listening {
		require.True(t, address.Addr().IsLoopback(), "%s can be reached from outside", address)
		for stranger, transport := range strangers {
			conn, err := grpc.NewClient(address.String(), grpc.WithTransportCredentials(transport))
			require.NoError(t, err)
			ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
			_, err = workflowservice.NewWorkflowServiceClient(conn).ListNamespaces(ctx, &workflowservice.ListNamespacesRequest{})
			refused := []codes.Code{codes.Unavailable}
			if address.String() == s.HostPort() {
				refused = append(refused, codes.PermissionDenied)
			}
			require.Contains(t, refused, status.Code(err), "%s, %s: %v", address, stranger, err)
			cancel()
			require.NoError(t, conn.Close())
		}
	}
}

func TestOnlyTheTokenOpensTheFrontend(t *testing.T) {
	t.Parallel()
	s := start(t, embedded.Options{File: storeFile(t), Token: "right"})

	for name, headers := range map[string]header{
		"no token":     {},
		"wrong token":  {"authorization": "Bearer wrong"},
		"empty token":  {"authorization": "Bearer "},
		"token alone":  {"authorization": "right"},
		"other scheme": {"authorization": "Basic right"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := options(s)
			o.HeadersProvider = headers
			err := startWorkflow(t.Context(), connect(t, o), name)
			var denied *serviceerror.PermissionDenied
			require.ErrorAs(t, err, &denied)
		})
	}
	t.Run("the token", func(t *testing.T) {
		t.Parallel()
		require.NoError(t, startWorkflow(t.Context(), connect(t, options(s)), "let in"))
		requireRunning(t, s, "let in")
	})
}

// TestAnotherServerIsNotTrusted guards the token against whoever takes over the
// port of a server that is gone.
func TestAnotherServerIsNotTrusted(t *testing.T) {
	t.Parallel()
	ours := start(t, embedded.Options{File: storeFile(t)})
	theirs := start(t, embedded.Options{File: storeFile(t)})

	o := options(ours)
	o.HostPort = theirs.HostPort()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	err := startWorkflow(ctx, connect(t, o), "misled")
	require.ErrorContains(t, err, "certificate")
}

// header is a provider of fixed headers.
type header map[string]string

func (h header) GetHeaders(context.Context) (map[string]string, error) { return h, nil }

// listeners are the addresses this process listens on.
func listeners(t *testing.T) []netip.AddrPort {
	t.Helper()
	sockets := ownSockets(t)
	var found []netip.AddrPort
	for _, table := range []string{"tcp", "tcp6"} {
		f, err := os.Open("/proc/self/net/" + table)
		require.NoError(t, err)
		lines := bufio.NewScanner(f)
		for lines.Scan() {
			// sl, local address, remote address, state, four more, timeout, inode
			fields := strings.Fields(lines.Text())
			if len(fields) > 9 && fields[3] == "0A" && slices.Contains(sockets, fields[9]) {
				found = append(found, parseAddress(t, fields[1]))
			}
		}
		require.NoError(t, lines.Err())
		require.NoError(t, f.Close())
	}
	return found
}

// ownSockets are the inodes of the sockets of this process.
func ownSockets(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("/proc/self/fd/*")
	require.NoError(t, err)
	var inodes []string
	for _, file := range files {
		target, err := os.Readlink(file)
		if err != nil {
			continue // closed meanwhile
		}
		if inode, ok := strings.CutPrefix(target, "socket:["); ok {
			inodes = append(inodes, strings.TrimSuffix(inode, "]"))
		}
	}
	return inodes
}

// parseAddress reads the kernel's notation, in which each four bytes of an
// address are a number in the machine's own order.
func parseAddress(t *testing.T, kernel string) netip.AddrPort {
	t.Helper()
	host, port, _ := strings.Cut(kernel, ":")
	raw, err := hex.DecodeString(host)
	require.NoError(t, err)
	for word := range slices.Chunk(raw, 4) {
		binary.NativeEndian.PutUint32(word, binary.BigEndian.Uint32(word))
	}
	address, ok := netip.AddrFromSlice(raw)
	require.True(t, ok)
	number, err := hex.DecodeString(port)
	require.NoError(t, err)
	return netip.AddrPortFrom(address.Unmap(), binary.BigEndian.Uint16(number))
}
