package api

import (
	"payung/ledger"
	"payung/models"
)

// SourceInput says according to whom.
type SourceInput struct {
	Kind        string `json:"kind" maxLength:"40" example:"news" doc:"news, letter, minutes, officer, register, …"`
	Title       string `json:"title" maxLength:"500"`
	Publisher   string `json:"publisher,omitempty" maxLength:"200"`
	PublishedOn string `json:"published_on,omitempty" format:"date"`
	SaidBy      string `json:"said_by,omitempty" maxLength:"200" doc:"a post, not a person"`
	Reference   string `json:"reference,omitempty" maxLength:"1000"`
	RegionCode  string `json:"region_code,omitempty" maxLength:"13" doc:"whose fact it is; by default national"`
}

// Source is what facts point to.
type Source struct {
	ID          string `json:"id"`
	Kind        string `json:"kind"`
	Title       string `json:"title"`
	Publisher   string `json:"publisher,omitempty"`
	PublishedOn string `json:"published_on,omitempty" format:"date"`
	SaidBy      string `json:"said_by,omitempty"`
	Reference   string `json:"reference,omitempty"`
}

func sourceView(r models.Source) Source {
	return Source{ID: r.ID, Kind: r.Kind, Title: r.Title, Publisher: r.Publisher, PublishedOn: r.PublishedOn, SaidBy: r.SaidBy, Reference: r.Reference}
}

// namedSource is the source of a figure or fact; nil if the actor is the source.
func namedSource(r models.Source) *Source {
	if r.ID == "" {
		return nil
	}
	v := sourceView(r)
	return &v
}

func sourceRoutes(s *server) {
	create(s, PolicyWrite, "/sources", "create-source", "Record a source",
		func(tx *ledger.Tx, in *Sent[SourceInput]) (Source, error) {
			r, err := tx.CreateSource(ledger.SourceInput(in.Body))
			return sourceView(r), err
		})
	read(s, PolicyRead, "/sources", "list-sources", "List sources",
		func(tx *ledger.Tx, in *PageQuery) (List[Source], error) {
			return paged(*in, tx.AllSources, func(r models.Source) string { return r.ID }, sourceView)
		})
	read(s, PolicyRead, "/sources/{id}", "get-source", "One source",
		func(tx *ledger.Tx, in *ByID) (Source, error) {
			r, err := tx.Source(in.ID)
			return sourceView(r), err
		})
}
