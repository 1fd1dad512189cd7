package api

import (
	"encoding/base64"

	"payung/domain/fault"
	"payung/ledger"
)

// PageQuery asks for a stretch of a list.
type PageQuery struct {
	PageSize  int    `query:"page_size" default:"50" minimum:"1" maximum:"500" doc:"rows at most"`
	PageToken string `query:"page_token" maxLength:"200" doc:"next_page_token of the page before"`
}

// List is a list, or a stretch of one.
type List[T any] struct {
	Items         []T    `json:"items"`
	NextPageToken string `json:"next_page_token,omitempty" doc:"absent on the last page"`
}

// paged reads one page and one row more, to learn whether there is another.
func paged[R, V any](q PageQuery, rows func(ledger.Page) ([]R, error), id func(R) string, view func(R) V) (List[V], error) {
	after, err := base64.RawURLEncoding.DecodeString(q.PageToken)
	if err != nil || !knownID.Match(after) && len(after) > 0 {
		return List[V]{}, fault.New(fault.Invalid, "bad_page_token", "this page token was not given out here").On("page_token")
	}
	found, err := rows(ledger.Page{After: string(after), Size: q.PageSize + 1})
	if err != nil {
		return List[V]{}, err
	}
	var next string
	if len(found) > q.PageSize {
		found = found[:q.PageSize]
		next = base64.RawURLEncoding.EncodeToString([]byte(id(found[len(found)-1])))
	}
	return List[V]{Items: each(found, view), NextPageToken: next}, nil
}

// listed makes a whole list of rows that are not paged.
func listed[R, V any](rows []R, err error, view func(R) V) (List[V], error) {
	return List[V]{Items: each(rows, view)}, err
}

// each maps rows; no rows are an empty list, never null.
func each[R, V any](rows []R, view func(R) V) []V {
	out := make([]V, len(rows))
	for i, r := range rows {
		out[i] = view(r)
	}
	return out
}
