package api

import (
	"payung/ledger"
	"payung/models"
)

// PreferenceInput is how a holder wants to be told.
type PreferenceInput struct {
	Channels   []string `json:"channels,omitempty" maxItems:"6" doc:"the first one first; none: the usual order" example:"[\"email\",\"inbox\"]"`
	Stopped    []string `json:"stopped,omitempty" maxItems:"6" doc:"channels by which no reminders come any more; the inbox cannot be stopped, nor an official dated request"`
	Language   string   `json:"language,omitempty" enum:"id,en" default:"id"`
	OptedInOn  string   `json:"opted_in_on,omitempty" format:"date" doc:"day of the consent to WhatsApp"`
	OptedInHow string   `json:"opted_in_how,omitempty" maxLength:"300" doc:"needed with the day" example:"balasan YA"`
}

// Preference is how a holder wants to be told, and who recorded it.
type Preference struct {
	HolderID string `json:"holder_id"`
	PreferenceInput
	Actor string `json:"recorded_by,omitempty"`
}

func preferenceView(p models.Preference) Preference {
	return Preference{HolderID: p.HolderID, Actor: p.Actor, PreferenceInput: PreferenceInput{
		Channels: listOf(p.Channels), Stopped: listOf(p.Stopped), Language: p.Language, OptedInOn: p.OptedInOn, OptedInHow: p.OptedInHow,
	}}
}

// StopInput ends reminders by one channel.
type StopInput struct {
	Channel string `json:"channel" enum:"email,wa_link,whatsapp,telegram,webhook"`
}

func preferenceRoutes(s *server) {
	read(s, PolicyRead, "/holders/{id}/preference", "get-preference", "How a holder wants to be told",
		func(tx *ledger.Tx, in *ByID) (Preference, error) {
			p, err := tx.Preference(in.ID)
			return preferenceView(p), err
		})
	change(s, PolicyWrite, "/holders/{id}/preference", "set-preference", "Record how a holder wants to be told",
		func(tx *ledger.Tx, in *Of[PreferenceInput]) (Preference, error) {
			p, err := tx.SetPreference(in.ID, ledger.PreferenceInput(in.Body))
			return preferenceView(p), err
		})
	change(s, PolicyWrite, "/holders/{id}/stop", "stop-channel", "End reminders to a holder by one channel",
		func(tx *ledger.Tx, in *Of[StopInput]) (Preference, error) {
			if err := tx.StopChannel(in.ID, in.Body.Channel); err != nil {
				return Preference{}, err
			}
			p, err := tx.Preference(in.ID)
			return preferenceView(p), err
		})
}
