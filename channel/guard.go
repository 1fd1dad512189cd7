package channel

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"syscall"
	"time"
)

// Times of one call.
const (
	dialTime = 15 * time.Second
	callTime = 30 * time.Second
)

// errInside reports an address that belongs to this house.
var errInside = errors.New("this address is within the house; only the operator can allow that")

// errRedirect reports an answer that points elsewhere.
var errRedirect = errors.New("the other side points to another address, and nothing is sent there")

// outside is an HTTP client for addresses that people typed in: it speaks to
// none in private networks unless that was allowed, whatever their names
// resolve to, and follows no redirect.
func outside(o Options) *http.Client {
	dialer := &net.Dialer{Timeout: dialTime}
	if o.Settings[Private] != "yes" {
		dialer.Control = func(_, address string, _ syscall.RawConn) error {
			ap, err := netip.ParseAddrPort(address)
			if err != nil || inside(ap.Addr()) {
				return errInside
			}
			return nil
		}
	}
	return &http.Client{
		Timeout:       callTime,
		CheckRedirect: func(*http.Request, []*http.Request) error { return errRedirect },
		Transport: &http.Transport{
			DialContext: dialer.DialContext, TLSClientConfig: o.TLS, TLSHandshakeTimeout: dialTime, ForceAttemptHTTP2: true,
			MaxIdleConnsPerHost: 4, IdleConnTimeout: time.Minute, MaxResponseHeaderBytes: 64 << 10,
		},
	}
}

// Nets that netip does not know as private: shared addresses of providers (RFC
// 6598), benchmarks, protocol assignments, and IPv4 inside IPv6.
var special = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("240.0.0.0/4"),
	netip.MustParsePrefix("64:ff9b::/96"), netip.MustParsePrefix("64:ff9b:1::/48"), netip.MustParsePrefix("2002::/16"),
}

// inside reports an address that is not of the public Internet.
func inside(a netip.Addr) bool {
	a = a.Unmap()
	if !a.IsGlobalUnicast() || a.IsPrivate() {
		return true
	}
	for _, p := range special {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

// maxAnswer bounds what is read of an answer, in bytes.
const maxAnswer = 64 << 10

// call sends a request and reads the answer. A failure says whether the request
// can have arrived.
func call(c *http.Client, r *http.Request) (status int, header http.Header, body []byte, err error) {
	resp, err := c.Do(r)
	if err != nil {
		return 0, nil, nil, lost(err)
	}
	defer func() { _ = resp.Body.Close() }() // it has been read or given up
	body, err = io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		return 0, nil, nil, failure(Unknown, "connection", "the answer was cut off")
	}
	return resp.StatusCode, resp.Header, body, nil
}

// lost tells a request that never left from one that may have arrived. The
// error's own text is not used: it holds the whole address.
func lost(err error) *Failure {
	if e, ok := errors.AsType[*url.Error](err); ok {
		err = e.Err
	}
	if e, ok := errors.AsType[*net.OpError](err); ok && e.Op == "dial" {
		if errors.Is(err, errInside) {
			return failure(Away, "inside", errInside.Error())
		}
		return failure(Away, "connection", fmt.Sprint(e.Err))
	}
	switch _, dns := errors.AsType[*net.DNSError](err); {
	case dns:
		return failure(Away, "connection", "the name of the server is not known")
	case errors.Is(err, errInside):
		return failure(Away, "inside", errInside.Error())
	case errors.Is(err, errRedirect):
		return failure(Away, "redirect", errRedirect.Error())
	case errors.Is(err, context.DeadlineExceeded):
		return failure(Unknown, "timeout", "no answer in time")
	}
	if isTLS(err) {
		return failure(Away, "tls", err.Error())
	}
	return failure(Unknown, "connection", err.Error())
}
