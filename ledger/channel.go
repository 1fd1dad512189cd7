package ledger

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"payung/domain/fault"
	"payung/models"
)

// ChannelInput is how a party's messages leave by one kind of channel.
type ChannelInput struct {
	Kind        string
	Enabled     bool
	Settings    map[string]string // what is no secret
	Secrets     map[string]string // only those that change; an empty one is taken away
	DailyCap    int64             // messages; 0: none
	DailyBudget int64             // rupiah; 0: none
	PerMinute   int64             // messages; 0: as fast as they go
}

// ChannelView is a channel as it may be shown: of its secrets only which there
// are.
type ChannelView struct {
	models.Channel
	Values  map[string]string
	Secrets []string // names
}

func secretOf(id string) string { return "channels/" + id + "/secret" }

// senderScope is the scope of what a party sends by; of no party, nobody's: it is
// the installation's and only its operator changes it.
func (tx *Tx) senderScope(partyID string) (models.Scope, error) {
	if partyID == "" {
		return models.Scope{}, nil
	}
	p, err := tx.Party(partyID)
	return p.Scope, err
}

// SaveChannel sets up a channel of a party, or of the installation where there
// is none. Secrets go in and are never shown again. What waits for a channel
// that is switched off finds another way.
func (tx *Tx) SaveChannel(partyID string, in ChannelInput) (models.Channel, error) {
	scope, err := tx.senderScope(partyID)
	if err != nil {
		return models.Channel{}, err
	}
	if err := tx.actor.may(scope); err != nil {
		return models.Channel{}, err
	}
	if in.DailyCap < 0 || in.DailyBudget < 0 || in.PerMinute < 0 {
		return models.Channel{}, fault.New(fault.Invalid, "bad_cap", "a cap is 0 or more")
	}
	if !Stoppable(in.Kind) {
		return models.Channel{}, fault.New(fault.NotFound, "unknown_channel", "%s is no channel that can be set up", in.Kind).With("channel", in.Kind)
	}
	// What listens within the house is the operator's to know.
	if in.Settings["private"] == "yes" && tx.actor.Reach != Everything {
		return models.Channel{}, fault.New(fault.Forbidden, "private_needs_operator", "only the operator may let a channel speak to addresses within the house").On("private")
	}
	was, secrets, err := tx.channel(partyID, in.Kind)
	if err != nil {
		return was, err
	}
	maps.Copy(secrets, in.Secrets)
	maps.DeleteFunc(secrets, func(_, v string) bool { return v == "" })
	c := models.Channel{
		ID: was.ID, Scope: scope, PartyID: partyID, Kind: in.Kind, Enabled: in.Enabled, DailyCap: in.DailyCap, DailyBudget: in.DailyBudget,
		PerMinute: in.PerMinute, Actor: tx.actor.Name, UpdatedAt: tx.micros(),
	}
	if c.ID == "" {
		c.ID = newID()
	}
	if err := tx.seal(&c, in.Settings, secrets); err != nil {
		return c, err
	}
	// Setting it up again is a reason to try it at once.
	err = tx.db.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, UpdateAll: true}).Create(&c).Error
	if err != nil {
		return c, wrap("channel", err)
	}
	if was.Enabled && !c.Enabled {
		if err := tx.giveBackLane(c); err != nil {
			return c, err
		}
	}
	tx.rings = true
	return c, tx.audit("channel.saved", "channel", c.ID, c.Scope, map[string]any{
		"kind": c.Kind, "party": partyID, "enabled": c.Enabled, "secrets": slices.Sorted(maps.Keys(in.Secrets)), "daily_cap": c.DailyCap, "daily_budget": c.DailyBudget,
	})
}

func (tx *Tx) seal(c *models.Channel, settings, secrets map[string]string) error {
	if settings == nil {
		settings = map[string]string{}
	}
	raw, err := json.Marshal(settings)
	if err != nil {
		return wrap("settings of a channel", err)
	}
	c.Settings, c.Secret = string(raw), []byte{}
	if len(secrets) == 0 {
		return nil
	}
	plain, err := json.Marshal(secrets)
	if err != nil {
		return wrap("secrets of a channel", err)
	}
	c.Secret = tx.l.keys.Seal(plain, secretOf(c.ID))
	clear(plain)
	return nil
}

// channel reads a channel of a party with its secrets; an empty one: it was
// never set up.
func (tx *Tx) channel(partyID, kind string) (models.Channel, map[string]string, error) {
	var c models.Channel
	err := tx.db.Where("party_id = ? AND kind = ?", partyID, kind).Take(&c).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return models.Channel{}, map[string]string{}, nil
	}
	if err != nil {
		return c, nil, wrap("channel", err)
	}
	secrets, err := tx.unseal(c)
	return c, secrets, err
}

func (tx *Tx) unseal(c models.Channel) (map[string]string, error) {
	secrets := map[string]string{}
	if len(c.Secret) == 0 {
		return secrets, nil
	}
	plain, err := tx.l.keys.Open(c.Secret, secretOf(c.ID))
	if err != nil {
		return nil, wrap("secrets of a channel", err)
	}
	defer clear(plain)
	return secrets, wrap("secrets of a channel", json.Unmarshal(plain, &secrets))
}

// ChannelSecrets are the secrets that a channel keeps, for those who send by it
// or check what is sent to it. They are shown to nobody.
func (tx *Tx) ChannelSecrets(partyID, kind string) (models.Channel, map[string]string, error) {
	scope, err := tx.senderScope(partyID)
	if err != nil {
		return models.Channel{}, nil, err
	}
	if err := tx.actor.may(scope); err != nil {
		return models.Channel{}, nil, err
	}
	return tx.channel(partyID, kind)
}

// ChannelsOf lists the channels of a party, or of the installation.
func (tx *Tx) ChannelsOf(partyID string) ([]ChannelView, error) {
	scope, err := tx.senderScope(partyID)
	if err != nil {
		return nil, err
	}
	if err := tx.actor.may(scope); err != nil {
		return nil, err
	}
	var rows []models.Channel
	if err := tx.from("channels").Where("party_id = ?", partyID).Order("kind").Find(&rows).Error; err != nil {
		return nil, wrap("channels", err)
	}
	out := make([]ChannelView, len(rows))
	for i, c := range rows {
		secrets, err := tx.unseal(c)
		if err != nil {
			return nil, err
		}
		out[i] = ChannelView{Channel: c, Secrets: slices.Sorted(maps.Keys(secrets))}
		if out[i].Values, err = ChannelValues(c); err != nil {
			return nil, err
		}
		out[i].Secret = nil
	}
	return out, nil
}

// TestedChannel writes down that somebody sent a test by a channel, and what
// came of it.
func (tx *Tx) TestedChannel(partyID, kind, verdict string) error {
	c, _, err := tx.ChannelSecrets(partyID, kind)
	if err != nil {
		return err
	}
	return tx.audit("channel.tested", "channel", c.ID, c.Scope, map[string]any{"kind": kind, "verdict": verdict})
}

// ChannelValues are a channel's settings that are no secret.
func ChannelValues(c models.Channel) (map[string]string, error) {
	values := map[string]string{}
	if c.Settings == "" {
		return values, nil
	}
	return values, wrap("settings of a channel", json.Unmarshal([]byte(c.Settings), &values))
}
