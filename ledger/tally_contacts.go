package ledger

import (
	"cmp"

	"payung/domain/match"
	"payung/domain/tally"
	"payung/models"
)

// contacts puts names and phones into the posts they belong to.
func (a *applying) contacts() error {
	if a.t.Kind != string(tally.Contacts) {
		return nil
	}
	posts, holders, err := a.knownContacts()
	if err != nil {
		return err
	}
	heading := ""
	for _, c := range a.s.Columns {
		if c.Field == tally.Holder {
			heading = c.Heading
		}
	}
	seen := map[string]bool{}
	for _, r := range a.s.Rows {
		unit, name := a.unit(r.ID, r.Name), tally.HolderName(r.Holder)
		if unit.ID == "" || r.Left || name == "" && r.Phone == "" {
			continue
		}
		role, acting := tally.RoleOf(r.Post)
		if r.Post == "" {
			role, _ = tally.RoleOf(heading)
		}
		if seen[unit.ID+"/"+string(role)] {
			role = tally.Contact // a second secretary is somebody else to call
		}
		if seen[unit.ID+"/"+string(role)] {
			continue
		}
		seen[unit.ID+"/"+string(role)] = true
		post, ok := posts[unit.ID+"/"+string(role)]
		if !ok {
			if post, err = a.post(unit, role, posts[unit.ID+"/"+string(tally.Head)]); err != nil {
				return err
			}
		}
		in := HolderInput{Name: name, Phone: r.Phone, Email: r.Email, Capacity: "definitive", ValidFrom: a.t.OnDay}
		if acting {
			in.Capacity = "plt"
		}
		if err := a.holder(post, holders[post.ID], in); err != nil {
			return err
		}
	}
	return nil
}

// knownContacts are the posts of the party's units by unit and role, and who
// holds them now.
func (a *applying) knownContacts() (map[string]models.Post, map[string]models.PostHolder, error) {
	var posts []models.Post
	if err := a.tx.db.Where("party_id = ? AND unit_id <> '' AND valid_to = ''", a.t.PartyID).Order("id").Find(&posts).Error; err != nil {
		return nil, nil, wrap("posts", err)
	}
	byRole := make(map[string]models.Post, len(posts))
	for _, p := range posts {
		if key := p.UnitID + "/" + p.Role; byRole[key].ID == "" {
			byRole[key] = p
		}
	}
	var list []models.PostHolder
	err := a.tx.db.Where("(valid_to = '' OR valid_to >= ?) AND post_id IN (?)", a.t.OnDay, a.tx.db.Table("posts").Select("id").Where("party_id = ?", a.t.PartyID)).
		Order("valid_from, id").Find(&list).Error
	holders := make(map[string]models.PostHolder, len(list))
	for _, h := range list {
		holders[h.PostID] = h
	}
	return byRole, holders, wrap("holders of posts", err)
}

// post records a post of a unit that is not its head's.
func (a *applying) post(u models.Unit, role tally.Role, head models.Post) (models.Post, error) {
	title := map[tally.Role]string{
		tally.Head: "Kepala", tally.Secretary: "Sekretaris", tally.Treasurer: "Bendahara", tally.Operator: "Operator", tally.Contact: "Narahubung",
	}[role]
	return a.tx.CreatePost(a.t.PartyID, PostInput{Title: title + " " + u.Name, Role: string(role), UnitID: u.ID, SuperiorID: head.ID})
}

// holder records who holds a post. What the same day's list had wrong is
// corrected in its place; anything newer follows it, and an older list says
// nothing about today. A phone without a name is the holder's.
func (a *applying) holder(p models.Post, was models.PostHolder, in HolderInput) error {
	if in.Name == "" {
		in.Name = cmp.Or(was.Name, p.Title)
	}
	same := was.ID != "" && match.Key(was.Name) == match.Key(in.Name)
	if same {
		in.Phone, in.Email = cmp.Or(in.Phone, was.Phone), cmp.Or(in.Email, was.Email)
	}
	switch {
	case was.ID == "":
		a.out.Contacts.Created++
	case was.ValidFrom > in.ValidFrom || same && phoneKey(was.Phone) == phoneKey(in.Phone) && was.Email == in.Email:
		a.out.Contacts.Unchanged++
		return nil
	case was.ValidFrom == in.ValidFrom:
		a.out.Contacts.Updated++
		change := map[string]any{"name": in.Name, "phone": in.Phone, "email": in.Email}
		if err := a.tx.db.Model(&models.PostHolder{}).Where("id = ?", was.ID).Updates(change).Error; err != nil {
			return wrap("correct a contact", err)
		}
		return a.tx.audit("post.contact_corrected", "post", p.ID, p.Scope, map[string]any{"holder": was.ID})
	default:
		a.out.Contacts.Updated++
	}
	_, err := a.tx.AssignHolder(p.ID, in)
	return err
}
