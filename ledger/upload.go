package ledger

import (
	"encoding/json"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"payung/domain/fault"
	"payung/domain/mask"
	"payung/models"
)

// States of an upload.
const (
	UploadReceiving  = "receiving"   // its parts are still coming
	UploadUnplaced   = "unplaced"    // a list, but whose?
	UploadPlaced     = "placed"      // a unit's
	UploadNeedsSheet = "needs_sheet" // received; a photo or a PDF cannot be read as a list
	UploadSetAside   = "set_aside"   // somebody said that it is not needed
)

// MaxUpload bounds one file in bytes.
const MaxUpload = 20 << 20

// PartSize is how many bytes the parts of a file have, but the last: it keeps the
// transaction that stores one short.
const PartSize = 256 << 10

// UploadInput is what is known of a file before it is read.
type UploadInput struct {
	PemdaPartyID string // to whom it was sent
	Batch        string
	Name         string
	Sender       string
	OnBehalf     string
	ReceivedOn   string // "": today
	Size         int64
	Hash         []byte
}

// Proposed is a unit a file may belong to.
type Proposed struct {
	UnitID       string   `json:"unit_id"`
	ObligationID string   `json:"obligation_id,omitempty"` // it was made for
	Points       int      `json:"points"`
	Sure         bool     `json:"sure"` // well ahead of the next
	Reasons      []string `json:"reasons"`
}

// uploads is from, without the files nobody has placed yet for actors of a
// unit: those may be any unit's.
func (tx *Tx) uploads() *gorm.DB {
	q := tx.from("uploads")
	if tx.actor.Reach == Units {
		q = q.Where("uploads.unit_id <> ''")
	}
	return q
}

// BeginUpload makes room for a file. A file with the same content that the
// same government has received before is found instead: known is true and its
// parts need not be sent again.
func (tx *Tx) BeginUpload(in UploadInput) (u models.Upload, known bool, err error) {
	party, err := tx.Party(in.PemdaPartyID)
	if err != nil {
		return u, false, err
	}
	scope := party.Scope
	if tx.actor.Reach == Units && len(tx.actor.UnitIDs) > 0 {
		scope.UnitID = tx.actor.UnitIDs[0]
	}
	if err := tx.actor.may(scope); err != nil {
		return u, false, err
	}
	switch {
	case in.Size <= 0:
		return u, false, fault.New(fault.Invalid, "empty_file", "the file is empty").On("file")
	case in.Size > MaxUpload:
		return u, false, fault.New(fault.TooLarge, "file_too_large", "a file may be %d MiB at most", MaxUpload>>20).On("file").With("max_mib", itoa(MaxUpload>>20))
	}
	on := tx.today(party.Zone)
	if in.ReceivedOn != "" {
		if on, err = checkDay("received_on", in.ReceivedOn); err != nil {
			return u, false, err
		}
	}
	if u, err = tx.received(scope, in.Hash); err != nil || u.ID != "" {
		return u, u.ID != "", err
	}
	u = models.Upload{
		ID: newID(), Scope: scope, Batch: unbroken.ReplaceAllStringFunc(in.Batch, mask.LastFour), Name: fileName(in.Name), Size: in.Size, Hash: in.Hash, Mark: tx.markOfFile(in.Hash), State: UploadReceiving, Proposals: "[]",
		Sender: inWords(in.Sender), OnBehalf: inWords(in.OnBehalf), ReceivedOn: string(on), Actor: tx.actor.Name, CreatedAt: tx.micros(),
	}
	return u, false, insert(tx, []models.Upload{u})
}

// AddPart stores a piece of a file that is being received, sealed. Stored again
// it is the same piece.
func (tx *Tx) AddPart(uploadID string, seq int, data []byte) error {
	u, err := tx.ownUpload(uploadID)
	switch {
	case err != nil:
		return err
	case u.State != UploadReceiving:
		return fault.New(fault.Conflict, "upload_complete", "this file was received already")
	case seq < 0 || seq > MaxUpload/PartSize || len(data) > PartSize:
		return fault.New(fault.TooLarge, "file_too_large", "a file may be %d MiB at most", MaxUpload>>20).With("max_mib", itoa(MaxUpload>>20))
	}
	part := models.UploadPart{UploadID: u.ID, Seq: seq, Data: tx.l.keys.Seal(data, partOf(u.ID, seq))}
	return tx.db.Clauses(clause.OnConflict{UpdateAll: true}).Create(&part).Error
}

func partOf(uploadID string, seq int) string { return "upload/" + uploadID + "/" + itoa(int64(seq)) }

// FinishUpload records what a complete file turned out to be. One that came
// twice at the same moment gives way to the other, which is returned.
func (tx *Tx) FinishUpload(uploadID, kind, problem string, proposals []Proposed) (models.Upload, error) {
	u, err := tx.ownUpload(uploadID)
	if err != nil || u.State != UploadReceiving {
		return u, err
	}
	if twin, err := tx.twin(u); err != nil || twin.ID != "" {
		return twin, err
	}
	raw, err := json.Marshal(proposals)
	if err != nil {
		return u, wrap("proposals", err)
	}
	if proposals == nil {
		raw = []byte("[]")
	}
	u.State, u.Kind, u.Problem, u.Proposals = UploadUnplaced, kind, problem, string(raw)
	if problem != "" {
		u.State = UploadNeedsSheet
	}
	if err := tx.db.Model(&u).Select("State", "Kind", "Problem", "Proposals").Updates(u).Error; err != nil {
		return u, err
	}
	return u, tx.audit("upload.received", "upload", u.ID, u.Scope, map[string]any{"kind": kind, "size": u.Size, "on_behalf": u.OnBehalf != ""})
}
