package ledger

import (
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"strings"

	"gorm.io/gorm"

	"payung/domain/fault"
	"payung/models"
)

// Kinds of calendars.
const (
	FeedPost      = "post"      // what a post owes, and what those directly below it owe
	FeedUnit      = "unit"      // what a unit owes
	FeedAgreement = "agreement" // every deadline of an agreement
)

// FeedInput is a new calendar.
type FeedInput struct {
	Kind      string
	SubjectID string // ID of the post, unit or agreement
	Language  string // id, en; "": id
	Label     string // what it is used for, in words
}

// feedsOfOne bounds the calendars of one post, unit or agreement.
const feedsOfOne = 20

// CreateFeed makes a calendar and the secret of its address. The secret is given
// out this once; only its hash is kept.
func (tx *Tx) CreateFeed(in FeedInput) (models.Feed, string, error) {
	f := models.Feed{
		ID: newID(), Kind: in.Kind, SubjectID: in.SubjectID, Language: in.Language, Label: inWords(in.Label), Actor: tx.actor.Name, CreatedAt: tx.micros(),
	}
	if f.Language == "" {
		f.Language = "id"
	}
	if f.Language != "id" && f.Language != "en" {
		return f, "", fault.New(fault.Invalid, "unknown_language", "a calendar speaks id or en").On("language")
	}
	if err := tx.subjectOf(&f); err != nil {
		return f, "", err
	}
	if err := tx.actor.may(f.Scope); err != nil {
		return f, "", err
	}
	var n int64
	if err := tx.from("feeds").Where("subject_id = ? AND revoked_at = 0", f.SubjectID).Count(&n).Error; err != nil {
		return f, "", wrap("feeds", err)
	}
	if n >= feedsOfOne {
		return f, "", fault.New(fault.Refused, "too_many_feeds", "at most %d calendars can be open for one post, unit or agreement; revoke one first", feedsOfOne).With("max", itoa(feedsOfOne))
	}
	token := strings.ToLower(rand.Text())
	f.TokenHash = hashOfToken(token)
	if err := create(tx, f.Scope, f); err != nil {
		return f, "", err
	}
	return f, token, tx.audit("feed.created", f.Kind, f.SubjectID, f.Scope, map[string]any{"feed": f.ID, "language": f.Language})
}

// hashOfToken is what is kept of a secret of 130 random bits: too many to guess,
// so it needs no salt.
func hashOfToken(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// subjectOf fills in whose calendar it is.
func (tx *Tx) subjectOf(f *models.Feed) error {
	switch f.Kind {
	case FeedPost:
		p, err := take[models.Post](tx, "posts", "post", f.SubjectID)
		f.Scope, f.PartyID = p.Scope, p.PartyID
		return err
	case FeedUnit:
		u, err := take[models.Unit](tx, "units", "unit", f.SubjectID)
		f.Scope, f.PartyID = u.Scope, u.PartyID
		return err
	case FeedAgreement:
		a, err := tx.Agreement(f.SubjectID)
		f.Scope, f.PartyID = a.Scope, a.PemdaPartyID
		return err
	}
	return fault.New(fault.Invalid, "unknown_feed_kind", "a calendar is of a post, a unit or an agreement").On("kind")
}

// FeedSubject is the name of the post, unit or agreement a calendar would be of.
func (tx *Tx) FeedSubject(kind, id string) (string, error) {
	switch kind {
	case FeedPost:
		p, err := take[models.Post](tx, "posts", "post", id)
		return p.Title, err
	case FeedUnit:
		u, err := take[models.Unit](tx, "units", "unit", id)
		return u.Name, err
	}
	a, err := tx.Agreement(id)
	return a.Title, err
}

// FeedView is a calendar with the name of whose it is.
type FeedView struct {
	models.Feed
	Subject string
	Party   string
}

// FeedFilter narrows a list of calendars.
type FeedFilter struct {
	SubjectID string
	Open      bool // only those that were not revoked
}

// Feeds lists calendars, the newest first.
func (tx *Tx) Feeds(f FeedFilter, p Page) ([]FeedView, error) {
	q := tx.feeds()
	if p.After != "" {
		q = q.Where("feeds.id < ?", p.After)
	}
	if f.SubjectID != "" {
		q = q.Where("feeds.subject_id = ?", f.SubjectID)
	}
	if f.Open {
		q = q.Where("feeds.revoked_at = 0")
	}
	var rows []FeedView
	err := q.Order("feeds.id DESC").Limit(p.Size).Find(&rows).Error
	return rows, wrap("feeds", err)
}

// Feed reads one calendar.
func (tx *Tx) Feed(id string) (FeedView, error) {
	var f FeedView
	err := tx.feeds().Where("feeds.id = ?", id).Take(&f).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return f, notFound("calendar")
	}
	return f, wrap("feed", err)
}

func (tx *Tx) feeds() *gorm.DB {
	return tx.from("feeds").Select("feeds.*, COALESCE(p.title, u.name, a.title, '') AS subject, COALESCE(y.name, '') AS party").
		Joins("LEFT JOIN posts p ON feeds.kind = 'post' AND p.id = feeds.subject_id LEFT JOIN units u ON feeds.kind = 'unit' AND u.id = feeds.subject_id").
		Joins("LEFT JOIN agreements a ON feeds.kind = 'agreement' AND a.id = feeds.subject_id LEFT JOIN parties y ON y.id = feeds.party_id")
}

// RevokeFeed closes a calendar's address for good. Closing it again changes
// nothing.
func (tx *Tx) RevokeFeed(id string) error {
	f, err := take[models.Feed](tx, "feeds", "calendar", id)
	if err != nil {
		return err
	}
	if err := tx.actor.may(f.Scope); err != nil || f.RevokedAt != 0 {
		return err
	}
	err = tx.db.Model(&models.Feed{}).Where("id = ?", f.ID).Updates(map[string]any{"revoked_at": tx.micros(), "revoked_by": tx.actor.Name}).Error
	if err != nil {
		return wrap("feed", err)
	}
	return tx.audit("feed.revoked", f.Kind, f.SubjectID, f.Scope, map[string]any{"feed": f.ID})
}
