package api

import (
	"encoding/json"
	"net"
	"net/http"
	"net/netip"
	"strings"

	"payung/domain/fault"
)

// misdirected is a request for a host that we are not.
const misdirected fault.Kind = "misdirected"

// Guard refuses what a page of another site makes a browser send and, where
// the server is for this machine only, requests for another host: a name that
// was pointed at this machine to get behind the browser's back.
func Guard(next http.Handler, loopbackOnly bool) http.Handler {
	protection := http.NewCrossOriginProtection()
	protection.SetDenyHandler(refusal(fault.New(fault.Forbidden, "cross_site", "a page of another site may not do this")))
	next = protection.Handler(next)
	if !loopbackOnly {
		return next
	}
	stranger := refusal(fault.New(misdirected, "foreign_host", "this server answers to 127.0.0.1 and localhost only"))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !Loopback(r.Host) {
			stranger.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// Loopback reports whether a host, with or without port, is this machine to
// itself.
func Loopback(hostport string) bool {
	host := hostport
	if h, _, err := net.SplitHostPort(hostport); err == nil {
		host = h
	}
	ip, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return host == "localhost" || err == nil && ip.IsLoopback()
}

// refusal answers every request with the same problem.
func refusal(f *fault.Fault) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		status := statusOf(f.Kind)
		raw, err := json.Marshal(Problem{
			Type: "urn:payung:problem:" + f.Code, Title: http.StatusText(status), Status: status, Code: f.Code,
			Detail: sentence(prefersEnglish(r.Header.Get("Accept-Language")), f.Code, f.Detail, nil),
		})
		if err != nil {
			raw = []byte("{}")
		}
		w.Header().Set("Content-Type", problemType)
		w.WriteHeader(status)
		_, _ = w.Write(raw) // the caller is gone or not; there is nothing to mend
	})
}
