package web

import (
	"crypto/rand"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"payung/domain/fault"
	"payung/ledger"
)

// publicView is the public page of one unit's list.
type publicView struct {
	frame
	Page    ledger.PublicPage
	Form    form
	Path    string
	NextURL string
	Opens   time.Time
	Closes  time.Time
}

// publicList shows a unit's masked list to anybody who has the address.
func (s *site) publicList(v *visit) error {
	return v.publish(http.StatusOK, begin("row_id", v.r.URL.Query().Get("about"), "kind", "", "text", "", "key", rand.Text()))
}

func (v *visit) publicPath() string { return "/uji-publik/" + url.PathEscape(v.r.PathValue("token")) }

func (v *visit) publish(status int, f form) error {
	q := ledger.PublicQuery{After: v.r.URL.Query().Get("after"), About: f.Value("row_id")}
	page, err := v.ledger.PublicList(v.r.Context(), v.r.PathValue("token"), q)
	if err != nil {
		return err
	}
	view := publicView{
		Page: page, Form: f, Path: v.publicPath(), Opens: time.UnixMicro(page.Window.OpensAt), Closes: time.UnixMicro(page.Window.ClosesAt),
	}
	if page.Next != "" {
		view.NextURL = view.Path + "?" + url.Values{"after": {page.Next}}.Encode()
	}
	if v.frame.Title, err = v.words.say("public.title", "who", page.Unit); err != nil {
		return err
	}
	v.frame.Sample = page.Sample
	view.frame = v.frame
	return v.show(status, "public.html", view)
}

// object takes an objection and goes to its receipt.
func (s *site) object(v *visit) error {
	f, err := v.posted(formLimit)
	if err != nil {
		return err
	}
	code, err := v.ledger.Object(v.r.Context(), v.r.PathValue("token"), ledger.ObjectionInput{
		Key: f.Value("key"), Kind: f.Value("kind"), RowID: f.Value("row_id"), Text: f.Value("text"), Name: f.Value("name"), Contact: f.Value("contact"),
		Address: address(v.r),
	})
	if err == nil {
		http.Redirect(v.w, v.r, v.publicPath()+"/"+url.PathEscape(code), http.StatusSeeOther)
		return nil
	}
	status := http.StatusUnprocessableEntity
	if fault.Is(err, "too_many_objections") {
		status = http.StatusTooManyRequests
	}
	if err := v.refused(&f, err); err != nil {
		return err
	}
	return v.publish(status, f)
}

// address is where a request comes from. A proxy on this machine says so for
// whoever is behind it.
func address(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	passed := r.Header.Get("X-Forwarded-For")
	if ip, err := netip.ParseAddr(host); err == nil && ip.IsLoopback() && passed != "" {
		host = strings.TrimSpace(passed[strings.LastIndex(passed, ",")+1:])
	}
	return host
}

// receiptView is what became of an objection.
type receiptView struct {
	frame
	Receipt ledger.ObjectionReceipt
	Path    string
}

// publicReceipt shows what became of an objection, to whoever has its code.
func (s *site) publicReceipt(v *visit) error {
	r, err := v.ledger.PublicReceipt(v.r.Context(), v.r.PathValue("token"), v.r.PathValue("code"))
	if err != nil {
		return err
	}
	view := receiptView{Receipt: r, Path: v.publicPath()}
	if v.frame.Title, err = v.words.say("receipt.title"); err != nil {
		return err
	}
	v.frame.Sample = r.Sample
	view.frame = v.frame
	return v.show(http.StatusOK, "receipt.html", view)
}

// findReceipt goes to the receipt of a code somebody typed.
func (s *site) findReceipt(v *visit) error {
	code := strings.TrimSpace(v.r.URL.Query().Get("code"))
	if code == "" {
		http.Redirect(v.w, v.r, v.publicPath(), http.StatusSeeOther)
		return nil
	}
	http.Redirect(v.w, v.r, v.publicPath()+"/"+url.PathEscape(code), http.StatusSeeOther)
	return nil
}
