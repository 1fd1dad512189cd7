package ledger

import (
	"cmp"
	"slices"

	"payung/domain/calendar"
	"payung/models"
)

// Offices is the desk of units that lie in no kecamatan.
const Offices = "opd"

// TellingKit is everything that the texts for the groups of a year are written
// from.
type TellingKit struct {
	Agreement models.Agreement
	Pemda     models.Party
	Period    models.Period
	Group     string       // of workers
	Sender    models.Post  // in whose name; no ID: the Pemda's
	Sample    bool         // everything in here is made up
	Today     calendar.Day // on the agreement's clock
	Desks     []TellingDesk
}

// Desk finds a desk by its ID.
func (k TellingKit) Desk(id string) (TellingDesk, bool) {
	at := slices.IndexFunc(k.Desks, func(d TellingDesk) bool { return d.ID == id })
	if at < 0 {
		return TellingDesk{}, false
	}
	return k.Desks[at], true
}

// TellingDesk is a kecamatan that collects the answers of its villages in one
// group of a chat; or the offices, which lie in none.
type TellingDesk struct {
	ID        string // unit of the kecamatan, or [Offices]
	Name      string // "": the offices
	GroupName string // that was told last
	Units     []ToldDuty
	Tellings  []models.Telling // of this year, newest first
}

// ToldDuty is one unit of a desk, with how far it is and how often a group was
// told of it.
type ToldDuty struct {
	UnitName string
	UnitKind string
	Cell     Cell
	Tellings []models.Telling // newest first
}

// Silent reports a unit that has not answered and whose clock runs.
func (d ToldDuty) Silent() bool {
	return d.Cell.Obligation.State == StateOpen && d.Cell.Obligation.PausedAt == 0
}

// Silent are the units of the desk that have not answered.
func (d TellingDesk) Silent() []ToldDuty {
	var out []ToldDuty
	for _, u := range d.Units {
		if u.Silent() {
			out = append(out, u)
		}
	}
	return out
}

// TellingKit gathers the units of a year by the desk that collects their
// answers, offices first, then kecamatan by name. The sender is a post of the
// Pemda; "" is its Sekda.
func (tx *Tx) TellingKit(agreementID, periodID, senderPostID string) (TellingKit, error) {
	var k TellingKit
	var err error
	if k.Agreement, err = tx.Agreement(agreementID); err != nil {
		return k, err
	}
	if k.Period, err = tx.period(k.Agreement.ID, periodID); err != nil {
		return k, err
	}
	if k.Pemda, err = tx.Party(k.Agreement.PemdaPartyID); err != nil {
		return k, err
	}
	if k.Sender, err = tx.tellingSender(k.Pemda.ID, senderPostID); err != nil {
		return k, err
	}
	settings, err := tx.Settings()
	if err != nil {
		return k, err
	}
	k.Sample, k.Today = settings.Sample, tx.today(k.Agreement.Zone)
	var rows []struct {
		models.Obligation
		UnitName string
		UnitKind string
		DeskID   string
		DeskName string
	}
	err = tx.owingLists(k.Period.ID).
		Select("obligations.*, u.name AS unit_name, u.kind AS unit_kind, COALESCE(k.id, '') AS desk_id, COALESCE(k.name, '') AS desk_name").
		Joins("JOIN units u ON u.id = obligations.unit_id").Joins("LEFT JOIN units k ON k.id = u.parent_id AND k.kind = 'kecamatan'").
		Order("desk_name, desk_id, u.name, obligations.id").Scan(&rows).Error
	if err != nil {
		return k, wrap("units to tell", err)
	}
	ids := make([]string, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	told, err := tx.tellingsAbout(ids)
	if err != nil {
		return k, err
	}
	judge := Overview{RecapRow: RecapRow{Agreement: k.Agreement, Today: k.Today, Zone: calendar.Zone(k.Agreement.Zone)}}
	for _, r := range rows {
		k.Group = r.GroupCode
		id := cmp.Or(r.DeskID, Offices)
		if n := len(k.Desks); n == 0 || k.Desks[n-1].ID != id {
			k.Desks = append(k.Desks, TellingDesk{ID: id, Name: r.DeskName})
		}
		d := &k.Desks[len(k.Desks)-1]
		d.Units = append(d.Units, ToldDuty{UnitName: r.UnitName, UnitKind: r.UnitKind, Cell: judge.cell(r.Obligation), Tellings: told[r.ID]})
	}
	return k, tx.groupsOf(&k)
}

// tellingSender is the post in whose name a text is written.
func (tx *Tx) tellingSender(partyID, postID string) (models.Post, error) {
	if postID != "" {
		p, err := tx.Post(postID)
		if err == nil && p.PartyID != partyID {
			err = notFound("post")
		}
		return p, err
	}
	var p models.Post
	err := tx.db.Where("party_id = ? AND role = 'sekda' AND valid_to = ''", partyID).Order("id").Limit(1).Find(&p).Error
	return p, wrap("sender of a text", err)
}

// groupsOf adds what each desk was told this year, and by what name its group
// went last, in whichever year.
func (tx *Tx) groupsOf(k *TellingKit) error {
	ids := make([]string, len(k.Desks))
	for i, d := range k.Desks {
		ids[i] = d.ID
	}
	var rows []models.Telling
	err := tx.from("tellings").
		Where("desk IN ? AND agreement_id IN (?)", ids, tx.db.Table("agreements").Select("id").Where("pemda_party_id = ?", k.Pemda.ID)).
		Order("created_at DESC, id DESC").Find(&rows).Error
	for i := range k.Desks {
		d := &k.Desks[i]
		for _, t := range rows {
			if t.Desk != d.ID {
				continue
			}
			d.GroupName = cmp.Or(d.GroupName, t.GroupName)
			if t.PeriodID == k.Period.ID {
				d.Tellings = append(d.Tellings, t)
			}
		}
	}
	return wrap("tellings", err)
}

// Tellings lists the texts in groups that named a duty, newest first.
func (tx *Tx) Tellings(obligationID string) ([]models.Telling, error) {
	o, err := tx.Obligation(obligationID)
	if err != nil {
		return nil, err
	}
	told, err := tx.tellingsAbout([]string{o.ID})
	return told[o.ID], err
}

// tellingsAbout are the texts in groups that named duties, newest first, by
// duty.
func (tx *Tx) tellingsAbout(obligationIDs []string) (map[string][]models.Telling, error) {
	out := map[string][]models.Telling{}
	for part := range slices.Chunk(obligationIDs, 500) {
		var rows []struct {
			models.Telling
			ObligationID string
		}
		err := tx.from("told_units").Select("t.*, told_units.obligation_id").Joins("JOIN tellings t ON t.id = told_units.telling_id").
			Where("told_units.obligation_id IN ?", part).Order("t.created_at DESC, t.id DESC").Scan(&rows).Error
		if err != nil {
			return nil, wrap("tellings about duties", err)
		}
		for _, r := range rows {
			out[r.ObligationID] = append(out[r.ObligationID], r.Telling)
		}
	}
	return out, nil
}
