package ledger

import (
	"slices"

	"payung/domain/fault"
	"payung/domain/mandate"
	"payung/letter"
	"payung/models"
)

// address finds the posts a letter goes to and who may write to them.
func (d *drafting) address() error {
	if !d.in.Kind.Addressed() {
		d.row.Level = string(mandate.Own)
		return nil
	}
	ids := d.in.PostIDs
	if len(ids) == 0 {
		var err error
		if ids, err = d.addresseesOfDuties(); err != nil {
			return err
		}
	}
	if len(ids) == 0 {
		return missing("post_ids")
	}
	posts, err := d.postsInOrder(ids)
	if err != nil {
		return err
	}
	d.posts = posts
	level, err := d.level()
	d.row.Level = string(level)
	return err
}

// addresseesOfDuties is the post that owes one duty or, for several, the posts
// above those who owe: a camat gets one letter, not twenty.
func (d *drafting) addresseesOfDuties() ([]string, error) {
	if len(d.duties) == 1 {
		return []string{d.duties[0].OwnerPostID}, nil
	}
	return d.postsAbove()
}

// postsAbove are the posts above villages, each once, and those that owe
// themselves where none is above.
func (d *drafting) postsAbove() ([]string, error) {
	owners := make([]string, len(d.duties))
	for i, o := range d.duties {
		owners[i] = o.OwnerPostID
	}
	posts, err := inParts[models.Post](d.tx, "posts", "id", slices.Compact(slices.Sorted(slices.Values(owners))))
	if err != nil {
		return nil, err
	}
	units, err := d.tx.kindsOf(posts)
	if err != nil {
		return nil, err
	}
	above := map[string]string{}
	for _, p := range posts {
		above[p.ID] = p.ID
		if kind := units[p.UnitID]; p.SuperiorID != "" && (kind == "desa" || kind == "kelurahan") {
			above[p.ID] = p.SuperiorID
		}
	}
	var out []string
	for _, o := range d.duties { // in the order of the list
		if to := above[o.OwnerPostID]; to != "" && !slices.Contains(out, to) {
			out = append(out, to)
		}
	}
	return out, nil
}

// kindsOf maps the units of posts to their kinds.
func (tx *Tx) kindsOf(posts []models.Post) (map[string]string, error) {
	ids := make([]string, len(posts))
	for i, p := range posts {
		ids[i] = p.UnitID
	}
	rows, err := inParts[models.Unit](tx, "units", "id", slices.Compact(slices.Sorted(slices.Values(ids))))
	out := make(map[string]string, len(rows))
	for _, u := range rows {
		out[u.ID] = u.Kind
	}
	return out, err
}

// postsInOrder reads posts of the agreement's parties in the order they are
// named.
func (d *drafting) postsInOrder(ids []string) ([]models.Post, error) {
	rows, err := inParts[models.Post](d.tx, "posts", "id", slices.Compact(slices.Sorted(slices.Values(ids))))
	if err != nil {
		return nil, err
	}
	byID := make(map[string]models.Post, len(rows))
	for _, p := range rows {
		byID[p.ID] = p
	}
	var out []models.Post
	seen := map[string]bool{}
	for _, id := range ids {
		p, known := byID[id]
		if !known || p.PartyID != d.a.PemdaPartyID && p.PartyID != d.a.BPJSPartyID && p.PartyID != d.a.ServingPartyID {
			return nil, notFound("post")
		}
		if !seen[id] {
			seen[id] = true
			out = append(out, p)
		}
	}
	return out, nil
}

// level is to whom the letter goes. Posts of several levels can share a letter
// if one post may write to all of them; then the highest one counts.
func (d *drafting) level() (mandate.Level, error) {
	levels, err := d.levels()
	if err != nil {
		return "", err
	}
	on := d.tx.today(d.a.Zone)
	first, err := d.tx.signer(d.head, levels[0], on)
	if err != nil {
		return "", err
	}
	for _, l := range levels[1:] {
		s, err := d.tx.signer(d.head, l, on)
		if err != nil {
			return "", err
		}
		if s.PostID != first.PostID || s.OnBehalf != first.OnBehalf {
			return "", fault.New(fault.Refused, "mixed_levels", "nobody may write to all of these at once: make one letter for each level").On("post_ids")
		}
	}
	return levels[0], nil
}

// levels are the distinct levels of the addressees, from the top.
func (d *drafting) levels() ([]mandate.Level, error) {
	kinds, err := d.tx.kindsOf(d.posts)
	if err != nil {
		return nil, err
	}
	parties := map[string]string{}
	for _, p := range d.posts {
		if _, known := parties[p.PartyID]; known {
			continue
		}
		var party models.Party
		if err := d.tx.db.Select("kind").Take(&party, "id = ?", p.PartyID).Error; err != nil {
			return nil, wrap("party of a post", err)
		}
		parties[p.PartyID] = party.Kind
	}
	found := map[mandate.Level]bool{}
	for _, p := range d.posts {
		found[mandate.LevelOf(parties[p.PartyID], p.Role, kinds[p.UnitID])] = true
	}
	return slices.DeleteFunc(mandate.Levels(), func(l mandate.Level) bool { return !found[l] }), nil
}

// signatory is who signs on a day as the letter shows it. Nobody signs for an
// empty post.
func (s Signer) signatory() (letter.Signatory, error) {
	out := letter.Signatory{OnBehalf: s.OnBehalf, Acting: acting[s.Capacity], Title: s.Title, Name: s.Holder, Rank: s.Rank, NIP: s.NIP}
	if s.Holder == "" {
		return out, fault.New(fault.Refused, "signer_post_empty", "nobody holds the post %s on that day; record who does, such as a Plt", s.Title).
			On("on").With("post", s.Title)
	}
	return out, nil
}

// acting is what stands before the title of somebody who holds a post for now.
var acting = map[string]string{"plt": "Plt.", "plh": "Plh.", "pj": "Pj."}

// ofPost is a post as a letter addresses it.
func ofPost(p models.Post) letter.Addressee { return letter.Addressee{Title: p.Title} }
