package embedded

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
	"github.com/temporalio/ui-server/v2/server/api"
	"github.com/temporalio/ui-server/v2/server/config"
	"github.com/temporalio/ui-server/v2/server/route"
	"github.com/temporalio/ui-server/v2/ui"
	"go.temporal.io/api/workflowservice/v1"
	"google.golang.org/grpc"

	"payung/deploy/standalone/embedded/login"
)

// webUI is Temporal's web interface behind the login. It is assembled from the
// parts of ui-server and not started as ui-server's own process would be, so
// there is no second port behind the login that could be reached without it, and
// the token stays inside the connection to the frontend.
type webUI struct {
	gate     *login.Gate
	server   *http.Server
	frontend *grpc.ClientConn
}

func startUI(ctx context.Context, o UIOptions, s *Server) (*webUI, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", o.Listen)
	if err != nil {
		return nil, err
	}
	host := listener.Addr().String()
	frontend, err := s.dial()
	if err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	pages, err := pages(frontend, s.namespace, host, o.Codec)
	if err != nil {
		return nil, errors.Join(err, listener.Close(), frontend.Close())
	}
	gate := login.NewGate(host, pages, time.Now)
	web := &webUI{
		gate:     gate,
		server:   &http.Server{Handler: gate, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: time.Minute},
		frontend: frontend,
	}
	go func() {
		if err := web.server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			s.log.Error("the web interface of Temporal ended", "error", err)
		}
	}()
	return web, nil
}

// stop cuts requests off: those of the interface can all be repeated.
func (w *webUI) stop() {
	_ = w.server.Close()
	_ = w.frontend.Close()
}

// pages serves the interface, what it asks of the frontend, and the codec.
func pages(frontend *grpc.ClientConn, namespace, host string, codec http.Handler) (http.Handler, error) {
	settings := &config.Config{
		EnableUI:         true,
		DefaultNamespace: namespace,
		DisableNewsFetch: true, // the browser asks nobody but this server
	}
	mux := http.NewServeMux()
	if codec != nil {
		settings.Codec = config.Codec{Endpoint: "http://" + host + "/codec", IncludeCredentials: true}
		mux.Handle("/codec/", http.StripPrefix("/codec", codec))
	}
	provider, err := config.NewConfigProviderWithRefresh(settings)
	if err != nil {
		return nil, fmt.Errorf("settings: %w", err)
	}
	assets, err := ui.Assets()
	if err != nil {
		return nil, fmt.Errorf("assets: %w", err)
	}
	local, err := fs.Sub(assets, "local")
	if err != nil {
		return nil, fmt.Errorf("assets: %w", err)
	}
	e := echo.New()
	e.Use(middleware.Recover(), middleware.Secure())
	history := api.WorkflowRawHistoryHandler(workflowservice.NewWorkflowServiceClient(frontend))
	e.GET("/api/v1/settings", api.GetSettings(provider))
	e.GET("/api/v1"+api.WorkflowRawHistoryUrl, history)
	e.Any("/api/v1/*", api.TemporalAPIHandler(provider, nil, frontend))
	route.SetRenderRoute(e, "")
	if err := route.SetUIRoutes(e, "", local); err != nil {
		return nil, fmt.Errorf("pages: %w", err)
	}
	mux.Handle("/", e)
	return mux, nil
}
