package ledger

import (
	"strings"
	"time"

	"gorm.io/gorm/clause"

	"payung/domain/calendar"
	"payung/domain/worker"
	"payung/models"
)

// place is one of the places a person has on the lists of a year.
type place struct {
	models.Scope
	Row, Person, Obligation, Agreement string
	Group, Funding, Kind               string // Kind is of the unit
	Year                               int
	Handed                             int64 // when its roster was handed in
}

// places are those of everybody who stands on a roster and on another list of
// the same year. It looks past the actor's scope: two units are in conflict
// whoever finds out.
const places = `SELECT r.id AS row, r.person_id AS person, v.obligation_id AS obligation, v.agreement_id AS agreement, v.created_at AS handed,
	r.province_code, r.regency_code, r.unit_id, r.branch_id, l.group_code AS "group", l.funding_source AS funding, u.kind, p.year
	FROM ` + current + ` JOIN lines l ON l.id = v.line_id JOIN periods p ON p.id = v.period_id JOIN units u ON u.id = r.unit_id
	JOIN agreements a ON a.id = v.agreement_id AND a.closed_on = ''
	WHERE p.year = (SELECT year FROM periods WHERE id = ?)
	AND r.person_id IN (SELECT n.person_id FROM roster_rows n WHERE n.roster_id = ? AND ` + elsewhere + `)
	ORDER BY r.person_id, v.created_at, r.id`

// findConflicts queues everybody on a new version of a list who stands on
// another one of the year, with what the rules propose, and tells both units.
func (tx *Tx) findConflicts(a models.Agreement, r models.Roster) error {
	var all []place
	if err := tx.db.Raw(places, r.PeriodID, r.ID, r.ObligationID, r.PeriodID).Scan(&all).Error; err != nil {
		return err
	}
	told := map[string]bool{}
	for len(all) > 0 {
		n := 1
		for n < len(all) && all[n].Person == all[0].Person {
			n++
		}
		if err := tx.queueConflict(a, all[:n], told); err != nil {
			return err
		}
		all = all[n:]
	}
	return nil
}

// settleConflicts ends those that a roster has taken the ground from: the person
// stands on one list only.
func (tx *Tx) settleConflicts(r models.Roster) error {
	return tx.db.Exec(`UPDATE conflicts SET state = 'gone' WHERE state = 'open'
		AND id IN (SELECT s.conflict_id FROM conflict_sides s JOIN roster_rows r ON r.id = s.row_id WHERE r.removed_by = ? AND r.removed_by <> '')
		AND (SELECT COUNT(DISTINCT s.obligation_id) FROM conflict_sides s JOIN roster_rows r ON r.id = s.row_id AND r.removed_by = ''
			WHERE s.conflict_id = conflicts.id) < 2`, r.ID).Error
}

func (tx *Tx) queueConflict(a models.Agreement, sides []place, told map[string]bool) error {
	c := models.Conflict{
		ID: newID(), Scope: a.Scope, PersonID: sides[0].Person, Year: sides[0].Year, State: "open", Overlap: overlapOf(sides), CreatedAt: tx.micros(),
	}
	c.Winner, c.Rule = propose(sides, calendar.Zone(a.Zone))
	res := tx.db.Clauses(clause.OnConflict{DoNothing: true}).Create(&c)
	if res.Error != nil {
		return res.Error
	}
	if res.RowsAffected == 0 { // known already; a place more or less may change the proposal
		known := tx.db.Model(&models.Conflict{}).Where("person_id = ? AND year = ? AND state = 'open'", c.PersonID, c.Year)
		if err := known.Pluck("id", &c.ID).Error; err != nil {
			return err
		}
		err := tx.db.Model(&models.Conflict{}).Where("id = ?", c.ID).Updates(map[string]any{"overlap": c.Overlap, "rule": c.Rule, "winner": c.Winner}).Error
		if err != nil {
			return err
		}
	}
	rows := make([]models.ConflictSide, len(sides))
	for i, s := range sides {
		rows[i] = models.ConflictSide{
			ID: newID(), Scope: s.Scope, ConflictID: c.ID, RowID: s.Row, ObligationID: s.Obligation, AgreementID: s.Agreement, GroupCode: s.Group,
			FundingSource: s.Funding, CreatedAt: tx.micros(),
		}
	}
	if err := insert(tx, rows, clause.OnConflict{DoNothing: true}); err != nil {
		return err
	}
	for _, s := range sides {
		if !told[s.Obligation] {
			told[s.Obligation] = true
			if err := tx.tellConflict(s); err != nil {
				return err
			}
		}
	}
	return nil
}

// tellConflict tells a unit once a day that people on its list stand on others.
func (tx *Tx) tellConflict(s place) error {
	o, err := tx.obligationAnywhere(s.Obligation)
	if err != nil {
		return err
	}
	n := models.Notice{
		ID: newID(), Scope: o.Scope, AgreementID: o.AgreementID, ObligationID: o.ID, Step: "conflict:" + string(tx.today("")), Generation: o.Generation,
		PostID: o.OwnerPostID, Tone: "inform", Kind: "conflict", GroupCode: o.GroupCode, TargetOn: o.TargetOn, CreatedAt: tx.micros(),
	}
	return insert(tx, []models.Notice{n}, clause.OnConflict{DoNothing: true})
}

// obligationAnywhere reads an obligation past the actor's scope.
func (tx *Tx) obligationAnywhere(id string) (models.Obligation, error) {
	var o models.Obligation
	err := tx.db.Take(&o, "id = ?", id).Error
	return o, err
}

func listings(sides []place) []worker.Listing {
	out := make([]worker.Listing, len(sides))
	for i, s := range sides {
		out[i] = worker.Listing{Person: s.Person, Unit: s.UnitID, Group: s.Group, Funding: s.Funding, Year: s.Year}
	}
	return out
}

// overlapOf is between what somebody is listed twice, the weightiest first.
func overlapOf(sides []place) string {
	found := worker.Conflicts(listings(sides))
	codes := make([]string, len(found))
	for i, c := range found {
		codes[i] = string(c.Overlap)
	}
	return strings.Join(codes, ",")
}

// propose is the duty whose list would keep the person, because by the rules it
// comes before each of the others, and the rule. Where people have to decide
// there is no duty, and the rule is the one that says so.
func propose(sides []place, z calendar.Zone) (winner, rule string) {
	claims := make([]worker.Claim, len(sides))
	for i, l := range listings(sides) {
		claims[i] = worker.Claim{Listing: l, Kind: sides[i].Kind, Listed: z.DayOf(time.UnixMicro(sides[i].Handed))}
	}
	open := ""
	for i := range claims {
		first, wins := "", true
		for j := range claims {
			if i == j {
				continue
			}
			best, code, decided := worker.Resolve(claims[i], claims[j])
			if first == "" {
				first = code
			}
			if !decided && open == "" {
				open = code
			}
			wins = wins && decided && best == 0
		}
		if wins {
			return sides[i].Obligation, first
		}
	}
	return "", open
}
