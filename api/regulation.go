package api

import (
	"payung/domain/calendar"
	"payung/ledger"
	"payung/models"
)

// RegulationInput is a legal basis for the register.
type RegulationInput struct {
	Kind          string          `json:"kind" maxLength:"40" example:"perbup" doc:"perbup, perwali, pergub, perda, inpres, pp, permenaker, …"`
	Number        string          `json:"number" maxLength:"60"`
	Title         string          `json:"title" maxLength:"500"`
	Issuer        string          `json:"issuer,omitempty" maxLength:"200"`
	Year          int             `json:"year" minimum:"1945" maximum:"2100"`
	RegionCode    string          `json:"region_code,omitempty" maxLength:"13" doc:"whose regulation; by default national"`
	InForceFrom   string          `json:"in_force_from,omitempty" format:"date"`
	FromPrecision string          `json:"from_precision,omitempty" enum:"day,month,year,early,before,since" default:"day"`
	InForceTo     string          `json:"in_force_to,omitempty" format:"date"`
	JDIHURL       string          `json:"jdih_url,omitempty" format:"uri" maxLength:"500"`
	VerifiedJDIH  bool            `json:"verified_jdih,omitempty"`
	SourceID      string          `json:"source_id,omitempty" maxLength:"64"`
	Articles      []ArticleInput  `json:"articles,omitempty" maxItems:"200"`
	Citations     []CitationInput `json:"citations,omitempty" maxItems:"50"`
}

// ArticleInput is one article: who must do what for which group.
type ArticleInput struct {
	Label     string `json:"label" maxLength:"60" example:"Pasal 7 ayat (2)"`
	Text      string `json:"text,omitempty" maxLength:"4000"`
	DutyRole  string `json:"duty_role,omitempty" maxLength:"40"`
	GroupCode string `json:"group_code,omitempty" maxLength:"40" doc:"by default every group"`
}

// Article is one article on record; obligations point to it.
type Article struct {
	ID string `json:"id"`
	ArticleInput
}

// CitationInput is how one source cites a regulation.
type CitationInput struct {
	SourceID string `json:"source_id" maxLength:"64"`
	Number   string `json:"number" maxLength:"60"`
	Year     int    `json:"year" minimum:"1945" maximum:"2100"`
}

// Regulation is a legal basis.
type Regulation struct {
	ID           string          `json:"id"`
	Kind         string          `json:"kind"`
	Number       string          `json:"number"`
	Year         int             `json:"year"`
	Title        string          `json:"title"`
	Issuer       string          `json:"issuer,omitempty"`
	InForceFrom  *Date           `json:"in_force_from,omitempty"`
	InForceTo    string          `json:"in_force_to,omitempty" format:"date"`
	JDIHURL      string          `json:"jdih_url,omitempty"`
	VerifiedJDIH bool            `json:"verified_jdih"`
	SourceID     string          `json:"source_id,omitempty"`
	Articles     []Article       `json:"articles,omitempty" doc:"of one regulation only, not in lists"`
	Citations    []CitationInput `json:"citations,omitempty" doc:"of one regulation only, not in lists"`
}

func regulationView(r models.Regulation) Regulation {
	return Regulation{
		ID: r.ID, Kind: r.Kind, Number: r.Number, Year: r.Year, Title: r.Title, Issuer: r.Issuer, InForceTo: r.InForceTo,
		InForceFrom: knownDate(calendar.When{On: calendar.Day(r.InForceFrom), Precision: calendar.Precision(r.FromPrecision)}),
		JDIHURL:     r.JDIHURL, VerifiedJDIH: r.VerifiedJDIH, SourceID: r.SourceID,
	}
}

func citationView(c models.Citation) CitationInput {
	return CitationInput{SourceID: c.SourceID, Number: c.Number, Year: c.Year}
}

func regulationRoutes(s *server) {
	create(s, PolicyWrite, "/regulations", "create-regulation", "Record a regulation with its articles and citations",
		func(tx *ledger.Tx, in *Sent[RegulationInput]) (Regulation, error) {
			b := in.Body
			r, err := tx.CreateRegulation(ledger.RegulationInput{
				Kind: b.Kind, Number: b.Number, Title: b.Title, Issuer: b.Issuer, Year: b.Year, RegionCode: b.RegionCode, InForceFrom: b.InForceFrom,
				FromPrecision: calendar.Precision(b.FromPrecision), InForceTo: b.InForceTo, JDIHURL: b.JDIHURL, VerifiedJDIH: b.VerifiedJDIH, SourceID: b.SourceID,
				Articles:  each(b.Articles, func(a ArticleInput) ledger.ArticleInput { return ledger.ArticleInput(a) }),
				Citations: each(b.Citations, func(c CitationInput) ledger.CitationInput { return ledger.CitationInput(c) }),
			})
			if err != nil {
				return Regulation{}, err
			}
			return regulationWithAll(tx, r.ID)
		})
	read(s, PolicyRead, "/regulations", "list-regulations", "List the register",
		func(tx *ledger.Tx, in *PageQuery) (List[Regulation], error) {
			return paged(*in, tx.Regulations, func(r models.Regulation) string { return r.ID }, regulationView)
		})
	read(s, PolicyRead, "/regulations/{id}", "get-regulation", "One regulation with its articles and citations",
		func(tx *ledger.Tx, in *ByID) (Regulation, error) { return regulationWithAll(tx, in.ID) })
	create(s, PolicyWrite, "/regulations/{id}/citations", "create-citation", "Record how a source cites a regulation",
		func(tx *ledger.Tx, in *Of[CitationInput]) (Regulation, error) {
			if err := tx.AddCitation(in.ID, ledger.CitationInput(in.Body)); err != nil {
				return Regulation{}, err
			}
			return regulationWithAll(tx, in.ID)
		})
}

func regulationWithAll(tx *ledger.Tx, id string) (Regulation, error) {
	r, err := tx.Regulation(id)
	if err != nil {
		return Regulation{}, err
	}
	out := regulationView(r)
	articles, err := tx.Articles(id)
	if err != nil {
		return out, err
	}
	out.Articles = each(articles, func(a models.Article) Article {
		return Article{ID: a.ID, ArticleInput: ArticleInput{Label: a.Label, Text: a.Text, DutyRole: a.DutyRole, GroupCode: a.GroupCode}}
	})
	citations, err := tx.Citations(id)
	out.Citations = each(citations, citationView)
	return out, err
}
