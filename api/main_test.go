package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"payung/api"
	"payung/domain/agreement"
	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/internal/testdb"
	"payung/keyring"
	"payung/ledger"
	"payung/protocol"
	"payung/workflows"
)

func TestMain(m *testing.M) {
	code := m.Run()
	testdb.Stop()
	os.Exit(code)
}

// desk is an engine that carries decisions out at once, unless it is away,
// broken, or says no by itself.
type desk struct {
	ledger  *ledger.Ledger
	away    atomic.Bool
	broken  atomic.Bool
	refusal atomic.Pointer[fault.Fault]
	asked   atomic.Int64
}

func (d *desk) Decide(ctx context.Context, t workflows.Target, kind agreement.Decision, requestID string) (protocol.DecisionResult, error) {
	d.asked.Add(1)
	if d.broken.Load() {
		panic("a secret of the engine")
	}
	if d.away.Load() {
		return protocol.DecisionResult{}, fault.New(fault.Unavailable, "engine_unavailable", "no answer yet")
	}
	if f := d.refusal.Load(); f != nil {
		return protocol.DecisionResult{}, f
	}
	return d.ledger.Decide(ctx, protocol.DecideInput{AgreementID: t.AgreementID, Epoch: t.Epoch, RequestID: requestID, Kind: kind})
}

func (d *desk) Process(_ context.Context, t workflows.Target) (protocol.Process, error) {
	if d.away.Load() {
		return protocol.Process{}, fault.New(fault.Unavailable, "engine_unavailable", "no answer yet")
	}
	at := calendar.Day("2026-12-08").In(calendar.WITA, 8, 0).UnixMicro()
	return protocol.Process{AgreementID: t.AgreementID, Snapshot: protocol.Snapshot{Epoch: 1, Version: 3, NextAt: at, NextWhat: "T-7 × 3"}}, nil
}

// house is an API over HTTP with an empty ledger. Its clock stands on a Monday
// morning in Sulawesi.
type house struct {
	t      *testing.T
	url    string
	ledger *ledger.Ledger
	engine *desk
	log    *bytes.Buffer
	router routers.Router
	api    http.Handler
	stop   chan struct{} // closed, answers without end are ended
	micros *atomic.Int64 // what its clock says
}

func (h *house) now() time.Time { return time.UnixMicro(h.micros.Load()) }

func (h *house) set(at time.Time) { h.micros.Store(at.UnixMicro()) }

// published is the document that every answer is checked against.
var published = sync.OnceValue(func() routers.Router {
	doc, err := openapi3.NewLoader().LoadFromData(api.OpenAPI())
	if err != nil {
		panic(err)
	}
	router, err := gorillamux.NewRouter(doc)
	if err != nil {
		panic(err)
	}
	return router
})

func open(t *testing.T, database string) *house {
	t.Helper()
	_, err := ledger.Migrate(t.Context(), database)
	require.NoError(t, err)
	var now atomic.Int64
	now.Store(calendar.Day("2026-11-23").In(calendar.WITA, 9, 0).UnixMicro())
	l, err := ledger.Open(t.Context(), ledger.Options{
		Database: database, Now: func() time.Time { return time.UnixMicro(now.Load()) }, Log: slog.New(slog.DiscardHandler),
		Keys: func(bool) (*keyring.Ring, error) { return keyring.New("test", make([]byte, 32)) },
	})
	require.NoError(t, err)
	h := &house{t: t, ledger: l, engine: &desk{ledger: l}, log: &bytes.Buffer{}, router: published(), stop: make(chan struct{}), micros: &now}
	h.api = api.New(api.Options{
		Ledger: l, Engine: h.engine, Version: "test", Metrics: prometheus.NewRegistry(), Actor: caller, Stop: h.stop,
		Log: slog.New(slog.NewTextHandler(h.log, nil)),
	})
	server := httptest.NewServer(h.api)
	t.Cleanup(func() {
		server.Close()
		require.NoError(t, l.Close())
	})
	h.url = server.URL
	return h
}

// caller lets a test say who it is: "regency 74.05" for a coordinator, "province
// 74" for an overseer, "unit 74.05 ID" for a village, nothing for the operator.
func caller(r *http.Request) (ledger.Actor, error) {
	who := strings.Fields(r.Header.Get("X-Test-Actor"))
	switch {
	case len(who) == 2 && who[0] == "province":
		return ledger.Actor{Name: "overseer of " + who[1], Reach: ledger.Province, ProvinceCode: who[1]}, nil
	case len(who) == 3 && who[0] == "unit":
		return ledger.Actor{Name: "unit " + who[2], Reach: ledger.Units, ProvinceCode: who[1][:2], RegencyCode: who[1], UnitIDs: who[2:]}, nil
	}
	if code, ok := strings.CutPrefix(r.Header.Get("X-Test-Actor"), "regency "); ok {
		return ledger.Actor{Name: "coordinator of " + code, Reach: ledger.Regency, ProvinceCode: code[:2], RegencyCode: code}, nil
	}
	return ledger.Operator(), nil
}

// said is an answer.
type said struct {
	t      *testing.T
	Status int
	Header http.Header
	Raw    string
	Body   map[string]any
}

// get finds a text in the body: "items", 0, "id".
func (s said) get(path ...any) any {
	s.t.Helper()
	var v any = s.Body
	for _, p := range path {
		switch p := p.(type) {
		case string:
			v = v.(map[string]any)[p]
		case int:
			v = v.([]any)[p]
		}
	}
	return v
}

func (s said) text(path ...any) string {
	s.t.Helper()
	text, ok := s.get(path...).(string)
	require.True(s.t, ok, "%v in %s", path, s.Raw)
	return text
}

func (s said) list(path ...any) []any {
	s.t.Helper()
	list, ok := s.get(path...).([]any)
	require.True(s.t, ok, "%v in %s", path, s.Raw)
	return list
}

type headers map[string]string

// call sends a request and checks the answer against the published document.
func (h *house) call(method, path string, body any, with headers) said {
	h.t.Helper()
	var payload io.Reader
	switch b := body.(type) {
	case nil:
	case io.Reader:
		payload = b
	case string:
		payload = strings.NewReader(b)
	default:
		raw, err := json.Marshal(b)
		require.NoError(h.t, err)
		payload = bytes.NewReader(raw)
	}
	req, err := http.NewRequestWithContext(h.t.Context(), method, h.url+path, payload)
	require.NoError(h.t, err)
	if payload != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	for name, value := range with {
		req.Header.Set(name, value)
	}
	res, err := http.DefaultClient.Do(req)
	require.NoError(h.t, err)
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	require.NoError(h.t, err)
	out := said{t: h.t, Status: res.StatusCode, Header: res.Header, Raw: string(raw)}
	if strings.Contains(res.Header.Get("Content-Type"), "json") {
		require.NoError(h.t, json.Unmarshal(raw, &out.Body), "%s", raw)
	}
	h.conforms(req, res, raw)
	return out
}

// conforms checks an answer against the published document.
func (h *house) conforms(req *http.Request, res *http.Response, raw []byte) {
	h.t.Helper()
	route, params, err := h.router.FindRoute(req)
	if err != nil {
		require.GreaterOrEqual(h.t, res.StatusCode, 400, "%s %s answers without being described", req.Method, req.URL.Path)
		return
	}
	in := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: req, PathParams: params, Route: route},
		Status:                 res.StatusCode, Header: res.Header, Body: io.NopCloser(bytes.NewReader(raw)),
	}
	require.NoError(h.t, openapi3filter.ValidateResponse(req.Context(), in), "%s %s: %s", req.Method, req.URL.Path, raw)
}

// post sends a body that has to be accepted.
func (h *house) post(path string, body any) said {
	h.t.Helper()
	out := h.call("POST", "/api/v1"+path, body, nil)
	require.Less(h.t, out.Status, 300, "POST %s: %s", path, out.Raw)
	return out
}

// read asks for something that has to be there.
func (h *house) read(path string) said {
	h.t.Helper()
	out := h.call("GET", "/api/v1"+path, nil, nil)
	require.Equal(h.t, http.StatusOK, out.Status, "GET %s: %s", path, out.Raw)
	return out
}

// refused sends a body that has to be refused with that status and code.
func (h *house) refused(status int, code, path string, body any, with headers) said {
	h.t.Helper()
	out := h.call("POST", "/api/v1"+path, body, with)
	out.isProblem(status, code)
	return out
}

func (s said) isProblem(status int, code string) {
	s.t.Helper()
	require.Equal(s.t, status, s.Status, s.Raw)
	require.Equal(s.t, "application/problem+json", s.Header.Get("Content-Type"))
	require.Equal(s.t, code, s.text("code"), s.Raw)
	require.NotEmpty(s.t, s.text("detail"), s.Raw)
	require.EqualValues(s.t, status, s.get("status"))
	require.Equal(s.t, s.Header.Get("X-Request-Id"), s.text("request_id"))
}
