package ledger

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"strings"

	"gorm.io/gorm/clause"

	"payung/domain/fault"
	"payung/models"
)

// audit writes one entry in the change's own transaction. Detail holds IDs,
// codes, counts and digests, never anything about a person.
func (tx *Tx) audit(action, subjectKind, subjectID string, s models.Scope, detail map[string]any) error {
	raw, err := json.Marshal(detail) // map keys come out sorted
	if err != nil {
		return wrap("audit", err)
	}
	e := models.AuditEntry{
		ID: newID(), ProvinceCode: s.ProvinceCode, RegencyCode: s.RegencyCode, UnitID: s.UnitID, BranchID: s.BranchID,
		At: tx.micros(), Actor: tx.actor.Name, Action: action, SubjectKind: subjectKind, SubjectID: subjectID,
		Detail: string(raw), Chain: chainOf(s),
	}
	e.ContentHash = contentHash(e)
	return tx.db.Create(&e).Error
}

// chainOf names the chain an entry is sealed into.
func chainOf(s models.Scope) string {
	switch {
	case s.RegencyCode != "":
		return s.RegencyCode
	case s.ProvinceCode != "":
		return s.ProvinceCode
	}
	return "national"
}

// contentHash covers everything an entry says, each field with its length, so
// that no two entries read the same.
func contentHash(e models.AuditEntry) []byte {
	h := sha256.New()
	for _, s := range []string{e.ID, e.ProvinceCode, e.RegencyCode, e.UnitID, e.BranchID, e.Actor, e.Action, e.SubjectKind, e.SubjectID, e.Detail, e.Chain} {
		_ = binary.Write(h, binary.BigEndian, int64(len(s))) // a hash never fails
		h.Write([]byte(s))
	}
	_ = binary.Write(h, binary.BigEndian, e.At)
	h.Write(e.Digest)
	return h.Sum(nil)
}

func chainHash(prev []byte, seq int64, content []byte) []byte {
	h := sha256.New()
	h.Write(prev)
	_ = binary.Write(h, binary.BigEndian, seq)
	h.Write(content)
	return h.Sum(nil)
}

// sealBatch bounds one turn of the sealer.
const sealBatch = 500

// Seal numbers and chains committed entries, one chain for each kabupaten. It
// runs after the fact, because a chain head inside every transaction would
// make them queue.
func (h *Hold) Seal(ctx context.Context) (more bool, err error) {
	err = h.Write(ctx, func(tx *Tx) error {
		var entries []models.AuditEntry
		if err := tx.db.Where("seq = 0").Order("id").Limit(sealBatch).Find(&entries).Error; err != nil {
			return err
		}
		more = len(entries) == sealBatch
		heads := map[string]*models.AuditHead{}
		links := make([]link, 0, len(entries))
		for _, e := range entries {
			head := heads[e.Chain]
			if head == nil {
				head = &models.AuditHead{Chain: e.Chain, Hash: []byte{}}
				if err := tx.db.Limit(1).Find(head, "chain = ?", e.Chain).Error; err != nil {
					return err
				}
				heads[e.Chain] = head
			}
			head.Seq++
			head.Hash = chainHash(head.Hash, head.Seq, e.ContentHash)
			links = append(links, link{e.ID, head.Seq, head.Hash})
		}
		if err := tx.link(links); err != nil {
			return err
		}
		for _, e := range entries { // in their order: a map's would differ
			if head := heads[e.Chain]; head != nil {
				heads[e.Chain] = nil
				if err := tx.db.Clauses(clause.OnConflict{UpdateAll: true}).Create(head).Error; err != nil {
					return err
				}
			}
		}
		return nil
	})
	return more, err
}

// link is an entry's place in its chain.
type link struct {
	id   string
	seq  int64
	hash []byte
}

// link writes the places of many entries with one statement.
func (tx *Tx) link(links []link) error {
	if len(links) == 0 {
		return nil
	}
	row := "(?, ?, ?)"
	if tx.l.engine == "postgres" {
		row = "(?::text, ?::bigint, ?::bytea)"
	}
	args := make([]any, 0, 3*len(links))
	for _, l := range links {
		args = append(args, l.id, l.seq, l.hash)
	}
	return tx.db.Exec(`WITH links (id, seq, hash) AS (VALUES `+strings.Repeat(row+", ", len(links)-1)+row+`)
		UPDATE audit_entries SET seq = links.seq, chain_hash = links.hash FROM links WHERE audit_entries.id = links.id`, args...).Error
}

// Verification is what [Tx.VerifyAudit] found.
type Verification struct {
	Sealed   int64
	Unsealed int64
	Broken   string // ID of the first entry that does not fit; "": all fit
}

// VerifyAudit walks a chain and recomputes it.
func (tx *Tx) VerifyAudit(chain string) (Verification, error) {
	var v Verification
	if tx.actor.Reach != Everything {
		return v, fault.New(fault.Forbidden, "outside_scope", "verifying a chain needs all of it")
	}
	prev, last := []byte{}, int64(0)
	for {
		var page []models.AuditEntry
		if err := tx.db.Where("chain = ? AND seq > ?", chain, last).Order("seq").Limit(1000).Find(&page).Error; err != nil {
			return v, err
		}
		for _, e := range page {
			content := contentHash(e)
			prev = chainHash(prev, last+1, content)
			if e.Seq != last+1 || string(content) != string(e.ContentHash) || string(prev) != string(e.ChainHash) {
				v.Broken = e.ID
				return v, nil
			}
			last, v.Sealed = e.Seq, v.Sealed+1
		}
		if len(page) == 0 {
			break
		}
	}
	var head models.AuditHead
	if err := tx.db.Limit(1).Find(&head, "chain = ?", chain).Error; err != nil {
		return v, err
	}
	if head.Seq != last {
		v.Broken = fmt.Sprintf("after %d: the chain was cut at %d", head.Seq, last)
	}
	return v, tx.db.Model(&models.AuditEntry{}).Where("chain = ? AND seq = 0", chain).Count(&v.Unsealed).Error
}

// AuditTrail lists the entries about a subject, newest first; a page begins
// after (that is, before in time) the entry it names.
func (tx *Tx) AuditTrail(subjectID string, p Page) ([]models.AuditEntry, error) {
	q := tx.from("audit_entries").Where("subject_id = ?", subjectID)
	if p.After != "" {
		q = q.Where("id < ?", p.After)
	}
	var rows []models.AuditEntry
	err := q.Order("id DESC").Limit(p.Size).Find(&rows).Error
	return rows, err
}
