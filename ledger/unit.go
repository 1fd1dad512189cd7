package ledger

import (
	"maps"
	"slices"
	"strings"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/region"
	"payung/models"
)

// UnitInput is a new unit of a party with its head's post.
type UnitInput struct {
	Kind         string
	Role         string // personnel_lead, village_lead, …; what the unit does for the agreement
	Name         string
	RegionCode   string
	ParentUnitID string
	HeadTitle    string // "Kepala Dinas Kesehatan"
	ReportsTo    string // post above the head; "": the head of the parent unit, if any
	ValidFrom    string
}

// maxUnits bounds one request: the largest kabupaten has 852 villages.
const maxUnits = 2000

// CreateUnits records units and one post for the head of each, in order, so
// that a later one may have an earlier one as its parent by ID.
func (tx *Tx) CreateUnits(partyID string, in []UnitInput) ([]models.Unit, error) {
	party, err := tx.Party(partyID)
	if err != nil {
		return nil, err
	}
	if len(in) == 0 || len(in) > maxUnits {
		return nil, fault.New(fault.Invalid, "too_many_units", "send 1 to %d units at a time", maxUnits).On("units")
	}
	heads, err := tx.headsOf(partyID)
	if err != nil {
		return nil, err
	}
	units := make([]models.Unit, 0, len(in))
	posts := make([]models.Post, 0, len(in))
	for i, u := range in {
		field := "units[" + itoa(int64(i)) + "]."
		switch {
		case strings.TrimSpace(u.Name) == "":
			return nil, missing(field + "name")
		case strings.TrimSpace(u.HeadTitle) == "":
			return nil, missing(field + "head_title")
		}
		if u.RegionCode != "" {
			if _, ok := region.Find(u.RegionCode); !ok {
				return nil, unknownRegion(field+"region_code", u.RegionCode)
			}
		}
		if err := tx.mustHang(partyID, u, heads, field); err != nil {
			return nil, err
		}
		unit := models.Unit{
			ID: newID(), Scope: party.Scope, PartyID: partyID, ParentID: u.ParentUnitID, Kind: u.Kind, Role: u.Role,
			Name: strings.TrimSpace(u.Name), RegionCode: u.RegionCode, ValidFrom: u.ValidFrom, CreatedAt: tx.micros(),
		}
		unit.UnitID = unit.ID
		above := u.ReportsTo
		if above == "" {
			above = heads[u.ParentUnitID]
		}
		post := models.Post{
			ID: newID(), Scope: unit.Scope, PartyID: partyID, SuperiorID: above, Title: strings.TrimSpace(u.HeadTitle),
			Role: "head", ValidFrom: u.ValidFrom, CreatedAt: tx.micros(),
		}
		heads[unit.ID] = post.ID
		units, posts = append(units, unit), append(posts, post)
	}
	if err := tx.actor.may(party.Scope); err != nil {
		return nil, err
	}
	if err := insert(tx, units); err != nil {
		if duplicate(err) {
			return nil, fault.New(fault.Conflict, "unit_exists", "one of these regions already has its unit")
		}
		return nil, err
	}
	if err := insert(tx, posts); err != nil {
		return nil, err
	}
	return units, tx.audit("units.created", "party", partyID, party.Scope, map[string]any{"units": len(units)})
}

// mustHang refuses a unit below a unit of somebody else, or whose head would
// report to a post that is not there.
func (tx *Tx) mustHang(partyID string, u UnitInput, heads map[string]string, field string) error {
	if _, ok := heads[u.ParentUnitID]; u.ParentUnitID != "" && !ok {
		return fault.New(fault.Invalid, "unknown_unit", "the unit above is not one of this party").On(field + "parent_unit_id")
	}
	if u.ReportsTo == "" || slices.Contains(slices.Collect(maps.Values(heads)), u.ReportsTo) {
		return nil
	}
	p, err := take[models.Post](tx, "posts", "post", u.ReportsTo)
	if err == nil && p.PartyID != partyID {
		err = notFound("post")
	}
	return err
}

// headsOf maps each unit of a party to its head's post.
func (tx *Tx) headsOf(partyID string) (map[string]string, error) {
	var rows []models.Post
	err := tx.db.Select("id, unit_id").Where("party_id = ? AND role = 'head' AND unit_id <> ''", partyID).Find(&rows).Error
	heads := make(map[string]string, len(rows))
	for _, p := range rows {
		heads[p.UnitID] = p.ID
	}
	return heads, err
}

// UnitFilter narrows a list of units.
type UnitFilter struct {
	PartyID string
	Kind    string
	On      calendar.Day // only units that exist on that day; "": all
}

// Units lists units by ID.
func (tx *Tx) Units(f UnitFilter, p Page) ([]models.Unit, error) {
	q := tx.from("units").Where("id > ?", p.After)
	if f.PartyID != "" {
		q = q.Where("party_id = ?", f.PartyID)
	}
	if f.Kind != "" {
		q = q.Where("kind = ?", f.Kind)
	}
	if f.On != "" {
		q = q.Where("(valid_from = '' OR valid_from <= ?) AND (valid_to = '' OR valid_to >= ?)", f.On, f.On)
	}
	var rows []models.Unit
	err := q.Order("id").Limit(p.Size).Find(&rows).Error
	return rows, err
}
