package ledger

import (
	"context"
	"encoding/json"
	"errors"

	"payung/domain/calendar"
	"payung/models"
)

// handoversAtOnce bounds what one call of [Ledger.TellHandovers] tells.
const handoversAtOnce = 500

// TellHandovers tells new holders, once their first day has come, what they have
// taken over. Where nothing is open there is nothing to tell. One that cannot be
// told keeps no other waiting.
func (l *Ledger) TellHandovers(ctx context.Context) error {
	var due []models.Handover
	err := l.Read(ctx, System("handovers"), func(tx *Tx) error {
		return tx.db.Where("told_at = 0 AND on_day <= ?", string(tx.today(string(calendar.WIT)))).Order("on_day, id").Limit(handoversAtOnce).Find(&due).Error
	})
	for _, h := range due {
		err = errors.Join(err, l.Write(ctx, System("handovers"), func(tx *Tx) error { return tx.tellHandover(h) }))
	}
	return wrap("handovers", err)
}

// tellHandover puts one handover into the new holder's first list.
func (tx *Tx) tellHandover(h models.Handover) error {
	p, err := tx.Post(h.PostID)
	if err != nil {
		return err
	}
	zone, err := tx.zoneOf(p)
	if err != nil || h.OnDay > string(tx.today(zone)) {
		return err
	}
	duties, err := tx.postDuties(p, "")
	if err != nil {
		return err
	}
	from, err := tx.Holder(h.FromHolderID)
	if err != nil {
		return err
	}
	if len(duties) > 0 {
		values, err := json.Marshal(map[string]string{"post": p.Title, "from": from.Name, "open": itoa(int64(len(duties))), "date": h.OnDay})
		if err != nil {
			return wrap("handover", err)
		}
		err = tx.tell(models.News{
			PostID: p.ID, AgreementID: duties[0].AgreementID, Kind: "handover", SubjectKind: "holder", SubjectID: h.FromHolderID,
			Values: string(values), Key: "handover/" + h.ID,
		})
		if err != nil {
			return err
		}
	}
	return wrap("handover told", tx.db.Model(&models.Handover{ID: h.ID}).UpdateColumn("told_at", tx.micros()).Error)
}
