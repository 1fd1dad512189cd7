package api

import (
	"payung/domain/calendar"
	"payung/ledger"
)

// HolidayQuery asks for the days of a year.
type HolidayQuery struct {
	Year    int    `query:"year" required:"true" minimum:"2004" maximum:"2100"`
	PartyID string `query:"party_id" maxLength:"64" doc:"as this Pemda has them; by default the national ones"`
}

// HolidayEntry is a day off, or one that is off no more.
type HolidayEntry struct {
	Holiday
	DecreedOn string `json:"decreed_on,omitempty" format:"date"`
	Verified  bool   `json:"verified" doc:"compared with the decree itself"`
	Origin    string `json:"origin" enum:"table,decree,pemda" doc:"built in; recorded here, national; recorded here, local"`
	Worked    bool   `json:"worked,omitempty" doc:"taken back: people work"`
}

// HolidayYear is a year as it stands.
type HolidayYear struct {
	Year     int            `json:"year"`
	Known    bool           `json:"known" doc:"false: no decree of that year is on record"`
	Calendar string         `json:"calendar" doc:"version"`
	Items    []HolidayEntry `json:"items"`
}

// HolidayInput is days by one decree.
type HolidayInput struct {
	PartyID   string       `json:"party_id,omitempty" maxLength:"64" doc:"whose local days; by default they are national"`
	Decree    string       `json:"decree" maxLength:"200" example:"SKB 1497/2025, 2/2025, 5/2025"`
	DecreedOn string       `json:"decreed_on,omitempty" format:"date"`
	Verified  bool         `json:"verified,omitempty" doc:"compared with the decree itself"`
	Days      []HolidayDay `json:"days" minItems:"1" maxItems:"60"`
}

// HolidayDay is one of them.
type HolidayDay struct {
	Day  string `json:"day" format:"date"`
	Kind string `json:"kind" enum:"libur,cuti,kerja" doc:"kerja: the day is off no more"`
	Name string `json:"name,omitempty" maxLength:"200"`
}

// Withdrawal takes one day back.
type Withdrawal struct {
	PartyID string `json:"party_id,omitempty" maxLength:"64" doc:"in this Pemda; by default for everybody"`
	Day     string `json:"day" format:"date"`
	Reason  string `json:"reason" maxLength:"500" doc:"the decree or letter, or that it was a mistake"`
}

func (in HolidayInput) input() ledger.HolidayInput {
	return ledger.HolidayInput{
		PartyID: in.PartyID, Decree: in.Decree, DecreedOn: in.DecreedOn, Verified: in.Verified,
		Days: each(in.Days, func(d HolidayDay) ledger.HolidayDay {
			return ledger.HolidayDay{Day: d.Day, Kind: calendar.HolidayKind(d.Kind), Name: d.Name}
		}),
	}
}

func holidayRoutes(s *server) {
	read(s, PolicyRead, "/holidays", "list-holidays", "The holidays of a year, with the decree of each",
		func(tx *ledger.Tx, in *HolidayQuery) (HolidayYear, error) {
			days, known, err := tx.Holidays(in.PartyID, in.Year)
			if err != nil {
				return HolidayYear{}, err
			}
			c, err := tx.Calendar(in.PartyID)
			if err != nil {
				return HolidayYear{}, err
			}
			return HolidayYear{Year: in.Year, Known: known, Calendar: c.Version(), Items: each(days, func(h ledger.HolidayView) HolidayEntry {
				return HolidayEntry{
					Holiday:   Holiday{Day: string(h.Day), Kind: string(h.Kind), Name: h.Name, Decree: h.Decree},
					DecreedOn: string(h.DecreedOn), Verified: h.Verified, Origin: h.Origin, Worked: h.Worked,
				}
			})}, nil
		})
	weigh(s, PolicyWrite, "/holidays/preview", "preview-holidays", "What days of a decree would change for open obligations",
		func(tx *ledger.Tx, in *Sent[HolidayInput]) (Effect, error) {
			e, err := tx.PreviewHolidays(in.Body.input())
			return ruledView(e, clocksOf(tx).zone), err
		})
	change(s, PolicyWrite, "/holidays", "record-holidays", "Record days by a decree; national ones move open dates in the background",
		func(tx *ledger.Tx, in *Sent[HolidayInput]) (Effect, error) {
			e, err := tx.RecordHolidays(in.Body.input())
			return ruledView(e, clocksOf(tx).zone), err
		})
	weigh(s, PolicyWrite, "/holidays/withdraw/preview", "preview-withdrawal", "What taking a day back would change for open obligations",
		func(tx *ledger.Tx, in *Sent[Withdrawal]) (Effect, error) {
			e, err := tx.PreviewWithdrawal(ledger.Withdrawal(in.Body))
			return ruledView(e, clocksOf(tx).zone), err
		})
	change(s, PolicyWrite, "/holidays/withdraw", "withdraw-holiday", "Take a day back",
		func(tx *ledger.Tx, in *Sent[Withdrawal]) (Effect, error) {
			e, err := tx.WithdrawHoliday(ledger.Withdrawal(in.Body))
			return ruledView(e, clocksOf(tx).zone), err
		})
}
