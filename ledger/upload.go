package ledger

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"regexp"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"payung/domain/fault"
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

// longNumber is what could be a NIK in the name of a file.
var longNumber = regexp.MustCompile(`\d{9,}`)

// fileName is a file's name as it is kept: without its folders, at most 200
// bytes, long numbers masked.
func fileName(s string) string {
	s = strings.ToValidUTF8(s[strings.LastIndexAny(s, `/\`)+1:], "")
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, s)
	s = longNumber.ReplaceAllStringFunc(s, func(n string) string { return strings.Repeat("*", len(n)-4) + n[len(n)-4:] })
	if len(s) > 200 {
		s = strings.ToValidUTF8(s[len(s)-200:], "") // what kind of file it is stands at the end
	}
	return s
}

// likeNIK is what no phone number is long enough for.
var likeNIK = regexp.MustCompile(`\d{16,}`)

// inWords is who somebody is, in words or by a phone number, and never by a NIK.
func inWords(s string) string {
	return likeNIK.ReplaceAllStringFunc(strings.TrimSpace(s), func(n string) string { return strings.Repeat("*", len(n)-4) + n[len(n)-4:] })
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
		ID: newID(), Scope: scope, Batch: in.Batch, Name: fileName(in.Name), Size: in.Size, Hash: in.Hash, State: UploadReceiving, Proposals: "[]",
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

// PlaceUpload says which duty a file answers, and for whom the actor says so.
func (tx *Tx) PlaceUpload(uploadID, obligationID, onBehalf string) (models.Upload, error) {
	u, err := tx.ownUpload(uploadID)
	if err != nil {
		return u, err
	}
	o, _, err := tx.own(obligationID)
	switch {
	case err != nil:
		return u, err
	case o.Kind != KindRoster:
		return u, notARoster()
	case u.State == UploadReceiving:
		return u, fault.New(fault.Conflict, "upload_incomplete", "this file has not been received completely")
	case o.RegencyCode != u.RegencyCode || o.ProvinceCode != u.ProvinceCode:
		return u, fault.New(fault.Forbidden, "outside_scope", "this belongs to another region or unit")
	}
	u.ObligationID, u.AgreementID, u.UnitID = o.ID, o.AgreementID, o.UnitID
	if onBehalf = inWords(onBehalf); onBehalf != "" {
		u.OnBehalf = onBehalf
	}
	if u.State != UploadNeedsSheet {
		u.State = UploadPlaced
	}
	if err := tx.db.Model(&u).Select("State", "ObligationID", "AgreementID", "UnitID", "OnBehalf").Updates(u).Error; err != nil {
		return u, err
	}
	return u, tx.audit("upload.placed", "upload", u.ID, u.Scope, map[string]any{"obligation": o.ID, "on_behalf": u.OnBehalf != ""})
}

// SetAsideUpload says that a file is not needed: a duplicate, a holiday photo.
// It stays.
func (tx *Tx) SetAsideUpload(uploadID, reason string) (models.Upload, error) {
	u, err := tx.ownUpload(uploadID)
	switch {
	case err != nil:
		return u, err
	case strings.TrimSpace(reason) == "":
		return u, missing("reason")
	}
	u.State = UploadSetAside
	if err := tx.db.Model(&u).Update("state", u.State).Error; err != nil {
		return u, err
	}
	return u, tx.audit("upload.set_aside", "upload", u.ID, u.Scope, map[string]any{"reason": longNumber.ReplaceAllString(reason, "****")})
}

// Upload reads what is known of one file.
func (tx *Tx) Upload(id string) (models.Upload, error) {
	var u models.Upload
	err := tx.uploads().Where("uploads.id = ?", id).Take(&u).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		err = notFound("upload")
	}
	return u, err
}

func (tx *Tx) ownUpload(id string) (models.Upload, error) {
	u, err := tx.Upload(id)
	if err == nil {
		err = tx.actor.may(u.Scope)
	}
	return u, err
}

// UploadFilter narrows a list of files.
type UploadFilter struct {
	Batch, State, ObligationID, UnitID string
}

// Uploads lists files by ID, oldest first.
func (tx *Tx) Uploads(f UploadFilter, p Page) ([]models.Upload, error) {
	var rows []models.Upload
	err := f.narrow(tx.uploads()).Where("id > ? AND state <> ?", p.After, UploadReceiving).Order("id").Limit(p.Size).Find(&rows).Error
	return rows, err
}

// UploadContent is the file as it was received.
func (tx *Tx) UploadContent(id string) (models.Upload, []byte, error) {
	u, err := tx.Upload(id)
	if err != nil {
		return u, nil, err
	}
	if u.State == UploadReceiving {
		return u, nil, fault.New(fault.Conflict, "upload_incomplete", "this file has not been received completely")
	}
	var out bytes.Buffer
	out.Grow(int(u.Size))
	for seq := 0; out.Len() < int(u.Size); seq++ {
		var part models.UploadPart
		if err := tx.db.Take(&part, "upload_id = ? AND seq = ?", u.ID, seq).Error; err != nil {
			return u, nil, wrap("part of a file", err)
		}
		plain, err := tx.l.keys.Open(part.Data, partOf(u.ID, seq))
		if err != nil {
			return u, nil, wrap("part of a file", err)
		}
		out.Write(plain)
	}
	return u, out.Bytes(), nil
}

// ForgetUploads drops files whose sender gave up half way, a day later.
func (l *Ledger) ForgetUploads(ctx context.Context) error {
	const stale = "state = 'receiving' AND created_at < ?"
	before := l.now().Add(-24 * time.Hour).UnixMicro()
	var old int64
	err := l.Read(ctx, System("sweep"), func(tx *Tx) error {
		return tx.db.Model(&models.Upload{}).Where(stale, before).Limit(1).Count(&old).Error
	})
	if err != nil || old == 0 {
		return err
	}
	return l.Write(ctx, System("sweep"), func(tx *Tx) error {
		if err := tx.db.Exec("DELETE FROM upload_parts WHERE upload_id IN (SELECT id FROM uploads WHERE "+stale+")", before).Error; err != nil {
			return err
		}
		return tx.db.Where(stale, before).Delete(&models.Upload{}).Error
	})
}
