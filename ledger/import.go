package ledger

import (
	"encoding/json"

	"gorm.io/gorm/clause"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/roster"
	"payung/models"
)

// States of an import.
const (
	ImportReading  = "reading"
	ImportReady    = "ready"    // read; somebody may accept it
	ImportHeld     = "held"     // read; too much is wrong, or a question is open
	ImportRefused  = "refused"  // nothing of it can be read
	ImportAccepted = "accepted" // its good rows are on the list
	ImportDropped  = "dropped"
)

// ImportInput says how a file is to be read.
type ImportInput struct {
	ObligationID string
	Sheet        string
	Mapping      string // JSON of roster.Mapping; "": to be guessed
	On           string // day the list was handed in; "": the day of the file
	OnBehalf     string
}

// OpenImport begins the reading of a file as the list of a duty. An earlier
// reading of the same file for the same duty that nobody accepted is dropped.
func (tx *Tx) OpenImport(uploadID string, in ImportInput) (models.Import, error) {
	u, err := tx.PlaceUpload(uploadID, in.ObligationID, in.OnBehalf)
	if err != nil {
		return models.Import{}, err
	}
	o, _, err := tx.own(in.ObligationID)
	switch {
	case err != nil:
		return models.Import{}, err
	case o.State == StateCancelled:
		return models.Import{}, notOpen(o)
	case u.State == UploadNeedsSheet:
		return models.Import{}, fault.New(fault.Unsupported, u.Problem, "this file cannot be read as a list; it is kept").On("file")
	case len(in.Mapping) > 8<<10:
		return models.Import{}, fault.New(fault.TooLarge, "mapping_too_large", "a mapping of columns may be 8 KiB at most").On("mapping")
	}
	var earlier []models.Import
	err = tx.locked("imports").Where("upload_id = ? AND obligation_id = ? AND state NOT IN ?", u.ID, o.ID, []string{ImportAccepted, ImportDropped}).Find(&earlier).Error
	if err != nil {
		return models.Import{}, err
	}
	for _, e := range earlier {
		if err := tx.dropImport(e); err != nil {
			return models.Import{}, err
		}
	}
	on := calendar.Day(u.ReceivedOn)
	if in.On != "" {
		if on, err = checkDay("on", in.On); err != nil {
			return models.Import{}, err
		}
	}
	r := tx.pending(o, "list", on)
	r.OnBehalf = u.OnBehalf
	i := models.Import{
		ID: newID(), Scope: o.Scope, AgreementID: o.AgreementID, ObligationID: o.ID, UploadID: u.ID, RosterID: r.ID, State: ImportReading,
		Sheet: inWords(in.Sheet), Mapping: in.Mapping, Answers: "{}", Result: "{}", OnDay: string(on), OnBehalf: u.OnBehalf, Actor: tx.actor.Name,
		CreatedAt: tx.micros(), UpdatedAt: tx.micros(),
	}
	r.ImportID = i.ID
	if err := insert(tx, []models.Roster{r}); err != nil {
		return i, err
	}
	if err := insert(tx, []models.Import{i}); err != nil {
		return i, err
	}
	return i, tx.audit("import.opened", "obligation", o.ID, o.Scope, map[string]any{"import": i.ID, "upload": u.ID})
}

// pending is a roster that is being prepared.
func (tx *Tx) pending(o models.Obligation, kind string, on calendar.Day) models.Roster {
	return models.Roster{
		ID: newID(), Scope: o.Scope, AgreementID: o.AgreementID, LineID: o.LineID, PeriodID: o.PeriodID, ObligationID: o.ID, Kind: kind,
		Digest: []byte{}, OnDay: string(on), Actor: tx.actor.Name, CreatedAt: tx.micros(),
	}
}

// Import reads one import.
func (tx *Tx) Import(id string) (models.Import, error) {
	return take[models.Import](tx, "imports", "import", id)
}

// ownImport reads an import for change, locked.
func (tx *Tx) ownImport(id string) (models.Import, error) {
	i, err := takeLocked[models.Import](tx, "imports", "import", id)
	if err != nil {
		return i, err
	}
	return i, tx.actor.may(i.Scope)
}

// ImportFilter narrows a list of imports.
type ImportFilter struct {
	ObligationID, UploadID, AgreementID, State string
}

// Imports lists imports by ID, oldest first.
func (tx *Tx) Imports(f ImportFilter, p Page) ([]models.Import, error) {
	q := tx.from("imports").Where("id > ?", p.After)
	for _, c := range [...][2]string{{"obligation_id", f.ObligationID}, {"upload_id", f.UploadID}, {"agreement_id", f.AgreementID}, {"state", f.State}} {
		if c[1] != "" {
			q = q.Where(c[0]+" = ?", c[1])
		}
	}
	var rows []models.Import
	err := q.Order("id").Limit(p.Size).Find(&rows).Error
	return rows, err
}

// FindingPage is a stretch of what was found in a file: after a row and the
// place in it.
type FindingPage struct {
	Row   int64
	Seq   int
	Size  int
	Level string // "": all
}

// Findings lists what was found in a file, in the order of its rows.
func (tx *Tx) Findings(importID string, p FindingPage) ([]models.ImportFinding, error) {
	if _, err := tx.Import(importID); err != nil {
		return nil, err
	}
	q := tx.db.Where("import_id = ? AND (number > ? OR number = ? AND seq > ?)", importID, p.Row, p.Row, p.Seq)
	if p.Level != "" {
		q = q.Where("level = ?", p.Level)
	}
	var rows []models.ImportFinding
	err := q.Order("number, seq").Limit(p.Size).Find(&rows).Error
	return rows, err
}

func importState(i models.Import) error {
	return fault.New(fault.Conflict, "import_"+i.State, "this reading is %s", i.State).With("state", i.State)
}

// RememberMapping keeps how a unit names its columns, by the signature of their
// headings. An empty one is that of the headings the import was read with, if
// it is known by now.
func (tx *Tx) RememberMapping(importID, signature, mapping string) error {
	i, err := tx.ownImport(importID)
	if err != nil {
		return err
	}
	if signature == "" && i.State != ImportReading && i.Mapping != "" {
		var used roster.Mapping
		if err := json.Unmarshal([]byte(i.Mapping), &used); err != nil {
			return wrap("mapping", err)
		}
		signature, mapping = used.Signature, i.Mapping
	}
	if signature == "" {
		return nil
	}
	m := models.HeadingMap{ID: newID(), Scope: i.Scope, Signature: signature, Mapping: mapping, Actor: tx.actor.Name, CreatedAt: tx.micros()}
	return insert(tx, []models.HeadingMap{m}, clause.OnConflict{
		Columns: []clause.Column{{Name: "unit_id"}, {Name: "signature"}}, DoUpdates: clause.AssignmentColumns([]string{"mapping", "actor", "created_at"}),
	})
}

// RememberedMapping is how a unit has named columns before whose headings have
// one of those signatures, the last it said; "": never.
func (tx *Tx) RememberedMapping(unitID string, signatures ...string) (string, error) {
	var m models.HeadingMap
	err := tx.from("heading_maps").Where("unit_id = ? AND signature IN ?", unitID, signatures).Order("created_at DESC, id").Limit(1).Find(&m).Error
	return m.Mapping, err
}
