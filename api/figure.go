package api

import (
	"payung/domain/calendar"
	"payung/ledger"
	"payung/models"
)

// FigureInput is a number somebody reported. It stands beside what is computed;
// nobody invents which villages it means.
type FigureInput struct {
	AgreementID string `json:"agreement_id,omitempty" maxLength:"64"`
	SubjectKind string `json:"subject_kind" enum:"region,unit,line,agreement"`
	SubjectID   string `json:"subject_id,omitempty" maxLength:"64"`
	SubjectName string `json:"subject_name,omitempty" maxLength:"300" doc:"as the source words it"`
	GroupCode   string `json:"group_code,omitempty" maxLength:"40"`
	Measure     string `json:"measure" maxLength:"60" example:"people_protected"`
	Value       int64  `json:"value"`
	About       bool   `json:"about,omitempty" doc:"the source says about, some, more than"`
	Definition  string `json:"definition" maxLength:"1000" doc:"what is counted"`
	On          Date   `json:"on"`
	SourceID    string `json:"source_id" maxLength:"64"`
}

// Figure is a reported number.
type Figure struct {
	ID string `json:"id"`
	FigureInput
}

func figureView(f models.Figure) Figure {
	return Figure{ID: f.ID, FigureInput: FigureInput{
		AgreementID: f.AgreementID, SubjectKind: f.SubjectKind, SubjectID: f.SubjectID, SubjectName: f.SubjectName, GroupCode: f.GroupCode,
		Measure: f.Measure, Value: f.Value, About: f.About, Definition: f.Definition, On: dateOf(f.OnDay, f.Precision), SourceID: f.SourceID,
	}}
}

// FigureQuery narrows a list of figures.
type FigureQuery struct {
	AgreementID string `query:"agreement_id" maxLength:"64"`
	SubjectID   string `query:"subject_id" maxLength:"64"`
	AsOf        string `query:"as_of" format:"date" doc:"reported by that day"`
}

// ProspectInput is a region with nothing for a group, and what comes next there.
type ProspectInput struct {
	RegionCode string `json:"region_code" maxLength:"13"`
	GroupCode  string `json:"group_code,omitempty" maxLength:"40"`
	NextStep   string `json:"next_step,omitempty" maxLength:"200" example:"audience"`
	NextOn     string `json:"next_on,omitempty" format:"date"`
	On         string `json:"on" format:"date" doc:"the day on which there was nothing"`
	SourceID   string `json:"source_id,omitempty" maxLength:"64"`
}

// Prospect is a region with nothing for a group.
type Prospect struct {
	ID string `json:"id"`
	ProspectInput
}

func prospectView(p models.Prospect) Prospect {
	return Prospect{ID: p.ID, ProspectInput: ProspectInput{
		RegionCode: p.RegionCode, GroupCode: p.GroupCode, NextStep: p.NextStep, NextOn: p.NextOn, On: p.OnDay, SourceID: p.SourceID,
	}}
}

// DayQuery asks for a day; by default now.
type DayQuery struct {
	AsOf string `query:"as_of" format:"date"`
}

func figureRoutes(s *server) {
	create(s, PolicyWrite, "/figures", "create-figure", "Record a number somebody reported",
		func(tx *ledger.Tx, in *Sent[FigureInput]) (Figure, error) {
			b := in.Body
			f, err := tx.RecordFigure(ledger.FigureInput{
				AgreementID: b.AgreementID, SubjectKind: b.SubjectKind, SubjectID: b.SubjectID, SubjectName: b.SubjectName, GroupCode: b.GroupCode,
				Measure: b.Measure, Value: b.Value, About: b.About, Definition: b.Definition, On: b.On.when(), SourceID: b.SourceID,
			})
			return figureView(f), err
		})
	read(s, PolicyRead, "/figures", "list-figures", "Reported numbers in order of date, the first thousand",
		func(tx *ledger.Tx, in *FigureQuery) (List[Figure], error) {
			rows, err := tx.Figures(ledger.FigureFilter{AgreementID: in.AgreementID, SubjectID: in.SubjectID, On: calendar.Day(in.AsOf)})
			return listed(rows, err, figureView)
		})
	create(s, PolicyWrite, "/prospects", "create-prospect", "Record that a region had nothing for a group",
		func(tx *ledger.Tx, in *Sent[ProspectInput]) (Prospect, error) {
			b := in.Body
			p, err := tx.RecordProspect(ledger.ProspectInput{
				RegionCode: b.RegionCode, GroupCode: b.GroupCode, NextStep: b.NextStep, NextOn: b.NextOn, SourceID: b.SourceID, On: calendar.Day(b.On),
			})
			return prospectView(p), err
		})
	read(s, PolicyRead, "/prospects", "list-prospects", "Regions with nothing, as known on a day",
		func(tx *ledger.Tx, in *DayQuery) (List[Prospect], error) {
			day, err := tx.AsOf(in.AsOf)
			if err != nil {
				return List[Prospect]{}, err
			}
			rows, err := tx.Prospects(day)
			return listed(rows, err, prospectView)
		})
}
