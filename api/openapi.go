package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"payung/domain/fault"
)

//go:generate go run ./gen

// contract is the version of the API itself; it changes with the contract, not
// with each release of the program.
const contract = "1.0.0"

// OpenAPI is the document that describes the API, as /openapi.json serves it
// and as it is committed beside this file.
func OpenAPI() []byte {
	_, s := build(Options{})
	return s.document
}

func configuration(s *server) huma.Config {
	format := huma.Format{Marshal: huma.DefaultJSONFormat.Marshal, Unmarshal: unmarshal}
	return huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info: &huma.Info{
				Title: "Payung", Version: contract,
				Description: "Agreements between local governments and BPJS Ketenagakerjaan: who owes what by when, and who is protected. " +
					"Dates are YYYY-MM-DD, instants RFC 3339 in the agreement's zone, money whole rupiah. " +
					"Facts are accepted at any time; decisions answer 503 while the engine is away and count once when sent again with their key.",
				License: &huma.License{Name: "proprietary"},
			},
			Components: &huma.Components{
				Schemas:   huma.NewMapRegistry("#/components/schemas/", huma.DefaultSchemaNamer),
				Responses: map[string]*huma.Response{},
			},
		},
		Formats:                      map[string]huma.Format{"application/json": format, "json": format},
		DefaultFormat:                "application/json",
		RejectUnknownQueryParameters: true,
		Transformers:                 []huma.Transformer{s.translate},
	}
}

// describe completes and encodes the OpenAPI document once all operations are
// registered.
func (s *server) describe() []byte {
	doc := s.api.OpenAPI()
	schemas := doc.Components.Schemas
	doc.Components.Responses["Problem"] = &huma.Response{
		Description: "A problem, by RFC 9457",
		Headers:     map[string]*huma.Param{"Retry-After": {Description: "seconds, with 503", Schema: &huma.Schema{Type: huma.TypeInteger}}},
		Content:     map[string]*huma.MediaType{problemType: {Schema: schemas.Schema(reflect.TypeFor[Problem](), true, "Problem")}},
	}
	for _, name := range []string{"ErrorModel", "ErrorDetail"} {
		delete(schemas.Map(), name) // huma's own, which never goes out
	}
	for _, schema := range schemas.Map() {
		for _, property := range schema.Properties {
			notNull(property)
		}
	}
	add(doc, "/openapi.json", "get-openapi", "This document", "application/json", &huma.Schema{Type: huma.TypeObject, AdditionalProperties: true})
	add(doc, "/metrics", "get-metrics", "Prometheus metrics", "text/plain", &huma.Schema{Type: huma.TypeString})
	raw, err := json.Marshal(doc)
	if err != nil {
		panic(err) // a document that cannot be written is a mistake in its making
	}
	var out bytes.Buffer
	if err := json.Indent(&out, raw, "", "  "); err != nil {
		panic(err)
	}
	out.WriteByte('\n')
	return out.Bytes()
}

// notNull says that a list is empty, never null.
func notNull(s *huma.Schema) {
	if s.Type == huma.TypeArray {
		s.Nullable = false
		notNull(s.Items)
	}
}

// add describes a route that huma does not serve.
func add(doc *huma.OpenAPI, path, id, summary, kind string, schema *huma.Schema) {
	doc.AddOperation(&huma.Operation{
		Method: "GET", Path: path, OperationID: id, Summary: summary, Tags: []string{"operation"},
		Extensions: map[string]any{policyExtension: PolicyPublic},
		Responses: map[string]*huma.Response{
			"200": {Description: "OK", Content: map[string]*huma.MediaType{kind: {Schema: schema}}},
		},
	})
}

// wrongType begins an error about a value of another type than its field's,
// with the field behind it.
const wrongType = "wrong type: "

// unmarshal reads JSON. Its errors name a field at most, never a value.
func unmarshal(data []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	err := d.Decode(v)
	if e, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return wrongTypeError(e.Field)
	}
	if err == nil {
		if _, rest := d.Token(); rest != io.EOF {
			err = fault.New(badSyntax, "bad_json", "something follows the JSON")
		}
	}
	if err == nil && holdsNUL(v) {
		err = fault.New(badSyntax, "bad_json", "a text holds the character NUL")
	}
	return err
}

type wrongTypeError string

// Error names the field.
func (e wrongTypeError) Error() string { return wrongType + string(e) }

// holdsNUL finds the one character that PostgreSQL cannot hold in a text.
func holdsNUL(v any) bool {
	switch v := v.(type) {
	case *any:
		return holdsNUL(*v)
	case string:
		return bytes.IndexByte([]byte(v), 0) >= 0
	case []any:
		for _, x := range v {
			if holdsNUL(x) {
				return true
			}
		}
	case map[string]any:
		for _, x := range v {
			if holdsNUL(x) {
				return true
			}
		}
	}
	return false
}
