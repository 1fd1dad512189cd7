package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"payung/domain/fault"
	"payung/ledger"
	"payung/upload"
)

// call is what is known of a request besides its input.
type call struct {
	id        string // X-Request-Id
	english   bool
	operation string
	actor     ledger.Actor
	key       string       // Idempotency-Key; "": none
	hash      []byte       // of method, path and body
	file      *upload.File // of operations that take one
	fields    url.Values   // of the form it came in
}

type callKey struct{}

// callOf finds the call of a request. Every request has one, see identify.
func callOf(ctx context.Context) *call {
	c, _ := ctx.Value(callKey{}).(*call)
	return c
}

// knownID is what we accept as a request ID, unless it is digits only: it goes
// into the log.
var knownID = regexp.MustCompile(`^[A-Za-z0-9._:-]{1,64}$`)

// onlyDigits may be a NIK.
var onlyDigits = regexp.MustCompile(`^[0-9._:-]{15,}$`)

// identify gives a request its ID and finds out the caller's language.
func (s *server) identify(c *gin.Context) {
	id := c.GetHeader("X-Request-Id")
	if !knownID.MatchString(id) || onlyDigits.MatchString(id) {
		id = uuid.Must(uuid.NewV7()).String()
	}
	known := &call{id: id, english: prefersEnglish(c.GetHeader("Accept-Language"))}
	c.Request = c.Request.WithContext(context.WithValue(c.Request.Context(), callKey{}, known))
	c.Header("X-Request-Id", id)
	c.Header("X-Content-Type-Options", "nosniff")
	c.Header("Cache-Control", "no-store")
	c.Header("Vary", "Accept-Language")
	c.Next()
}

// intake takes a request in before huma sees it: who calls, whether we can
// answer and read it, and its body within the limit, read once.
func (s *server) intake(ctx huma.Context, next func(huma.Context)) {
	g, op := humagin.Unwrap(ctx), ctx.Operation()
	c := callOf(ctx.Context())
	c.operation = op.OperationID
	for _, check := range []func(*gin.Context, *huma.Operation, *call) error{checkAccept, checkAddress, s.admit, takeKey, takeBody} {
		if err := check(g, op, c); err != nil {
			s.refuse(g, err)
			return
		}
	}
	next(ctx)
}

// checkAccept refuses a caller who cannot read the answer, before anything is
// done: JSON, unless the operation answers with something else.
func checkAccept(g *gin.Context, op *huma.Operation, _ *call) error {
	accept := g.GetHeader("Accept")
	if accept == "" {
		return nil
	}
	given := answersWith(op)
	for kind := range strings.SplitSeq(accept, ",") {
		kind, q, _ := strings.Cut(kind, ";")
		family, _, _ := strings.Cut(given, "/")
		switch strings.ToLower(strings.TrimSpace(kind)) {
		case "*/*", family + "/*", given, problemType:
			if q = strings.ReplaceAll(q, " ", ""); q != "q=0" && q != "q=0.0" {
				return nil
			}
		}
	}
	return fault.New(notAcceptable, "not_acceptable", "answers are %s only", given).With("kind", given)
}

// answersWith is the media type of an operation's answer.
func answersWith(op *huma.Operation) string {
	if ok := op.Responses["200"]; ok != nil {
		for kind := range ok.Content {
			return kind // there is one
		}
	}
	return "application/json"
}

// checkAddress refuses text in the address that no database could hold.
func checkAddress(g *gin.Context, _ *huma.Operation, _ *call) error {
	query, err := url.QueryUnescape(g.Request.URL.RawQuery)
	if text := g.Request.URL.Path + query; err != nil || !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
		return fault.New(badSyntax, "bad_address", "the address holds characters that are no text")
	}
	return nil
}

// admit finds out who calls.
func (s *server) admit(g *gin.Context, op *huma.Operation, c *call) (err error) {
	if op.Extensions[policyExtension] == PolicyPublic {
		return nil // and without an actor: the ledger will not open
	}
	c.actor, err = s.Actor(g.Request)
	return err
}

// printable is what an idempotency key may be made of.
var printable = regexp.MustCompile(`^[\x20-\x7e]{1,200}$`)

func takeKey(g *gin.Context, _ *huma.Operation, c *call) error {
	keys := g.Request.Header.Values(keyHeader)
	switch {
	case len(keys) == 0:
		return nil
	case len(keys) > 1 || !printable.MatchString(keys[0]):
		return fault.New(fault.Invalid, "bad_idempotency_key", "an Idempotency-Key is 1 to 200 printable ASCII characters, sent once").On("header.Idempotency-Key")
	}
	c.key = keys[0]
	return nil
}

// takeBody reads the body once, within the operation's limit, and hashes what
// makes the request this request.
func takeBody(g *gin.Context, op *huma.Operation, c *call) error {
	h := sha256.New()
	h.Write([]byte(g.Request.Method + "\x00" + g.Request.URL.Path + "\x00")) // a hash never fails
	if op.RequestBody != nil && !takesFile(op) {
		limit := op.MaxBodyBytes - 1
		body, err := readBody(g, limit)
		if err != nil {
			return err
		}
		h.Write(body)
		g.Request.Body = io.NopCloser(bytes.NewReader(body))
	}
	c.hash = h.Sum(nil)
	return nil
}

func readBody(g *gin.Context, limit int64) ([]byte, error) {
	if g.Request.ContentLength > limit {
		g.Header("Connection", "close") // what we do not read must not be taken for the next request
		return nil, tooLarge(limit)
	}
	body, err := io.ReadAll(http.MaxBytesReader(g.Writer, g.Request.Body, limit))
	if err != nil {
		if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
			return nil, tooLarge(limit)
		}
		if slow, ok := errors.AsType[net.Error](err); ok && slow.Timeout() {
			return nil, fault.New(tooSlow, "body_too_slow", "the body did not arrive in time")
		}
		return nil, fault.New(badSyntax, "body_cut_short", "the body ended before it was complete")
	}
	if len(body) == 0 {
		return nil, &faulty{fault.New(fault.Invalid, "invalid_request", "the request does not fit; see errors"), []FieldError{{Location: "body", Code: "required"}}}
	}
	kind, _, _ := strings.Cut(g.GetHeader("Content-Type"), ";")
	if !strings.EqualFold(strings.TrimSpace(kind), "application/json") {
		return nil, fault.New(fault.Unsupported, "unsupported_media_type", "send application/json")
	}
	return body, nil
}

func tooLarge(limit int64) error {
	return fault.New(fault.TooLarge, "body_too_large", "the body may be %d MiB at most", limit>>20).With("max_mib", whole(limit>>20))
}
