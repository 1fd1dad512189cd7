package ledger

import (
	"strconv"
	"strings"

	"payung/domain/agreement"
	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/models"
)

// MeetingInput is a KSO meeting: who was invited and came, and what was
// decided.
type MeetingInput struct {
	On        calendar.When
	Place     string
	Agenda    string
	ChairedBy string
	Present   []string // unit IDs
	Absent    []string
	Decisions []MeetingDecisionInput
	SourceID  string
}

// MeetingDecisionInput is one line of the minutes. With a Task it fans out: each
// of those units owes it, whether it came or not.
type MeetingDecisionInput struct {
	Text string
	Task *TaskInput
}

// TaskInput is a duty for many units at once.
type TaskInput struct {
	Kind        string // task, roster, regulation_draft
	GroupCode   string
	UnitIDs     []string // who owes it
	KindOfUnit  string   // or: every unit of that kind
	TargetOn    string   // "": no date yet
	FatalOn     string
	Destination string
	ArticleID   string // of a regulation that orders it; "": the one of the basis in force, if it names the group
}

// recordMeeting writes a meeting with its attendance and turns its decisions
// into duties.
func (tx *Tx) recordMeeting(a models.Agreement, in MeetingInput) (map[string]string, error) {
	m, err := tx.addMeeting(a, in)
	if err != nil {
		return nil, err
	}
	return map[string]string{"meeting": m.ID}, nil
}

// RecordMeeting records a meeting that was held, as a fact: an agreement under
// way has its meetings behind it.
func (tx *Tx) RecordMeeting(agreementID string, in MeetingInput) (models.Meeting, error) {
	a, err := tx.Agreement(agreementID)
	if err != nil {
		return models.Meeting{}, err
	}
	m, err := tx.addMeeting(a, in)
	if err != nil {
		return m, err
	}
	return m, tx.stir(a.ID)
}

func (tx *Tx) addMeeting(a models.Agreement, in MeetingInput) (models.Meeting, error) {
	m := models.Meeting{
		ID: newID(), Scope: a.Scope, AgreementID: a.ID, OnDay: string(in.On.On), Precision: string(in.On.Precision),
		Place: in.Place, Agenda: in.Agenda, ChairedBy: in.ChairedBy, SourceID: in.SourceID, Recorded: tx.recorded(),
	}
	if err := checkWhen("held_on", in.On); err != nil {
		return m, err
	}
	if err := tx.mustSource(in.SourceID); err != nil {
		return m, err
	}
	units, err := tx.unitsByID(a.PemdaPartyID)
	if err != nil {
		return m, err
	}
	if err := create(tx, a.Scope, m); err != nil {
		return m, err
	}
	var rows []models.Attendance
	seen := map[string]bool{}
	for _, list := range []struct {
		ids     []string
		present bool
	}{{in.Present, true}, {in.Absent, false}} {
		for _, id := range list.ids {
			u, ok := units[id]
			if !ok {
				return m, notFound("unit")
			}
			if seen[id] {
				return m, fault.New(fault.Invalid, "unit_twice", "a unit is listed twice in the attendance").On("present")
			}
			seen[id] = true
			rows = append(rows, models.Attendance{ID: newID(), Scope: u.Scope, MeetingID: m.ID, Present: list.present})
		}
	}
	if err := insert(tx, rows); err != nil {
		return m, err
	}
	duties := 0
	for i, d := range in.Decisions {
		if strings.TrimSpace(d.Text) == "" {
			return m, missing("decisions[" + strconv.Itoa(i) + "].text")
		}
		row := models.MeetingDecision{ID: newID(), Scope: a.Scope, AgreementID: a.ID, MeetingID: m.ID, Position: i + 1, Text: d.Text}
		if err := create(tx, a.Scope, row); err != nil {
			return m, err
		}
		if d.Task == nil {
			continue
		}
		n, err := tx.openDuties(a, *d.Task, order{by: "meeting_decision", id: row.ID, source: in.SourceID, opened: in.On.On})
		if err != nil {
			return m, err
		}
		duties += n
	}
	if err := tx.reach(a, mark{code: agreement.MeetingHeld, when: in.On, sourceID: in.SourceID}, in.On.On); err != nil {
		return m, err
	}
	return m, tx.audit("meeting.recorded", "agreement", a.ID, a.Scope,
		map[string]any{"meeting": m.ID, "present": len(in.Present), "absent": len(in.Absent), "duties": duties})
}

func (tx *Tx) unitsByID(partyID string) (map[string]models.Unit, error) {
	var rows []models.Unit
	err := tx.db.Where("party_id = ?", partyID).Find(&rows).Error
	out := make(map[string]models.Unit, len(rows))
	for _, u := range rows {
		out[u.ID] = u
	}
	return out, err
}

// Meetings lists an agreement's meetings.
func (tx *Tx) Meetings(agreementID string) ([]models.Meeting, error) {
	return list[models.Meeting](tx, "meetings", agreementID)
}

// MeetingDecisions lists the lines of an agreement's minutes.
func (tx *Tx) MeetingDecisions(agreementID string) ([]models.MeetingDecision, error) {
	var rows []models.MeetingDecision
	err := tx.from("meeting_decisions").Where("agreement_id = ?", agreementID).Order("meeting_id, position").Find(&rows).Error
	return rows, err
}

// AttendanceCount is how many units of a kind came to a meeting.
type AttendanceCount struct {
	MeetingID string
	Kind      string
	Present   int64
	Absent    int64
}

// Attendance counts who came, by meeting and kind of unit.
func (tx *Tx) Attendance(agreementID string) ([]AttendanceCount, error) {
	var rows []AttendanceCount
	err := tx.from("attendances").
		Select("attendances.meeting_id, u.kind, SUM(CASE WHEN attendances.present THEN 1 ELSE 0 END) AS present, SUM(CASE WHEN attendances.present THEN 0 ELSE 1 END) AS absent").
		Joins("JOIN units u ON u.id = attendances.unit_id").
		Joins("JOIN meetings m ON m.id = attendances.meeting_id AND m.agreement_id = ?", agreementID).
		Group("attendances.meeting_id, u.kind").Order("attendances.meeting_id, u.kind").Find(&rows).Error
	return rows, err
}
