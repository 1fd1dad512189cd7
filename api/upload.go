package api

import (
	"cmp"
	"context"
	"net/http"

	"payung/intake"
	"payung/ledger"
	"payung/models"
	"payung/upload"
)

// SendQuery is what is known of a file before it is read. A form may say the
// same in fields of these names, which stand in no address.
type SendQuery struct {
	ByID
	Spoken
	FileQuery
	Sender     string `query:"sender" maxLength:"200" doc:"who sent it, in words or by phone number"`
	OnBehalf   string `query:"on_behalf" maxLength:"200" doc:"of whom you hand it in, in words"`
	ReceivedOn string `query:"received_on" maxLength:"10" doc:"when it came; by default today"`
	Batch      string `query:"batch" maxLength:"64" doc:"of files that were dropped together"`
}

// sendFields are those that a form may have.
var sendFields = []string{"sender", "on_behalf", "received_on", "batch"}

// UploadQuery narrows a list of files.
type UploadQuery struct {
	PageQuery
	Spoken
	Batch        string `query:"batch" maxLength:"64"`
	State        string `query:"state" enum:"unplaced,placed,needs_sheet,set_aside"`
	ObligationID string `query:"obligation_id" maxLength:"64"`
	UnitID       string `query:"unit_id" maxLength:"64"`
}

// PlaceInput says whose a file is: one of the two.
type PlaceInput struct {
	ObligationID string `json:"obligation_id,omitempty" maxLength:"64" doc:"duty it answers"`
	UnitID       string `json:"unit_id,omitempty" maxLength:"64" doc:"unit that owes one list"`
	OnBehalf     string `json:"on_behalf,omitempty" maxLength:"200" doc:"of whom you say so, in words"`
}

func uploadRoutes(s *server) {
	sent := route{path: "/parties/{id}/uploads", id: "send-upload", summary: "Receive a file for a local government, whatever it is, and say whose it may be; the same content is received once"}
	take(s, PolicyWrite, sent, sendFields, received, func(ctx context.Context, f *upload.File, in *SendQuery) (Upload, error) {
		u, known, err := s.Intake.Receive(ctx, callOf(ctx).actor, fileOf(ctx, f, in))
		if err != nil {
			return Upload{}, err
		}
		return s.uploadOf(ctx, u, known, in.english())
	})
	read(s, PolicyRead, "/uploads", "list-uploads", "The files that were received, the oldest first",
		func(tx *ledger.Tx, in *UploadQuery) (List[Upload], error) {
			f := ledger.UploadFilter{Batch: in.Batch, State: in.State, ObligationID: in.ObligationID, UnitID: in.UnitID}
			rows := func(p ledger.Page) ([]models.Upload, error) { return tx.Uploads(f, p) }
			found, err := paged(in.PageQuery, rows, func(u models.Upload) string { return u.ID }, func(u models.Upload) models.Upload { return u })
			if err != nil {
				return List[Upload]{}, err
			}
			items, err := uploadViews(tx, found.Items, in.english())
			return List[Upload]{Items: items, NextPageToken: found.NextPageToken}, err
		})
	read(s, PolicyRead, "/uploads/{id}", "get-upload", "One file: what it is, whose it may be, and what to tell its sender",
		func(tx *ledger.Tx, in *SpokenID) (Upload, error) {
			u, err := tx.Upload(in.ID)
			return shownUpload(tx, u, in.english(), err)
		})
	change(s, PolicyWrite, "/uploads/{id}/place", "place-upload", "Say which duty a file answers",
		func(tx *ledger.Tx, in *SpokenOf[PlaceInput]) (Upload, error) {
			duty := in.Body.ObligationID
			if duty == "" {
				var err error
				if duty, err = tx.OwedList(in.Body.UnitID); err != nil {
					return Upload{}, err
				}
			}
			u, err := tx.PlaceUpload(in.ID, duty, in.Body.OnBehalf)
			return shownUpload(tx, u, in.english(), err)
		})
	change(s, PolicyWrite, "/uploads/{id}/set-aside", "set-aside-upload", "Say that a file is not needed; it is kept",
		func(tx *ledger.Tx, in *SpokenOf[ReasonInput]) (Upload, error) {
			u, err := tx.SetAsideUpload(in.ID, in.Body.Reason)
			return shownUpload(tx, u, in.english(), err)
		})
}

// received is the ending of a file that came: 200 if it was here already.
func received(u Upload) (int, string) {
	if u.Known {
		return http.StatusOK, ""
	}
	return http.StatusCreated, ""
}

// fileOf is the file of a request. What its form says counts over the address.
func fileOf(ctx context.Context, f *upload.File, in *SendQuery) intake.File {
	form := callOf(ctx).fields
	return intake.File{
		PemdaPartyID: in.ID, Name: f.Name, Size: f.Size, Hash: f.Digest, Content: f,
		Sender: cmp.Or(form.Get("sender"), in.Sender), OnBehalf: cmp.Or(form.Get("on_behalf"), in.OnBehalf),
		ReceivedOn: cmp.Or(form.Get("received_on"), in.ReceivedOn), Batch: cmp.Or(form.Get("batch"), in.Batch),
	}
}

// uploadOf shows a file that was just received.
func (s *server) uploadOf(ctx context.Context, u models.Upload, known, inEnglish bool) (Upload, error) {
	var out Upload
	err := s.Ledger.Read(ctx, callOf(ctx).actor, func(tx *ledger.Tx) (err error) {
		out, err = shownUpload(tx, u, inEnglish, nil)
		return err
	})
	out.Known = known
	return out, err
}
