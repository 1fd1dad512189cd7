package api

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"payung/domain/fault"
	"payung/ledger"
	"payung/models"
)

// Bounds of streams of events: how many there may be, how often they look, how
// long they stay silent, and how long they last. Browsers open another.
const (
	streamsAtOnce = 200
	lookEvery     = 500 * time.Millisecond
	silentFor     = 15 * time.Second
	streamFor     = 10 * time.Minute
	sendWithin    = 10 * time.Second
)

const eventStream = "text/event-stream"

// Progress is what an event says: how far a reading is. The event "done" says
// the same of one that has ended, and is the last.
type Progress struct {
	State string `json:"state"`
	ImportProgress
	Good    int64 `json:"good"`
	Bad     int64 `json:"bad"`
	Skipped int64 `json:"skipped"`
}

func progressOf(i models.Import) Progress {
	return Progress{State: i.State, ImportProgress: ImportProgress{i.Position, i.Total}, Good: i.Good, Bad: i.Bad, Skipped: i.Skipped}
}

func eventRoutes(s *server) {
	op := route{
		method: http.MethodGet, path: "/imports/{id}/events", id: "follow-import",
		summary: "Follow a reading as server-sent events: progress, and done at its end; each tells all, so it can be begun again at any time",
	}.operation(PolicyRead)
	op.Responses["200"] = &huma.Response{Description: "OK", Content: map[string]*huma.MediaType{eventStream: {}}}
	huma.Register(s.api, op, func(ctx context.Context, in *ByID) (*huma.StreamResponse, error) {
		i, err := s.importOf(ctx, in.ID)
		if err != nil {
			return nil, s.problem(ctx, err)
		}
		select {
		case s.streams <- struct{}{}:
		default:
			return nil, s.problem(ctx, fault.New(fault.Unavailable, "too_many_streams", "too many follow something at the moment; ask for the state itself"))
		}
		return &huma.StreamResponse{Body: func(h huma.Context) { //nolint:contextcheck // h has the request's own
			defer func() { <-s.streams }()
			h.SetHeader("Content-Type", eventStream)
			h.SetHeader("X-Accel-Buffering", "no") // a proxy would hold events back
			g := humagin.Unwrap(h)
			t := stream{s: s, out: g.Writer, control: http.NewResponseController(g.Writer)}
			t.follow(h.Context(), i)
		}}, nil
	})
}

func (s *server) importOf(ctx context.Context, id string) (i models.Import, err error) {
	err = s.Ledger.Read(ctx, callOf(ctx).actor, func(tx *ledger.Tx) error {
		i, err = tx.Import(id)
		return err
	})
	return i, err
}

// stream is an answer without end.
type stream struct {
	s       *server
	out     http.ResponseWriter
	control *http.ResponseController
}

// follow tells of a reading until it ends, the caller goes, or time is up.
func (t stream) follow(ctx context.Context, i models.Import) {
	ctx, cancel := context.WithTimeout(ctx, streamFor)
	defer cancel()
	look, rest := time.NewTicker(lookEvery), time.NewTicker(silentFor)
	defer look.Stop()
	defer rest.Stop()
	told := Progress{}
	for {
		now := progressOf(i)
		if i.State != ledger.ImportReading {
			_ = t.event("done", now) // whoever does not hear it asks again
			return
		}
		if now != told {
			if t.event("progress", now) != nil {
				return // the caller has gone
			}
			told = now
			rest.Reset(silentFor)
		}
		select {
		case <-ctx.Done():
			return
		case <-t.s.Stop:
			return
		case <-rest.C:
			if t.send(": still reading\n\n") != nil {
				return
			}
		case <-look.C:
			var err error
			if i, err = t.s.importOf(ctx, i.ID); err != nil {
				return // the caller asks again, and is told why
			}
		}
	}
}

func (t stream) event(name string, p Progress) error {
	raw, err := json.Marshal(p)
	if err != nil {
		return err
	}
	return t.send(fmt.Sprintf("event: %s\ndata: %s\n\n", name, raw))
}

// send writes past the limit for whole answers, within one of its own.
func (t stream) send(text string) error {
	// Where the server cannot wait longer, its own limit stands.
	_ = t.control.SetWriteDeadline(time.Now().Add(sendWithin))
	if _, err := t.out.Write([]byte(text)); err != nil {
		return err
	}
	return t.control.Flush()
}
