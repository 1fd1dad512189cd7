package ledger

import (
	"strings"

	"payung/domain/region"
	"payung/models"
)

// SourceInput says according to whom.
type SourceInput struct {
	Kind, Title, Publisher, PublishedOn, SaidBy, Reference string
	RegionCode                                             string // whose fact it is; "": national
}

// CreateSource records a source that facts can point to.
func (tx *Tx) CreateSource(in SourceInput) (models.Source, error) {
	s := models.Source{
		ID: newID(), Kind: in.Kind, Title: strings.TrimSpace(in.Title), Publisher: in.Publisher,
		PublishedOn: in.PublishedOn, SaidBy: in.SaidBy, Reference: in.Reference, CreatedAt: tx.micros(),
	}
	if in.RegionCode != "" {
		if _, ok := region.Find(in.RegionCode); !ok {
			return s, unknownRegion("region_code", in.RegionCode)
		}
		s.Scope = scopeOfRegion(in.RegionCode)
	}
	if s.Title == "" {
		return s, missing("title")
	}
	if in.PublishedOn != "" {
		if _, err := checkDay("published_on", in.PublishedOn); err != nil {
			return s, err
		}
	}
	if err := create(tx, s.Scope, s); err != nil {
		return s, err
	}
	return s, tx.audit("source.recorded", "source", s.ID, s.Scope, map[string]any{"kind": s.Kind})
}

// Source reads one source.
func (tx *Tx) Source(id string) (models.Source, error) {
	return take[models.Source](tx, "sources", "source", id)
}

// AllSources lists sources by ID.
func (tx *Tx) AllSources(p Page) ([]models.Source, error) {
	var rows []models.Source
	err := tx.from("sources").Where("id > ?", p.After).Order("id").Limit(p.Size).Find(&rows).Error
	return rows, err
}

// Sources reads sources by their IDs.
func (tx *Tx) Sources(ids []string) (map[string]models.Source, error) {
	out := map[string]models.Source{}
	if len(ids) == 0 {
		return out, nil
	}
	var rows []models.Source
	err := tx.from("sources").Where("id IN ?", ids).Find(&rows).Error
	for _, s := range rows {
		out[s.ID] = s
	}
	return out, err
}

// mustSource refuses a fact that points to a source nobody knows; "" is
// allowed: then the actor is the source.
func (tx *Tx) mustSource(id string) error {
	if id == "" {
		return nil
	}
	_, err := take[models.Source](tx, "sources", "source", id)
	return err
}
