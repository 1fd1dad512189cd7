package api

import (
	"bytes"
	"context"
	"io"
	"mime"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"payung/upload"
)

// Media types of files that are handed out. What somebody sent goes back as
// bytes: no browser is to make anything of it.
const (
	anyFile   = "application/octet-stream"
	excelFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

// attached is an answer that is a file to be saved.
type attached struct {
	Type        string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition" doc:"attachment with the name to save it under"`
	Body        []byte
}

// attach registers an operation that answers with a file. It is made whole
// before the first byte goes out, so a refusal is still a problem.
func attach[I any](s *server, p Policy, path, id, summary, kind string, do func(ctx context.Context, in *I, w io.Writer) (name string, err error)) {
	op := route{method: http.MethodGet, path: path, id: id, summary: summary}.operation(p)
	op.Middlewares = huma.Middlewares{s.sendFile}
	huma.Register(s.api, op, func(ctx context.Context, in *I) (*attached, error) {
		var body bytes.Buffer
		name, err := do(ctx, in, &body)
		if err != nil {
			return nil, s.problem(ctx, err)
		}
		return &attached{Type: kind, Disposition: mime.FormatMediaType("attachment", map[string]string{"filename": name}), Body: body.Bytes()}, nil
	})
	ok := s.api.OpenAPI().Paths[op.Path].Get.Responses["200"]
	ok.Content = map[string]*huma.MediaType{kind: {}}
	delete(ok.Headers, "Content-Type")
}

// sendFile lets a file out when there is room for it, over a line as slow as
// one may be that brings it.
func (s *server) sendFile(ctx huma.Context, next func(huma.Context)) {
	g := humagin.Unwrap(ctx)
	leave, err := s.files.Enter(g.Request.Context())
	if err != nil {
		return // whoever asked has gone
	}
	defer leave()
	// Where the server cannot wait longer, its own limit stands.
	_ = http.NewResponseController(g.Writer).SetWriteDeadline(time.Now().Add(2 * upload.Patience))
	next(ctx)
}
