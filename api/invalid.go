package api

import (
	"net/http"
	"regexp"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"

	"payung/domain/fault"
)

// complaints maps how huma's messages begin to our codes. The messages
// themselves are not passed on: some of them repeat the value, which may be a
// NIK.
var complaints = []struct{ begins, code string }{
	{validation.MsgUnexpectedProperty, "unknown_field"},
	{"unknown query parameter", "unknown_field"},
	{"expected required property", "required"},
	{"required ", "required"},
	{validation.MsgExpectedRFC3339Date, "not_a_date"},
	{"expected string to", "bad_format"},
	{validation.MsgExpectedString, "wrong_type"},
	{"expected value to be one of", "unknown_value"},
	{"expected number >", "out_of_range"},
	{"expected number <", "out_of_range"},
	{"expected length >=", "too_short_text"},
	{"expected length <=", "too_long_text"},
	{"expected array length", "wrong_count"},
	{validation.MsgExpectedArrayItemsUnique, "repeated"},
	{"expected object with", "wrong_count"},
	{"expected ", "wrong_type"},
	{"invalid ", "wrong_type"},
	{wrongType, "wrong_type"},
}

// invalid is the fault behind an error of huma's own.
func invalid(e *huma.ErrorModel) error {
	if e.Status == http.StatusBadRequest {
		return fault.New(badSyntax, "bad_json", "the body is not JSON that can be read").On("body")
	}
	if len(e.Errors) == 0 {
		return &huma.ErrorModel{Status: e.Status, Detail: "huma: " + http.StatusText(e.Status)}
	}
	f := &faulty{Fault: fault.New(fault.Invalid, "invalid_request", "the request does not fit; see errors")}
	for _, d := range e.Errors {
		location, code := d.Location, "invalid_value"
		for _, c := range complaints {
			if strings.HasPrefix(d.Message, c.begins) {
				code = c.code
				break
			}
		}
		if field, ok := strings.CutPrefix(d.Message, wrongType); ok {
			location += "." + field
		}
		if name, ok := strings.CutPrefix(d.Message, "expected required property "); ok {
			location = within(location, strings.TrimSuffix(name, " to be present"))
		}
		f.fields = append(f.fields, FieldError{Location: digits.ReplaceAllString(location, "…"), Code: code})
	}
	return f
}

// within is the place of a property in what lacks it.
func within(location, property string) string {
	if strings.HasSuffix(location, "."+property) {
		return location
	}
	return location + "." + property
}

// digits are too many for an index or a year: a name of a field that was sent
// may itself be a NIK.
var digits = regexp.MustCompile(`\d(?:[ .-]?\d){5,}`)

// located is where a fault's field lies in the request.
func located(field string) string {
	for _, part := range []string{"body", "path", "query", "header"} {
		if field == part || strings.HasPrefix(field, part+".") {
			return field
		}
	}
	if field == "as_of" || field == "page_token" {
		return "query." + field
	}
	return "body." + field
}
