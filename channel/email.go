package channel

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net/textproto"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"
)

// patience is how long a mail server may take for one answer. Some look at each
// mail for half a minute before they take it.
const patience = 90 * time.Second

// email sends by SMTP, one message after the other on one connection.
type email struct {
	client   *mail.Client
	conn     *smtp.Client // nil: not connected
	from     string
	fromName string
	replyTo  string
}

func openEmail(o Options) (*email, error) {
	options := []mail.Option{mail.WithTimeout(patience), mail.WithHELO(domainOf(o.Settings["from"]))}
	if o.TLS != nil {
		options = append(options, mail.WithTLSConfig(o.TLS))
	}
	port := 587
	switch o.or("security") {
	case "tls":
		port = 465
		options = append(options, mail.WithSSL())
	case "none":
		port = 25
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
	default:
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory))
	}
	if n, err := strconv.Atoi(o.Settings["port"]); err == nil {
		port = n
	}
	options = append(options, mail.WithPort(port))
	if o.Settings["user"] != "" {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(o.Settings["user"]), mail.WithPassword(o.Secrets["password"]))
	}
	c, err := mail.NewClient(o.Settings["host"], options...)
	if err != nil {
		return nil, failure(Away, "settings", err.Error())
	}
	return &email{client: c, from: o.Settings["from"], fromName: o.or("from_name"), replyTo: o.Settings["reply_to"]}, nil
}

func domainOf(address string) string {
	_, domain, _ := strings.Cut(address, "@")
	return domain
}

// MessageID is the Message-ID that a message of a key has from an address. It
// is the same each time, so that a repeat is known as one.
func MessageID(key, from string) string { return key + "@" + domainOf(from) }

// Send hands one message to the mail server.
func (e *email) Send(ctx context.Context, m Message) (Receipt, error) {
	msg, err := e.compose(m)
	if err != nil {
		return Receipt{}, err
	}
	for range 2 { // once more if the server had closed an idle connection
		if err := e.connect(ctx); err != nil {
			return Receipt{}, err
		}
		err := e.hand(ctx, msg)
		if err == nil {
			return Receipt{}, nil
		}
		e.drop()
		if f := e.judge(err); f != nil {
			return Receipt{}, f
		}
	}
	return Receipt{}, failure(Away, "connection", "the mail server closes the connection")
}

// errWaited reports that nobody waits for the mail server's answer any more.
var errWaited = errors.New("no answer in time")

// hand sends one message on the present connection. The conversation cannot be
// cut short from outside, so whoever stops waiting leaves it behind with its
// connection; it ends by its own time limit.
func (e *email) hand(ctx context.Context, msg *mail.Msg) error {
	done := make(chan error, 1)
	go func(conn *smtp.Client) {
		err := e.client.SendWithSMTPClient(conn, msg)
		if err != nil && msg.IsDelivered() { // taken; only the goodbye failed
			err = nil
		}
		done <- err
	}(e.conn)
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		e.conn = nil
		return errWaited
	}
}

func (e *email) compose(m Message) (*mail.Msg, error) {
	msg := mail.NewMsg(mail.WithNoDefaultUserAgent())
	if err := errors.Join(msg.EnvelopeFrom(e.from), msg.FromFormat(e.fromName, e.from)); err != nil {
		return nil, failure(Away, "settings", "the sender's address is not one")
	}
	if err := msg.To(m.To); err != nil {
		return nil, failure(BadAddress, "not_an_address", "this is no e-mail address")
	}
	if e.replyTo != "" {
		if err := msg.ReplyTo(e.replyTo); err != nil {
			return nil, failure(Away, "settings", "the address for answers is not one")
		}
	}
	msg.Subject(m.Subject)
	msg.SetMessageIDWithValue(MessageID(m.Key, e.from))
	msg.SetDate()
	// Automatic, so that an absence note is not sent back (RFC 3834).
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetBodyString(mail.TypeTextPlain, m.Text)
	if m.HTML != "" {
		msg.AddAlternativeString(mail.TypeTextHTML, m.HTML)
	}
	return msg, nil
}

func (e *email) connect(ctx context.Context) error {
	if e.conn != nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, dialTime)
	defer cancel()
	conn, err := e.client.DialToSMTPClientWithContext(ctx)
	if err == nil {
		e.conn = conn
		return nil
	}
	code := "connection"
	if p, ok := errors.AsType[*textproto.Error](err); ok && (p.Code == 530 || p.Code == 534 || p.Code == 535 || p.Code == 538) {
		code = "login"
	} else if isTLS(err) || strings.Contains(err.Error(), "STARTTLS") {
		code = "tls"
	}
	return failure(Away, code, err.Error())
}

func isTLS(err error) bool {
	_, record := errors.AsType[tls.RecordHeaderError](err)
	_, cert := errors.AsType[*tls.CertificateVerificationError](err)
	_, unknown := errors.AsType[x509.UnknownAuthorityError](err)
	_, host := errors.AsType[x509.HostnameError](err)
	return record || cert || unknown || host
}

func (e *email) drop() {
	if e.conn != nil {
		_ = e.conn.Close() // it is of no use any more
		e.conn = nil
	}
}

// Close says goodbye to the mail server.
func (e *email) Close() error {
	if e.conn == nil {
		return nil
	}
	err := e.client.CloseWithSMTPClient(e.conn)
	e.conn = nil
	return err
}
