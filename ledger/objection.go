package ledger

import (
	"encoding/json"
	"strings"

	"payung/domain/fault"
	"payung/models"
)

// Kinds of objections.
const (
	NotToBeListed = "should_not_be_listed"
	PersonMissing = "missing_person"
	WrongData     = "wrong_data"
	Deceased      = "deceased"
)

// ObjectionKinds lists them.
func ObjectionKinds() []string { return []string{NotToBeListed, PersonMissing, WrongData, Deceased} }

// States of an objection.
const (
	ObjectionOpen     = "open"
	ObjectionUpheld   = "upheld"
	ObjectionRejected = "rejected"
)

// ObjectionStates lists them.
func ObjectionStates() []string { return []string{ObjectionOpen, ObjectionUpheld, ObjectionRejected} }

// objected is what is sealed of an objection.
type objected struct {
	Text    string `json:"text"`
	Name    string `json:"name,omitempty"`
	Contact string `json:"contact,omitempty"`
}

func objectionOf(id string) string { return "objections/" + id + "/content" }

// ObjectionView is an objection with the names it is about. What was written,
// and by whom, is shown to whoever decides it, and to no unit.
type ObjectionView struct {
	models.Objection
	UnitName string
	Listed   string // the person on the list; "": nobody
	Born     string
	Standing bool // that person is still on the list
	Version  int  // of the list that followed; 0: none yet
	Text     string
	Name     string
	Contact  string
}

// ObjectionFilter narrows a list of objections.
type ObjectionFilter struct {
	WindowID, State, ObligationID string
}

// Objections lists objections by ID, oldest first.
func (tx *Tx) Objections(f ObjectionFilter, p Page) ([]ObjectionView, error) {
	q := tx.from("objections").
		Select(`objections.*, u.name AS unit_name, COALESCE(r.name, '') AS listed, COALESCE(r.born, '') AS born,
			COALESCE(r.removed_by, 'x') = '' AS standing, COALESCE(v.version, 0) AS version`).
		Joins("JOIN units u ON u.id = objections.unit_id LEFT JOIN roster_rows r ON r.id = objections.row_id LEFT JOIN rosters v ON v.id = objections.roster_id").
		Where("objections.id > ?", p.After)
	for _, c := range [...][2]string{{"window_id", f.WindowID}, {"state", f.State}, {"obligation_id", f.ObligationID}} {
		if c[1] != "" {
			q = q.Where("objections."+c[0]+" = ?", c[1])
		}
	}
	var rows []ObjectionView
	if err := q.Order("objections.id").Limit(p.Size).Find(&rows).Error; err != nil {
		return nil, wrap("objections", err)
	}
	for i := range rows {
		if err := tx.readObjection(&rows[i]); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// readObjection opens what was written for whoever decides it.
func (tx *Tx) readObjection(o *ObjectionView) error {
	whole := o.Scope
	whole.UnitID = ""
	if !tx.actor.owns(whole) {
		return nil
	}
	plain, err := tx.l.keys.Open(o.Content, objectionOf(o.ID))
	if err != nil {
		return wrap("content of an objection", err)
	}
	var said objected
	if err := json.Unmarshal(plain, &said); err != nil {
		return wrap("content of an objection", err)
	}
	o.Text, o.Name, o.Contact = said.Text, said.Name, said.Contact
	return nil
}

// Verdict is somebody's decision of an objection.
type Verdict struct {
	Upheld bool
	Reason string
}

// DecideObjection says what becomes of an objection. It changes no list: one
// that is upheld waits until a list follows it.
func (tx *Tx) DecideObjection(id string, in Verdict) (models.Objection, error) {
	o, err := tx.ownObjection(id)
	switch {
	case err != nil:
		return o, err
	case o.State != ObjectionOpen:
		return o, fault.New(fault.Conflict, "objection_decided", "this objection has been decided already")
	case strings.TrimSpace(in.Reason) == "":
		return o, missing("reason")
	}
	if err := tooLong("reason", in.Reason, maxNote); err != nil {
		return o, err
	}
	o.State, o.Reason, o.DecidedBy, o.DecidedAt = ObjectionRejected, inWords(in.Reason), tx.actor.Name, tx.micros()
	if in.Upheld {
		o.State = ObjectionUpheld
	}
	if err := tx.db.Model(&models.Objection{ID: o.ID}).Select("State", "Reason", "DecidedBy", "DecidedAt").Updates(o).Error; err != nil {
		return o, err
	}
	return o, tx.audit("objection.decided", "objection", o.ID, o.Scope, map[string]any{"window": o.WindowID, "kind": o.Kind, "state": o.State})
}

// ownObjection reads an objection for its decision, locked. Who decides reaches
// further than one unit: none judges what is said against its own list.
func (tx *Tx) ownObjection(id string) (models.Objection, error) {
	o, err := takeLocked[models.Objection](tx, "objections", "objection", id)
	if err != nil {
		return o, err
	}
	whole := o.Scope
	whole.UnitID = ""
	return o, tx.actor.may(whole)
}

// FollowObjection ties the version of a list that took up an upheld objection to
// it, where no joining or leaving did so by itself.
func (tx *Tx) FollowObjection(id, rosterID string) (models.Objection, error) {
	o, err := tx.ownObjection(id)
	if err != nil {
		return o, err
	}
	r, err := take[models.Roster](tx, "rosters", "roster", rosterID)
	if err != nil {
		return o, err
	}
	if r.Version == 0 || r.ObligationID != o.ObligationID || r.CreatedAt < o.CreatedAt {
		return o, fault.New(fault.Invalid, "list_does_not_follow", "this is no later version of the list the objection is about").On("roster_id")
	}
	if err := tx.follow(o.ID, o.ObligationID, r.ID); err != nil {
		return o, err
	}
	o.RosterID = r.ID
	return o, tx.audit("objection.followed", "objection", o.ID, o.Scope, map[string]any{"window": o.WindowID, "roster": r.ID})
}

// follow ties a version of a list to the upheld objection it takes up.
func (tx *Tx) follow(objectionID, obligationID, rosterID string) error {
	res := tx.db.Model(&models.Objection{}).Where("id = ? AND obligation_id = ? AND state = ? AND roster_id = ''", objectionID, obligationID, ObjectionUpheld).
		Update("roster_id", rosterID)
	if res.Error == nil && res.RowsAffected == 0 {
		return fault.New(fault.Invalid, "objection_not_upheld", "only an objection to this list that was upheld, and that nothing has followed yet, can be followed").On("objection_id")
	}
	return res.Error
}
