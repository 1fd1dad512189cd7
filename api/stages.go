package api

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"payung/ledger"
	"payung/upload"
)

// staged is the answer of a write that takes several transactions.
type staged[O any] struct {
	Status   int
	Replay   string `header:"Idempotent-Replay"`
	Location string `header:"Location"`
	Body     O
}

// ending is the status of such an answer and, where work goes on behind it, the
// address at which it can be followed.
type ending[O any] func(O) (status int, location string)

// stages does work of several transactions, at most once for the key of its
// request. Each transaction must find what an earlier attempt has done, because
// one that was cut off is done again from the start: its key is free until the
// answer is complete.
func stages[O any](ctx context.Context, s *server, end ending[O], do func() (O, error)) (*staged[O], error) {
	c, out := callOf(ctx), &staged[O]{}
	said, known, err := "", false, error(nil)
	if c.key != "" {
		err = s.Ledger.Read(ctx, c.actor, func(tx *ledger.Tx) error {
			said, known, err = tx.Answered(c.key, c.hash)
			return err
		})
	}
	if err == nil && !known {
		out.Body, err = do()
	}
	if err == nil && !known && c.key != "" {
		err = s.Ledger.Write(ctx, c.actor, func(tx *ledger.Tx) error {
			said, known, err = tx.Once(c.key, c.hash, func() (string, error) {
				raw, err := json.Marshal(out.Body)
				return string(raw), err
			})
			return err
		})
	}
	if err == nil && known {
		out.Replay, out.Body = "true", *new(O)
		err = json.Unmarshal([]byte(said), &out.Body)
	}
	if err != nil {
		return nil, s.problem(ctx, err)
	}
	out.Status, out.Location = end(out.Body)
	return out, nil
}

// work registers a write of several transactions.
func work[I, O any](s *server, p Policy, r route, end ending[O], do func(context.Context, *I) (O, error)) {
	r.method = http.MethodPost
	op := r.operation(p)
	op.DefaultStatus = http.StatusCreated
	op.Parameters = []*huma.Param{keyParameter()}
	huma.Register(s.api, op, func(ctx context.Context, in *I) (*staged[O], error) {
		return stages(ctx, s, end, func() (O, error) { return do(ctx, in) })
	})
	s.endings(op.Path)
}

// take registers a write of several transactions that begins with a file.
// Fields are what a form may say beside its file.
func take[I, O any](s *server, p Policy, r route, fields []string, end ending[O], do func(context.Context, *upload.File, *I) (O, error)) {
	r.method, r.limit = http.MethodPost, upload.Limit
	op := r.operation(p)
	op.DefaultStatus = http.StatusCreated
	op.Parameters = []*huma.Param{keyParameter()}
	op.Middlewares = huma.Middlewares{s.takeFile}
	op.Metadata = map[string]any{formFields: fields}
	huma.Register(s.api, op, func(ctx context.Context, in *I) (*staged[O], error) {
		return stages(ctx, s, end, func() (O, error) { return do(ctx, callOf(ctx).file, in) })
	})
	s.api.OpenAPI().Paths[op.Path].Post.RequestBody = fileBody("A file of any kind, 20 MiB at most", fields...)
	s.endings(op.Path)
}

// endings describes that an operation also answers 200 (known already) and 202
// (work goes on).
func (s *server) endings(path string) {
	said := s.api.OpenAPI().Paths[path].Post.Responses
	for status, means := range map[string]string{"200": "OK", "202": "Accepted"} {
		again := *said["201"]
		again.Description = means
		said[status] = &again
	}
}

// done is the ending of what has changed something.
func done[O any](O) (int, string) { return http.StatusOK, "" }
