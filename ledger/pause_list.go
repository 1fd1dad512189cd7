package ledger

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"payung/domain/calendar"
	"payung/models"
)

// PauseView is a pause with the names people know it by.
type PauseView struct {
	models.Pause
	Desk      string // who holds it: the title of a post, or in words
	UnitName  string
	Kecamatan string
	Kind      string // of the duty
	GroupCode string
	Year      int    // 0: of no year
	TargetOn  string // the duty's date, which moves by the days its clock stands
}

// pauseStands is the condition of a pause that goes on: a duty that was answered
// in the meantime waits for nobody.
const pauseStands = "pauses.ended_at = 0 AND o.paused_at <> 0 AND o.state IN ('" + StateOpen + "', '" + StateSubmitted + "')"

func (tx *Tx) pauses() *gorm.DB {
	return tx.from("pauses").Select(`pauses.*, COALESCE(p.title, pauses.holder) AS desk, COALESCE(u.name, '') AS unit_name, COALESCE(k.name, '') AS kecamatan,
			o.kind, o.group_code, COALESCE(y.year, 0) AS year, o.target_on`).
		Joins("JOIN obligations o ON o.id = pauses.obligation_id LEFT JOIN periods y ON y.id = o.period_id").
		Joins("LEFT JOIN posts p ON p.id = pauses.holder_post_id").
		Joins("LEFT JOIN units u ON u.id = o.unit_id LEFT JOIN units k ON k.id = u.parent_id AND k.kind = 'kecamatan'")
}

// PauseFilter narrows a list of pauses.
type PauseFilter struct {
	AgreementID  string
	ObligationID string
	Standing     bool // only those in which a clock stands
}

// Pauses lists pauses, the oldest first.
func (tx *Tx) Pauses(f PauseFilter, p Page) ([]PauseView, error) {
	q := tx.pauses().Where("pauses.id > ?", p.After)
	if f.AgreementID != "" {
		q = q.Where("pauses.agreement_id = ?", f.AgreementID)
	}
	if f.ObligationID != "" {
		q = q.Where("pauses.obligation_id = ?", f.ObligationID)
	}
	if f.Standing {
		q = q.Where(pauseStands)
	}
	var rows []PauseView
	err := q.Order("pauses.id").Limit(p.Size).Find(&rows).Error
	return rows, wrap("pauses", err)
}

// Desk is somebody who holds duties whose clocks stand.
type Desk struct {
	PostID  string // "": no post that is recorded
	Title   string // of the post, or in words; "": nobody was named
	Duties  int
	Since   calendar.Day // of the one that has lain there longest
	Overdue int          // of which somebody was asked how long it will be
}

// Desks lists who holds the duties of an agreement, the one with the oldest
// first: "which desk holds the file, and since when".
func (tx *Tx) Desks(agreementID string) ([]Desk, error) {
	if _, err := tx.Agreement(agreementID); err != nil {
		return nil, err
	}
	var rows []Desk
	err := tx.from("pauses").Select(`pauses.holder_post_id AS post_id, COALESCE(p.title, pauses.holder) AS title, COUNT(*) AS duties,
			MIN(pauses.since_on) AS since, SUM(CASE WHEN pauses.asked > 0 THEN 1 ELSE 0 END) AS overdue`).
		Joins("JOIN obligations o ON o.id = pauses.obligation_id").Joins("LEFT JOIN posts p ON p.id = pauses.holder_post_id").
		Where("pauses.agreement_id = ? AND "+pauseStands, agreementID).
		Group("pauses.holder_post_id, COALESCE(p.title, pauses.holder)").Order("since, duties DESC, title, post_id").Find(&rows).Error
	return rows, wrap("desks", err)
}

// AskPauses asks about the pauses that have lasted longer than their Pemda
// allows: the post that owes the duty and the one above it, once for each time
// that has gone by. It asks nothing while the clock is in doubt.
func (l *Ledger) AskPauses(ctx context.Context) error {
	var due int64
	err := l.Read(ctx, System("pauses"), func(tx *Tx) error {
		return tx.db.Model(&models.Pause{}).Where("ended_at = 0 AND ask_at > 0 AND ask_at <= ?", tx.micros()).Limit(1).Count(&due).Error
	})
	if err != nil || due == 0 {
		return err
	}
	return l.Write(ctx, System("pauses"), func(tx *Tx) error {
		if trusted, err := tx.clockTrusted(); err != nil || !trusted {
			return err
		}
		return tx.askPauses()
	})
}

// askedAtOnce bounds the pauses of one turn.
const askedAtOnce = 500

func (tx *Tx) askPauses() error {
	var rows []models.Pause
	err := tx.forChange(tx.db.Table("pauses")).Where("ended_at = 0 AND ask_at > 0 AND ask_at <= ?", tx.micros()).Order("ask_at, id").Limit(askedAtOnce).Find(&rows).Error
	if err != nil {
		return wrap("pauses", err)
	}
	for _, p := range rows {
		o, err := tx.obligationAnywhere(p.ObligationID)
		if err != nil {
			return wrap("duty of a pause", err)
		}
		next := int64(0) // of a duty that was answered nobody is asked any more
		if running(o) && o.PausedAt != 0 {
			if next, err = tx.askPause(o, p); err != nil {
				return err
			}
		}
		err = tx.db.Model(&models.Pause{}).Where("id = ?", p.ID).
			Updates(map[string]any{"ask_at": next, "asked": gorm.Expr("asked + ?", min(next, 1))}).Error
		if err != nil {
			return wrap("pause", err)
		}
	}
	return nil
}

// askPause asks about one pause and says when to ask again.
func (tx *Tx) askPause(o models.Obligation, p models.Pause) (int64, error) {
	a, err := tx.fresh(o.AgreementID)
	if err != nil || a.ClosedOn != "" {
		return 0, err
	}
	w, err := tx.approversOf(a)
	if err != nil {
		return 0, err
	}
	desk := p.Holder
	if post, ok := w.posts[p.HolderPostID]; ok {
		desk = post.Title
	}
	asked := []string{o.OwnerPostID}
	if above := w.above(o.OwnerPostID); len(above) > 0 {
		asked = append(asked, above[0].ID)
	}
	if p.HolderPostID != "" && !slices.Contains(asked, p.HolderPostID) {
		asked = append(asked, p.HolderPostID)
	}
	for _, post := range asked {
		key := "pause_long/" + p.ID + "/" + itoa(int64(p.Asked)) + "/" + post
		if err := tx.tellOfDuty("pause_long", key, post, o, map[string]string{"desk": desk, "since": p.SinceOn, "reason": p.Reason}); err != nil {
			return 0, err
		}
	}
	return tx.askAfter(a, tx.today(a.Zone))
}
