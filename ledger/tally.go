package ledger

import (
	"encoding/json"
	"slices"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"payung/domain/fault"
	"payung/domain/region"
	"payung/domain/tally"
	"payung/domain/worker"
	"payung/models"
)

// TallyInput is a recap somebody uploads.
type TallyInput struct {
	Kind      string // one of tally.Kinds
	SaidBy    string // whose recap it is: DPMD, BKPSDM, BPJS Ketenagakerjaan
	On        string // as of when; "": today
	Year      int    // of months written without one; 0: that of On
	GroupCode string // whom it counts; "": that of the year, or usual for the kind
	YearID    string // year of an agreement whose statuses it tells; "": reported figures only
	FileName  string
	Digest    []byte // SHA-256 of the file
	Grid      tally.Grid
}

// UploadTally keeps a recap with a first guess of what its columns mean. The
// same file for the same purpose is the recap that is there already (known).
func (tx *Tx) UploadTally(partyID string, in TallyInput) (t models.Tally, known bool, err error) {
	if t, err = tx.newTally(partyID, in); err != nil {
		return t, false, err
	}
	if err := tx.actor.may(t.Scope); err != nil {
		return t, false, err
	}
	raw, err := json.Marshal(in.Grid)
	if err != nil {
		return t, false, wrap("sheet of a recap", err)
	}
	t.Grid = tx.l.keys.Seal(raw, gridOf(t.ID))
	t.Mapping = encode(tally.Guess(in.Grid, tally.Kind(t.Kind)))
	made := tx.db.Clauses(clause.OnConflict{DoNothing: true}).Create(&t)
	if made.Error != nil {
		return t, false, wrap("keep a recap", made.Error)
	}
	if made.RowsAffected == 1 {
		return t, false, tx.audit("tally.uploaded", "tally", t.ID, t.Scope, map[string]any{"kind": t.Kind, "lines": len(in.Grid.Lines)})
	}
	var old models.Tally
	err = tx.locked("tallies").Where("party_id = ? AND kind = ? AND group_code = ? AND period_id = ? AND said_by = ? AND on_day = ? AND digest = ?",
		t.PartyID, t.Kind, t.GroupCode, t.PeriodID, t.SaidBy, t.OnDay, t.Digest).Take(&old).Error
	if err != nil || len(old.Grid) > 0 {
		return old, true, wrap("the same recap", err)
	}
	// Its contacts had gone to their posts; now they are here again.
	old.Grid = tx.l.keys.Seal(raw, gridOf(old.ID))
	return old, true, wrap("keep a recap", tx.db.Model(&models.Tally{}).Where("id = ?", old.ID).Update("grid", old.Grid).Error)
}

// gridOf binds a sealed sheet to its row.
func gridOf(id string) string { return "tally/" + id }

func (tx *Tx) newTally(partyID string, in TallyInput) (models.Tally, error) {
	party, err := tx.Party(partyID)
	if err != nil {
		return models.Tally{}, err
	}
	t := models.Tally{
		ID: newID(), Scope: party.Scope, PartyID: party.ID, Kind: in.Kind, GroupCode: in.GroupCode, Year: in.Year, SaidBy: strings.Join(strings.Fields(in.SaidBy), " "),
		FileName: fileName(in.FileName), Digest: in.Digest, Actor: tx.actor.Name, CreatedAt: tx.micros(),
	}
	kind := tally.Kind(in.Kind)
	on := tx.today(party.Zone)
	if in.On != "" {
		if on, err = checkDay("on", in.On); err != nil {
			return t, err
		}
	}
	t.OnDay = string(on)
	if t.Year == 0 {
		t.Year = on.Year()
	}
	switch r, ok := region.Find(party.RegionCode); {
	case !slices.Contains(tally.Kinds(), kind):
		return t, fault.New(fault.Invalid, "unknown_tally_kind", "a recap is of villages, offices, members or contacts").On("kind")
	case party.Kind != "pemda" || !ok || r.Kind != region.Regency && r.Kind != region.City:
		return t, fault.New(fault.Invalid, "tally_without_regency", "a recap belongs to the government of a kabupaten or kota").On("party_id")
	case t.SaidBy == "":
		return t, missing("said_by")
	case len(in.Grid.Lines) == 0:
		return t, fault.New(fault.Invalid, "tally_empty", "the sheet has no rows").On("file")
	case t.Year < earliest.Year() || t.Year > latest.Year():
		return t, badDate("year")
	}
	err = tx.ofYear(&t, in.YearID)
	return t, err
}

// usualGroup is whom a recap of a kind counts where nobody says.
func usualGroup(k tally.Kind) string {
	switch k {
	case tally.Offices:
		return "non_asn"
	case tally.Contacts:
		return ""
	default:
		return "village_officials"
	}
}

// ofYear ties a recap to a year of an agreement of the same government.
func (tx *Tx) ofYear(t *models.Tally, yearID string) error {
	if yearID != "" && t.Kind != string(tally.Contacts) {
		p, err := take[models.Period](tx, "periods", "period", yearID)
		if err != nil {
			return err
		}
		a, err := tx.Agreement(p.AgreementID)
		if err != nil {
			return err
		}
		if a.PemdaPartyID != t.PartyID || p.KnownTo != 0 {
			return notFound("period")
		}
		l, err := tx.line(a.ID, p.LineID)
		if err != nil {
			return err
		}
		t.Scope, t.AgreementID, t.PeriodID, t.GroupCode = a.Scope, a.ID, p.ID, l.GroupCode
	}
	if t.GroupCode == "" {
		t.GroupCode = usualGroup(tally.Kind(t.Kind))
	}
	if t.Kind == string(tally.Contacts) {
		t.GroupCode = ""
	} else if _, ok := worker.Find(t.GroupCode); !ok {
		return fault.New(fault.Invalid, "unknown_group", "there is no worker group %s", t.GroupCode).On("group_code").With("group", t.GroupCode)
	}
	return nil
}

// tallies is from, for those who may act for the whole government: a recap
// holds numbers and phones of all its units.
func (tx *Tx) tallies() *gorm.DB {
	q := tx.from("tallies")
	if tx.actor.Reach == Units {
		q = q.Where("1 = 0")
	}
	return q
}

func (tx *Tx) tally(id string) (models.Tally, error) {
	var rows []models.Tally
	err := tx.forChange(tx.tallies().Where("id = ?", id)).Limit(1).Find(&rows).Error
	if err == nil && len(rows) == 0 {
		return models.Tally{}, notFound("recap")
	}
	if err != nil {
		return models.Tally{}, err
	}
	return rows[0], nil
}

// Tallies lists the recaps of a party, the newest first, without their sheets.
func (tx *Tx) Tallies(partyID string) ([]models.Tally, error) {
	q := tx.tallies().Omit("grid")
	if partyID != "" {
		q = q.Where("party_id = ?", partyID)
	}
	var rows []models.Tally
	err := q.Order("id DESC").Limit(200).Find(&rows).Error
	return rows, err
}

func encode(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err) // plain structs of ours
	}
	return string(raw)
}
