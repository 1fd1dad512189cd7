package channel

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"
)

// graphAPI is where Meta takes messages.
const graphAPI = "https://graph.facebook.com/v23.0"

// whatsApp sends approved templates by the WhatsApp Cloud API.
type whatsApp struct {
	o    Options
	http *http.Client
}

func openWhatsApp(o Options) *whatsApp { return &whatsApp{o, outside(o)} }

// Close ends idle connections.
func (w *whatsApp) Close() error {
	w.http.CloseIdleConnections()
	return nil
}

// The shape of a template message.
type (
	waMessage struct {
		Product  string     `json:"messaging_product"`
		Kind     string     `json:"recipient_type"`
		To       string     `json:"to"`
		Type     string     `json:"type"`
		Template waTemplate `json:"template"`
		Callback string     `json:"biz_opaque_callback_data"` // comes back with each status
	}
	waTemplate struct {
		Name       string        `json:"name"`
		Language   waLanguage    `json:"language"`
		Components []waComponent `json:"components"`
	}
	waLanguage struct {
		Code string `json:"code"`
	}
	waComponent struct {
		Type       string        `json:"type"`
		Parameters []waParameter `json:"parameters"`
	}
	waParameter struct {
		Type string `json:"type"`
		Text string `json:"text"`
	}
	waAnswer struct {
		Messages []struct {
			ID string `json:"id"`
		} `json:"messages"`
		Error waError `json:"error"`
	}
	waError struct {
		Code    int    `json:"code"`
		Message string `json:"message"`
		Data    struct {
			Details string `json:"details"`
		} `json:"error_data"`
	}
)

// maxParameter bounds one value of a template, in characters: a body has 1,024
// with everything in it.
const maxParameter = 150

func (w *whatsApp) message(m Message) waMessage {
	name := w.o.or("template_digest")
	switch {
	case m.Kind == "urgent":
		name = w.o.or("template_urgent")
	case m.Single:
		name = w.o.or("template_single")
	}
	body := waComponent{Type: "body"}
	for _, v := range m.Variables {
		if r := []rune(v); len(r) > maxParameter {
			v = strings.TrimSpace(string(r[:maxParameter-1])) + "…"
		}
		body.Parameters = append(body.Parameters, waParameter{"text", v})
	}
	return waMessage{
		Product: "whatsapp", Kind: "individual", To: m.To, Type: "template", Callback: m.Key,
		Template: waTemplate{name, waLanguage{w.o.or("language")}, []waComponent{body}},
	}
}

// Send hands one template message to Meta.
func (w *whatsApp) Send(ctx context.Context, m Message) (Receipt, error) {
	raw, err := json.Marshal(w.message(m))
	if err != nil {
		return Receipt{}, failure(Refused, "message", err.Error())
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, w.o.or("api")+"/"+w.o.Settings["phone_number_id"]+"/messages", bytes.NewReader(raw))
	if err != nil {
		return Receipt{}, failure(Away, "settings", "the address of the service is not one")
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+w.o.Secrets["token"])
	status, header, body, err := call(w.http, r)
	if err != nil {
		return Receipt{}, err
	}
	var a waAnswer
	bad := json.Unmarshal(body, &a)
	switch {
	case status < 300 && bad == nil && len(a.Messages) > 0:
		return Receipt{ProviderID: a.Messages[0].ID}, nil
	case status < 300:
		return Receipt{}, failure(Unknown, "answer", "the service answered without naming the message")
	}
	return Receipt{}, judgeWhatsApp(status, header, a.Error)
}

// Codes of Meta's errors, by what they mean for us:
// https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes
var (
	waNobody    = []int{131026, 133010}
	waTemplates = []int{132000, 132001, 132005, 132007, 132012, 132015, 132016, 132068, 132069}
	waRate      = []int{4, 80007, 130429, 131048, 133016}
	waLater     = []int{1, 2, 131000, 131016, 131049, 131056, 131057}
	waAccount   = []int{0, 3, 10, 190, 368, 131005, 131031, 131042, 131045, 131037, 133000, 133004, 133005}
)

func judgeWhatsApp(status int, header http.Header, e waError) *Failure {
	said := e.Message + " " + e.Data.Details
	in := func(codes []int) bool { return slices.Contains(codes, e.Code) }
	var f *Failure
	switch {
	case in(waNobody):
		f = failure(BadAddress, "address", said)
	case in(waTemplates):
		f = failure(Refused, "template", said)
	case in(waRate) || status == http.StatusTooManyRequests:
		f = failure(Away, "rate", said)
	case e.Code != 0 && in(waAccount) || e.Code >= 200 && e.Code < 300 || status == http.StatusUnauthorized || status == http.StatusForbidden:
		f = failure(Away, "login", said)
	case in(waLater) && e.Code != 0:
		f = failure(Later, "postponed", said)
	case status >= 500:
		f = failure(Away, "service", said)
	case status >= 300 && status < 400:
		f = failure(Away, "redirect", errRedirect.Error())
	default:
		f = failure(Refused, "message", said)
	}
	f.After = waitAsked(header)
	return f
}

// waitAsked is how long an answer asks to wait, at most an hour.
func waitAsked(h http.Header) time.Duration {
	d, err := time.ParseDuration(h.Get("Retry-After") + "s")
	if err != nil || d < 0 {
		return 0
	}
	return min(d, time.Hour)
}
