package ledger

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"payung/domain/calendar"
	"payung/models"
	"payung/notice"
)

// Pricing is what one message of a channel costs on a day, given the channel's
// settings, in rupiah.
type Pricing func(channel string, settings map[string]string, day calendar.Day) int64

// PlannedMessage is a message that will go out unless somebody answers before:
// to whom, by which channel, what it says and what it costs.
type PlannedMessage struct {
	Message models.Message
	To      Addressee // without addresses
	At      time.Time // when it goes out
	Zone    calendar.Zone
	Letter  notice.Letter
	Notices []PlannedNotice // of the letter's items, in their order
	Over    bool            // the channel's cap of that day is reached: it goes out on another
}

// PlanMessages lists the messages in which what [Tx.Plan] lists will go out, in
// order of time. The functions that bundle, address and price messages decide
// here too. What other agreements, and news, add to a morning's list is not in
// it.
func (tx *Tx) PlanMessages(agreementID string, from, to time.Time, price Pricing, off ...Downtime) ([]PlannedMessage, error) {
	planned, err := tx.Plan(agreementID, from, to, off...)
	if err != nil || len(planned) == 0 {
		return nil, err
	}
	p, err := tx.messagePlan(agreementID, price)
	if err != nil {
		return nil, err
	}
	for begin, end := 0, 0; begin < len(planned); begin = end {
		for end = begin; end < len(planned) && planned[end].At.Equal(planned[begin].At); end++ {
		}
		if err := p.bundle(*tx, planned[begin:end]); err != nil {
			return nil, err
		}
	}
	return p.finish(), nil
}

// messagePlan is a plan of messages in the making.
type messagePlan struct {
	price    Pricing
	sample   bool
	parties  map[string]string     // names
	about    map[string]InboxEntry // by duty: all but the notice
	channels map[Lane]models.Channel
	settings map[Lane]map[string]string
	days     string                    // by the calendars of the three zones, for which the next holds
	reached  map[string]destination    // by post
	open     openMessages              // not gone out yet
	known    map[string]models.Message // by key
	at       map[string]int            // place in out, by ID
	out      []PlannedMessage
}

func (tx *Tx) messagePlan(agreementID string, price Pricing) (*messagePlan, error) {
	p := &messagePlan{
		price: price, parties: map[string]string{}, about: map[string]InboxEntry{}, channels: map[Lane]models.Channel{}, settings: map[Lane]map[string]string{},
		open: openMessages{}, known: map[string]models.Message{}, at: map[string]int{},
	}
	set, err := tx.Settings()
	if err != nil {
		return nil, err
	}
	p.sample = set.Sample
	var parties []models.Party
	if err := tx.db.Select("id, name").Find(&parties).Error; err != nil {
		return nil, wrap("parties of a plan", err)
	}
	for _, y := range parties {
		p.parties[y.ID] = y.Name
	}
	var duties []InboxEntry
	err = tx.db.Table("obligations o").Select(`o.id AS obligation_id, o.owner_post_id, o.target_at, a.title, a.zone, COALESCE(d.year, 0) AS year,
			COALESCE(u.name, '') AS unit_name, COALESCE(k.name, '') AS kecamatan`).
		Joins("JOIN agreements a ON a.id = o.agreement_id").Joins("LEFT JOIN periods d ON d.id = o.period_id").
		Joins("LEFT JOIN units u ON u.id = o.unit_id").Joins("LEFT JOIN units k ON k.id = u.parent_id").
		Where("o.agreement_id = ?", agreementID).Find(&duties).Error
	if err != nil {
		return nil, wrap("duties of a plan", err)
	}
	for _, e := range duties {
		p.about[e.ObligationID] = e
	}
	return p, p.readChannels(tx)
}

func (p *messagePlan) readChannels(tx *Tx) error {
	var rows []models.Channel
	if err := tx.db.Find(&rows).Error; err != nil {
		return wrap("channels of a plan", err)
	}
	for _, c := range rows {
		values, err := ChannelValues(c)
		if err != nil {
			return err
		}
		p.channels[Lane{c.Kind, c.PartyID}], p.settings[Lane{c.Kind, c.PartyID}] = c, values
	}
	return nil
}

// bundle puts the notices of one instant into messages, as the loop does that
// runs then.
func (p *messagePlan) bundle(tx Tx, notices []PlannedNotice) error {
	tx.at = notices[0].At
	for place, m := range p.open {
		if m.NextAt <= tx.micros() {
			delete(p.open, place)
		}
	}
	in, of := make([]waiting, len(notices)), make(map[string]PlannedNotice, len(notices))
	for i, n := range notices {
		in[i] = waiting{ID: itoa(int64(i)), PostID: n.PostID, Tone: n.Tone, TargetAt: p.about[n.ObligationID].TargetAt}
		of[in[i].ID] = n
	}
	slices.SortStableFunc(in, func(a, b waiting) int { return cmp.Compare(a.PostID, b.PostID) })
	to, err := p.destinations(&tx, postsOf(in))
	if err != nil {
		return err
	}
	drafts, err := tx.draftsTo(to, in, nil)
	if err != nil {
		return err
	}
	for _, d := range drafts {
		into, joins := p.open.find(&d, p.known)
		if !joins {
			into = d.Message
			p.known[into.Key] = into
			if into.State == MessageQueued {
				p.open[placeOf(into)] = into
			}
			p.at[into.ID] = len(p.out)
			p.out = append(p.out, p.message(tx, into, to[into.PostID]))
		}
		m := &p.out[p.at[into.ID]]
		for _, id := range d.items {
			n := of[id]
			m.Notices, m.Letter.Items = append(m.Notices, n), append(m.Letter.Items, to[n.PostID].item(p.entry(n)))
		}
	}
	return nil
}

// entry is a planned notice as it will lie in the inbox.
func (p *messagePlan) entry(n PlannedNotice) InboxEntry {
	e := p.about[n.ObligationID]
	e.PostID, e.AgreementID, e.Step, e.Kind, e.GroupCode, e.Tone, e.TargetOn, e.Missed = n.PostID, n.AgreementID, n.Step, n.Kind, n.GroupCode, n.Tone, n.TargetOn, n.Missed
	return e
}

// destinations finds how posts are reached, which holds for a day.
func (p *messagePlan) destinations(tx *Tx, posts []string) (map[string]destination, error) {
	days := ""
	for _, z := range []calendar.Zone{calendar.WIB, calendar.WITA, calendar.WIT} {
		days += string(z.DayOf(tx.at))
	}
	if days != p.days {
		p.days, p.reached = days, map[string]destination{}
	}
	fresh := slices.DeleteFunc(posts, func(id string) bool { _, ok := p.reached[id]; return ok })
	found, err := tx.destinations(fresh)
	maps.Copy(p.reached, found)
	return p.reached, err
}

func (p *messagePlan) message(tx Tx, m models.Message, d destination) PlannedMessage {
	if m.State == MessageQueued {
		tx.at = time.UnixMicro(m.NextAt)
	}
	m.Price = p.price(m.Channel, p.settings[Lane{m.Channel, m.SenderID}], d.zone.DayOf(tx.at))
	to := d.Addressee
	to.Email, to.Phone = "", "" // nobody needs them before it goes out
	return PlannedMessage{
		Message: m, To: to, At: tx.at, Zone: d.zone, Letter: tx.letterTo(d, m.Kind, p.parties[d.PartyID], p.sample, nil),
	}
}

// finish orders the plan and says where a channel's cap is reached.
func (p *messagePlan) finish() []PlannedMessage {
	slices.SortStableFunc(p.out, func(a, b PlannedMessage) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.To.PostTitle, b.To.PostTitle), cmp.Compare(a.Message.Key, b.Message.Key))
	})
	type laneDay struct {
		Lane
		day calendar.Day
	}
	count, spent := map[laneDay]int64{}, map[laneDay]int64{}
	for i := range p.out {
		m := &p.out[i]
		lane := laneDay{Lane{m.Message.Channel, m.Message.SenderID}, m.Zone.DayOf(m.At)}
		count[lane]++
		spent[lane] += m.Message.Price
		c := p.channels[lane.Lane]
		m.Over = c.DailyCap > 0 && count[lane] > c.DailyCap || c.DailyBudget > 0 && spent[lane] > c.DailyBudget
	}
	return p.out
}
