package ledger

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"payung/domain/fault"
	"payung/models"
	"payung/protocol"
)

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// ErrStaleEpoch answers an activity that belongs to an engine which has been
// rebuilt since.
var ErrStaleEpoch = fault.New(fault.Refused, "stale_epoch", "this engine has been rebuilt since; its older work is refused")

func (tx *Tx) epoch() (int64, error) {
	var e models.Engine
	err := tx.db.Take(&e, 1).Error
	return e.Epoch, err
}

func (tx *Tx) mustBeEpoch(epoch int64) error {
	now, err := tx.epoch()
	if err == nil && now != epoch {
		return ErrStaleEpoch
	}
	return err
}

// turn begins an activity's transaction on an agreement: it checks the epoch,
// locks the agreement and raises its version, which orders everything its
// workflow hears.
func (tx *Tx) turn(agreementID string, epoch int64) (models.Agreement, error) {
	var a models.Agreement
	if err := tx.mustBeEpoch(epoch); err != nil {
		return a, err
	}
	res := tx.db.Exec("UPDATE agreements SET version = version + 1 WHERE id = ?", agreementID)
	if res.Error != nil {
		return a, res.Error
	}
	if res.RowsAffected == 0 {
		return a, notFound("agreement")
	}
	err := tx.db.Take(&a, "id = ?", agreementID).Error
	return a, err
}

// settle ends an activity's transaction: milestones that now hold are recorded
// and the workflow is armed for the next due instant.
func (tx *Tx) settle(a models.Agreement, epoch int64) (protocol.Snapshot, error) {
	periods, err := tx.unsettledPeriods(a.ID)
	if err != nil {
		return protocol.Snapshot{}, err
	}
	for _, p := range periods {
		if err := tx.reach(a, milestoneRostersIn(p), tx.today(a.Zone)); err != nil {
			return protocol.Snapshot{}, err
		}
	}
	next, what, err := tx.nextDue(a.ID)
	if err != nil {
		return protocol.Snapshot{}, err
	}
	if err := tx.db.Exec("UPDATE agreements SET armed_until = ? WHERE id = ?", next, a.ID).Error; err != nil {
		return protocol.Snapshot{}, err
	}
	codes, err := tx.milestoneCodes(a.ID)
	return protocol.Snapshot{
		Epoch: epoch, Version: a.Version, NextAt: next, NextWhat: what,
		Milestones: codes, Closed: a.ClosedOn != "",
	}, err
}

// ReadAgreement is the snapshot a workflow asks for after a poke.
func (l *Ledger) ReadAgreement(ctx context.Context, in protocol.ReadInput) (protocol.Snapshot, error) {
	var out protocol.Snapshot
	err := l.Write(ctx, System("clock"), func(tx *Tx) error {
		a, err := tx.turn(in.AgreementID, in.Epoch)
		if err != nil {
			return err
		}
		out, err = tx.settle(a, in.Epoch)
		return err
	})
	return out, err
}

// Beat is an agreement, or a batch of one, that should have a running workflow,
// and what the ledger last told it.
type Beat struct {
	AgreementID string
	EnrolmentID string // the batch; "": the agreement itself
	Title       string
	Epoch       int64
	Version     int64
	ArmedUntil  int64
	NextAt      int64
	InDoubt     bool // the clock is: nothing is armed
}

// ID is that of what beats.
func (b Beat) ID() string { return cmp.Or(b.EnrolmentID, b.AgreementID) }

// Beats lists every open agreement with a clock, and every batch of one that is
// open or whose workflow has not heard of its end, in pages of limit by ID.
func (l *Ledger) Beats(ctx context.Context, after string, limit int) ([]Beat, error) {
	return l.beats(ctx, `SELECT a.id, a.id AS agreement_id, '' AS enrolment_id, a.title, a.version, a.armed_until,
			COALESCE((SELECT MIN(o.next_at) FROM obligations o WHERE o.agreement_id = a.id AND o.next_at > 0), 0) AS next_at
			FROM agreements a WHERE a.closed_on = '' AND NOT a.historical AND a.id > ?
		UNION ALL SELECT e.id, e.agreement_id, e.id, a.title, e.version, e.armed_until, e.next_at
			FROM enrolments e JOIN agreements a ON a.id = e.agreement_id WHERE (e.closed_on = '' OR NOT e.heard_end) AND e.id > ?
		ORDER BY 1 LIMIT ?`, after, after, limit)
}

// overdue is how late an alarm may be before the sweep rings it by hand.
const overdue = 2 * 60 * 1_000_000 // microseconds

// Overslept lists agreements and batches whose earliest due instant lies before
// the one they are armed for, or more than two minutes back, and batches that
// have not heard of their end: whatever signal should have told them was lost. While
// the clock is in doubt only those that have never begun are.
func (l *Ledger) Overslept(ctx context.Context) ([]Beat, error) {
	late := l.now().UnixMicro() - overdue
	out, err := l.beats(ctx, `SELECT a.id, a.id AS agreement_id, '' AS enrolment_id, a.title, a.version, a.armed_until, COALESCE(n.next_at, 0) AS next_at
			FROM agreements a LEFT JOIN (SELECT agreement_id, MIN(next_at) AS next_at FROM obligations WHERE next_at > 0 GROUP BY agreement_id) n
				ON n.agreement_id = a.id
			WHERE a.closed_on = '' AND NOT a.historical
				AND (a.version = 0 OR n.next_at < ? OR n.next_at < a.armed_until OR (n.next_at IS NOT NULL AND a.armed_until = 0))
		UNION ALL SELECT e.id, e.agreement_id, e.id, a.title, e.version, e.armed_until, e.next_at
			FROM enrolments e JOIN agreements a ON a.id = e.agreement_id
			WHERE e.closed_on <> '' AND NOT e.heard_end
				OR e.closed_on = '' AND (e.version = 0 OR e.heard_end OR e.next_at <> e.armed_until OR e.next_at > 0 AND e.next_at < ?)
		ORDER BY 1 LIMIT 500`, late, late)
	return slices.DeleteFunc(out, func(b Beat) bool { return b.InDoubt && b.Version > 0 }), err
}

// beats reads beats with the epoch of the engine that speaks to them.
func (l *Ledger) beats(ctx context.Context, query string, args ...any) ([]Beat, error) {
	var out []Beat
	err := l.Read(ctx, System("sweep"), func(tx *Tx) error {
		epoch, err := tx.epoch()
		if err != nil {
			return err
		}
		doubt, err := tx.Doubt()
		if err != nil {
			return err
		}
		err = tx.db.Raw(query, args...).Scan(&out).Error
		for i := range out {
			if out[i].Epoch, out[i].InDoubt = epoch, doubt.Stands(); doubt.Stands() {
				out[i].NextAt = out[i].ArmedUntil // no workflow is told anything else
			}
		}
		return err
	})
	return out, err
}

// RaiseEpoch begins a rebuild: from now on every activity of the engine before
// is refused. An epoch is at least the second in which it began, so it also
// passes those that a ledger put back from an older copy has forgotten.
func (l *Ledger) RaiseEpoch(ctx context.Context) (epoch int64, err error) {
	err = l.Write(ctx, System("rebuild"), func(tx *Tx) error {
		now := tx.at.Unix()
		err := tx.db.Exec("UPDATE engine SET epoch = CASE WHEN epoch < ? THEN ? ELSE epoch + 1 END WHERE id = 1", now, now).Error
		if err != nil {
			return err
		}
		if epoch, err = tx.epoch(); err != nil {
			return err
		}
		return tx.audit("engine.rebuilt", "engine", "1", models.Scope{}, map[string]any{"epoch": epoch})
	})
	return epoch, err
}

// Backlog is what the loops have not dealt with yet.
type Backlog struct{ Outbox, Deltas, Unsealed, Pending, Overdue, SetAside int64 }

// Backlog counts what waits, for operators.
func (l *Ledger) Backlog(ctx context.Context) (Backlog, error) {
	var b Backlog
	err := l.Read(ctx, System("metrics"), func(tx *Tx) error {
		return tx.db.Raw(`SELECT (SELECT COUNT(*) FROM outbox) AS outbox, (SELECT COUNT(*) FROM counter_deltas) AS deltas,
			(SELECT COUNT(*) FROM audit_entries WHERE seq = 0) AS unsealed, (SELECT COUNT(*) FROM decisions WHERE state = 'pending') AS pending,
			(SELECT COUNT(DISTINCT agreement_id) FROM obligations WHERE next_at > 0 AND next_at < ?)
				+ (SELECT COUNT(*) FROM enrolments WHERE closed_on = '' AND next_at > 0 AND next_at < ?) AS overdue,
			(SELECT COUNT(*) FROM obligations WHERE fault <> '') AS set_aside`, tx.micros()-overdue, tx.micros()-overdue).Scan(&b).Error
	})
	return b, err
}
