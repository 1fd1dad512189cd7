package ledger

import (
	"encoding/hex"
	"time"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/domain/rupiah"
	"payung/letter"
	"payung/models"
)

// What a letter can tell besides duties.
const (
	AboutMeeting   = "meeting"
	AboutBill      = "bill"
	AboutRoster    = "roster"
	AboutStatement = "statement"
)

// about takes over the facts of what the letter tells.
func (d *drafting) about() error {
	switch d.in.AboutKind {
	case AboutMeeting:
		return d.meeting()
	case AboutBill:
		return d.bill()
	case AboutRoster:
		return d.roster()
	case AboutStatement:
		return d.statement()
	case "":
	default:
		return fault.New(fault.Invalid, "unknown_subject", "a letter tells of a meeting, a bill, a roster or a statement").On("about_kind")
	}
	if d.in.Kind == letter.Recap || d.in.Kind == letter.Cover {
		return d.recap()
	}
	return nil
}

// aboutRow reads a row that a letter tells of, which must be the
// agreement's.
func aboutRow[T any](d *drafting, table string) (T, error) {
	q := d.tx.from(table).Where(table+".agreement_id = ?", d.a.ID)
	return only[T](q, table, d.in.AboutKind, d.in.AboutID)
}

// bill tells what falls due.
func (d *drafting) bill() error {
	b, err := aboutRow[models.Bill](d, "bills")
	if err != nil {
		return err
	}
	d.row.UnitID = b.UnitID
	if len(d.in.PostIDs) == 0 {
		err := d.tx.db.Model(&models.Post{}).Where("unit_id = ? AND role = 'head' AND valid_to = ''", b.UnitID).Pluck("id", &d.in.PostIDs).Error
		if err != nil {
			return wrap("who pays a bill", err)
		}
	}
	d.content.Due = &letter.Due{
		From: calendar.Month(b.FromMonth), Until: calendar.Month(b.ToMonth), People: b.People,
		JKK: rupiah.Amount(b.JKK), JKM: rupiah.Amount(b.JKM), JHT: rupiah.Amount(b.JHT), Day: calendar.Day(b.DueOn),
	}
	return nil
}

// roster tells which file was taken in, and what became of its rows.
func (d *drafting) roster() error {
	r, err := aboutRow[models.Roster](d, "rosters")
	if err != nil {
		return err
	}
	d.row.UnitID = r.UnitID
	var unit models.Unit
	if err := d.tx.db.Take(&unit, "id = ?", r.UnitID).Error; err != nil {
		return wrap("unit of a roster", err)
	}
	p, err := d.tx.period(d.a.ID, r.PeriodID)
	if err != nil {
		return err
	}
	got := &letter.Received{From: unit.Name, File: "isian di Payung", Rows: r.People, Accepted: r.People, SHA256: hex.EncodeToString(r.Digest), At: time.UnixMicro(r.CreatedAt), Zone: calendar.Zone(d.a.Zone)}
	if r.ImportID != "" {
		var i models.Import
		var u models.Upload
		if err := d.tx.db.Take(&i, "id = ?", r.ImportID).Error; err != nil {
			return wrap("reading of a roster", err)
		}
		if err := d.tx.db.Take(&u, "id = ?", i.UploadID).Error; err != nil {
			return wrap("file of a roster", err)
		}
		got.File, got.SHA256, got.At = u.Name, hex.EncodeToString(u.Hash), time.UnixMicro(u.CreatedAt)
		got.Rows, got.Accepted, got.Rejected = i.Rows, i.Good, i.Bad
	}
	line, err := d.tx.line(d.a.ID, r.LineID)
	if err != nil {
		return err
	}
	d.content.Received, d.content.Year, d.content.Wanted = got, p.Year, "daftar nama "+groupName(line.GroupCode)
	return nil
}

// statement is the statement of a unit that it has nobody to list, in the words
// of an SPTJM; who signs is who signed it.
func (d *drafting) statement() error {
	s, err := aboutRow[models.Statement](d, "statements")
	if err != nil {
		return err
	}
	d.row.UnitID = s.UnitID
	o, err := d.tx.dutiesByID(d.a.ID, []string{s.ObligationID})
	if err != nil {
		return err
	}
	d.duties = o
	if err := d.wanted(); err != nil {
		return err
	}
	d.content.Signatory = letter.Signatory{Title: s.Signatory, Name: s.Name, Office: o[0].UnitName}
	if d.in.Text == nil {
		text := letter.Texts(nil).For(letter.Statement)
		text.Points = nihilPoints
		d.content.Text = &text
	}
	if s.Text != "" {
		d.content.Points = append(d.content.Points, letter.Point{Text: s.Text})
	}
	return nil
}

// nihilPoints are what somebody answers for who says that there is nobody.
var nihilPoints = []string{
	"pada unit kami tidak ada seorang pun yang harus tercantum dalam {wanted} Tahun {year};",
	"pernyataan ini benar dan sesuai dengan keadaan pada saat disampaikan;",
	"apabila kemudian ada yang harus didaftarkan, kami segera menyampaikannya; dan",
	"kami bertanggung jawab penuh atas kebenaran pernyataan ini sesuai dengan ketentuan peraturan perundang-undangan.",
}
