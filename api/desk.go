package api

import (
	"time"

	"payung/ledger"
)

// ReceiptsInput is what the branch says it has received for a year.
type ReceiptsInput struct {
	YearID   string         `json:"year_id" maxLength:"64"`
	Rows     []ReceiptInput `json:"rows" maxItems:"2000" doc:"none: it was compared, and nothing new was there"`
	SourceID string         `json:"source_id,omitempty" maxLength:"64"`
}

// ReceiptInput is the branch's word that it has the list of one unit.
type ReceiptInput struct {
	ObligationID string `json:"obligation_id,omitempty" maxLength:"64" doc:"this or unit_id"`
	UnitID       string `json:"unit_id,omitempty" maxLength:"64"`
	People       int64  `json:"people" doc:"the count it confirms"`
	On           string `json:"on,omitempty" format:"date" doc:"by default today"`
	Note         string `json:"note,omitempty" maxLength:"1000"`
}

// Receipts is what became of it.
type Receipts struct {
	Closed    int          `json:"closed"`
	Already   int          `json:"already_closed"`
	MatchedAt string       `json:"matched_at" format:"date-time"`
	Rows      []ReceiptRow `json:"rows" doc:"in the order they were sent"`
}

// ReceiptRow is what became of one row.
type ReceiptRow struct {
	ObligationID string `json:"obligation_id"`
	UnitID       string `json:"unit_id"`
	Result       string `json:"result" enum:"closed,already_closed"`
}

// SilentQuery asks for the silent units of a year.
type SilentQuery struct {
	ByID
	YearID string `query:"year_id" required:"true" maxLength:"64"`
}

// Silent are the units of which nothing has come.
type Silent struct {
	Items         []SilentUnit `json:"items" doc:"by kecamatan and name"`
	LastMatchedAt string       `json:"last_matched_at,omitempty" format:"date-time" doc:"when it was last compared with what the branch has received"`
	MatchFirst    bool         `json:"match_first" doc:"that was never, or more than two days ago: compare before anybody is warned"`
}

// SilentUnit is a unit that has not answered.
type SilentUnit struct {
	ObligationID  string    `json:"obligation_id"`
	UnitID        string    `json:"unit_id"`
	UnitName      string    `json:"unit_name"`
	Parent        string    `json:"parent,omitempty" doc:"its kecamatan"`
	State         string    `json:"state" enum:"no_answer,not_registered" doc:"not_registered: no dated request was delivered yet, so it cannot be late with an answer"`
	TargetOn      string    `json:"target_on,omitempty" format:"date"`
	DaysLate      int       `json:"days_late"`
	NoticedAt     string    `json:"noticed_at,omitempty" format:"date-time" doc:"when a dated request was proved to have reached it"`
	FilesReceived int64     `json:"files_received" doc:"that came and are no list yet: a photo, a file nobody has accepted"`
	Contacts      []Contact `json:"contacts" doc:"whom to call"`
}

// Contact is somebody to call.
type Contact struct {
	Title string `json:"title" doc:"of the post"`
	Name  string `json:"name"`
	Phone string `json:"phone"`
}

// matchWithin is how old a comparison with the branch may be before anybody is
// warned of something that may lie there.
const matchWithin = 48 * time.Hour

func deskRoutes(s *server) {
	create(s, PolicyWrite, "/agreements/{id}/receipts", "record-receipts", "Compare a year with what the branch has received, and close what it names",
		func(tx *ledger.Tx, in *Of[ReceiptsInput]) (Receipts, error) {
			rows := each(in.Body.Rows, func(r ReceiptInput) ledger.BranchReceipt { return ledger.BranchReceipt(r) })
			m, done, err := tx.RecordReceipts(in.ID, in.Body.YearID, rows, in.Body.SourceID)
			if err != nil {
				return Receipts{}, err
			}
			return Receipts{
				Closed: m.Closed, Already: m.Named - m.Closed, MatchedAt: instant(m.CreatedAt, clocksOf(tx).zone(in.ID)),
				Rows: each(done, func(r ledger.Received) ReceiptRow { return ReceiptRow(r) }),
			}, nil
		})
	read(s, PolicyRead, "/agreements/{id}/silent", "list-silent-units", "The units that have not answered for a year, and whom to call",
		func(tx *ledger.Tx, in *SilentQuery) (Silent, error) {
			zone := clocksOf(tx).zone(in.ID)
			units, err := tx.Silent(in.ID, in.YearID)
			if err != nil {
				return Silent{}, err
			}
			m, err := tx.LastMatched(in.ID, in.YearID)
			return Silent{
				Items:         each(units, func(u ledger.SilentUnit) SilentUnit { return silentView(u, zone) }),
				LastMatchedAt: instant(m.CreatedAt, zone), MatchFirst: tx.Now().Sub(time.UnixMicro(m.CreatedAt)) > matchWithin,
			}, err
		})
}

func silentView(u ledger.SilentUnit, zone string) SilentUnit {
	out := SilentUnit{
		ObligationID: u.ID, UnitID: u.UnitID, UnitName: u.UnitName, Parent: u.Parent, State: ledger.CellNotRegistered, TargetOn: u.TargetOn, DaysLate: u.DaysLate,
		NoticedAt: instant(u.NoticedAt, zone), FilesReceived: u.Files,
		Contacts: each(u.Contacts, func(c ledger.Contact) Contact { return Contact{c.Title, c.Name, c.Phone} }),
	}
	if u.NoticedAt > 0 {
		out.State = ledger.CellNoAnswer
	}
	return out
}
