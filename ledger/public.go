package ledger

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"payung/domain/calendar"
	"payung/domain/mask"
	"payung/models"
)

// public is who reads and writes for visitors without an account: only what
// belongs to the page whose address they know.
var public = System("uji-publik")

// PublicPage is what anybody may read of a unit's list while a window is open.
type PublicPage struct {
	Window    models.Window
	State     string // of the window
	Now       time.Time
	Sample    bool
	Pemda     string
	Unit      string
	Kecamatan string
	Group     string
	Year      int
	Answer    string // see [AnswerKinds]
	People    []PublicPerson
	Listed    int64  // in all
	First     int    // number of the first one shown
	Next      string // begins the next stretch; "": this is the last
	About     PublicPerson
	Count     ObjectionCount
}

// PublicPerson is one person, masked. No digit of a NIK is among it.
type PublicPerson struct {
	ID        string
	Name      string
	BirthYear string
}

// PublicSize is how many people a public page shows at once.
const PublicSize = 200

// PublicQuery asks for a stretch of a public list.
type PublicQuery struct {
	After string // row ID; "": from the beginning
	About string // row ID of the person an objection is about; "": none
}

// PublicList reads the public page of a token. Names are shown while the window
// is open and at no other time.
func (l *Ledger) PublicList(ctx context.Context, token string, q PublicQuery) (PublicPage, error) {
	var out PublicPage
	err := l.Read(ctx, public, func(tx *Tx) error {
		page, err := tx.publicPage(token)
		if err != nil {
			return err
		}
		o, a, err := tx.describe(page, &out)
		if err != nil {
			return err
		}
		var pemda models.Party
		if err := tx.db.Take(&pemda, "id = ?", a.PemdaPartyID).Error; err != nil {
			return wrap("pemda", err)
		}
		out.Pemda = pemda.Name
		if out.State != WindowOpen {
			return nil
		}
		return tx.publicPeople(o, q, &out)
	})
	return out, err
}

// publicPage finds the page of a token.
func (tx *Tx) publicPage(token string) (models.WindowPage, error) {
	var p models.WindowPage
	err := tx.db.Take(&p, "token = ?", token).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		err = notFound("page")
	}
	return p, err
}

// describe fills in whose list of which year a page is about.
func (tx *Tx) describe(page models.WindowPage, out *PublicPage) (models.Obligation, models.Agreement, error) {
	o, err := tx.obligationAnywhere(page.ObligationID)
	if err != nil {
		return o, models.Agreement{}, wrap("obligation of a page", err)
	}
	a, err := tx.fresh(o.AgreementID)
	if err != nil {
		return o, a, wrap("agreement of a page", err)
	}
	w, err := tx.Window(page.WindowID)
	if err != nil {
		return o, a, err
	}
	settings, err := tx.Settings()
	if err != nil {
		return o, a, err
	}
	var unit, above models.Unit
	if err := tx.db.Take(&unit, "id = ?", o.UnitID).Error; err != nil {
		return o, a, wrap("unit of a page", err)
	}
	if err := tx.db.Limit(1).Find(&above, "id = ? AND kind = 'kecamatan'", unit.ParentID).Error; err != nil {
		return o, a, wrap("kecamatan of a page", err)
	}
	out.Window, out.State, out.Now, out.Sample = w.Window, w.State, tx.at, settings.Sample
	out.Unit, out.Kecamatan, out.Group, out.Year, out.Answer = unit.Name, above.Name, w.Group, w.Year, answerOf(o)
	out.Count, err = tx.objectionsOf(page)
	return o, a, err
}

func (tx *Tx) objectionsOf(page models.WindowPage) (ObjectionCount, error) {
	var states []string
	err := tx.db.Model(&models.Objection{}).Where("window_id = ? AND obligation_id = ?", page.WindowID, page.ObligationID).Pluck("state", &states).Error
	var c ObjectionCount
	for _, s := range states {
		c.All++
		switch s {
		case ObjectionUpheld:
			c.Upheld++
		case ObjectionRejected:
			c.Rejected++
		default:
			c.Open++
		}
	}
	return c, err
}

// publicPeople reads a stretch of the list as it stands, by name, and masks it.
func (tx *Tx) publicPeople(o models.Obligation, q PublicQuery, out *PublicPage) error {
	const standing = ` FROM ` + current + ` WHERE v.obligation_id = ?`
	if err := tx.db.Raw(`SELECT COUNT(*)`+standing, o.ID).Scan(&out.Listed).Error; err != nil {
		return err
	}
	var rows []models.RosterRow
	err := tx.db.Raw(`SELECT r.id, r.name, r.born`+standing+` AND (? = '' OR (r.name, r.id) > (SELECT s.name, s.id FROM roster_rows s WHERE s.id = ?))
		ORDER BY r.name, r.id LIMIT ?`, o.ID, q.After, q.After, PublicSize+1).Scan(&rows).Error
	if err != nil {
		return wrap("public list", err)
	}
	if len(rows) > PublicSize {
		rows = rows[:PublicSize]
		out.Next = rows[PublicSize-1].ID
	}
	out.First = 1
	if q.After != "" && len(rows) > 0 {
		var before int
		err := tx.db.Raw(`SELECT COUNT(*)`+standing+` AND (r.name, r.id) < (?, ?)`, o.ID, rows[0].Name, rows[0].ID).Scan(&before).Error
		if err != nil {
			return wrap("public list", err)
		}
		out.First += before
	}
	for _, r := range rows {
		out.People = append(out.People, masked(r, out.Window))
	}
	if q.About == "" {
		return nil
	}
	var about models.RosterRow
	if err := tx.db.Raw(`SELECT r.id, r.name, r.born`+standing+` AND r.id = ?`, o.ID, q.About).Scan(&about).Error; err != nil {
		return wrap("public list", err)
	}
	if about.ID != "" {
		out.About = masked(about, out.Window)
	}
	return nil
}

// masked is a person as a window shows it.
func masked(r models.RosterRow, w models.Window) PublicPerson {
	p := PublicPerson{ID: r.ID, Name: mask.Style(w.Names).Name(r.Name)}
	if born := calendar.Day(r.Born); w.BirthYear && born.Valid() {
		p.BirthYear = r.Born[:4]
	}
	return p
}
