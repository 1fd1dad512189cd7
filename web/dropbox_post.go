package web

import (
	"crypto/rand"
	"net/http"
	"net/url"

	"payung/domain/fault"
	"payung/intake"
	"payung/ledger"
	"payung/models"
	"payung/upload"
)

// dropFiles receives files as they arrive. What cannot be received is said; it
// keeps nothing else out.
func (s *site) dropFiles(v *visit) error {
	leave, err := v.room()
	if err != nil {
		return err
	}
	defer leave()
	batch, came := rand.Text(), 0
	var known []string
	take := func(f *upload.File, typed url.Values) error {
		u, before, err := s.intake.Receive(v.r.Context(), v.actor, intake.File{
			PemdaPartyID: typed.Get("party"), Batch: batch, Name: f.Name, Size: f.Size, Hash: f.Digest, Content: f,
			Sender: typed.Get("sender"), OnBehalf: typed.Get("on_behalf"),
		})
		if err != nil {
			return err
		}
		came++
		if before {
			known = append(known, u.ID)
		}
		return nil
	}
	typed, left, err := upload.Files(v.w, v.r, bounds(), take)
	if err == nil && len(left) == 0 {
		return v.goOn(boxPath(batch) + "?" + url.Values{"known": known, "done": {"received"}}.Encode())
	}
	view := boxView{Form: form{typed: typed}, Came: came, known: known}
	for _, l := range left {
		view.Left = append(view.Left, leftFile{l.Name, v.sentence(l.Why)})
	}
	if err != nil {
		if err := v.refused(&view.Form, err); err != nil {
			return err
		}
	}
	if came > 0 {
		view.Batch = batch
	}
	return v.box(http.StatusUnprocessableEntity, view)
}

// placeFile says whose list a file is and has it read.
func (s *site) placeFile(v *visit) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	asks := placing{id: v.r.PathValue("id"), chosen: f.Value("duty")}
	duty := asks.chosen
	if duty == "" {
		duty, asks.unit, err = v.dutyOf(asks.id, f.text("unit"))
	}
	if err == nil {
		err = s.placeAndRead(v, asks.id, duty, f.text("on_behalf"))
	}
	back := boxPath(f.Value("batch"))
	if err == nil {
		return v.goOn(back + "?" + url.Values{"done": {"placed"}, "show": {f.Value("show")}, "known": f.typed["known"]}.Encode() + "#file-" + url.PathEscape(asks.id))
	}
	form := begin("unit", f.Value("unit"))
	if err := v.refused(&form, err); err != nil {
		return err
	}
	asks.wrong = form.All
	if form.Wrong["unit"] != "" {
		asks.wrong = form.Wrong["unit"]
	}
	return v.box(http.StatusUnprocessableEntity, boxView{Form: begin(), Batch: f.Value("batch"), asks: asks})
}

// dutyOf is the list that a unit owes which somebody typed for a file.
func (v *visit) dutyOf(uploadID, typed string) (duty, unit string, err error) {
	err = v.read(func(tx *ledger.Tx) error {
		if typed == "" {
			return fault.New(fault.Invalid, "no_unit_chosen", "choose whose list this is").On("unit")
		}
		u, err := tx.Upload(uploadID)
		if err != nil {
			return err
		}
		parties, err := governments(tx)
		if err != nil {
			return err
		}
		names, err := v.unitsOf(tx, []models.Upload{u}, parties)
		if err != nil {
			return err
		}
		if unit, err = names.find(u.RegencyCode, typed); err != nil {
			return err
		}
		duty, err = tx.OwedList(unit)
		return err
	})
	return duty, unit, err
}

// placeAndRead says which duty a file answers, and has it read if it can be.
func (s *site) placeAndRead(v *visit, uploadID, duty, onBehalf string) error {
	var u models.Upload
	err := v.write(func(tx *ledger.Tx) (err error) {
		u, err = tx.PlaceUpload(uploadID, duty, onBehalf)
		return err
	})
	if err != nil || u.State != ledger.UploadPlaced {
		return err
	}
	_, err = s.intake.Begin(v.r.Context(), v.actor, u.ID, ledger.ImportInput{ObligationID: duty, OnBehalf: onBehalf})
	return err
}

// placeSure places every file of a page of which it is sure whose it is, where
// units owe several lists as the list that was chosen. One that is refused stays
// where it is.
func (s *site) placeSure(v *visit) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	batch := f.Value("batch")
	var files []fileView
	err = v.read(func(tx *ledger.Tx) error {
		rows, err := tx.NewestUploads(ledger.UploadFilter{Batch: batch, State: ledger.UploadUnplaced}, "", filesShown)
		if err != nil {
			return err
		}
		files, _, err = v.shownFiles(tx, rows, boxView{})
		return err
	})
	if err != nil {
		return err
	}
	for _, file := range files {
		duty := file.sure(f.Value("list"))
		if duty == "" {
			continue
		}
		err := s.placeAndRead(v, file.ID, duty, "")
		if refused, ok := fault.Of(err); err != nil && (!ok || refused.Kind == fault.Unavailable) {
			return err
		}
	}
	return v.done(boxPath(batch), "placed_sure")
}

// setFileAside says that a file is not needed. It is kept.
func (s *site) setFileAside(v *visit) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	reason := f.text("why")
	if reason == "" {
		reason, err = v.words.say("files.not_needed")
		if err != nil {
			return err
		}
	}
	err = v.write(func(tx *ledger.Tx) error {
		_, err := tx.SetAsideUpload(v.r.PathValue("id"), reason)
		return err
	})
	if err != nil {
		return err
	}
	return v.done(boxPath(f.Value("batch")), "set_aside")
}
