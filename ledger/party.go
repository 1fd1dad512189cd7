package ledger

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/region"
	"payung/models"
)

// PartyInput is a new party.
type PartyInput struct {
	Kind       string // pemda, bpjs, village, outside
	Name       string
	ShortName  string
	RegionCode string
	Zone       string // "": by the region's province
}

// CreateParty records a party. Its scope follows from its region: a kabupaten
// owns its rows, a province the rows of its own offices.
func (tx *Tx) CreateParty(in PartyInput) (models.Party, error) {
	p := models.Party{
		ID: newID(), Kind: in.Kind, Name: strings.TrimSpace(in.Name), ShortName: strings.TrimSpace(in.ShortName),
		RegionCode: in.RegionCode, Zone: in.Zone, CreatedAt: tx.micros(),
	}
	if in.RegionCode != "" {
		if _, ok := region.Find(in.RegionCode); !ok {
			return p, unknownRegion("region_code", in.RegionCode)
		}
		p.Scope = scopeOfRegion(in.RegionCode)
		if p.Zone == "" {
			p.Zone = string(region.ZoneOf(in.RegionCode))
		}
	}
	if p.Kind == "bpjs" {
		// Every government deals with BPJS offices, wherever they sit: all may
		// see them, and only they themselves and the operator change them.
		p.Scope = models.Scope{BranchID: p.ID}
	}
	if _, err := calendar.ParseZone(p.Zone); err != nil {
		return p, fault.New(fault.Invalid, "unknown_zone", "%s", err).On("zone")
	}
	if p.Name == "" {
		return p, missing("name")
	}
	if err := create(tx, p.Scope, p); err != nil {
		return p, err
	}
	return p, tx.audit("party.created", "party", p.ID, p.Scope, map[string]any{"kind": p.Kind, "region": p.RegionCode})
}

func scopeOfRegion(code string) models.Scope {
	return models.Scope{ProvinceCode: region.ProvinceOf(code), RegencyCode: region.RegencyOf(code)}
}

func unknownRegion(field, code string) error {
	return fault.New(fault.Invalid, "unknown_region", "there is no region %s in the table of %s", code, region.Dataset().Decree).
		On(field).With("code", code)
}

func missing(field string) error {
	return fault.New(fault.Invalid, "missing_field", "%s is needed", field).On(field).With("field", field)
}

// Party reads one party.
func (tx *Tx) Party(id string) (models.Party, error) {
	return take[models.Party](tx, "parties", "party", id)
}

// Page is a stretch of a list: rows after a token, at most size.
type Page struct {
	After string
	Size  int
}

// Parties lists parties by ID.
func (tx *Tx) Parties(p Page) ([]models.Party, error) {
	var rows []models.Party
	err := tx.from("parties").Where("id > ?", p.After).Order("id").Limit(p.Size).Find(&rows).Error
	return rows, err
}

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

// PostInput is a new post outside the heads of units: Sekda, Bupati, the BPJS
// officer.
type PostInput struct {
	Title      string
	Role       string // coordinator, sekda, regent, branch_head, officer, …
	UnitID     string
	SuperiorID string
	ValidFrom  string
}

// CreatePost records a post of a party.
func (tx *Tx) CreatePost(partyID string, in PostInput) (models.Post, error) {
	party, err := tx.Party(partyID)
	if err != nil {
		return models.Post{}, err
	}
	p := models.Post{
		ID: newID(), Scope: party.Scope, PartyID: partyID, SuperiorID: in.SuperiorID, Title: strings.TrimSpace(in.Title),
		Role: in.Role, ValidFrom: in.ValidFrom, CreatedAt: tx.micros(),
	}
	p.UnitID = in.UnitID
	if p.Title == "" {
		return p, missing("title")
	}
	if in.SuperiorID != "" {
		if _, err := take[models.Post](tx, "posts", "post", in.SuperiorID); err != nil {
			return p, err
		}
	}
	if in.UnitID != "" {
		if u, err := take[models.Unit](tx, "units", "unit", in.UnitID); err != nil || u.PartyID != partyID {
			return p, cmp.Or(err, notFound("unit"))
		}
	}
	if err := create(tx, p.Scope, p); err != nil {
		return p, err
	}
	return p, tx.audit("post.created", "post", p.ID, p.Scope, map[string]any{"role": p.Role})
}

// Post reads one post.
func (tx *Tx) Post(id string) (models.Post, error) {
	return take[models.Post](tx, "posts", "post", id)
}

// Posts lists a party's posts by ID.
func (tx *Tx) Posts(partyID string, p Page) ([]models.Post, error) {
	q := tx.from("posts").Where("id > ?", p.After)
	if partyID != "" {
		q = q.Where("party_id = ?", partyID)
	}
	var rows []models.Post
	err := q.Order("id").Limit(p.Size).Find(&rows).Error
	return rows, err
}

// HolderInput puts a person into a post.
type HolderInput struct {
	Name, Email, Phone string
	Capacity           string // definitive, plt, pj
	Mandate            string // the letter that lets a Plt or Pj act
	ValidFrom, ValidTo string
}

// AssignHolder records who holds a post from a day on. Whoever held it before
// ends the day before.
func (tx *Tx) AssignHolder(postID string, in HolderInput) (models.PostHolder, error) {
	post, err := take[models.Post](tx, "posts", "post", postID)
	if err != nil {
		return models.PostHolder{}, err
	}
	h := models.PostHolder{
		ID: newID(), Scope: post.Scope, PostID: postID, Name: strings.TrimSpace(in.Name), Email: in.Email, Phone: in.Phone,
		Capacity: in.Capacity, Mandate: in.Mandate, ValidFrom: in.ValidFrom, ValidTo: in.ValidTo, CreatedAt: tx.micros(),
	}
	if h.Name == "" {
		return h, missing("name")
	}
	from, err := calendar.ParseDay(in.ValidFrom)
	if err != nil {
		return h, badDate("valid_from")
	}
	if err := tx.actor.may(post.Scope); err != nil {
		return h, err
	}
	err = tx.db.Exec("UPDATE post_holders SET valid_to = ? WHERE post_id = ? AND (valid_to = '' OR valid_to >= ?) AND valid_from < ?",
		string(from.Add(-1)), postID, string(from), string(from)).Error
	if err != nil {
		return h, err
	}
	if err := create(tx, h.Scope, h); err != nil {
		return h, err
	}
	return h, tx.audit("post.held", "post", postID, h.Scope, map[string]any{"holder": h.ID, "capacity": h.Capacity, "from": h.ValidFrom})
}

// Holders lists who has held a post, newest first.
func (tx *Tx) Holders(postID string) ([]models.PostHolder, error) {
	var rows []models.PostHolder
	err := tx.from("post_holders").Where("post_id = ?", postID).Order("valid_from DESC").Limit(100).Find(&rows).Error
	return rows, err
}

func badDate(field string) error {
	return fault.New(fault.Invalid, "bad_date", "%s must be an existing day such as 2026-03-27, from 2004 to 2100", field).On(field).With("field", field)
}

// earliest is the year of the law on the national social security system (UU
// 40/2004); nothing recorded here can be older. Nothing is planned beyond
// latest, and what moves with a pause stays far from the end of the calendar.
const (
	earliest = calendar.Day("2004-01-01")
	latest   = calendar.Day("2100-12-31")
)

func recordable(d calendar.Day) bool { return earliest <= d && d <= latest }

func checkDay(field, s string) (calendar.Day, error) {
	d, err := calendar.ParseDay(s)
	if err != nil || !recordable(d) {
		return "", badDate(field)
	}
	return d, nil
}

func checkWhen(field string, w calendar.When) error {
	if _, err := calendar.ParseWhen(string(w.On), string(w.Precision)); err != nil || !recordable(w.On) {
		return badDate(field)
	}
	return nil
}
