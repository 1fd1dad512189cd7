package embedded

import (
	"context"
	"fmt"
	"time"

	"go.temporal.io/api/workflowservice/v1"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
)

const (
	// answerWithin bounds the wait for the first answer.
	answerWithin = 30 * time.Second
	// maxAnswer is the size of the largest answer taken, in bytes.
	maxAnswer = 64 << 20
)

// dial returns a connection to the frontend that shows the token.
func (s *Server) dial() (*grpc.ClientConn, error) {
	return grpc.NewClient(s.hostPort,
		grpc.WithTransportCredentials(credentials.NewTLS(s.TLS())),
		grpc.WithPerRPCCredentials(s.headers),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(maxAnswer)),
	)
}

// awaitAnswer returns when the frontend knows the namespace.
func (s *Server) awaitAnswer(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, answerWithin)
	defer cancel()
	conn, err := s.dial()
	if err != nil {
		return fmt.Errorf("connect to the frontend: %w", err)
	}
	defer func() { _ = conn.Close() }() // nothing is under way
	ask := &workflowservice.DescribeNamespaceRequest{Namespace: s.namespace}
	for {
		_, err := workflowservice.NewWorkflowServiceClient(conn).DescribeNamespace(ctx, ask, grpc.WaitForReady(true))
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("no answer from the frontend: %w", err)
		case <-time.After(10 * time.Millisecond):
		}
	}
}
