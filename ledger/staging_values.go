package ledger

import "payung/models"

// What goes into the two tables, for both ways of taking rows in: the columns,
// and the values of a row in their order.

var personColumns = []string{
	"id", "province_code", "regency_code", "unit_id", "branch_id", "nik_cipher", "nik_index", "nik_last4", "key_id", "name", "born", "sex", "likeness", "created_at",
}

func (tx *Tx) personValues(r models.Roster, s *staged) []any {
	return []any{
		s.personID, r.ProvinceCode, r.RegencyCode, "", r.BranchID, s.cipher, s.index, tx.l.keys.HideDigits(s.last4), tx.l.keys.ID(), s.Name, string(s.Born), s.Sex, s.likeness,
		tx.micros(),
	}
}

var placeColumns = []string{
	"id", "province_code", "regency_code", "unit_id", "branch_id", "roster_id", "person_id", "number", "name", "born", "sex", "wage", "detail", "content",
	"from_day", "to_day", "leaving", "removed_by", "findings",
}

func (tx *Tx) placeValues(r models.Roster, s *staged) []any {
	return []any{
		s.rowID, r.ProvinceCode, r.RegencyCode, r.UnitID, r.BranchID, r.ID, s.personID, s.Number, s.Name, string(s.Born), s.Sex, s.Wage, s.detail, s.content,
		string(s.From), "", "", "", s.Findings,
	}
}
