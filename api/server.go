// Package api is the HTTP door to the ledger: gin routes described by huma in
// OpenAPI 3.1, one file for each resource with the name it has in ledger.
//
// Facts are one ledger transaction each and are accepted whatever else is away.
// Decisions wait in the ledger and are put to the engine, which answers for the
// agreement's workflow. Errors are problems by RFC 9457 with a stable code.
package api

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"payung/delivery"
	"payung/domain/agreement"
	"payung/domain/fault"
	"payung/intake"
	"payung/ledger"
	"payung/protocol"
	"payung/upload"
	"payung/workflows"
)

// Engine is what the API asks of running agreements. A fault of kind
// [fault.Unavailable] means that nobody has answered yet.
type Engine interface {
	Decide(ctx context.Context, t workflows.Target, kind agreement.Decision, requestID string) (protocol.DecisionResult, error)
	Process(ctx context.Context, t workflows.Target) (protocol.Process, error)
}

// Options says what the API serves.
type Options struct {
	Ledger      *ledger.Ledger
	Engine      Engine                                    // nil: decisions answer "try again"
	Office      *delivery.Office                          // sends tests and takes reports; nil: one of its own
	Intake      *intake.Intake                            // of files; nil: large ones wait for an engine
	Stop        <-chan struct{}                           // closed when answers without end have to end; nil: never
	EngineReady func(context.Context) error               // optional, for /readyz
	Actor       func(*http.Request) (ledger.Actor, error) // who calls; nil: the operator
	Doctor      Doctor                                    // nil: examinations answer "try again"
	Metrics     prometheus.Gatherer                       // nil: the default registry
	Log         *slog.Logger                              // nil: the default logger
	Version     string                                    // of the program, for /healthz
}

// server holds what handlers need.
type server struct {
	Options
	api      huma.API
	document []byte // OpenAPI, once all routes are there
	files    upload.Room
	streams  chan struct{} // room for answers without end
}

// New builds the API with all its routes. It panics on an operation that was
// declared wrong, so that no such program starts.
func New(o Options) *gin.Engine {
	e, _ := build(o)
	return e
}

func build(o Options) (*gin.Engine, *server) {
	if o.Engine == nil {
		o.Engine = noEngine{}
	}
	if o.Office == nil {
		o.Office = delivery.New(delivery.Options{Ledger: o.Ledger, Log: o.Log})
	}
	if o.Intake == nil {
		o.Intake = intake.New(o.Ledger, func(context.Context, string) error { return away() })
	}
	if o.Actor == nil {
		o.Actor = func(*http.Request) (ledger.Actor, error) { return ledger.Operator(), nil }
	}
	if o.Metrics == nil {
		o.Metrics = prometheus.DefaultGatherer
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	gin.SetMode(gin.ReleaseMode)
	e := gin.New()
	e.HandleMethodNotAllowed = true
	e.RedirectTrailingSlash = false
	s := &server{Options: o, files: upload.NewRoom(filesAtOnce), streams: make(chan struct{}, streamsAtOnce)}
	e.Use(s.identify, gin.CustomRecoveryWithWriter(nil, s.recovered))
	e.NoRoute(func(c *gin.Context) {
		s.refuse(c, fault.New(fault.NotFound, "unknown_route", "there is nothing at this address"))
	})
	e.NoMethod(func(c *gin.Context) {
		s.refuse(c, fault.New(methodNotAllowed, "method_not_allowed", "this address does not take that method"))
	})
	s.api = humagin.New(e, configuration(s))
	s.api.UseMiddleware(s.intake)
	for _, routes := range resources {
		routes(s)
	}
	s.document = s.describe()
	s.plain(e, "/openapi.json", func(c *gin.Context) { c.Data(http.StatusOK, "application/json", s.document) })
	s.plain(e, "/metrics", gin.WrapH(promhttp.HandlerFor(o.Metrics, promhttp.HandlerOpts{})))
	return e, s
}

// resources lists what registers the routes of each resource.
var resources = []func(*server){
	healthRoutes, settingsRoutes, regionRoutes, groupRoutes, calculatorRoutes,
	partyRoutes, unitRoutes, postRoutes, addresseeRoutes, superiorRoutes, preferenceRoutes, handoverRoutes, tellingRoutes, sourceRoutes, regulationRoutes,
	ladderRoutes, hoursRoutes, holidayRoutes, recalculationRoutes,
	agreementRoutes, lineRoutes, meetingRoutes, basisRoutes, signingRoutes, yearRoutes, renewalRoutes, decisionRoutes, processRoutes,
	obligationRoutes, dutyRoutes, extensionRoutes, pauseRoutes, uptimeRoutes, fairnessRoutes, clockRoutes, feedRoutes, weeklyRoutes, rosterRoutes, uploadRoutes, importRoutes, importFileRoutes, eventRoutes, templateRoutes, deskRoutes, conflictRoutes, personRoutes, movementRoutes, claimRoutes, enrolmentRoutes, quotaRoutes, windowRoutes, objectionRoutes, statusRoutes, billRoutes, paymentRoutes,
	letterheadRoutes, letterRoutes,
	tallyRoutes, inboxRoutes, messageRoutes, channelRoutes, hookRoutes, figureRoutes, happeningRoutes, recapRoutes, planRoutes, auditRoutes, doctorRoutes,
}

// plain serves a route outside huma: one that answers with something else than
// our JSON. Anybody may call it.
func (s *server) plain(e *gin.Engine, path string, handle gin.HandlerFunc) { e.GET(path, handle) }

// Limits of a server that faces strangers. A body of 8 MiB needs 35 seconds at
// 2 Mbit/s; one that came too slowly still gets its answer.
const (
	headerTimeout  = 5 * time.Second
	readTimeout    = 60 * time.Second
	writeTimeout   = readTimeout + 30*time.Second
	idleTimeout    = 2 * time.Minute
	maxHeaderBytes = 64 << 10
)

// Server is an HTTP server with its limits set.
func Server(addr string, h http.Handler) *http.Server {
	return &http.Server{
		Addr: addr, Handler: h, ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout,
		WriteTimeout: writeTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeaderBytes,
	}
}

// noEngine stands in where no engine was given.
type noEngine struct{}

func away() error {
	return fault.New(fault.Unavailable, "engine_unavailable", "no answer yet; send it again with the same key, it counts once")
}

// Decide has no answer.
func (noEngine) Decide(context.Context, workflows.Target, agreement.Decision, string) (protocol.DecisionResult, error) {
	return protocol.DecisionResult{}, away()
}

// Process has no answer.
func (noEngine) Process(context.Context, workflows.Target) (protocol.Process, error) {
	return protocol.Process{}, away()
}
