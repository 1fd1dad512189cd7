package api

import (
	"context"
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"payung/domain/fault"
)

// Problem is an error as callers get it (RFC 9457). Code is stable; detail is a
// sentence in their language. What did not fit the document is named by its
// place, never repeated: it may be a NIK.
type Problem struct {
	Type      string            `json:"type" format:"uri" doc:"urn:payung:problem: and the code"`
	Title     string            `json:"title" doc:"the name of the status"`
	Status    int               `json:"status"`
	Code      string            `json:"code" doc:"stable, for programs"`
	Detail    string            `json:"detail" doc:"a sentence for people, in Indonesian or English by Accept-Language"`
	Errors    []FieldError      `json:"errors,omitempty" doc:"what is wrong with which input"`
	Reasons   []Reason          `json:"reasons,omitempty" doc:"everything that stands in the way, at once"`
	Params    map[string]string `json:"params,omitempty" doc:"what the sentence was filled with"`
	RequestID string            `json:"request_id,omitempty" doc:"for the log"`
}

// FieldError is what is wrong with one input.
type FieldError struct {
	Location string `json:"location" doc:"such as body.lines[0].group_code"`
	Code     string `json:"code"`
	Detail   string `json:"detail"`
}

// Reason is one thing that stands in the way of a decision.
type Reason struct {
	Code   string `json:"code"`
	About  string `json:"about,omitempty" doc:"what it concerns, such as a worker group"`
	Detail string `json:"detail"`
}

// Error is the sentence.
func (p *Problem) Error() string { return p.Detail }

// GetStatus is the HTTP status, as huma asks for it.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType is that of RFC 9457, as huma asks for it.
func (p *Problem) ContentType(string) string { return problemType }

// GetHeaders adds how long to wait to what is only unavailable now.
func (p *Problem) GetHeaders() http.Header {
	if p.Status != http.StatusServiceUnavailable {
		return nil
	}
	return http.Header{"Retry-After": {retryAfter}}
}

const (
	problemType = "application/problem+json"
	retryAfter  = "5" // seconds; the engine's own patience is twice that
)

// Kinds of faults that only HTTP knows.
const (
	badSyntax        fault.Kind = "bad_syntax"
	methodNotAllowed fault.Kind = "method_not_allowed"
	notAcceptable    fault.Kind = "not_acceptable"
	tooSlow          fault.Kind = "too_slow"
	internal         fault.Kind = "internal"
)

// statusOf is the one place that turns a kind of fault into a status.
func statusOf(k fault.Kind) int {
	switch k {
	case fault.Invalid, fault.Mismatch:
		return http.StatusUnprocessableEntity
	case fault.NotFound:
		return http.StatusNotFound
	case fault.Forbidden:
		return http.StatusForbidden
	case fault.Conflict, fault.Refused:
		return http.StatusConflict
	case fault.TooLarge:
		return http.StatusRequestEntityTooLarge
	case fault.Unsupported:
		return http.StatusUnsupportedMediaType
	case fault.Unavailable:
		return http.StatusServiceUnavailable
	case badSyntax:
		return http.StatusBadRequest
	case methodNotAllowed:
		return http.StatusMethodNotAllowed
	case notAcceptable:
		return http.StatusNotAcceptable
	case tooSlow:
		return http.StatusRequestTimeout
	case misdirected:
		return http.StatusMisdirectedRequest
	}
	return http.StatusInternalServerError
}

// faulty is a fault about several inputs at once.
type faulty struct {
	*fault.Fault
	fields []FieldError // location and code; the sentence is looked up
}

// Unwrap is the fault.
func (f *faulty) Unwrap() error { return f.Fault }

// problem is the one place where an error becomes an answer. What is no fault
// is logged and stays inside.
func (s *server) problem(ctx context.Context, err error) *Problem {
	c := callOf(ctx)
	f, ok := fault.Of(err)
	if !ok {
		s.Log.ErrorContext(ctx, "request failed", "operation", c.operation, "request", c.id, "error", err)
		f = fault.New(internal, "internal", "something went wrong here; it has been logged under the request ID")
	}
	p := &Problem{
		Type: "urn:payung:problem:" + f.Code, Status: statusOf(f.Kind), Code: f.Code, Detail: sentence(c.english, f.Code, f.Detail, f.Params),
		Params: f.Params, RequestID: c.id,
	}
	p.Title = http.StatusText(p.Status)
	for _, r := range f.Reasons {
		p.Reasons = append(p.Reasons, Reason{Code: r.Code, About: r.About, Detail: sentence(c.english, r.Code, "", map[string]string{"about": r.About})})
	}
	many, ok := errors.AsType[*faulty](err)
	switch {
	case ok:
		p.Errors = many.fields
		for i, e := range p.Errors {
			p.Errors[i].Detail = sentence(c.english, e.Code, e.Detail, nil)
		}
	case f.Field != "":
		p.Errors = []FieldError{{Location: located(f.Field), Code: f.Code, Detail: p.Detail}}
	}
	return p
}

// refuse answers with a problem outside of a huma handler.
func (s *server) refuse(c *gin.Context, err error) {
	p := s.problem(c.Request.Context(), err)
	for name, values := range p.GetHeaders() {
		c.Header(name, values[0])
	}
	c.Header("Content-Type", problemType)
	c.AbortWithStatusJSON(p.Status, p)
}

// recovered answers after a panic. What it was about is logged only.
func (s *server) recovered(c *gin.Context, panicked any) {
	s.Log.ErrorContext(c.Request.Context(), "panic", "route", c.FullPath(), "request", callOf(c.Request.Context()).id, "panic", panicked)
	if c.Writer.Written() {
		c.Abort()
		return
	}
	s.refuse(c, fault.New(internal, "internal", "something went wrong here; it has been logged under the request ID"))
}

// translate turns huma's own errors into problems before they are written.
func (s *server) translate(ctx huma.Context, _ string, v any) (any, error) {
	if e, ok := v.(*huma.ErrorModel); ok {
		return s.problem(ctx.Context(), invalid(e)), nil
	}
	return v, nil
}
