package channel_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"math/big"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/stretchr/testify/require"

	"payung/channel"
	"payung/internal/mailhost"
)

func message(to string) channel.Message {
	return channel.Message{
		Key: "payung-abc", Kind: "digest", To: to, Subject: "Payung: 1 tugas", Text: "Yth. Kepala Desa", HTML: "<p>Yth. Kepala Desa</p>",
		Variables: []string{"Kepala Desa", "Daftar nama", "Desa A", "Senin", "besok", "Buka Payung di kantor"},
	}
}

// mailer is an e-mail channel to a server.
func mailer(t *testing.T, s *mailhost.Server, more ...string) channel.Sender {
	t.Helper()
	o := channel.Options{Kind: channel.Email, Secrets: map[string]string{}, Settings: map[string]string{
		"host": s.Host, "port": s.Port, "security": "none", "from": "payung@pemda.example", "from_name": "Payung",
	}}
	for i := 0; i+1 < len(more); i += 2 {
		if more[i] == "password" {
			o.Secrets["password"] = more[i+1]
			continue
		}
		o.Settings[more[i]] = more[i+1]
	}
	out, err := channel.Open(o)
	require.NoError(t, err)
	t.Cleanup(func() { _ = out.Close() })
	return out
}

func verdict(err error) channel.Verdict {
	if f, ok := errors.AsType[*channel.Failure](err); ok {
		return f.Verdict
	}
	return ""
}

func TestAMailHasTextPageAndTheNameOfItsMessage(t *testing.T) {
	t.Parallel()
	s := mailhost.New(t, nil)
	m := mailer(t, s, "reply_to", "sekda@pemda.example")
	for range 2 { // a repeat has the same name
		_, err := m.Send(t.Context(), message("kades@desa.example"))
		require.NoError(t, err)
	}
	got := s.Mails()
	require.Len(t, got, 2)
	require.Equal(t, "<payung-abc@pemda.example>", got[0].ID)
	require.Equal(t, got[0].ID, got[1].ID)
	require.Equal(t, "kades@desa.example", got[0].To)
	require.Equal(t, "auto-generated", got[0].Head.Get("Auto-Submitted"))
	require.Contains(t, got[0].Head.Get("Content-Type"), "multipart/alternative")
	require.Contains(t, got[0].Body, "text/plain")
	require.Contains(t, got[0].Body, "text/html")
	require.Equal(t, "<sekda@pemda.example>", got[0].Head.Get("Reply-To"))
}

func TestWhatAMailServerSaysDecidesWhatHappensNext(t *testing.T) {
	t.Parallel()
	said := func(code int, a, b, c int) error {
		return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{a, b, c}, Message: "no <kades@desa.example> here, call +62 812 3456 7890"}
	}
	for name, tt := range map[string]struct {
		rcpt, data error
		want       channel.Verdict
	}{
		"nobody of that name":         {rcpt: said(550, 5, 1, 1), want: channel.BadAddress},
		"no such mailbox any more":    {rcpt: said(551, 5, 1, 6), want: channel.BadAddress},
		"we may not write there":      {rcpt: said(550, 5, 7, 1), want: channel.Refused},
		"greylisted":                  {rcpt: said(450, 4, 2, 0), want: channel.Later},
		"the mailbox is full for now": {rcpt: said(452, 4, 2, 2), want: channel.Later},
		"the content is refused":      {data: said(554, 5, 6, 0), want: channel.Refused},
		"try the content later":       {data: said(451, 4, 3, 0), want: channel.Later},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := mailhost.New(t, nil)
			s.RCPT = func(string) error { return tt.rcpt }
			s.DATA = func(string, mailhost.Mail) error { return tt.data }
			m := mailer(t, s)
			_, err := m.Send(t.Context(), message("kades@desa.example"))
			require.Equal(t, tt.want, verdict(err), "%v", err)
			require.NotContains(t, err.Error(), "kades@", "no address is kept")
			require.NotContains(t, err.Error(), "3456")
			s.RCPT, s.DATA = nil, nil
			_, err = m.Send(t.Context(), message("camat@kec.example"))
			require.NoError(t, err, "the next one goes out on the same channel")
		})
	}
}

func TestAnAddressThatIsNoneIsBad(t *testing.T) {
	t.Parallel()
	_, err := mailer(t, mailhost.New(t, nil)).Send(t.Context(), message("kepala desa"))
	require.Equal(t, channel.BadAddress, verdict(err))
}

func TestAServerThatIsAwayIsNoFaultOfTheMessage(t *testing.T) {
	t.Parallel()
	s := mailhost.New(t, nil)
	s.SetDown(true)
	m := mailer(t, s)
	_, err := m.Send(t.Context(), message("kades@desa.example"))
	require.Equal(t, channel.Away, verdict(err))
	s.SetDown(false)
	_, err = m.Send(t.Context(), message("kades@desa.example"))
	require.NoError(t, err)
	require.Equal(t, 1, s.Count())

	ln, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	_, port, err := net.SplitHostPort(ln.Addr().String())
	require.NoError(t, err)
	require.NoError(t, ln.Close())
	_, err = mailer(t, s, "port", port).Send(t.Context(), message("kades@desa.example"))
	require.Equal(t, channel.Away, verdict(err))
}

func TestAWrongPasswordStopsTheChannelNotTheMessage(t *testing.T) {
	t.Parallel()
	s := mailhost.New(t, nil)
	s.Password = "right"
	_, err := mailer(t, s, "user", "payung", "password", "wrong").Send(t.Context(), message("kades@desa.example"))
	require.Equal(t, channel.Away, verdict(err), "%v", err)
	require.NotContains(t, err.Error(), "wrong\"")
	_, err = mailer(t, s).Send(t.Context(), message("kades@desa.example"))
	require.Equal(t, channel.Away, verdict(err), "not let in without saying who: %v", err)
	require.Zero(t, s.Count())
}

func TestWhetherAMailArrivedIsUnknownWhenTheAnswerIsLost(t *testing.T) {
	t.Parallel()
	s := mailhost.New(t, nil)
	ctx, cancel := context.WithCancel(t.Context())
	s.Taken = func(mailhost.Mail) { // taken, and the line goes dead before the answer
		cancel()
		time.Sleep(200 * time.Millisecond)
	}
	_, err := mailer(t, s).Send(ctx, message("kades@desa.example"))
	require.Equal(t, channel.Unknown, verdict(err), "%v", err)
	require.Equal(t, 1, s.Count())
}

func TestAnIdleConnectionThatWasClosedIsOpenedAgain(t *testing.T) {
	t.Parallel()
	s := mailhost.New(t, nil)
	m := mailer(t, s)
	_, err := m.Send(t.Context(), message("a@desa.example"))
	require.NoError(t, err)
	s.Hang()
	_, err = m.Send(t.Context(), message("b@desa.example"))
	require.NoError(t, err)
	require.Equal(t, 2, s.Count())
}

func TestTLSIsNeededUnlessItWasSwitchedOff(t *testing.T) {
	t.Parallel()
	cert, roots := certificate(t)
	trusted := &tls.Config{RootCAs: roots, ServerName: "mail.test", MinVersion: tls.VersionTLS12}
	open := func(s *mailhost.Server, trust *tls.Config) channel.Sender {
		out, err := channel.Open(channel.Options{Kind: channel.Email, TLS: trust, Settings: map[string]string{
			"host": s.Host, "port": s.Port, "security": "starttls", "from": "payung@pemda.example",
		}})
		require.NoError(t, err)
		return out
	}
	with, without := mailhost.New(t, &cert), mailhost.New(t, nil)
	_, err := open(with, trusted).Send(t.Context(), message("kades@desa.example"))
	require.NoError(t, err)
	_, err = open(with, nil).Send(t.Context(), message("kades@desa.example"))
	require.Equal(t, channel.Away, verdict(err), "an unknown certificate: %v", err)
	_, err = open(without, trusted).Send(t.Context(), message("kades@desa.example"))
	require.Equal(t, channel.Away, verdict(err), "a server without TLS: %v", err)
	require.Empty(t, without.Mails())
}

// certificate is one for the host mail.test that nobody else knows.
func certificate(t *testing.T) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	c := &x509.Certificate{
		SerialNumber: big.NewInt(1), DNSNames: []string{"mail.test"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	raw, err := x509.CreateCertificate(rand.Reader, c, c, &key.PublicKey, key)
	require.NoError(t, err)
	parsed, err := x509.ParseCertificate(raw)
	require.NoError(t, err)
	pool := x509.NewCertPool()
	pool.AddCert(parsed)
	return tls.Certificate{Certificate: [][]byte{raw}, PrivateKey: key}, pool
}

func TestHeadersCannotBeSmuggledIn(t *testing.T) {
	t.Parallel()
	s := mailhost.New(t, nil)
	m := message("kades@desa.example")
	m.Subject = "Payung\r\nBcc: everybody@pemda.example"
	_, err := mailer(t, s).Send(t.Context(), m)
	require.NoError(t, err)
	require.Zero(t, s.Mails()[0].Head.Get("Bcc"))
	require.False(t, strings.Contains(s.Mails()[0].Head.Get("Subject"), "\n"))
}
