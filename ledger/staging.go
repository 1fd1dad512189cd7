package ledger

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"io"
	"log/slog"
	"strings"
	"unicode"

	"payung/domain/calendar"
	"payung/domain/nik"
	"payung/models"
)

// ListedRow is a checked row of a list, on its way into the ledger.
type ListedRow struct {
	Number   int64 // of the row in the sheet
	NIK      Digits
	Name     string
	Born     calendar.Day
	Sex      string
	Wage     int64
	From     calendar.Day // first day in the group; "": that of the period
	Detail   []byte       // JSON of what else is known; empty: nothing
	Findings string       // codes of warnings
}

// Digits are the 16 digits of a NIK on their way to being sealed. However they
// are printed or logged, they show as a mask.
type Digits string

// Format prints the mask whatever the verb.
func (Digits) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, "****************") } // nobody to tell

// LogValue is the mask.
func (Digits) LogValue() slog.Value { return slog.StringValue("****************") }

// MarshalText is the mask.
func (Digits) MarshalText() ([]byte, error) { return []byte("****************"), nil }

// staged is a row as both engines take it in: person and place, sealed.
type staged struct {
	ListedRow
	rowID, personID string
	cipher, index   []byte
	last4           string
	detail          []byte
	likeness        int64
	content         int64
}

// stage puts rows on a roster that is being prepared. People who are not known
// yet in the kabupaten are stored. It returns the numbers of rows it did not
// put there because the same person stands on the roster already.
func (tx *Tx) stage(r models.Roster, rows []ListedRow) (repeated []int64, err error) {
	if len(rows) == 0 {
		return nil, nil
	}
	in := make([]staged, len(rows))
	for i, row := range rows {
		if len(row.NIK) != nik.Length {
			return nil, fmt.Errorf("ledger: row %d has no NIK", row.Number)
		}
		in[i] = tx.protect(row)
	}
	if err := tx.holdPeople(r.Scope, "shared"); err != nil {
		return nil, err
	}
	n := int64(0)
	if tx.conn != nil {
		n, err = tx.copyRows(r, in)
	} else {
		n, err = tx.insertRows(r, in)
	}
	if err != nil || n == int64(len(in)) {
		return nil, err
	}
	return tx.unstaged(in)
}

// holdPeople keeps those who bring people of a kabupaten in and those who take
// away the ones nobody names apart until the end of the transaction: "shared"
// for the many who bring, "" for the one who takes. Between finding somebody and
// naming them, nobody may disappear.
func (tx *Tx) holdPeople(s models.Scope, how string) error { return tx.hold("persons", s, how) }

// hold keeps transactions about something of a kabupaten apart. SQLite has one
// writer anyway.
func (tx *Tx) hold(what string, s models.Scope, how string) error {
	if tx.l.engine != "postgres" {
		return nil
	}
	lock := "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))"
	if how == "shared" {
		lock = "SELECT pg_advisory_xact_lock_shared(hashtextextended(?, 0))"
	}
	return tx.db.Exec(lock, what+"/"+s.ProvinceCode+"/"+s.RegencyCode).Error
}

// protect seals a row. What identifies a person is bound to the IDs it is
// stored under.
func (tx *Tx) protect(row ListedRow) staged {
	digits := string(row.NIK)
	s := staged{ListedRow: row, rowID: newID(), personID: newID(), detail: []byte{}, last4: digits[len(digits)-4:]}
	s.cipher, s.index = tx.l.keys.SealNIK(digits, s.personID), tx.l.keys.Index(digits)
	if len(row.Detail) > 0 {
		s.detail = tx.l.keys.Seal(row.Detail, detailOf(s.rowID))
	}
	s.likeness = likeness(row.Name, row.Born)
	written := strings.Join([]string{"row", row.Name, string(row.Born), row.Sex, itoa(row.Wage), string(row.From), string(row.Detail)}, "\x1f")
	s.content = int64(binary.BigEndian.Uint64(tx.l.keys.Index(written)))
	return s
}

func detailOf(rowID string) string { return "roster_rows/" + rowID + "/detail" }

// likeness is the fingerprint of a name and a date of birth: letters and
// digits only, in one case, so that "La Ode M. Ali" and "LA ODE M ALI" are alike. 0 is nobody's.
func likeness(name string, born calendar.Day) int64 {
	if born == "" {
		return 0
	}
	h := fnv.New64a()
	var buf [128]byte
	letters := buf[:0]
	for _, r := range name {
		switch {
		case '0' <= r && r <= '9':
			letters = append(letters, byte(r))
		case r < unicode.MaxASCII && (r|0x20) >= 'a' && (r|0x20) <= 'z':
			letters = append(letters, byte(r|0x20))
		case r > unicode.MaxASCII && unicode.IsLetter(r):
			letters = append(letters, strings.ToLower(string(r))...)
		}
	}
	_, _ = h.Write(letters) // a hash never fails
	_, _ = h.Write([]byte(born))
	return int64(h.Sum64())
}

// unstaged finds which rows of a batch are not there.
func (tx *Tx) unstaged(in []staged) ([]int64, error) {
	ids := make([]string, len(in))
	for i, s := range in {
		ids[i] = s.rowID
	}
	var there []string
	if err := tx.db.Model(&models.RosterRow{}).Where("id IN ?", ids).Pluck("id", &there).Error; err != nil {
		return nil, err
	}
	found := make(map[string]bool, len(there))
	for _, id := range there {
		found[id] = true
	}
	var repeated []int64
	for _, s := range in {
		if !found[s.rowID] {
			repeated = append(repeated, s.Number)
		}
	}
	return repeated, nil
}
