package channel

import (
	"encoding/base64"
	"net/mail"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"payung/domain/fault"
)

// Field is one setting of a channel.
type Field struct {
	Name     string
	Secret   bool
	Required bool
	Usual    string   // where nothing is said
	Choices  []string // none: any text
	check    func(string) bool
}

// Fields lists the settings of a kind of channel; none for an unknown one.
func Fields(kind string) []Field {
	switch kind {
	case Email:
		return []Field{
			{Name: "host", Required: true, check: isHost},
			{Name: "security", Usual: "starttls", Choices: []string{"starttls", "tls", "none"}},
			{Name: "port", check: isPort},
			{Name: "user"},
			{Name: "password", Secret: true},
			{Name: "from", Required: true, check: isMail},
			{Name: "from_name", Usual: "Payung"},
			{Name: "reply_to", check: isMail},
		}
	case WhatsApp:
		return []Field{
			{Name: "phone_number_id", Required: true, check: isDigits},
			{Name: "template_single", Usual: "pengingat_data"},
			{Name: "template_digest", Usual: "rangkuman_tugas"},
			{Name: "template_urgent", Usual: "tugas_mendesak"},
			{Name: "language", Usual: "id"},
			{Name: "price", check: isDigits},
			{Name: "api", Usual: graphAPI, check: isURL},
			{Name: "private", Usual: "no", Choices: []string{"no", "yes"}},
			{Name: "token", Secret: true, Required: true},
			{Name: "app_secret", Secret: true, Required: true},
			{Name: "verify_token", Secret: true, Required: true},
		}
	case Telegram:
		return []Field{
			{Name: "api", Usual: botAPI, check: isURL},
			{Name: "private", Usual: "no", Choices: []string{"no", "yes"}},
			{Name: "token", Secret: true, Required: true},
		}
	case Webhook:
		return []Field{
			{Name: "url", Required: true, check: isURL},
			{Name: "private", Usual: "no", Choices: []string{"no", "yes"}},
			{Name: "secrets", Secret: true, Required: true, check: areSecrets},
		}
	}
	return nil
}

// Kinds lists the kinds of channels that can be set up.
func Kinds() []string { return []string{Email, WhatsApp, Link, Telegram, Webhook} }

// Private is the setting that lets a channel speak to addresses within the house.
const Private = "private"

// Check refuses settings that could not work, at their field.
func Check(kind string, settings, secrets map[string]string) error {
	if !slices.Contains(Kinds(), kind) {
		return fault.New(fault.NotFound, "unknown_channel", "%s is no channel", kind).With("channel", kind)
	}
	for _, f := range Fields(kind) {
		from := settings
		if f.Secret {
			from = secrets
		}
		v := from[f.Name]
		switch {
		case v == "" && f.Required:
			return fault.New(fault.Invalid, "missing_field", "%s is needed", f.Name).On(f.Name).With("field", f.Name)
		case v == "":
		case len(f.Choices) > 0 && !slices.Contains(f.Choices, v), f.check != nil && !f.check(v), strings.ContainsAny(v, "\r\n") && f.Name != "secrets":
			return fault.New(fault.Invalid, "bad_setting", "%s cannot be this", f.Name).On(f.Name).With("field", f.Name)
		}
	}
	return nil
}

// or is a setting, or what is usual.
func (o Options) or(name string) string {
	if v := o.Settings[name]; v != "" {
		return v
	}
	for _, f := range Fields(o.Kind) {
		if f.Name == name {
			return f.Usual
		}
	}
	return ""
}

func isHost(s string) bool { return !strings.ContainsAny(s, " /@\\") && len(s) <= 253 }

func isPort(s string) bool {
	n, err := strconv.Atoi(s)
	return err == nil && n > 0 && n < 1<<16
}

func isMail(s string) bool {
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s
}

func isDigits(s string) bool {
	return len(s) <= 20 && strings.Trim(s, "0123456789") == ""
}

func isURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil && u.Fragment == ""
}

func areSecrets(s string) bool {
	_, err := secretsOf(s)
	return err == nil
}

// secretsOf reads the signing secrets of a webhook, the newest first; each
// begins with whsec_ and is of 24 to 64 bytes in base64, as the standard asks.
func secretsOf(s string) ([][]byte, error) {
	var out [][]byte
	for word := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ',' || r == ' ' || r == '\n' || r == '\r' }) {
		raw, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(word, "whsec_"))
		if err != nil || len(raw) < 24 || len(raw) > 64 {
			return nil, failure(Away, "secret", "a secret of the webhook is not whsec_ and 24 to 64 bytes in base64")
		}
		out = append(out, raw)
	}
	if len(out) == 0 {
		return nil, failure(Away, "secret", "the webhook has no secret")
	}
	return out, nil
}
