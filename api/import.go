package api

import (
	"context"
	"net/http"

	"payung/intake"
	"payung/ledger"
	"payung/models"
	"payung/upload"
)

// ReadInput says how a file is to be read.
type ReadInput struct {
	ObligationID string   `json:"obligation_id" maxLength:"64" doc:"duty it answers"`
	Sheet        string   `json:"sheet,omitempty" maxLength:"200" doc:"by default the one that holds a list"`
	Mapping      *Mapping `json:"mapping,omitempty" doc:"by default it is guessed, or remembered of the unit"`
	On           string   `json:"on,omitempty" format:"date" doc:"when it was handed in; by default when the file came"`
	OnBehalf     string   `json:"on_behalf,omitempty" maxLength:"200" doc:"of whom you hand it in, in words"`
}

// HandInQuery is what is known of a file that is handed in for a duty.
type HandInQuery struct {
	SendQuery
	Sheet string `query:"sheet" maxLength:"200"`
}

// PasteInput is a list copied out of a sheet.
type PasteInput struct {
	Text     string `json:"text" minLength:"1" maxLength:"8000000" writeOnly:"true" doc:"cells separated by tabs, as every program leaves them on the clipboard"`
	On       string `json:"on,omitempty" format:"date"`
	OnBehalf string `json:"on_behalf,omitempty" maxLength:"200"`
}

// MappingInput is how the columns are to be read, said by a person.
type MappingInput struct {
	Mapping
	Sheet    string `json:"sheet,omitempty" maxLength:"200" doc:"by default as before"`
	Remember bool   `json:"remember,omitempty" doc:"the unit's next file with these headings is read the same way"`
}

// ImportQuery narrows a list of readings.
type ImportQuery struct {
	PageQuery
	Spoken
	ObligationID string `query:"obligation_id" maxLength:"64"`
	UploadID     string `query:"upload_id" maxLength:"64"`
	AgreementID  string `query:"agreement_id" maxLength:"64"`
	State        string `query:"state" enum:"reading,ready,held,refused,accepted,dropped"`
}

func importRoutes(s *server) {
	begin := route{path: "/uploads/{id}/imports", id: "begin-import", summary: "Read a file as the list of a duty; nothing counts until it is accepted"}
	work(s, PolicyWrite, begin, begun, func(ctx context.Context, in *SpokenOf[ReadInput]) (ImportDetail, error) {
		mapping, err := in.Body.Mapping.encode()
		if err != nil {
			return ImportDetail{}, err
		}
		return s.begin(ctx, in.ID, in.Spoken, ledger.ImportInput{
			ObligationID: in.Body.ObligationID, Sheet: in.Body.Sheet, Mapping: mapping, On: in.Body.On, OnBehalf: in.Body.OnBehalf,
		})
	})
	hand := route{path: "/obligations/{id}/uploads", id: "hand-in-file", summary: "Hand in a file as the list of a duty: received and read in one"}
	take(s, PolicyWrite, hand, sendFields, begun, func(ctx context.Context, f *upload.File, in *HandInQuery) (ImportDetail, error) {
		return s.handIn(ctx, fileOf(ctx, f, &in.SendQuery), in.ID, in.Sheet, in.Spoken)
	})
	paste := route{path: "/obligations/{id}/paste", id: "paste-list", summary: "Hand in a list copied out of a sheet; it is kept and read as a file", limit: rosterLimit}
	work(s, PolicyWrite, paste, begun, func(ctx context.Context, in *SpokenOf[PasteInput]) (ImportDetail, error) {
		f := intake.Pasted(in.Body.Text)
		f.OnBehalf, f.ReceivedOn = in.Body.OnBehalf, in.Body.On
		return s.handIn(ctx, f, in.ID, "", in.Spoken)
	})
	again := route{path: "/imports/{id}/mapping", id: "map-import", summary: "Say which column is which; the file is read again, as another import"}
	work(s, PolicyWrite, again, begun, s.remap)
	read(s, PolicyRead, "/imports", "list-imports", "The readings of files, the oldest first",
		func(tx *ledger.Tx, in *ImportQuery) (List[Import], error) {
			f := ledger.ImportFilter{ObligationID: in.ObligationID, UploadID: in.UploadID, AgreementID: in.AgreementID, State: in.State}
			rows := func(p ledger.Page) ([]models.Import, error) { return tx.Imports(f, p) }
			c := clocksOf(tx)
			return paged(in.PageQuery, rows, func(i models.Import) string { return i.ID }, func(i models.Import) Import {
				return importView(i, c.zone(i.AgreementID), in.Spoken)
			})
		})
	read(s, PolicyRead, "/imports/{id}", "get-import", "One reading: how far it is, what is wrong, and what it would change",
		func(tx *ledger.Tx, in *SpokenID) (ImportDetail, error) {
			i, err := tx.Import(in.ID)
			return shownImport(tx, i, in.Spoken, err)
		})
	answerRoutes(s)
	findingRoutes(s)
}

// begun is the ending of a reading that was begun: 202 while it goes on in the
// background.
func begun(i ImportDetail) (int, string) {
	at := base + "/imports/" + i.ID
	if i.State == ledger.ImportReading {
		return http.StatusAccepted, at
	}
	return http.StatusCreated, at
}

// handIn receives a file and has it read as the list of a duty.
func (s *server) handIn(ctx context.Context, f intake.File, duty, sheet string, lang Spoken) (ImportDetail, error) {
	i, err := s.Intake.HandIn(ctx, callOf(ctx).actor, f, ledger.ImportInput{ObligationID: duty, Sheet: sheet, On: f.ReceivedOn})
	return s.shown(ctx, i, lang, err)
}

// begin has a file read, or finds the reading that was begun already.
func (s *server) begin(ctx context.Context, uploadID string, lang Spoken, in ledger.ImportInput) (ImportDetail, error) {
	i, err := s.Intake.Begin(ctx, callOf(ctx).actor, uploadID, in)
	return s.shown(ctx, i, lang, err)
}

// shown is a reading as it is now.
func (s *server) shown(ctx context.Context, i models.Import, lang Spoken, err error) (ImportDetail, error) {
	if err != nil {
		return ImportDetail{}, err
	}
	var out ImportDetail
	err = s.Ledger.Read(ctx, callOf(ctx).actor, func(tx *ledger.Tx) (err error) {
		out, err = shownImport(tx, i, lang, nil)
		return err
	})
	return out, err
}
