package ledger

import (
	"bytes"
	"context"
	"encoding/hex"
	"time"

	"payung/models"
)

// Once runs do at most once for a key of the actor and remembers its answer, in
// the transaction of its effect. Asked again with the same hash it returns the
// answer it gave; with another it is refused. Keys of different actors never
// meet. What do refuses is not remembered: nothing happened, so the key is free.
//
// The key is claimed before do runs. A second request that comes at the same
// moment waits for the first and then finds its answer, or runs if the first
// has failed.
//
// What is stored of the request and of the key is a keyed fingerprint each: the
// hash of a short list of names would tell who stands on it to anybody who tries
// out all NIKs, and some program may send a NIK for a key.
func (tx *Tx) Once(key string, hash []byte, do func() (answer string, err error)) (answer string, replayed bool, err error) {
	mark := tx.markOf(key)
	claim := tx.db.Exec(`INSERT INTO idempotency (actor, key, hash, answer, created_at) SELECT ?, ?, ?, '', ?
		WHERE NOT EXISTS (SELECT 1 FROM idempotency WHERE actor = ? AND key = ?) ON CONFLICT DO NOTHING`,
		tx.actor.Name, mark, tx.l.keys.Fingerprint("request", hash), tx.micros(), tx.actor.Name, key)
	if claim.Error != nil {
		return "", false, wrap("claim a key", claim.Error)
	}
	if claim.RowsAffected == 0 {
		return tx.Answered(key, hash)
	}
	if answer, err = do(); err != nil {
		return "", false, err
	}
	mine := tx.db.Model(&models.Idempotency{}).Where("actor = ? AND key = ?", tx.actor.Name, mark)
	return answer, false, wrap("remember an answer", mine.Update("answer", answer).Error)
}

// markOf is what is stored of a key.
func (tx *Tx) markOf(key string) string {
	return hex.EncodeToString(tx.l.keys.Fingerprint("idempotency key", []byte(key)))
}

// Answered finds the answer that was given for a key of the actor, for work of
// several transactions: it asks before it begins, and remembers its answer with
// [Tx.Once] at the end.
func (tx *Tx) Answered(key string, hash []byte) (answer string, known bool, err error) {
	// The first versions stored key and hash as they were.
	var k models.Idempotency
	err = tx.db.Where("actor = ? AND key IN ?", tx.actor.Name, []string{tx.markOf(key), key}).Limit(1).Find(&k).Error
	if err != nil || k.Key == "" {
		return "", false, wrap("read a key", err)
	}
	if !bytes.Equal(k.Hash, tx.l.keys.Fingerprint("request", hash)) && !bytes.Equal(k.Hash, hash) {
		return "", false, errReused()
	}
	return k.Answer, true, nil
}

// ForgetKeys drops keys that were used longer ago than that. A sample ledger
// keeps them, so that its demo can be loaded again at any time.
func (l *Ledger) ForgetKeys(ctx context.Context, longer time.Duration) error {
	var old int64
	before := l.now().Add(-longer).UnixMicro()
	const where = "created_at < ? AND EXISTS (SELECT 1 FROM engine WHERE sampled_at = 0)"
	err := l.Read(ctx, System("sweep"), func(tx *Tx) error {
		return tx.db.Model(&models.Idempotency{}).Where(where, before).Limit(1).Count(&old).Error
	})
	if err != nil || old == 0 {
		return err
	}
	return l.Write(ctx, System("sweep"), func(tx *Tx) error {
		return tx.db.Where(where, before).Delete(&models.Idempotency{}).Error
	})
}
