package ledger

import (
	"cmp"
	"slices"

	"payung/models"
)

// PostRow is a post with who holds it today, whom its messages reach, and how
// much hangs on it.
type PostRow struct {
	models.Post
	UnitName  string
	UnitKind  string
	Kecamatan string            // the unit's; "": it is in none
	Holder    models.PostHolder `gorm:"-"` // today; no ID: the post is vacant
	Told      Addressee         `gorm:"-"` // who is told today
	Open      int64             `gorm:"-"` // duties that are open
}

// Vacant reports a post nobody holds today.
func (r PostRow) Vacant() bool { return r.Holder.ID == "" }

// Unheard reports a post whose messages reach nobody outside this house: nobody
// stands in, or whoever does has neither e-mail nor phone.
func (r PostRow) Unheard() bool { return !r.Told.Reachable() }

// PostRows lists a party's posts, heads first, then by title.
func (tx *Tx) PostRows(partyID string) ([]PostRow, error) {
	party, err := tx.Party(partyID)
	if err != nil {
		return nil, err
	}
	today := tx.today(party.Zone)
	var rows []PostRow
	err = tx.from("posts").Select("posts.*, COALESCE(u.name, '') AS unit_name, COALESCE(u.kind, '') AS unit_kind, COALESCE(k.name, '') AS kecamatan").
		Joins("LEFT JOIN units u ON u.id = posts.unit_id").Joins("LEFT JOIN units k ON k.id = u.parent_id AND k.kind = 'kecamatan'").
		Where("posts.party_id = ? AND (posts.valid_to = '' OR posts.valid_to >= ?)", party.ID, string(today)).Find(&rows).Error
	if err != nil {
		return nil, wrap("posts of a party", err)
	}
	ids := make([]string, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	holders, err := tx.holdersOn(ids, today)
	if err != nil {
		return nil, err
	}
	told, err := tx.addressees(ids, today)
	if err != nil {
		return nil, err
	}
	open, err := tx.openByPost(party.ID)
	if err != nil {
		return nil, err
	}
	for i, r := range rows {
		rows[i].Holder, rows[i].Told, rows[i].Open = holders[r.ID], told[r.ID], open[r.ID]
	}
	slices.SortFunc(rows, func(a, b PostRow) int {
		return cmp.Or(cmp.Compare(headFirst(a), headFirst(b)), cmp.Compare(a.Title, b.Title), cmp.Compare(a.Kecamatan, b.Kecamatan), cmp.Compare(a.ID, b.ID))
	})
	return rows, nil
}

// headFirst puts those who owe before the clerks of the same office.
func headFirst(r PostRow) int {
	if r.UnitID == "" || r.Role == "head" {
		return 0
	}
	return 1
}

// openByPost counts a party's open duties by the post that owes them.
func (tx *Tx) openByPost(partyID string) (map[string]int64, error) {
	agreements := tx.db.Table("agreements").Select("id").Where("closed_on = '' AND (pemda_party_id = ? OR bpjs_party_id = ? OR serving_party_id = ?)", partyID, partyID, partyID)
	var rows []struct {
		OwnerPostID string
		N           int64
	}
	err := tx.from("obligations").Select("owner_post_id, COUNT(*) AS n").
		Where("agreement_id IN (?) AND state IN ?", agreements, []string{StateOpen, StateSubmitted}).
		Group("owner_post_id").Scan(&rows).Error
	out := make(map[string]int64, len(rows))
	for _, r := range rows {
		out[r.OwnerPostID] = r.N
	}
	return out, wrap("open duties of posts", err)
}

// Addressee is who would be told today what goes to a post.
func (tx *Tx) Addressee(postID string) (Addressee, error) {
	p, err := tx.Post(postID)
	if err != nil {
		return Addressee{}, err
	}
	zone, err := tx.zoneOf(p)
	if err != nil {
		return Addressee{}, err
	}
	found, err := tx.addressees([]string{p.ID}, tx.today(zone))
	return found[p.ID], err
}
