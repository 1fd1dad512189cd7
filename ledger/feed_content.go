package ledger

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"gorm.io/gorm"

	"payung/domain/calendar"
	"payung/models"
)

// FeedContent is what a calendar holds now.
type FeedContent struct {
	Feed    models.Feed
	Subject string // the post, unit or agreement
	Party   string
	Zone    calendar.Zone
	Sample  bool
	Events  []FeedEvent
	Changed time.Time // the last change of anything in it
}

// FeedEvent is one deadline. It names offices and groups, never people.
type FeedEvent struct {
	Key      string // stays the same while the deadline is the same one
	Kind     string // of the duty
	Group    string
	Year     int // 0: of no year
	Unit     string
	Units    int // that owe it by then; of one duty 1
	On       calendar.Day
	Last     bool         // the last day, where it is another than the target
	Asked    calendar.Day // more time is asked for, until then; "": it is not
	Paused   bool
	Over     bool // answered, cancelled or moved to another day
	Sequence int  // rises with each change people have to see
	Changed  time.Time
	Created  time.Time
	Path     string // of the page about it
}

// How long a calendar remembers, in days, and how much it holds.
const (
	feedKeeps  = 60  // what is over stays in it as cancelled
	feedBack   = 400 // what is open however late
	feedEvents = 1000
)

// OpenFeed reads the calendar of a secret. One that was revoked is not there.
func (l *Ledger) OpenFeed(ctx context.Context, token string) (FeedContent, error) {
	var out FeedContent
	err := l.Read(ctx, System("feed"), func(tx *Tx) error {
		err := tx.db.Take(&out.Feed, "token_hash = ? AND revoked_at = 0", hashOfToken(token)).Error
		if errors.Is(err, gorm.ErrRecordNotFound) {
			return notFound("calendar")
		}
		if err != nil {
			return wrap("feed", err)
		}
		return tx.fill(&out)
	})
	return out, err
}

// fill reads what a calendar holds.
func (tx *Tx) fill(out *FeedContent) error {
	f := out.Feed
	var p models.Party
	if err := tx.db.Limit(1).Find(&p, "id = ?", f.PartyID).Error; err != nil {
		return wrap("party of a feed", err)
	}
	settings, err := tx.Settings()
	if err != nil {
		return err
	}
	out.Party, out.Zone, out.Sample, out.Changed = p.Name, calendar.Zone(p.Zone), settings.Sample, time.UnixMicro(f.CreatedAt)
	duties := tx.db.Table("obligations o")
	switch f.Kind {
	case FeedAgreement:
		err = tx.db.Model(&models.Agreement{}).Where("id = ?", f.SubjectID).Pluck("title", &out.Subject).Error
		duties = duties.Where("o.agreement_id = ?", f.SubjectID)
	case FeedUnit:
		err = tx.db.Model(&models.Unit{}).Where("id = ?", f.SubjectID).Pluck("name", &out.Subject).Error
		duties = duties.Where("o.unit_id = ?", f.SubjectID)
	default:
		err = tx.db.Model(&models.Post{}).Where("id = ?", f.SubjectID).Pluck("title", &out.Subject).Error
		below := tx.db.Model(&models.Post{}).Select("id").Where("superior_id = ?", f.SubjectID)
		duties = duties.Where("o.owner_post_id = ? OR o.owner_post_id IN (?)", f.SubjectID, below)
	}
	if err != nil {
		return wrap("subject of a feed", err)
	}
	members, err := tx.feedDuties(duties)
	if err != nil {
		return err
	}
	asOne := func(d feedDuty) bool {
		return f.Kind == FeedAgreement || f.Kind == FeedPost && d.OwnerPostID != f.SubjectID
	}
	for _, d := range members {
		if !asOne(d) {
			out.Events = append(out.Events, d.events()...)
		}
	}
	members = slices.DeleteFunc(members, func(d feedDuty) bool { return !asOne(d) })
	out.Events = append(out.Events, grouped(members)...)
	out.tidy(tx.at)
	return nil
}

// tidy leaves out what is long over and puts the rest in order.
func (out *FeedContent) tidy(now time.Time) {
	today := out.Zone.DayOf(now)
	out.Events = slices.DeleteFunc(out.Events, func(e FeedEvent) bool {
		return e.On == "" || e.Over && now.Sub(e.Changed) > feedKeeps*24*time.Hour || e.On < today.Add(-feedBack)
	})
	slices.SortFunc(out.Events, func(a, b FeedEvent) int { return cmp.Or(cmp.Compare(b.On, a.On), cmp.Compare(a.Key, b.Key)) })
	out.Events = out.Events[:min(len(out.Events), feedEvents)]
	slices.Reverse(out.Events)
	for _, e := range out.Events {
		if e.Changed.After(out.Changed) {
			out.Changed = e.Changed
		}
	}
}

// feedDuty is a duty with everything that has happened to it.
type feedDuty struct {
	models.Obligation
	UnitName string
	Year     int
	Asked    calendar.Day
	Changes  []models.ObligationChange `gorm:"-"`
}

// feedDuties reads the duties of a calendar that have a date and are not long
// over, with their changes in the order they were made.
func (tx *Tx) feedDuties(q *gorm.DB) ([]feedDuty, error) {
	var rows []feedDuty
	over := string(calendar.WIB.DayOf(tx.at).Add(-feedKeeps - 1))
	err := q.Select("o.*, COALESCE(u.name, '') AS unit_name, COALESCE(y.year, 0) AS year").
		Joins("JOIN agreements a ON a.id = o.agreement_id AND NOT a.historical").
		Joins("LEFT JOIN units u ON u.id = o.unit_id LEFT JOIN periods y ON y.id = o.period_id").
		Where("o.target_on <> '' AND (o.state IN ? OR o.closed_on >= ? OR o.closed_on = '' AND EXISTS (SELECT 1 FROM obligation_changes c WHERE c.obligation_id = o.id AND c.recorded_at >= ?))",
			[]string{StateOpen, StateSubmitted}, over, tx.at.AddDate(0, 0, -feedKeeps-1).UnixMicro()).
		Order("o.id").Limit(20 * feedEvents).Find(&rows).Error
	if err != nil {
		return nil, wrap("duties of a feed", err)
	}
	ids := make([]string, len(rows))
	at := make(map[string]int, len(rows))
	for i, r := range rows {
		ids[i], at[r.ID] = r.ID, i
	}
	asked, err := tx.AskedUntilEach(ids)
	if err != nil {
		return nil, err
	}
	changes, err := inParts[models.ObligationChange](tx, "obligation_changes", "obligation_id", ids)
	if err != nil {
		return nil, wrap("changes of a feed", err)
	}
	for _, c := range changes {
		d := &rows[at[c.ObligationID]]
		d.Changes = append(d.Changes, c)
	}
	for i := range rows {
		rows[i].Asked = asked[rows[i].ID]
		slices.SortStableFunc(rows[i].Changes, func(a, b models.ObligationChange) int { return cmp.Compare(a.RecordedAt, b.RecordedAt) })
	}
	return rows, nil
}
