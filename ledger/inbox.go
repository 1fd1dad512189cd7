package ledger

import (
	"cmp"
	"encoding/json"
	"slices"
	"time"

	"gorm.io/gorm"

	"payung/domain/calendar"
	"payung/domain/obligation"
	"payung/models"
	"payung/notice"
)

// NoticeFilter narrows a list of notices.
type NoticeFilter struct {
	AgreementID  string
	PostID       string
	ObligationID string
	Unread       bool
}

// Notices lists the reminders to posts by ID, oldest first.
func (tx *Tx) Notices(f NoticeFilter, p Page) ([]models.Notice, error) {
	q := tx.from("notices").Where("id > ?", p.After)
	for column, v := range map[string]string{"agreement_id": f.AgreementID, "post_id": f.PostID, "obligation_id": f.ObligationID} {
		if v != "" {
			q = q.Where(column+" = ?", v)
		}
	}
	if f.Unread {
		q = q.Where("read_at = 0")
	}
	var rows []models.Notice
	err := q.Order("id").Limit(p.Size).Find(&rows).Error
	return rows, err
}

// InboxEntry is what lies in the inbox of a post, a reminder or news, with the
// names a person reads.
type InboxEntry struct {
	ID           string
	models.Scope `gorm:"embedded"`
	PostID       string
	PostTitle    string
	PartyName    string // the post's party
	AgreementID  string
	Title        string // of the agreement; "": about none
	ObligationID string // of a reminder
	Step         string
	Kind         string // of the duty
	GroupCode    string
	Year         int
	Tone         string
	TargetOn     string
	TargetAt     int64 // of the duty now
	OwnerPostID  string
	Missed       string // steps it stands for
	Asked        string // more time is asked for the duty until then, and not decided yet
	UnitName     string // of the unit that owes
	Kecamatan    string // the unit's; "": it is in none
	State        string // of the duty now
	Zone         string
	News         string // kind of news; "": a reminder
	SubjectKind  string
	SubjectID    string
	Details      string // values of news, as JSON
	CreatedAt    int64
	ReadAt       int64
}

// InboxFilter narrows a list of what lies in inboxes.
type InboxFilter struct {
	PostID string
	Unread bool
	Before string // only what is older than this one, by ID
}

func (f InboxFilter) narrow(q *gorm.DB, table string) *gorm.DB {
	if f.PostID != "" {
		q = q.Where(table+".post_id = ?", f.PostID)
	}
	if f.Unread {
		q = q.Where(table + ".read_at = 0")
	}
	if f.Before != "" {
		q = q.Where(table+".id < ?", f.Before)
	}
	return q
}

// Inbox lists the newest first, at most limit.
func (tx *Tx) Inbox(f InboxFilter, limit int) ([]InboxEntry, error) {
	var reminders, news []InboxEntry
	err := f.narrow(reminding(tx.from("notices")), "notices").Order("notices.id DESC").Limit(limit).Find(&reminders).Error
	if err != nil {
		return nil, wrap("inbox", err)
	}
	if err := f.narrow(telling(tx.ownPosts(tx.from("news"), "news")), "news").Order("news.id DESC").Limit(limit).Find(&news).Error; err != nil {
		return nil, wrap("news in the inbox", err)
	}
	all := slices.Concat(reminders, news)
	slices.SortFunc(all, func(a, b InboxEntry) int { return cmp.Compare(b.ID, a.ID) })
	return all[:min(limit, len(all))], nil
}

// reminding selects notices with what words need.
func reminding(q *gorm.DB) *gorm.DB {
	return q.Select(`notices.*, p.title AS post_title, y.name AS party_name, COALESCE(u.name, '') AS unit_name, COALESCE(k.name, '') AS kecamatan,
			a.title, a.zone, o.state, o.target_at, o.owner_post_id, COALESCE(d.year, 0) AS year, COALESCE(` + askedUntil + `, '') AS asked`).
		Joins("JOIN posts p ON p.id = notices.post_id").Joins("JOIN parties y ON y.id = p.party_id").
		Joins("JOIN agreements a ON a.id = notices.agreement_id").
		Joins("JOIN obligations o ON o.id = notices.obligation_id").
		Joins("LEFT JOIN periods d ON d.id = o.period_id").
		Joins("LEFT JOIN units u ON u.id = o.unit_id").Joins("LEFT JOIN units k ON k.id = u.parent_id")
}

// telling selects news with what words need.
func telling(q *gorm.DB) *gorm.DB {
	return q.Select(`news.id, news.province_code, news.regency_code, news.unit_id, news.branch_id, news.post_id, news.agreement_id, news.kind AS news,
			news.subject_kind, news.subject_id, news.details, news.created_at, news.read_at, 'inform' AS tone,
			p.title AS post_title, y.name AS party_name, COALESCE(a.title, '') AS title, COALESCE(a.zone, y.zone) AS zone`).
		Joins("JOIN posts p ON p.id = news.post_id").Joins("JOIN parties y ON y.id = p.party_id").
		Joins("LEFT JOIN agreements a ON a.id = news.agreement_id")
}

// Item is the entry as facts for words.
func (e InboxEntry) Item() notice.Item {
	i := notice.Item{
		Ref: cmp.Or(e.ObligationID, e.ID), News: e.News, Kind: e.Kind, Group: e.GroupCode, Year: e.Year, Unit: e.UnitName, Kecamatan: e.Kecamatan,
		Own: e.PostID == e.OwnerPostID, Tone: obligation.Tone(e.Tone), Target: calendar.Day(e.TargetOn), Zone: calendar.Zone(e.Zone), Asked: calendar.Day(e.Asked), Path: e.path(),
	}
	if e.Tone == string(notice.Inform) { // claims and conflicts are told beside the reminders of their duty
		i.Ref = e.ID
	}
	if e.TargetAt > 0 && e.Tone != string(notice.Inform) {
		i.TargetAt = time.UnixMicro(e.TargetAt)
	}
	if e.Details != "" {
		// Values that cannot be read leave the words without them: the message
		// has to go out all the same.
		_ = json.Unmarshal([]byte(e.Details), &i.Values)
	}
	return i
}

// path is the page where an entry is dealt with.
func (e InboxEntry) path() string {
	switch {
	case e.News != "" && e.SubjectKind == "obligation":
		return "/obligations/" + e.SubjectID
	case e.SubjectKind == "correction":
		return "/corrections/" + e.SubjectID
	case e.SubjectKind == "enrolment":
		return "/enrolments/" + e.SubjectID
	case e.News != "" && e.SubjectKind == "letter":
		return "/letters/" + e.SubjectID
	case e.News == NewsWeekly:
		return "/agreements/" + e.AgreementID + "/weekly"
	case e.News != "" && e.AgreementID == "":
		return "/inbox?post=" + e.PostID
	case e.Kind == "claim":
		return "/agreements/" + e.AgreementID + "/claims"
	case e.Kind == "conflict":
		return "/obligations/" + e.ObligationID
	case e.Kind == KindRoster:
		return "/lists/" + e.ObligationID
	case e.Kind == KindCorrection:
		return "/corrections/" + e.ObligationID
	case endsByItself(e.Kind):
		return "/agreements/" + e.AgreementID + "/enrolments"
	}
	return "/agreements/" + e.AgreementID
}

// MarkRead notes that a reminder or a piece of news was opened. Opening it again
// changes nothing. A unit that opens a dated request of its own has been told.
func (tx *Tx) MarkRead(id string) error {
	var n models.Notice
	if err := tx.from("notices").Where("id = ?", id).Limit(1).Find(&n).Error; err != nil {
		return err
	}
	if n.ID == "" {
		return tx.markNewsRead(id)
	}
	if err := tx.actor.may(n.Scope); err != nil {
		return err
	}
	if err := tx.db.Exec("UPDATE notices SET read_at = ? WHERE id = ? AND read_at = 0", tx.micros(), n.ID).Error; err != nil {
		return err
	}
	if tx.actor.Reach != Units {
		return nil // somebody else looked
	}
	return tx.proveNotices([]string{n.ID}, ProofInbox, tx.micros())
}

func (tx *Tx) markNewsRead(id string) error {
	n, err := take[models.News](tx, "news", "notice", id)
	if err != nil {
		return err
	}
	if err := tx.actor.may(n.Scope); err != nil {
		return err
	}
	return tx.db.Exec("UPDATE news SET read_at = ? WHERE id = ? AND read_at = 0", tx.micros(), n.ID).Error
}

// Recipient is a post that has been written to, with what tells it from others
// of the same title.
type Recipient struct {
	PostID    string
	Title     string
	PartyName string
	Kecamatan string // of the post's unit; "": it is in none
	Unread    int64
}

// recipientLimit bounds the list of recipients. The largest regency has 852
// villages.
const recipientLimit = 1000

// Recipients lists posts with something in their inbox by party, kecamatan and
// title; those of a party that are in no kecamatan come first.
func (tx *Tx) Recipients() ([]Recipient, error) {
	count := func(q *gorm.DB, table string) *gorm.DB {
		return q.Select(table + ".post_id, SUM(CASE WHEN " + table + ".read_at = 0 THEN 1 ELSE 0 END) AS unread").Group(table + ".post_id")
	}
	var rows []Recipient
	err := tx.db.Table("(? UNION ALL ?) AS n", count(tx.from("notices"), "notices"), count(tx.ownPosts(tx.from("news"), "news"), "news")).
		Select("n.post_id, p.title, y.name AS party_name, COALESCE(k.name, '') AS kecamatan, SUM(n.unread) AS unread").
		Joins("JOIN posts p ON p.id = n.post_id").Joins("JOIN parties y ON y.id = p.party_id").
		Joins("LEFT JOIN units u ON u.id = p.unit_id").Joins("LEFT JOIN units k ON k.id = u.parent_id").
		Group("n.post_id, p.title, y.id, y.name, k.id, k.name").
		Order("y.name, y.id, COALESCE(k.name, ''), k.id, p.title, n.post_id").Limit(recipientLimit).Find(&rows).Error
	return rows, wrap("recipients", err)
}
