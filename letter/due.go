package letter

import (
	"time"

	"payung/domain/calendar"
	"payung/domain/rupiah"
)

// Due is a contribution that falls due. JKK and JKM stand apart because they
// are two accounts of the budget.
type Due struct {
	From   calendar.Month `json:"from"`            // first contribution month (BLTH)
	Until  calendar.Month `json:"until,omitempty"` // last; "": From
	People int64          `json:"people"`
	JKK    rupiah.Amount  `json:"jkk"`
	JKM    rupiah.Amount  `json:"jkm"`
	JHT    rupiah.Amount  `json:"jht,omitempty"`
	Day    calendar.Day   `json:"day"`            // the last day to pay
	Code   string         `json:"code,omitempty"` // kode iuran
}

// Total is what is to be paid, or rupiah.ErrOverflow.
func (d Due) Total() (rupiah.Amount, error) { return rupiah.Sum(d.JKK, d.JKM, d.JHT) }

// Received is a file as it was taken in.
type Received struct {
	From     string        `json:"from"` // the unit that handed it in
	File     string        `json:"file"` // its name
	Rows     int64         `json:"rows"`
	Accepted int64         `json:"accepted"`
	Rejected int64         `json:"rejected"`
	SHA256   string        `json:"sha256"`
	At       time.Time     `json:"at"`
	Zone     calendar.Zone `json:"zone"`
}
