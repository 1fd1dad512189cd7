package ledger

import (
	"maps"
	"slices"

	"payung/domain/worker"
	"payung/models"
)

// ListedElsewhere is the warning that somebody on a list stands on another one
// of the same kabupaten and year. It never says on which.
const ListedElsewhere = "listed_elsewhere"

// listing is what a person's place on the list of a duty is compared by.
const listing = `SELECT o.unit_id AS unit, o.group_code AS "group", l.funding_source AS funding, p.year
	FROM obligations o JOIN lines l ON l.id = o.line_id JOIN periods p ON p.id = o.period_id WHERE o.id = ?`

// listingsElsewhere are the places people have on the latest versions of lists,
// those of terminated agreements left out. It looks past the actor's scope, or
// no unit could be warned of another; what it reads is compared and never shown.
const listingsElsewhere = `SELECT rr.person_id AS person, o.unit_id AS unit, o.group_code AS "group", l.funding_source AS funding, p.year
	FROM roster_rows rr JOIN rosters r ON r.id = rr.roster_id JOIN obligations o ON o.id = r.obligation_id
	JOIN agreements a ON a.id = o.agreement_id AND a.closed_on = ''
	JOIN lines l ON l.id = o.line_id JOIN periods p ON p.id = o.period_id
	WHERE rr.person_id IN ? AND o.id <> ? AND p.year = ?
	AND r.version = (SELECT MAX(v.version) FROM rosters v WHERE v.obligation_id = r.obligation_id)`

// listedElsewhere tells which of the people on a list being handed in, by ID,
// stand on the current list of another duty of the same year. The kabupaten is
// the same because a person is stored once in each. A duty of no year has no
// others to compare.
func (tx *Tx) listedElsewhere(o models.Obligation, persons map[string]string) (map[string]bool, error) {
	var here worker.Listing
	if err := tx.db.Raw(listing, o.ID).Scan(&here).Error; err != nil || here.Year == 0 {
		return nil, err
	}
	ids := slices.Sorted(maps.Values(persons))
	var all []worker.Listing
	err := tx.db.Raw(listingsElsewhere, ids, o.ID, here.Year).Scan(&all).Error
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		here.Person = id
		all = append(all, here)
	}
	twice := map[string]bool{}
	for _, c := range worker.Conflicts(all) {
		twice[c.Person] = true
	}
	return twice, nil
}
