package simulate

import (
	"cmp"
	"slices"
	"time"

	"payung/domain/rupiah"
	"payung/ledger"
)

// report gathers what happened.
func (p *play) report() (*Report, error) {
	for _, n := range p.record.keys {
		p.out.Repeats += n - 1
	}
	err := p.read(func(tx *ledger.Tx) error {
		duties, err := p.duties(tx)
		if err != nil {
			return err
		}
		for _, o := range duties {
			if o.State != ledger.StateClosed {
				p.out.Open++
			}
		}
		outages, err := tx.Outages(ledger.Page{Size: 1000})
		if err != nil {
			return err
		}
		for _, o := range slices.Backward(outages) {
			p.out.Outages = append(p.out.Outages, ledger.Downtime{From: time.UnixMicro(o.FromAt), To: time.UnixMicro(o.ToAt)})
		}
		if err := p.noticed(tx); err != nil {
			return err
		}
		return p.sent(tx)
	})
	return &p.out, err
}

// noticed reads the steps that were taken.
func (p *play) noticed(tx *ledger.Tx) error {
	rows, err := tx.Notices(ledger.NoticeFilter{AgreementID: p.town.agreement.ID}, ledger.Page{Size: 100_000})
	for _, n := range rows {
		p.out.Notices = append(p.out.Notices, Notice{
			At: time.UnixMicro(n.CreatedAt), ObligationID: n.ObligationID, PostID: n.PostID, Step: n.Step, Tone: n.Tone, Target: n.TargetOn, Missed: n.Missed,
			Generation: n.Generation,
		})
	}
	return err
}

// sent reads the messages that went out, with the steps and duties they speak
// of.
func (p *play) sent(tx *ledger.Tx) error {
	all, err := tx.Obligations(ledger.ObligationFilter{AgreementID: p.town.agreement.ID}, ledger.Page{Size: 100_000})
	if err != nil {
		return err
	}
	steps, duties := map[string][]string{}, map[string][]string{}
	for _, o := range all {
		about, err := tx.MessagesOf(o.ID)
		if err != nil {
			return err
		}
		for _, m := range about {
			if m.Outcome == ledger.ItemNamed || m.Outcome == ledger.ItemCounted {
				steps[m.ID], duties[m.ID] = append(steps[m.ID], m.Step), append(duties[m.ID], o.ID)
			}
		}
	}
	rows, err := tx.Outbox(ledger.OutboxFilter{}, 100_000)
	for _, m := range rows {
		if m.SentAt == 0 {
			continue
		}
		p.out.Messages = append(p.out.Messages, said(m, steps[m.ID], duties[m.ID]))
	}
	slices.SortFunc(p.out.Messages, func(a, b Sent) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Post, b.Post), cmp.Compare(a.Channel, b.Channel), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Text, b.Text))
	})
	return err
}

func said(m ledger.Dispatched, steps, duties []string) Sent {
	slices.Sort(steps)
	return Sent{
		At: time.UnixMicro(m.SentAt), Post: m.PostTitle, Unit: m.UnitName, Channel: m.Channel, Kind: m.Kind, Subject: m.Subject, Text: m.Text, Key: m.Key,
		Items: m.Items, Cost: rupiah.Amount(m.Price), Steps: steps, Duties: duties,
	}
}
