package ledger

import (
	"slices"
	"strings"

	"gorm.io/gorm/clause"

	"payung/domain/calendar"
	"payung/domain/fault"
	"payung/models"
)

// Channels a message can take.
const (
	ChannelInbox    = "inbox"
	ChannelEmail    = "email"
	ChannelLink     = "wa_link" // a link with the text ready, which somebody clicks
	ChannelWhatsApp = "whatsapp"
	ChannelTelegram = "telegram"
	ChannelWebhook  = "webhook"
)

// usualChannels is the order for somebody who chose none.
var usualChannels = []string{ChannelWhatsApp, ChannelEmail, ChannelInbox, ChannelLink}

// Channels lists all channels.
func Channels() []string {
	return []string{ChannelInbox, ChannelEmail, ChannelLink, ChannelWhatsApp, ChannelTelegram, ChannelWebhook}
}

// Stoppable reports whether reminders by a channel can be stopped. The inbox
// cannot: it is where an official dated request always lies.
func Stoppable(channel string) bool {
	return channel != ChannelInbox && slices.Contains(Channels(), channel)
}

// PreferenceInput is how a holder wants to be told.
type PreferenceInput struct {
	Channels   []string // the first one first; none: the usual order
	Stopped    []string // channels by which no reminders come any more
	Language   string   // id, en; "": id
	OptedInOn  string   // day of the consent to WhatsApp; "": none
	OptedInHow string   // "formulir saat pelantikan", "balasan YA"; needed with the day
}

// Preference reads how a holder wants to be told; a holder who never said has
// an empty one.
func (tx *Tx) Preference(holderID string) (models.Preference, error) {
	h, err := take[models.PostHolder](tx, "post_holders", "holder", holderID)
	if err != nil {
		return models.Preference{}, err
	}
	found, err := tx.preferences([]string{h.ID})
	p := found[h.ID]
	if p.ID == "" {
		p = models.Preference{HolderID: h.ID, Language: string(calendar.ID)}
	}
	return p, err
}

// SetPreference records how a holder wants to be told. The consent to WhatsApp
// has a day and a way, because who processes a number must be able to show it
// (UU 27/2022 art. 20 and 24).
func (tx *Tx) SetPreference(holderID string, in PreferenceInput) (models.Preference, error) {
	h, err := take[models.PostHolder](tx, "post_holders", "holder", holderID)
	if err != nil {
		return models.Preference{}, err
	}
	p := models.Preference{
		ID: newID(), Scope: h.Scope, HolderID: h.ID, Channels: strings.Join(in.Channels, ","), Stopped: strings.Join(in.Stopped, ","),
		Language: in.Language, OptedInOn: in.OptedInOn, OptedInHow: inWords(in.OptedInHow), Actor: tx.actor.Name, UpdatedAt: tx.micros(),
	}
	if p.Language == "" {
		p.Language = string(calendar.ID)
	}
	if err := tx.checkPreference(in); err != nil {
		return p, err
	}
	found, err := tx.preferences([]string{h.ID})
	if err != nil {
		return p, err
	}
	if was := found[h.ID]; was.ID != "" {
		p.ID = was.ID
	}
	return p, tx.keepPreference(p)
}

func (tx *Tx) checkPreference(in PreferenceInput) error {
	for i, c := range in.Channels {
		if !slices.Contains(Channels(), c) || slices.Contains(in.Channels[:i], c) {
			return fault.New(fault.Invalid, "unknown_channel", "%s is no channel, or stands twice", c).On("channels").With("channel", c)
		}
	}
	for _, c := range in.Stopped {
		if !Stoppable(c) {
			return fault.New(fault.Invalid, "cannot_be_stopped", "reminders by %s cannot be stopped", c).On("stopped").With("channel", c)
		}
	}
	if in.Language != "" && in.Language != string(calendar.ID) && in.Language != string(calendar.EN) {
		return fault.New(fault.Invalid, "unknown_language", "the languages are id and en").On("language")
	}
	if in.OptedInOn == "" {
		return nil
	}
	day, err := checkDay("opted_in_on", in.OptedInOn)
	switch {
	case err != nil:
		return err
	case day > tx.today(string(calendar.WIT)):
		return fault.New(fault.Invalid, "consent_in_future", "nobody can have agreed on a day to come").On("opted_in_on")
	case strings.TrimSpace(in.OptedInHow) == "":
		return missing("opted_in_how")
	}
	return nil
}

func (tx *Tx) keepPreference(p models.Preference) error {
	if err := tx.actor.may(p.Scope); err != nil {
		return err
	}
	err := insert(tx, []models.Preference{p}, clause.OnConflict{
		Columns:   []clause.Column{{Name: "holder_id"}},
		DoUpdates: clause.AssignmentColumns([]string{"channels", "stopped", "language", "opted_in_on", "opted_in_how", "actor", "updated_at"}),
	})
	if err != nil {
		return err
	}
	return tx.audit("holder.preference", "holder", p.HolderID, p.Scope, map[string]any{
		"channels": p.Channels, "stopped": p.Stopped, "opted_in_on": p.OptedInOn, "opted_in_how": p.OptedInHow, "language": p.Language,
	})
}

// StopChannel takes a holder's word that reminders by a channel should end. It
// takes back the consent too where the channel needs one.
func (tx *Tx) StopChannel(holderID, channel string) error {
	p, err := tx.Preference(holderID)
	if err != nil {
		return err
	}
	if !Stoppable(channel) {
		return fault.New(fault.Invalid, "cannot_be_stopped", "reminders by %s cannot be stopped", channel).On("channel").With("channel", channel)
	}
	stopped := strings.FieldsFunc(p.Stopped, func(r rune) bool { return r == ',' })
	if slices.Contains(stopped, channel) {
		return nil
	}
	in := PreferenceInput{Stopped: append(stopped, channel), Language: p.Language, OptedInOn: p.OptedInOn, OptedInHow: p.OptedInHow}
	if p.Channels != "" {
		in.Channels = strings.Split(p.Channels, ",")
	}
	if channel == ChannelWhatsApp {
		in.OptedInOn, in.OptedInHow = "", ""
	}
	_, err = tx.SetPreference(holderID, in)
	return err
}

// preferences are those of holders, by holder.
func (tx *Tx) preferences(holderIDs []string) (map[string]models.Preference, error) {
	rows, err := inParts[models.Preference](tx, "preferences", "holder_id", holderIDs)
	out := make(map[string]models.Preference, len(rows))
	for _, p := range rows {
		out[p.HolderID] = p
	}
	return out, wrap("preferences", err)
}
