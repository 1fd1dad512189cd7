package api

import (
	"encoding/hex"
	"encoding/json"

	"payung/domain/calendar"
	"payung/domain/region"
	"payung/ledger"
	"payung/letter"
	"payung/models"
)

// LetterInput is a letter to be drafted.
type LetterInput struct {
	LetterheadID  string        `json:"letterhead_id" maxLength:"64"`
	Kind          string        `json:"kind" enum:"invitation,attendance,minutes,record,data_request,second_request,warning_1,warning_2,warning_3,due_notice,receipt,statement,recap,cover"`
	ObligationIDs []string      `json:"obligation_ids,omitempty" maxItems:"1000" doc:"duties it is about"`
	PostIDs       []string      `json:"post_ids,omitempty" maxItems:"1000" doc:"to whom; absent: who owes the one duty, or the posts above the villages that owe several"`
	AboutKind     string        `json:"about_kind,omitempty" enum:"meeting,bill,roster,statement"`
	AboutID       string        `json:"about_id,omitempty" maxLength:"64"`
	Workdays      int           `json:"workdays,omitempty" minimum:"1" maximum:"60" doc:"to answer, counted from the day after it is sent"`
	Nature        string        `json:"nature,omitempty" enum:"biasa,penting,segera,sangat segera,rahasia"`
	Subject       string        `json:"subject,omitempty" maxLength:"300"`
	Wanted        string        `json:"wanted,omitempty" maxLength:"300" doc:"what is asked for; by default the list of the group"`
	Copies        []string      `json:"copies,omitempty" maxItems:"50" doc:"tembusan; by default as usual for the kind"`
	Meeting       *MeetingPlace `json:"meeting,omitempty"`
	Points        []LetterPoint `json:"points,omitempty" maxItems:"200"`
	Text          *letter.Text  `json:"text,omitempty" doc:"instead of the built-in text of the kind"`
}

// MeetingPlace is when and where people meet.
type MeetingPlace struct {
	On     string   `json:"on" format:"date"`
	From   string   `json:"from,omitempty" maxLength:"5" example:"09.00"`
	Until  string   `json:"until,omitempty" maxLength:"5" doc:"absent: selesai"`
	Room   string   `json:"room,omitempty" maxLength:"200"`
	Agenda []string `json:"agenda,omitempty" maxItems:"50"`
	Leader string   `json:"leader,omitempty" maxLength:"200"`
}

// LetterPoint is one thing said, found or agreed.
type LetterPoint struct {
	Text  string `json:"text" maxLength:"4000"`
	Owner string `json:"owner,omitempty" maxLength:"200"`
	Until string `json:"until,omitempty" format:"date"`
}

// Letter is one letter of the register.
type Letter struct {
	ID           string `json:"id"`
	AgreementID  string `json:"agreement_id"`
	LetterheadID string `json:"letterhead_id"`
	Kind         string `json:"kind"`
	State        string `json:"state" enum:"draft,issued,sent,replaced,withdrawn"`
	Subject      string `json:"subject"`
	Addressee    string `json:"addressee,omitempty" doc:"posts, in words"`
	Level        string `json:"level"`
	Version      int    `json:"version"`
	ReplacesID   string `json:"replaces_id,omitempty"`
	EarlierID    string `json:"earlier_id,omitempty" doc:"the letter it refers to"`
	Number       string `json:"number,omitempty" doc:"absent: not recorded yet"`
	NumberedOn   string `json:"numbered_on,omitempty"`
	On           string `json:"on,omitempty" doc:"the letter's date"`
	Workdays     int    `json:"workdays,omitempty" doc:"to answer, from the day after it is sent"`
	SentOn       string `json:"sent_on,omitempty"`
	SentHow      string `json:"sent_how,omitempty"`
	DueOn        string `json:"due_on,omitempty" doc:"the last of those working days"`
	Code         string `json:"code,omitempty" doc:"of the public page that confirms it"`
	SHA256       string `json:"sha256,omitempty" doc:"of the PDF as issued"`
	Pages        int    `json:"pages,omitempty"`
	Reason       string `json:"reason,omitempty" doc:"why it was withdrawn or corrected"`
	ScanID       string `json:"scan_id,omitempty" doc:"upload of the signed and stamped paper"`
	SignedID     string `json:"signed_id,omitempty" doc:"upload of the PDF with an electronic signature"`
	IssuedAt     string `json:"issued_at,omitempty"`
	CreatedAt    string `json:"created_at" format:"date-time"`
}

// LetterDetail is a letter with what it says and what it is about.
type LetterDetail struct {
	Letter
	Content    json.RawMessage `json:"content" doc:"everything it says, but for the logo"`
	ReceivedBy string          `json:"received_by,omitempty"`
	Note       string          `json:"note,omitempty"`
	Duties     []LetterDuty    `json:"duties"`
	ReplacedBy string          `json:"replaced_by,omitempty" doc:"ID of the letter that took its place"`
	ScanHash   string          `json:"scan_sha256,omitempty"`
	SignedHash string          `json:"signed_sha256,omitempty"`
}

// LetterDuty is a duty a letter is about.
type LetterDuty struct {
	ObligationID string `json:"obligation_id"`
	UnitID       string `json:"unit_id"`
	UnitName     string `json:"unit_name"`
	Kecamatan    string `json:"kecamatan,omitempty"`
	State        string `json:"state"`
	TargetOn     string `json:"target_on,omitempty"`
}

// LetterQuery narrows the letters of an agreement.
type LetterQuery struct {
	Page
	State        string `query:"state" enum:"draft,issued,sent,replaced,withdrawn"`
	Kind         string `query:"kind" maxLength:"20"`
	LetterheadID string `query:"letterhead_id" maxLength:"64"`
	ObligationID string `query:"obligation_id" maxLength:"64"`
}

func (in LetterInput) input() ledger.LetterInput {
	out := ledger.LetterInput{
		LetterheadID: in.LetterheadID, Kind: letter.Kind(in.Kind), ObligationIDs: in.ObligationIDs, PostIDs: in.PostIDs, AboutKind: in.AboutKind, AboutID: in.AboutID,
		Workdays: in.Workdays, Nature: letter.Nature(in.Nature), Subject: in.Subject, Wanted: in.Wanted, Copies: in.Copies, Meeting: in.Meeting.meeting(),
		Points: points(in.Points), Text: in.Text,
	}
	return out
}

func (m *MeetingPlace) meeting() *letter.Meeting {
	if m == nil {
		return nil
	}
	return &letter.Meeting{Day: calendar.Day(m.On), From: m.From, Until: m.Until, Room: m.Room, Agenda: m.Agenda, Leader: m.Leader}
}

func points(in []LetterPoint) []letter.Point {
	if in == nil {
		return nil
	}
	return each(in, func(p LetterPoint) letter.Point {
		return letter.Point{Text: p.Text, Owner: p.Owner, Until: calendar.Day(p.Until)}
	})
}

func letterView(l models.Letter) Letter {
	zone := string(region.ZoneOf(l.RegencyCode))
	out := Letter{
		ID: l.ID, AgreementID: l.AgreementID, LetterheadID: l.LetterheadID, Kind: l.Kind, State: l.State, Subject: l.Subject, Addressee: l.Addressee, Level: l.Level,
		Version: l.Version, ReplacesID: l.ReplacesID, EarlierID: l.EarlierID, Number: l.Number, NumberedOn: l.NumberedOn, On: l.OnDay, Workdays: l.Workdays,
		SentOn: l.SentOn, SentHow: l.SentHow, DueOn: l.DueOn, SHA256: hex.EncodeToString(l.Hash), Pages: l.Pages, Reason: l.Reason, ScanID: l.ScanID, SignedID: l.SignedID,
		IssuedAt: instant(l.IssuedAt, zone), CreatedAt: instant(l.CreatedAt, zone),
	}
	if l.State != ledger.LetterDraft {
		out.Code = l.Code
	}
	return out
}

func letterDetail(v ledger.LetterView) (LetterDetail, error) {
	content, err := json.Marshal(v.Content)
	return LetterDetail{
		Letter: letterView(v.Letter), Content: content, ReceivedBy: v.Delivery.ReceivedBy, Note: v.Delivery.Note, ReplacedBy: v.ReplacedBy.ID,
		ScanHash: hex.EncodeToString(v.Scan.Hash), SignedHash: hex.EncodeToString(v.Signed.Hash),
		Duties: each(v.Duties, func(d ledger.LetterDutyView) LetterDuty {
			return LetterDuty{ObligationID: d.ID, UnitID: d.UnitID, UnitName: d.UnitName, Kecamatan: d.Kecamatan, State: d.State, TargetOn: d.TargetOn}
		}),
	}, err
}

func letterRoutes(s *server) {
	create(s, PolicyWrite, "/agreements/{id}/letters", "draft-letter", "Draft a letter; it sets no date until it is sent",
		func(tx *ledger.Tx, in *Of[LetterInput]) (Letter, error) {
			l, err := tx.DraftLetter(in.ID, in.Body.input())
			return letterView(l), err
		})
	read(s, PolicyRead, "/agreements/{id}/letters", "list-letters", "The register of an agreement's letters, newest first",
		func(tx *ledger.Tx, in *LetterQuery) (List[Letter], error) {
			if _, err := tx.Agreement(in.ID); err != nil {
				return List[Letter]{}, err
			}
			f := ledger.LetterFilter{AgreementID: in.ID, State: in.State, Kind: in.Kind, LetterheadID: in.LetterheadID, ObligationID: in.ObligationID}
			rows := func(p ledger.Page) ([]models.Letter, error) { return tx.Letters(f, p) }
			return paged(in.PageQuery, rows, func(l models.Letter) string { return l.ID }, letterView)
		})
	read(s, PolicyRead, "/letters/{id}", "get-letter", "One letter with what it says, what it is about and what became of it",
		func(tx *ledger.Tx, in *ByID) (LetterDetail, error) {
			v, err := tx.LetterView(in.ID)
			if err != nil {
				return LetterDetail{}, err
			}
			return letterDetail(v)
		})
	letterSteps(s)
	letterFiles(s)
	letterCourse(s)
}
