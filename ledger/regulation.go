package ledger

import (
	"strings"

	"payung/domain/calendar"
	"payung/domain/region"
	"payung/models"
)

// RegulationInput is a legal basis for the register.
type RegulationInput struct {
	Kind, Number, Title, Issuer string
	Year                        int
	RegionCode                  string // whose regulation; "": national
	InForceFrom                 string
	FromPrecision               calendar.Precision
	InForceTo                   string
	JDIHURL                     string
	VerifiedJDIH                bool
	SourceID                    string
	Articles                    []ArticleInput
	Citations                   []CitationInput
}

// ArticleInput is one article: who must do what for which group.
type ArticleInput struct{ Label, Text, DutyRole, GroupCode string }

// CitationInput is how one source cites the regulation.
type CitationInput struct {
	SourceID string
	Number   string
	Year     int
}

// CreateRegulation records a regulation with its articles and with how sources
// cite it. Two citations may disagree; both stand until the JDIH settles it.
func (tx *Tx) CreateRegulation(in RegulationInput) (models.Regulation, error) {
	r := models.Regulation{
		ID: newID(), Kind: in.Kind, Number: strings.TrimSpace(in.Number), Year: in.Year, Title: strings.TrimSpace(in.Title), Issuer: in.Issuer,
		InForceFrom: in.InForceFrom, FromPrecision: string(in.FromPrecision), InForceTo: in.InForceTo, JDIHURL: in.JDIHURL,
		VerifiedJDIH: in.VerifiedJDIH, SourceID: in.SourceID, CreatedAt: tx.micros(),
	}
	switch {
	case r.Number == "":
		return r, missing("number")
	case r.Title == "":
		return r, missing("title")
	case r.Year < 1945 || r.Year > latest.Year():
		return r, badDate("year")
	case r.FromPrecision == "":
		r.FromPrecision = string(calendar.Exact)
	}
	if in.RegionCode != "" {
		if _, ok := region.Find(in.RegionCode); !ok {
			return r, unknownRegion("region_code", in.RegionCode)
		}
		r.Scope = scopeOfRegion(in.RegionCode)
	}
	for field, day := range map[string]string{"in_force_from": in.InForceFrom, "in_force_to": in.InForceTo} {
		if day != "" && !calendar.Day(day).Valid() {
			return r, badDate(field)
		}
	}
	if err := tx.mustSource(in.SourceID); err != nil {
		return r, err
	}
	if err := create(tx, r.Scope, r); err != nil {
		return r, err
	}
	articles := make([]models.Article, 0, len(in.Articles))
	for _, a := range in.Articles {
		articles = append(articles, models.Article{
			ID: newID(), Scope: r.Scope, RegulationID: r.ID, Label: a.Label, Text: a.Text, DutyRole: a.DutyRole, GroupCode: a.GroupCode, CreatedAt: tx.micros(),
		})
	}
	if err := create(tx, r.Scope, articles...); err != nil {
		return r, err
	}
	for _, c := range in.Citations {
		if err := tx.AddCitation(r.ID, c); err != nil {
			return r, err
		}
	}
	return r, tx.audit("regulation.recorded", "regulation", r.ID, r.Scope, map[string]any{"kind": r.Kind, "year": r.Year, "articles": len(articles)})
}

// AddCitation records how a source cites a regulation.
func (tx *Tx) AddCitation(regulationID string, in CitationInput) error {
	r, err := tx.Regulation(regulationID)
	if err != nil {
		return err
	}
	if _, err := take[models.Source](tx, "sources", "source", in.SourceID); err != nil {
		return err
	}
	c := models.Citation{
		ID: newID(), Scope: r.Scope, RegulationID: r.ID, SourceID: in.SourceID, Number: in.Number, Year: in.Year, CreatedAt: tx.micros(),
	}
	if err := create(tx, r.Scope, c); err != nil {
		return err
	}
	return tx.audit("regulation.cited", "regulation", r.ID, r.Scope, map[string]any{"source": in.SourceID})
}

// Regulation reads one regulation.
func (tx *Tx) Regulation(id string) (models.Regulation, error) {
	return take[models.Regulation](tx, "regulations", "regulation", id)
}

// Regulations lists the register by ID.
func (tx *Tx) Regulations(p Page) ([]models.Regulation, error) {
	var rows []models.Regulation
	err := tx.from("regulations").Where("id > ?", p.After).Order("id").Limit(p.Size).Find(&rows).Error
	return rows, err
}

// Articles lists a regulation's articles.
func (tx *Tx) Articles(regulationID string) ([]models.Article, error) {
	var rows []models.Article
	err := tx.from("articles").Where("regulation_id = ?", regulationID).Order("id").Find(&rows).Error
	return rows, err
}

// Citations lists how sources cite a regulation.
func (tx *Tx) Citations(regulationID string) ([]models.Citation, error) {
	var rows []models.Citation
	err := tx.from("citations").Where("regulation_id = ?", regulationID).Order("id").Find(&rows).Error
	return rows, err
}
