package api

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"payung/domain/fault"
	"payung/ledger"
	"payung/upload"
)

// filesAtOnce is how many files are read, and how many long ones held in memory,
// at the same time; the next ones wait.
const filesAtOnce = 4

// shortFile is up to how many bytes a request is held before there is room to
// read its file, so that a slow line keeps nobody else's list out.
const shortFile = 512 << 10

// FileQuery names a file whose request does not: a form carries its name, a
// bare body cannot.
type FileQuery struct {
	FileName string `query:"file_name" maxLength:"255" doc:"of a file sent as the body itself; a form names its file"`
}

// receive registers a write that takes a file, as the body itself or as the one
// file of a form. What takes long, reading the file, happens in open, before
// the transaction; do writes what came of it, at most once for an
// Idempotency-Key. The same file in the same request hashes the same, however
// it was wrapped.
func receive[I, T, O any](s *server, p Policy, r route, open func(context.Context, *upload.File, *I) (T, error), do func(*ledger.Tx, *I, T) (O, error)) {
	r.method = http.MethodPost
	if r.limit == 0 {
		r.limit = upload.Limit
	}
	op := r.operation(p)
	op.DefaultStatus = http.StatusCreated
	op.Parameters = []*huma.Param{keyParameter()}
	op.Middlewares = huma.Middlewares{s.takeFile}
	huma.Register(s.api, op, func(ctx context.Context, in *I) (*answer[O], error) {
		read, err := open(ctx, callOf(ctx).file, in)
		if err != nil {
			return nil, s.problem(ctx, err)
		}
		return once(ctx, s, http.StatusCreated, func(tx *ledger.Tx) (O, error) { return do(tx, in, read) })
	})
	// Only now: of a body it knows, huma would want to read it.
	s.api.OpenAPI().Paths[op.Path].Post.RequestBody = fileBody("XLSX, ODS or CSV, 20 MiB at most")
}

// formFields is where an operation keeps which fields its form may have beside
// the file.
const formFields = "form_fields"

func fileBody(description string, fields ...string) *huma.RequestBody {
	content := &huma.Schema{Type: huma.TypeString, Format: "binary"}
	form := &huma.Schema{Type: huma.TypeObject, Properties: map[string]*huma.Schema{"file": content}, Required: []string{"file"}, AdditionalProperties: false}
	for _, name := range fields {
		form.Properties[name] = &huma.Schema{Type: huma.TypeString}
	}
	return &huma.RequestBody{
		Description: description, Required: true,
		Content: map[string]*huma.MediaType{"application/octet-stream": {Schema: content}, "multipart/form-data": {Schema: form}},
	}
}

// takesFile tells operations that take a file from those that take JSON.
func takesFile(op *huma.Operation) bool { return op.RequestBody.Content["multipart/form-data"] != nil }

// takeFile reads the file of a request when there is room for it, and adds what
// it says to the request's hash.
func (s *server) takeFile(ctx huma.Context, next func(huma.Context)) {
	g, c := humagin.Unwrap(ctx), callOf(ctx.Context())
	short := 0 <= g.Request.ContentLength && g.Request.ContentLength <= shortFile
	if !short {
		leave, err := s.files.Enter(g.Request.Context())
		if err != nil {
			return // whoever sent it has gone
		}
		defer leave()
	}
	f, fields, err := upload.Read(g.Writer, g.Request, g.Query("file_name"), ctx.Operation().MaxBodyBytes-1)
	if err == nil {
		known, _ := ctx.Operation().Metadata[formFields].([]string)
		err = checkFields(fields, known)
	}
	if err != nil {
		g.Header("Connection", "close") // what we did not read must not be taken for the next request
		s.refuse(g, err)
		return
	}
	h := sha256.New()
	for _, part := range [][]byte{c.hash, []byte(g.Request.URL.RawQuery), []byte(fields.Encode()), []byte(f.Name), f.Digest} {
		_ = binary.Write(h, binary.BigEndian, int64(len(part))) // a hash never fails
		h.Write(part)
	}
	c.hash, c.file, c.fields = h.Sum(nil), f, fields
	if short {
		leave, err := s.files.Enter(g.Request.Context())
		if err != nil {
			return // whoever sent it has gone
		}
		defer leave()
	}
	next(ctx)
}

// longestField is how many characters a field of a form may have.
const longestField = 200

// checkFields refuses what a form says beside its file and nobody asked for.
func checkFields(fields url.Values, known []string) error {
	f := &faulty{Fault: fault.New(fault.Invalid, "invalid_request", "the request does not fit; see errors")}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		code := ""
		switch {
		case !slices.Contains(known, name):
			code = "unknown_field"
		case len(fields[name]) > 1:
			code = "repeated"
		case utf8.RuneCountInString(fields.Get(name)) > longestField:
			code = "too_long_text"
		default:
			continue
		}
		f.fields = append(f.fields, FieldError{Location: "body." + digits.ReplaceAllString(name, "…"), Code: code})
	}
	if len(f.fields) == 0 {
		return nil
	}
	return f
}
