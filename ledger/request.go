package ledger

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"gorm.io/gorm"

	"payung/domain/fault"
	"payung/models"
)

// Answer is what became of a request.
type Answer struct {
	State   string // pending, confirmed, refused, expired
	Made    map[string]string
	Refusal *fault.Fault
}

// AnswerTo reads what became of a request, by the actor who may see it.
func (tx *Tx) AnswerTo(requestID string) (Answer, error) {
	var d models.Decision
	err := tx.from("decisions").Where("request_id = ?", requestID).Take(&d).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Answer{}, notFound("request")
	}
	out := Answer{State: d.State}
	if err == nil && d.State == confirmed {
		err = wrap("stored answer", json.Unmarshal([]byte(d.Answer), &out.Made))
	}
	if err == nil && d.State == refused {
		out.Refusal = new(fault.Fault)
		err = wrap("stored refusal", json.Unmarshal([]byte(d.Answer), out.Refusal))
	}
	return out, err
}

// Waiting is a decision whose outcome nobody has heard.
type Waiting struct {
	RequestID   string
	AgreementID string
}

// Waitings lists decisions pending for longer than that.
func (l *Ledger) Waitings(ctx context.Context, longer time.Duration) ([]Waiting, error) {
	var out []Waiting
	before := l.now().Add(-longer).UnixMicro()
	err := l.Read(ctx, System("sweep"), func(tx *Tx) error {
		return tx.db.Model(&models.Decision{}).Where("state = ? AND created_at < ?", pending, before).
			Order("created_at").Limit(100).Find(&out).Error
	})
	return out, err
}

// Drop ends a pending decision whose update is known not to be running. An
// activity that comes later finds it expired and refuses.
func (l *Ledger) Drop(ctx context.Context, w Waiting, known *fault.Fault) error {
	return l.Write(ctx, System("sweep"), func(tx *Tx) error {
		// The agreement's lock keeps an activity of this moment in order.
		if err := tx.db.Exec("UPDATE agreements SET version = version WHERE id = ?", w.AgreementID).Error; err != nil {
			return err
		}
		change := map[string]any{"state": expired, "decided_at": tx.micros()}
		if known != nil {
			raw, err := json.Marshal(known)
			if err != nil {
				return wrap("refusal", err)
			}
			change["state"], change["answer"] = refused, string(raw)
		}
		return tx.db.Model(&models.Decision{}).Where("request_id = ? AND state = ?", w.RequestID, pending).Updates(change).Error
	})
}
