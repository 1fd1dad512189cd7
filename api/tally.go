package api

import (
	"context"

	"payung/domain/tally"
	"payung/grid"
	"payung/ledger"
	"payung/models"
	"payung/upload"
)

// TallyQuery says what an uploaded recap is.
type TallyQuery struct {
	ByID
	FileQuery
	Kind      string `query:"kind" required:"true" enum:"villages,offices,members,contacts" doc:"villages as DPMD counts them, offices as BKPSDM does, members as BPJS lists them, contacts with phones"`
	SaidBy    string `query:"said_by" required:"true" maxLength:"200" example:"DPMD" doc:"whose recap it is"`
	On        string `query:"on" format:"date" doc:"as of when; by default today"`
	Year      int    `query:"year" minimum:"2004" maximum:"2100" doc:"of months written without one; by default that of on"`
	GroupCode string `query:"group_code" maxLength:"40" doc:"whom it counts; by default that of the year, or usual for the kind"`
	YearID    string `query:"year_id" maxLength:"64" doc:"year of an agreement whose statuses it tells; without one they are reported figures"`
	Sheet     string `query:"sheet" maxLength:"100" doc:"name of the sheet; by default the one that looks most like a recap"`
}

// Tally is a recap that was uploaded.
type Tally struct {
	ID          string       `json:"id"`
	PartyID     string       `json:"party_id"`
	AgreementID string       `json:"agreement_id,omitempty"`
	YearID      string       `json:"year_id,omitempty"`
	Kind        string       `json:"kind"`
	GroupCode   string       `json:"group_code,omitempty"`
	Year        int          `json:"year"`
	SaidBy      string       `json:"said_by"`
	On          string       `json:"on" format:"date"`
	FileName    string       `json:"file_name,omitempty"`
	Known       bool         `json:"known,omitempty" doc:"the same file was here before: this is its recap"`
	Result      *TallyResult `json:"result,omitempty" doc:"what applying it did; absent: not applied yet"`
}

// TallyCounts says how far a recap is understood.
type TallyCounts struct {
	Rows      int `json:"rows"`
	Sure      int `json:"sure" doc:"known villages and offices"`
	New       int `json:"new" doc:"offices that applying it records"`
	LeftOut   int `json:"left_out" doc:"nobody's here"`
	Waiting   int `json:"waiting" doc:"wait for an answer"`
	Questions int `json:"questions"`
}

// TallyFinding is something about a recap that a person should know.
type TallyFinding struct {
	Code  string `json:"code"`
	Line  int    `json:"line,omitempty" doc:"as the sheet numbers it"`
	About string `json:"about,omitempty"`
	Says  int64  `json:"says,omitempty"`
	Sum   int64  `json:"sum,omitempty"`
}

// TallyColumns says where a table begins and what its columns mean.
type TallyColumns struct {
	Heading int           `json:"heading" minimum:"0" maximum:"100000" doc:"number of the last line of headings; 0: there is none"`
	Columns []TallyColumn `json:"columns" minItems:"1" maxItems:"40"`
}

// TallyColumn says what one column means.
type TallyColumn struct {
	Index int    `json:"index" minimum:"0" maximum:"39" doc:"from 0: A"`
	Field string `json:"field" enum:"number,code,district,name,npp,people,registered,paid,until,status,post,holder,phone,email"`
}

// TallyPreview is a column with what stands in it.
type TallyPreview struct {
	Index   int      `json:"index"`
	Letters string   `json:"letters" example:"C"`
	Heading string   `json:"heading,omitempty"`
	Samples []string `json:"samples"`
	Field   string   `json:"field,omitempty" doc:"absent: not used"`
}

// TallySheet is a recap with what it says by now.
type TallySheet struct {
	Tally
	Sheet    string         `json:"sheet,omitempty"`
	Heading  int            `json:"heading"`
	Columns  []TallyPreview `json:"columns"`
	Counts   TallyCounts    `json:"counts"`
	Findings []TallyFinding `json:"findings"`
}

// TallyProgress is what is left of a recap after a change.
type TallyProgress struct {
	ID       string         `json:"id"`
	Counts   TallyCounts    `json:"counts"`
	Findings []TallyFinding `json:"findings"`
}

func tallyView(t models.Tally) Tally {
	return Tally{
		ID: t.ID, PartyID: t.PartyID, AgreementID: t.AgreementID, YearID: t.PeriodID, Kind: t.Kind, GroupCode: t.GroupCode, Year: t.Year,
		SaidBy: t.SaidBy, On: t.OnDay, FileName: t.FileName,
	}
}

func tallySheetView(s ledger.TallySheet) TallySheet {
	out := TallySheet{Tally: tallyView(s.Tally), Sheet: s.Sheet, Heading: s.Mapped.Heading, Counts: countsOf(s), Findings: each(s.Findings, tallyFinding)}
	out.Columns = each(s.Columns, func(c ledger.TallyColumn) TallyPreview {
		return TallyPreview{Index: c.Index, Letters: c.Letters, Heading: c.Heading, Samples: append([]string{}, c.Samples...), Field: string(c.Field)}
	})
	if s.Done != nil {
		r := tallyResult(*s.Done)
		out.Result = &r
	}
	return out
}

func countsOf(s ledger.TallySheet) TallyCounts {
	return TallyCounts{Rows: len(s.Rows), Sure: s.Sure(), New: s.New(), LeftOut: s.Left(), Waiting: s.Open(), Questions: len(s.Questions)}
}

func tallyFinding(f tally.Finding) TallyFinding { return TallyFinding(f) }

func progress(s ledger.TallySheet, err error) (TallyProgress, error) {
	return TallyProgress{ID: s.ID, Counts: countsOf(s), Findings: each(s.Findings, tallyFinding)}, err
}

func tallyRoutes(s *server) {
	up := route{path: "/parties/{id}/tallies", id: "upload-tally", summary: "Upload a recap of villages, offices, members or contacts"}
	receive(s, PolicyWrite, up,
		func(ctx context.Context, f *upload.File, in *TallyQuery) (ledger.TallyInput, error) {
			g, err := grid.Read(ctx, f, tally.Kind(in.Kind), in.Sheet)
			return ledger.TallyInput{
				Kind: in.Kind, SaidBy: in.SaidBy, On: in.On, Year: in.Year, GroupCode: in.GroupCode, YearID: in.YearID,
				FileName: f.Name, Digest: f.Digest, Grid: g,
			}, err
		},
		func(tx *ledger.Tx, in *TallyQuery, read ledger.TallyInput) (Tally, error) {
			t, known, err := tx.UploadTally(in.ID, read)
			out := tallyView(t)
			out.Known = known
			return out, err
		})
	read(s, PolicyRead, "/parties/{id}/tallies", "list-tallies", "A party's recaps, the newest first",
		func(tx *ledger.Tx, in *ByID) (List[Tally], error) {
			if _, err := tx.Party(in.ID); err != nil {
				return List[Tally]{}, err
			}
			rows, err := tx.Tallies(in.ID)
			return listed(rows, err, tallyView)
		})
	read(s, PolicyRead, "/tallies/{id}", "get-tally", "A recap: its columns, what is understood, what is odd",
		func(tx *ledger.Tx, in *ByID) (TallySheet, error) {
			sheet, err := tx.TallySheet(in.ID)
			return tallySheetView(sheet), err
		})
	change(s, PolicyWrite, "/tallies/{id}/columns", "map-tally", "Say what the columns of a recap mean",
		func(tx *ledger.Tx, in *Of[TallyColumns]) (TallyProgress, error) {
			return progress(tx.MapTally(in.ID, tally.Mapping{
				Heading: in.Body.Heading,
				Columns: each(in.Body.Columns, func(c TallyColumn) tally.Column { return tally.Column{Field: tally.Field(c.Field), Index: c.Index} }),
			}))
		})
	tallyAnswerRoutes(s)
}
