package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"payung/channel"
	"payung/delivery"
	"payung/domain/fault"
	"payung/ledger"
	"payung/models"
)

// installation stands for the party of the channels that hold for all.
const installation = "installation"

// channelsView is how messages leave, for each party that has channels of its
// own.
type channelsView struct {
	frame
	Parties []models.Party
	Party   string // ID, or installation
	Rows    []channelRow
	Own     bool // of a party, not of the installation
	File    string
	Told    string
}

// channelRow is one kind of channel as it is set up.
type channelRow struct {
	Kind  string
	Set   bool // there are settings
	Kept  ledger.ChannelView
	Usual bool // works without any
}

func (v *visit) channelRows(tx *ledger.Tx, view *channelsView) error {
	var party models.Party
	var err error
	if v.r.URL.Query().Get("party") == installation {
		view.Parties, err = tx.Parties(ledger.Page{Size: postParties})
		view.Parties = slices.DeleteFunc(view.Parties, func(p models.Party) bool { return p.Kind != "pemda" && p.Kind != "bpjs" })
	} else {
		view.Parties, party, err = v.partyAsked(tx, begin())
	}
	if err != nil {
		return err
	}
	view.Party, view.Own = cmp.Or(party.ID, installation), party.ID != ""
	kept, err := tx.ChannelsOf(senderOf(view.Party))
	for _, kind := range channel.Kinds() {
		row := channelRow{Kind: kind, Usual: kind == channel.Link}
		if i := slices.IndexFunc(kept, func(c ledger.ChannelView) bool { return c.Kind == kind }); i >= 0 {
			row.Set, row.Kept = true, kept[i]
		}
		view.Rows = append(view.Rows, row)
	}
	return err
}

func senderOf(party string) string {
	if party == installation {
		return ""
	}
	return party
}

func (s *site) channels(v *visit) error {
	view := channelsView{Told: v.told()}
	if err := v.read(func(tx *ledger.Tx) error { return v.channelRows(tx, &view) }); err != nil {
		return err
	}
	var err error
	if v.frame.Title, err = v.words.say("channels.title"); err != nil {
		return err
	}
	v.frame.Nav = "settings"
	view.frame, view.File = v.frame, "/settings/channels.csv?"+url.Values{"party": {view.Party}}.Encode()
	return v.show(http.StatusOK, "channels.html", view)
}

func (s *site) channelsFile(v *visit) error {
	var view channelsView
	if err := v.read(func(tx *ledger.Tx) error { return v.channelRows(tx, &view) }); err != nil {
		return err
	}
	f, err := v.file("channel", "state", "daily_cap", "daily_budget", "per_minute", "why")
	if err != nil {
		return err
	}
	for _, r := range view.Rows {
		by, err := v.words.say("channel." + r.Kind)
		if err != nil {
			return err
		}
		state, err := v.words.say("channels." + r.State())
		if err != nil {
			return err
		}
		f.add(by, state, r.Kept.DailyCap, r.Kept.DailyBudget, r.Kept.PerMinute, r.Kept.Problem)
	}
	return f.send("saluran", "")
}

// State is whether the channel works, as far as is known.
func (r channelRow) State() string {
	switch {
	case !r.Set && r.Usual:
		return "on"
	case !r.Set:
		return "unset"
	case !r.Kept.Enabled:
		return "off"
	case r.Kept.FailingSince > 0:
		return "failing"
	}
	return "on"
}

// channelView is the form of one channel.
type channelView struct {
	frame
	Party  string
	Name   string // of the party; "": the installation
	Kind   string
	Row    channelRow
	Fields []channelField
	Form   form
	Test   form
	Hook   string // where the provider reports
	Told   string
}

// channelField is one setting of a channel.
type channelField struct {
	channel.Field
	Kept bool // a secret that is there and not shown
}

func (s *site) channel(v *visit) error {
	return v.channeling(http.StatusOK, form{}, begin())
}

func (v *visit) channeling(status int, f, test form) error {
	view := channelView{Party: v.r.PathValue("party"), Kind: v.r.PathValue("kind"), Form: f, Test: test, Told: v.told()}
	if !slices.Contains(channel.Kinds(), view.Kind) {
		return fault.New(fault.NotFound, "not_found", "there is no such channel").With("what", "channel")
	}
	err := v.read(func(tx *ledger.Tx) error {
		if id := senderOf(view.Party); id != "" {
			p, err := tx.Party(id)
			if err != nil {
				return err
			}
			view.Name = p.Name
		}
		kept, err := tx.ChannelsOf(senderOf(view.Party))
		view.Row = channelRow{Kind: view.Kind, Usual: view.Kind == channel.Link}
		for _, c := range kept {
			if c.Kind == view.Kind {
				view.Row.Set, view.Row.Kept = true, c
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	view.fill(v.origin())
	said, err := v.words.say("channel." + view.Kind)
	if err != nil {
		return err
	}
	v.frame.Title, v.frame.Nav = said, "settings"
	v.returned(v.channelPath())
	view.frame = v.frame
	return v.show(status, "channel.html", view)
}

// fill puts what is kept into a form that nothing was typed into yet.
func (view *channelView) fill(origin string) {
	kept := view.Row.Kept
	for _, f := range channel.Fields(view.Kind) {
		view.Fields = append(view.Fields, channelField{f, f.Secret && slices.Contains(kept.Secrets, f.Name)})
	}
	if view.Kind == channel.WhatsApp && view.Row.Set {
		view.Hook = origin + "/api/v1/hooks/whatsapp/" + kept.ID
	}
	if view.Form.typed != nil {
		return
	}
	view.Form = begin("daily_cap", above(kept.DailyCap), "daily_budget", above(kept.DailyBudget), "per_minute", above(kept.PerMinute))
	if kept.Enabled || !view.Row.Set {
		view.Form.typed.Set("enabled", "1")
	}
	for _, f := range view.Fields {
		if !f.Secret {
			view.Form.typed.Set(f.Name, cmp.Or(kept.Values[f.Name], f.Usual))
		}
	}
}

// above is a cap as it is typed: none is an empty field.
func above(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

func (v *visit) channelPath() string {
	return "/settings/channels/" + url.PathEscape(v.r.PathValue("party")) + "/" + url.PathEscape(v.r.PathValue("kind"))
}

// saveChannel keeps the settings; a secret that was left empty stays as it is.
func (s *site) saveChannel(v *visit) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	in := ledger.ChannelInput{Kind: v.r.PathValue("kind"), Enabled: f.Value("enabled") == "1", Settings: map[string]string{}, Secrets: map[string]string{}}
	for _, field := range channel.Fields(in.Kind) {
		said := f.text(field.Name)
		switch {
		case field.Secret && said != "":
			in.Secrets[field.Name] = said
		case field.Secret:
		case said != "" && said != field.Usual:
			in.Settings[field.Name] = said
		}
	}
	in.DailyCap, in.DailyBudget, in.PerMinute = f.count("daily_cap"), f.count("daily_budget"), f.count("per_minute")
	err = v.write(func(tx *ledger.Tx) error {
		_, err := delivery.SaveChannel(tx, senderOf(v.r.PathValue("party")), in)
		return err
	})
	for _, field := range channel.Fields(in.Kind) {
		if field.Secret {
			f.typed.Set(field.Name, "") // never shown again, not even in a form that comes back
		}
	}
	if err == nil {
		return v.done(v.channelPath(), "channel")
	}
	if err := v.refused(&f, err); err != nil {
		return err
	}
	return v.channeling(http.StatusUnprocessableEntity, f, begin())
}

// count is a number somebody typed; one that is none is refused as a cap.
func (f form) count(name string) int64 {
	if f.text(name) == "" {
		return 0
	}
	n, err := strconv.ParseInt(f.text(name), 10, 64)
	if err != nil {
		return -1
	}
	return n
}

// testChannel sends a test message and says what came of it.
func (s *site) testChannel(v *visit) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	err = s.office.Test(v.r.Context(), v.actor, senderOf(v.r.PathValue("party")), v.r.PathValue("kind"), f.text("to"))
	if err == nil {
		return v.done(v.channelPath(), "channel_tested")
	}
	if err := v.refused(&f, err); err != nil {
		return err
	}
	return v.channeling(http.StatusUnprocessableEntity, form{}, f)
}

// channelField draws one setting. A secret that is kept is not shown: leaving
// its field empty keeps it.
func (w words) channelField(c channelField, f form, kind string) (field, error) {
	draw, codes := "text", c.Choices
	switch {
	case len(c.Choices) > 0:
		draw = "choice"
	case c.Name == "secrets":
		draw = "lines"
	case c.Secret:
		draw = "password"
	}
	if c.Required && !c.Kept {
		draw += "*"
	}
	key := "channel." + c.Name
	if _, own := w.text["field.channel."+kind+"."+c.Name]; own {
		key = "channel." + kind + "." + c.Name
	}
	out, err := w.askAs(key, f, c.Name, draw, codes...)
	if err == nil && c.Kept {
		out.Hint, err = w.say("channels.kept")
	}
	return out, err
}
