package ledger

import (
	"cmp"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/mandate"
	"payung/domain/rupiah"
	"payung/letter"
	"payung/models"
)

// meeting tells who was there and what was decided.
func (d *drafting) meeting() error {
	m, err := aboutRow[models.Meeting](d, "meetings")
	if err != nil {
		return err
	}
	typed := letter.Meeting{}
	if d.in.Meeting != nil {
		typed = *d.in.Meeting
	}
	typed.Day, typed.Zone = cmp.Or(typed.Day, calendar.Day(m.OnDay)), calendar.Zone(d.a.Zone)
	typed.Room, typed.Leader = cmp.Or(typed.Room, m.Place), cmp.Or(typed.Leader, m.ChairedBy)
	if len(typed.Agenda) == 0 && m.Agenda != "" {
		typed.Agenda = []string{m.Agenda}
	}
	d.content.Meeting = &typed
	if d.in.Kind == letter.Invitation {
		return nil
	}
	if err := d.attendance(m.ID); err != nil {
		return err
	}
	if d.in.Kind == letter.Attendance {
		d.content.Blank = 10
		return nil
	}
	if d.in.Kind == letter.Record {
		if err := d.secondSide(); err != nil {
			return err
		}
	}
	if d.in.Points != nil {
		return nil
	}
	return d.decisions(m.ID)
}

// attendance lists the units that came or, on a sheet to sign, were invited.
func (d *drafting) attendance(meetingID string) error {
	var rows []struct{ Name, Title string }
	q := d.tx.from("attendances").Select("u.name, COALESCE(p.title, '') AS title").
		Joins("JOIN units u ON u.id = attendances.unit_id LEFT JOIN posts p ON p.unit_id = u.id AND p.role = 'head' AND p.valid_to = ''").
		Where("attendances.meeting_id = ?", meetingID)
	if d.in.Kind != letter.Attendance {
		q = q.Where("attendances.present")
	}
	if err := q.Order("u.name, u.id").Limit(attendanceRows).Find(&rows).Error; err != nil {
		return wrap("attendance", err)
	}
	for _, r := range rows {
		d.content.People = append(d.content.People, letter.Person{Title: r.Title, Unit: r.Name})
	}
	return nil
}

// attendanceRows is how many rows an attendance list has room for.
const attendanceRows = 450

// decisions are the lines of the minutes, with who does it until when.
func (d *drafting) decisions(meetingID string) error {
	var rows []models.MeetingDecision
	if err := d.tx.from("meeting_decisions").Where("meeting_id = ?", meetingID).Order("position").Find(&rows).Error; err != nil {
		return wrap("decisions", err)
	}
	for _, r := range rows {
		point := letter.Point{Text: r.Text}
		var duty struct {
			N        int64
			TargetOn string
			Name     string
		}
		err := d.tx.db.Raw(`SELECT COUNT(*) AS n, COALESCE(MAX(o.first_target), '') AS target_on, COALESCE(MIN(u.name), '') AS name
			FROM obligations o JOIN units u ON u.id = o.unit_id WHERE o.ordered_by = 'meeting_decision' AND o.ordered_by_id = ?`, r.ID).Scan(&duty).Error
		if err != nil {
			return wrap("duties of a decision", err)
		}
		switch {
		case duty.N == 1:
			point.Owner = duty.Name
		case duty.N > 1:
			point.Owner = rupiah.Number(duty.N, calendar.ID) + " unit"
		}
		point.Until = calendar.Day(duty.TargetOn)
		d.content.Points = append(d.content.Points, point)
	}
	return nil
}

// secondSide is who signs for the other side of a berita acara: the post there
// that may write to nobody but its own.
func (d *drafting) secondSide() error {
	other := cmp.Or(d.a.ServingPartyID, d.a.BPJSPartyID)
	if d.head.PartyID != d.a.PemdaPartyID {
		other = d.a.PemdaPartyID
	}
	var party models.Party
	if err := d.tx.db.Take(&party, "id = ?", other).Error; err != nil {
		return wrap("the other side", err)
	}
	on := d.tx.today(d.a.Zone)
	s, err := d.tx.signer(Head{Letterhead: models.Letterhead{PartyID: party.ID, Scope: party.Scope}}, mandate.Own, on)
	if fault.Is(err, "no_signer") {
		d.content.Second = &letter.Signatory{Office: party.Name}
		return nil
	}
	if err != nil {
		return err
	}
	side, err := s.signatory()
	if err != nil && !fault.Is(err, "signer_post_empty") {
		return err
	}
	side.Office = party.Name
	d.content.Second = &side
	return nil
}
