package ledger

import (
	"slices"
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

// places are those that people have on the lists of a year. It looks past the
// actor's scope: two units are in conflict whoever finds out.
const places = `SELECT r.id AS row, r.person_id AS person, v.obligation_id AS obligation, v.agreement_id AS agreement, v.created_at AS handed,
	r.province_code, r.regency_code, r.unit_id, r.branch_id, l.group_code AS "group", l.funding_source AS funding, u.kind, p.year
	FROM ` + current + ` JOIN lines l ON l.id = v.line_id JOIN periods p ON p.id = v.period_id JOIN units u ON u.id = r.unit_id
	JOIN agreements a ON a.id = v.agreement_id AND a.closed_on = ''
	WHERE r.person_id IN ? AND p.year = (SELECT year FROM periods WHERE id = ?)
	ORDER BY r.person_id, v.created_at, r.id`

// findConflicts queues everybody on a new version of a list who stands on
// another one of the year, with what the rules propose, and tells both units.
func (tx *Tx) findConflicts(a models.Agreement, r models.Roster) error {
	// In two questions: asked all at once, PostgreSQL reads every list there is.
	people, err := tx.listedElsewhere(r)
	if err != nil {
		return err
	}
	told := map[string]bool{}
	for some := range slices.Chunk(people, 500) {
		var all []place
		if err := tx.db.Raw(places, some, r.PeriodID).Scan(&all).Error; err != nil {
			return err
		}
		if err := tx.queueConflicts(a, some, all, told); err != nil {
			return err
		}
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

// queueConflicts queues people with all the places they have, in their order.
func (tx *Tx) queueConflicts(a models.Agreement, people []string, all []place, told map[string]bool) error {
	if len(all) == 0 {
		return nil
	}
	var queued []models.Conflict
	if err := tx.db.Where("person_id IN ? AND year = ? AND state = 'open'", people, all[0].Year).Find(&queued).Error; err != nil {
		return err
	}
	known := make(map[string]string, len(queued))
	for _, c := range queued {
		known[c.PersonID] = c.ID
	}
	var fresh []models.Conflict
	var rows []models.ConflictSide
	for n := 0; len(all) > 0; all, n = all[n:], 0 {
		for n < len(all) && all[n].Person == all[0].Person {
			n++
		}
		c := models.Conflict{
			ID: known[all[0].Person], Scope: a.Scope, PersonID: all[0].Person, Year: all[0].Year, State: "open", Overlap: overlapOf(all[:n]), CreatedAt: tx.micros(),
		}
		c.Winner, c.Rule = propose(all[:n], calendar.Zone(a.Zone))
		if c.ID != "" { // a place more or less may change the proposal
			if err := tx.db.Model(&c).Select("Overlap", "Rule", "Winner").Updates(c).Error; err != nil {
				return err
			}
		} else {
			c.ID = newID()
			fresh = append(fresh, c)
		}
		for _, s := range all[:n] {
			rows = append(rows, models.ConflictSide{
				ID: newID(), Scope: s.Scope, ConflictID: c.ID, RowID: s.Row, ObligationID: s.Obligation, AgreementID: s.Agreement, GroupCode: s.Group,
				FundingSource: s.Funding, CreatedAt: tx.micros(),
			})
			if !told[s.Obligation] {
				told[s.Obligation] = true
				if err := tx.tellConflict(s); err != nil {
					return err
				}
			}
		}
	}
	if err := insert(tx, fresh); err != nil {
		return err
	}
	return insert(tx, rows, clause.OnConflict{DoNothing: true})
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
	tx.rings = true
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
