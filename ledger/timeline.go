package ledger

import (
	"cmp"
	"slices"

	"payung/domain/agreement"
	"payung/domain/calendar"
	"payung/models"
)

// Kinds of events.
const (
	EventMeeting   = "meeting"
	EventBasis     = "basis"
	EventSigning   = "signing"
	EventYear      = "year_opened"
	EventAnswered  = "rosters_in"
	EventHappening = "happening"
	EventFigure    = "figure"
	EventRenewal   = "renewal_opened"
	EventRenewed   = "renewal_decided"
	EventEnded     = "terminated"
)

// Event is one thing that happened, in the words of the trade. What it was is
// in the one field its kind names.
type Event struct {
	Kind      string
	On        calendar.When
	Upcoming  bool // dated after the day shown
	Source    models.Source
	Meeting   *MeetingView
	Basis     *BasisView
	Signing   *SigningView
	Period    *models.Period
	Group     string // of the year
	Happening *models.Happening
	Figure    *Reported
	Renewal   *models.Renewal
}

// MeetingView is a meeting with who came and what was decided.
type MeetingView struct {
	models.Meeting
	Attendance []AttendanceCount
	Decisions  []string
}

// SigningView is one signing with everybody at it.
type SigningView struct {
	Place     string
	Signers   []models.Signature
	Witnesses []models.Signature
}

// timeline collects the events of an agreement in order of date.
func (v *view) timeline(out *Overview) error {
	for _, read := range []func(*Overview) error{v.meetings, v.signings, v.happenings} {
		if err := read(out); err != nil {
			return err
		}
	}
	for i := range out.Bases {
		b := &out.Bases[i]
		out.Timeline = append(out.Timeline, Event{Kind: EventBasis, On: b.From, Source: b.Source, Basis: b})
	}
	v.years(out)
	v.renewals(out)
	for i := range out.Figures {
		f := &out.Figures[i]
		out.Timeline = append(out.Timeline, Event{Kind: EventFigure, On: f.When(), Source: f.Source, Figure: f})
	}
	for i := range out.Timeline {
		out.Timeline[i].Upcoming = out.Timeline[i].On.On > out.Today
	}
	slices.SortStableFunc(out.Timeline, func(a, b Event) int { return cmp.Compare(a.On.On, b.On.On) })
	return nil
}

func (v *view) meetings(out *Overview) error {
	meetings, err := listBy[models.Meeting](v.tx, "meetings", v.a.ID, v.on)
	if err != nil {
		return err
	}
	attendance, err := v.tx.Attendance(v.a.ID)
	if err != nil {
		return err
	}
	decisions, err := v.tx.MeetingDecisions(v.a.ID)
	if err != nil {
		return err
	}
	for _, m := range meetings {
		view := MeetingView{Meeting: m}
		for _, c := range attendance {
			if c.MeetingID == m.ID {
				view.Attendance = append(view.Attendance, c)
			}
		}
		for _, d := range decisions {
			if d.MeetingID == m.ID {
				view.Decisions = append(view.Decisions, d.Text)
			}
		}
		out.Timeline = append(out.Timeline, Event{Kind: EventMeeting, On: when(m.OnDay, m.Precision), Source: v.sources[m.SourceID], Meeting: &view})
	}
	return nil
}

// signings puts the signatures of one day and place together.
func (v *view) signings(out *Overview) error {
	signatures, err := listBy[models.Signature](v.tx, "signatures", v.a.ID, v.on)
	if err != nil {
		return err
	}
	type place struct{ on, place, source string }
	seen := map[place]*SigningView{}
	for _, s := range signatures {
		key := place{s.OnDay, s.Place, s.SourceID}
		signing := seen[key]
		if signing == nil {
			signing = &SigningView{Place: s.Place}
			seen[key] = signing
			out.Timeline = append(out.Timeline, Event{Kind: EventSigning, On: when(s.OnDay, s.Precision), Source: v.sources[s.SourceID], Signing: signing})
		}
		if s.Role == "witness" {
			signing.Witnesses = append(signing.Witnesses, s)
		} else {
			signing.Signers = append(signing.Signers, s)
		}
	}
	if len(signatures) == 0 && !out.SignedOn.Zero() {
		out.Timeline = append(out.Timeline, Event{Kind: EventSigning, On: out.SignedOn, Signing: &SigningView{}})
	}
	return nil
}

func (v *view) happenings(out *Overview) error {
	rows, err := listBy[models.Happening](v.tx, "happenings", v.a.ID, v.on)
	for i := range rows {
		h := &rows[i]
		out.Timeline = append(out.Timeline, Event{Kind: EventHappening, On: when(h.OnDay, h.Precision), Source: v.sources[h.SourceID], Happening: h})
	}
	return err
}

// years tells which years were opened and in which every unit has answered.
func (v *view) years(out *Overview) {
	groups := map[string]string{}
	for _, l := range v.facts.lines[v.a.ID] {
		groups[l.ID] = l.GroupCode
	}
	periods := map[string]*models.Period{}
	for i, p := range out.Periods {
		periods[p.LineID+"/"+itoa(int64(p.Year))] = &out.Periods[i]
	}
	for _, m := range v.facts.milestones[v.a.ID] {
		e := Event{On: when(m.OnDay, m.Precision), Source: v.sources[m.SourceID], Period: periods[m.About]}
		switch agreement.Milestone(m.Code) {
		case agreement.YearOpened:
			e.Kind = EventYear
		case agreement.RostersIn:
			e.Kind = EventAnswered
		case agreement.Terminated:
			e.Kind = EventEnded
		default:
			continue
		}
		if e.Period == nil && e.Kind != EventEnded {
			continue
		}
		if e.Period != nil {
			e.Group = groups[e.Period.LineID]
		}
		out.Timeline = append(out.Timeline, e)
	}
}

func (v *view) renewals(out *Overview) {
	for _, r := range v.facts.renewals[v.a.ID] {
		out.Timeline = append(out.Timeline, Event{Kind: EventRenewal, On: calendar.On(calendar.Day(r.OpenedOn)), Renewal: &r})
		if decided := calendar.Day(r.DecidedOn); decided != "" && decided <= out.Today {
			out.Timeline = append(out.Timeline, Event{Kind: EventRenewed, On: calendar.On(decided), Renewal: &r})
		}
	}
}
