package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"payung/domain/fault"
	"payung/ledger"
	"payung/telling"
)

// tellingLimit is how many bytes the form of one text may have: the text, and
// the units it names.
const tellingLimit = 128 << 10

// recordTelling records that a text went into a group.
func (s *site) recordTelling(v *visit) error {
	f, err := v.posted(tellingLimit)
	if err != nil {
		return err
	}
	part, _ := strconv.Atoi(f.Value("part")) // what is no number is part 1
	parts, _ := strconv.Atoi(f.Value("parts"))
	done := "told"
	err = v.write(func(tx *ledger.Tx) error {
		_, again, err := tx.RecordTelling(v.r.PathValue("id"), ledger.TellingInput{
			PeriodID: f.Value("year"), Desk: f.Value("desk"), GroupName: f.Value("group_name"), Part: part, Parts: parts,
			Text: f.Value("text"), ObligationIDs: f.typed["duty"],
		})
		if again {
			done = "told_again"
		}
		return err
	})
	if err == nil {
		q := url.Values{"year": {f.Value("year")}, "done": {done}}
		if from := f.Value("from"); from != "" {
			q.Set("from", from)
		}
		return v.goOn(agreementPath(v.r.PathValue("id")) + "/telling?" + q.Encode() + "#desk-" + url.PathEscape(f.Value("desk")))
	}
	if err := v.refused(&f, err); err != nil {
		return err
	}
	return v.tell(http.StatusUnprocessableEntity, f)
}

// tellingFile is who was told by which group as a file: one line for each unit
// and time.
func (s *site) tellingFile(v *visit) error {
	view := tellingView{Form: begin()}
	if err := v.read(func(tx *ledger.Tx) error { return v.readKit(tx, &view) }); err != nil {
		return err
	}
	f, err := v.file("kecamatan", "kind", "unit", "cell", "target", "when", "told_group", "told_part", "told_by")
	if err != nil {
		return err
	}
	for _, d := range view.Kit.Desks {
		for _, u := range d.Units {
			state, err := v.words.cell(u.Cell)
			if err != nil {
				return err
			}
			start := []any{d.Name, v.words.named("unit.", u.UnitKind), u.UnitName, state.Word, u.Cell.Obligation.TargetOn}
			if len(u.Tellings) == 0 {
				f.add(append(start, "", "", "", "")...)
			}
			for _, t := range u.Tellings {
				f.add(append(start, v.clock(t.CreatedAt, view.Kit.Agreement.Zone), t.GroupName, fmt.Sprintf("%d/%d", t.Part, t.Parts), t.Actor)...)
			}
		}
	}
	return f.send("pesan-grup-"+strings.ReplaceAll(view.Kit.Pemda.RegionCode, ".", ""), view.Kit.Today)
}

// tellingPicture is the picture of one desk.
func (s *site) tellingPicture(v *visit) error {
	number, err := strconv.Atoi(v.r.URL.Query().Get("number"))
	if err != nil {
		number = 1
	}
	var k ledger.TellingKit
	err = v.read(func(tx *ledger.Tx) error {
		k, err = tx.TellingKit(v.r.PathValue("id"), v.r.URL.Query().Get("year"), "")
		return err
	})
	if err != nil {
		return err
	}
	d, ok := k.Desk(v.r.PathValue("desk"))
	if !ok || number < 1 || number > telling.Pictures(d) {
		return fault.New(fault.NotFound, "not_found", "there is no such picture")
	}
	picture, err := telling.Picture(k, d, number)
	if err != nil {
		return err
	}
	return v.send(http.StatusOK, "image/png", picture)
}
