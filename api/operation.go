package api

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"payung/ledger"
)

const (
	base            = "/api/v1"
	keyHeader       = "Idempotency-Key"
	policyExtension = "x-payung-policy"
	bodyLimit       = 1 << 20 // bytes
	rosterLimit     = 8 << 20
)

// route is where an operation is found and what it is called.
type route struct {
	method  string
	path    string // below /api/v1, or "//" and the whole path
	id      string // of the operation
	summary string
	limit   int64 // of the body in bytes; 0: bodyLimit
}

// operation is the route as huma wants it.
func (r route) operation(p Policy) huma.Operation {
	p.must(r.id)
	path, ok := strings.CutPrefix(r.path, "//")
	if path = "/" + path; !ok {
		path = base + r.path
	}
	if r.limit == 0 {
		r.limit = bodyLimit
	}
	tag, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(path, base), "/"), "/")
	return huma.Operation{
		Method: r.method, Path: path, OperationID: r.id, Summary: r.summary, Tags: []string{tag},
		// One more than we take, so that huma's own limit never speaks.
		MaxBodyBytes: r.limit + 1, BodyReadTimeout: readTimeout,
		Responses:  map[string]*huma.Response{"default": {Ref: "#/components/responses/Problem"}},
		Extensions: map[string]any{policyExtension: p},
	}
}

// found is what an operation returns that changes nothing.
type found[O any] struct {
	Body O
}

// answer is what a write returns.
type answer[O any] struct {
	Status int
	Replay string `header:"Idempotent-Replay" doc:"true: this request was answered before; nothing was done again"`
	Body   O
}

// read registers an operation that reads the ledger in one transaction.
func read[I, O any](s *server, p Policy, path, id, summary string, do func(*ledger.Tx, *I) (O, error)) {
	serve(s, p, route{method: http.MethodGet, path: path, id: id, summary: summary}, func(ctx context.Context, in *I) (out O, err error) {
		err = s.Ledger.Read(ctx, callOf(ctx).actor, func(tx *ledger.Tx) error {
			out, err = do(tx, in)
			return err
		})
		return out, err
	})
}

// weigh registers a question about something that is not there yet: POST,
// because the question has a body, in a transaction that only reads.
func weigh[I, O any](s *server, p Policy, path, id, summary string, do func(*ledger.Tx, *I) (O, error)) {
	serve(s, p, route{method: http.MethodPost, path: path, id: id, summary: summary}, func(ctx context.Context, in *I) (out O, err error) {
		err = s.Ledger.Read(ctx, callOf(ctx).actor, func(tx *ledger.Tx) error {
			out, err = do(tx, in)
			return err
		})
		return out, err
	})
}

// serve registers an operation that needs no transaction of its own.
func serve[I, O any](s *server, p Policy, r route, do func(context.Context, *I) (O, error)) {
	huma.Register(s.api, r.operation(p), func(ctx context.Context, in *I) (*found[O], error) {
		out, err := do(ctx, in)
		if err != nil {
			return nil, s.problem(ctx, err)
		}
		return &found[O]{Body: out}, nil
	})
}

// create registers a write that makes something: POST, 201.
func create[I, O any](s *server, p Policy, path, id, summary string, do func(*ledger.Tx, *I) (O, error)) {
	write(s, p, route{method: http.MethodPost, path: path, id: id, summary: summary}, http.StatusCreated, do)
}

// change registers a write that changes something there already: POST, 200.
func change[I, O any](s *server, p Policy, path, id, summary string, do func(*ledger.Tx, *I) (O, error)) {
	write(s, p, route{method: http.MethodPost, path: path, id: id, summary: summary}, http.StatusOK, do)
}

// write registers a fact: one ledger transaction that happens at most once for
// an Idempotency-Key.
func write[I, O any](s *server, p Policy, r route, status int, do func(*ledger.Tx, *I) (O, error)) {
	op := r.operation(p)
	op.DefaultStatus = status
	op.Parameters = []*huma.Param{keyParameter()}
	huma.Register(s.api, op, func(ctx context.Context, in *I) (*answer[O], error) {
		return once(ctx, s, status, func(tx *ledger.Tx) (O, error) { return do(tx, in) })
	})
}

// once runs a write in one transaction, at most once for the key of its
// request.
func once[O any](ctx context.Context, s *server, status int, do func(*ledger.Tx) (O, error)) (*answer[O], error) {
	c, out := callOf(ctx), &answer[O]{Status: status}
	err := s.Ledger.Write(ctx, c.actor, func(tx *ledger.Tx) (err error) {
		if c.key == "" {
			out.Body, err = do(tx)
			return err
		}
		said, replayed, err := tx.Once(c.key, c.hash, func() (string, error) {
			body, err := do(tx)
			if err != nil {
				return "", err
			}
			raw, err := json.Marshal(body)
			return string(raw), err
		})
		if err != nil {
			return err
		}
		if replayed {
			out.Replay = "true"
		}
		return json.Unmarshal([]byte(said), &out.Body)
	})
	if err != nil {
		return nil, s.problem(ctx, err)
	}
	return out, nil
}

func keyParameter() *huma.Param {
	least, most := 1, 200
	return &huma.Param{
		Name: keyHeader, In: "header",
		Description: "Sent again with the same key and body, a request counts once and is answered as before. Keys belong to the caller.",
		Schema:      &huma.Schema{Type: huma.TypeString, MinLength: &least, MaxLength: &most},
	}
}

func whole(n int64) string { return strconv.FormatInt(n, 10) }
