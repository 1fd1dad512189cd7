package api

import (
	"payung/domain/agreement"
	"payung/ledger"
	"payung/models"
)

// MeetingInput is a KSO meeting: who was invited and came, what was decided.
type MeetingInput struct {
	HeldOn    Date                   `json:"held_on"`
	Place     string                 `json:"place,omitempty" maxLength:"300"`
	Agenda    string                 `json:"agenda,omitempty" maxLength:"4000"`
	ChairedBy string                 `json:"chaired_by,omitempty" maxLength:"200" doc:"a post"`
	Present   []string               `json:"present_unit_ids,omitempty" maxItems:"2000"`
	Absent    []string               `json:"absent_unit_ids,omitempty" maxItems:"2000"`
	Decisions []MeetingDecisionInput `json:"decisions,omitempty" maxItems:"100"`
	SourceID  string                 `json:"source_id,omitempty" maxLength:"64"`
}

// MeetingDecisionInput is one line of the minutes. With a task it fans out:
// each of those units owes it, whether it came or not.
type MeetingDecisionInput struct {
	Text string     `json:"text" maxLength:"4000"`
	Task *TaskInput `json:"task,omitempty"`
}

// TaskInput is a duty of many units.
type TaskInput struct {
	Kind        string   `json:"kind" enum:"task,roster,regulation_draft"`
	GroupCode   string   `json:"group_code,omitempty" maxLength:"40"`
	UnitIDs     []string `json:"unit_ids,omitempty" maxItems:"2000" doc:"who owes it"`
	KindOfUnit  string   `json:"kind_of_unit,omitempty" maxLength:"40" doc:"or: every unit of that kind"`
	TargetOn    string   `json:"target_on,omitempty" format:"date" doc:"by default: no date yet"`
	FatalOn     string   `json:"fatal_on,omitempty" format:"date"`
	Destination string   `json:"destination,omitempty" enum:"pemda,bpjs" default:"pemda"`
	ArticleID   string   `json:"article_id,omitempty" maxLength:"64" doc:"article of a regulation that orders it"`
}

func (in MeetingInput) input() ledger.MeetingInput {
	return ledger.MeetingInput{
		On: in.HeldOn.when(), Place: in.Place, Agenda: in.Agenda, ChairedBy: in.ChairedBy, Present: in.Present, Absent: in.Absent, SourceID: in.SourceID,
		Decisions: each(in.Decisions, func(d MeetingDecisionInput) ledger.MeetingDecisionInput {
			return ledger.MeetingDecisionInput{Text: d.Text, Task: (*ledger.TaskInput)(d.Task)}
		}),
	}
}

// Meeting is a KSO meeting with its attendance and decisions.
type Meeting struct {
	ID         string            `json:"id"`
	HeldOn     Date              `json:"held_on"`
	Place      string            `json:"place,omitempty"`
	Agenda     string            `json:"agenda,omitempty"`
	ChairedBy  string            `json:"chaired_by,omitempty"`
	SourceID   string            `json:"source_id,omitempty"`
	Attendance []Attendance      `json:"attendance"`
	Decisions  []MeetingDecision `json:"decisions"`
}

// Attendance is how many units of a kind came.
type Attendance struct {
	Kind    string `json:"kind"`
	Present int64  `json:"present"`
	Absent  int64  `json:"absent"`
}

// MeetingDecision is one line of the minutes; duties point back to it.
type MeetingDecision struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

func meetingRoutes(s *server) {
	create(s, PolicyWrite, "/agreements/{id}/meetings", "create-meeting", "Record a meeting that was held, as a fact",
		func(tx *ledger.Tx, in *Of[MeetingInput]) (Meeting, error) {
			m, err := tx.RecordMeeting(in.ID, in.Body.input())
			if err != nil {
				return Meeting{}, err
			}
			all, err := meetingsOf(tx, in.ID)
			for _, v := range all.Items {
				if v.ID == m.ID {
					return v, nil
				}
			}
			return Meeting{}, err
		})
	read(s, PolicyRead, "/agreements/{id}/meetings", "list-meetings", "List an agreement's meetings",
		func(tx *ledger.Tx, in *ByID) (List[Meeting], error) { return meetingsOf(tx, in.ID) })
	decision(s, agreement.RecordMeeting, "record-meeting", "Record a meeting and give out its tasks", MeetingInput.input)
}

func meetingsOf(tx *ledger.Tx, id string) (List[Meeting], error) {
	out, err := ofAgreement(tx, id, tx.Meetings, func(m models.Meeting) Meeting {
		return Meeting{
			ID: m.ID, HeldOn: dateOf(m.OnDay, m.Precision), Place: m.Place, Agenda: m.Agenda, ChairedBy: m.ChairedBy, SourceID: m.SourceID,
			Attendance: []Attendance{}, Decisions: []MeetingDecision{},
		}
	})
	if err != nil {
		return out, err
	}
	at := map[string]*Meeting{}
	for i := range out.Items {
		at[out.Items[i].ID] = &out.Items[i]
	}
	counts, err := tx.Attendance(id)
	if err != nil {
		return out, err
	}
	for _, c := range counts {
		if m := at[c.MeetingID]; m != nil {
			m.Attendance = append(m.Attendance, Attendance{Kind: c.Kind, Present: c.Present, Absent: c.Absent})
		}
	}
	decisions, err := tx.MeetingDecisions(id)
	for _, d := range decisions {
		if m := at[d.MeetingID]; m != nil {
			m.Decisions = append(m.Decisions, MeetingDecision{ID: d.ID, Text: d.Text})
		}
	}
	return out, err
}
