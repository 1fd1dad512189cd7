// Package mailhost gives tests a real mail server that listens on this machine
// and behaves as it is told.
package mailhost

import (
	"crypto/tls"
	"io"
	"net"
	"net/mail"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// Mail is one message the server has taken.
type Mail struct {
	ID   string // of its Message-ID header
	To   string
	Head mail.Header
	Body string
}

// Server is a mail server. Its functions may be set before the first
// connection; they may be nil.
type Server struct {
	Host string
	Port string

	Password string                        // that a client has to give; "": none
	RCPT     func(address string) error    // answers to a recipient
	DATA     func(to string, m Mail) error // answers to a message before it is kept
	Slow     time.Duration                 // before each answer to a message
	Taken    func(m Mail)                  // after a message was kept, before the answer
	mu       sync.Mutex
	mails    []Mail
	down     bool
	conns    []net.Conn
	server   *smtp.Server
}

// New starts a server that lives as long as the test. Without a certificate it
// speaks no TLS.
func New(tb testing.TB, cert *tls.Certificate) *Server {
	tb.Helper()
	s := &Server{}
	s.server = smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		if s.isDown() {
			return nil, &smtp.SMTPError{Code: 421, EnhancedCode: smtp.EnhancedCode{4, 3, 2}, Message: "shutting down"}
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		s.conns = append(s.conns, c.Conn())
		return &session{s: s}, nil
	}))
	s.server.Domain, s.server.AllowInsecureAuth = "mail.test", cert == nil
	s.server.ErrorLog = quiet{}
	if cert != nil {
		s.server.TLSConfig = &tls.Config{Certificates: []tls.Certificate{*cert}, MinVersion: tls.VersionTLS12}
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	if s.Host, s.Port, err = net.SplitHostPort(ln.Addr().String()); err != nil {
		tb.Fatal(err)
	}
	go func() { _ = s.server.Serve(ln) }() // ends with Close
	tb.Cleanup(func() { _ = s.server.Close() })
	return s
}

// SetDown makes the server turn everybody away, or let them in again.
func (s *Server) SetDown(down bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.down = down
}

func (s *Server) isDown() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.down
}

// Hang closes the connections that stand.
func (s *Server) Hang() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.conns {
		_ = c.Close() // the client will notice
	}
	s.conns = nil
}

// Mails lists what was taken, in order.
func (s *Server) Mails() []Mail {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Mail(nil), s.mails...)
}

// Count is how many were taken.
func (s *Server) Count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.mails)
}

// session is one conversation.
type session struct {
	s    *Server
	to   string
	over bool // the client said who it is
}

// AuthMechanisms lists how a client may say who it is.
func (x *session) AuthMechanisms() []string {
	if x.s.Password == "" {
		return nil
	}
	return []string{sasl.Plain}
}

// Auth checks who a client is.
func (x *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, _, password string) error {
		if password != x.s.Password {
			return &smtp.SMTPError{Code: 535, EnhancedCode: smtp.EnhancedCode{5, 7, 8}, Message: "wrong password"}
		}
		x.over = true
		return nil
	}), nil
}

// Mail begins a message.
func (x *session) Mail(string, *smtp.MailOptions) error {
	if x.s.Password != "" && !x.over {
		return &smtp.SMTPError{Code: 530, EnhancedCode: smtp.EnhancedCode{5, 7, 0}, Message: "who are you?"}
	}
	return nil
}

// Rcpt names its recipient.
func (x *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	x.to = to
	if x.s.RCPT != nil {
		return x.s.RCPT(to)
	}
	return nil
}

// Data takes it.
func (x *session) Data(r io.Reader) error {
	msg, err := mail.ReadMessage(r)
	if err != nil {
		return err
	}
	body, err := io.ReadAll(msg.Body)
	if err != nil {
		return err
	}
	m := Mail{ID: msg.Header.Get("Message-ID"), To: x.to, Head: msg.Header, Body: string(body)}
	time.Sleep(x.s.Slow)
	if x.s.DATA != nil {
		if err := x.s.DATA(x.to, m); err != nil {
			return err
		}
	}
	x.s.mu.Lock()
	x.s.mails = append(x.s.mails, m)
	x.s.mu.Unlock()
	if x.s.Taken != nil {
		x.s.Taken(m)
	}
	return nil
}

// Reset forgets the message.
func (x *session) Reset() { x.to = "" }

// Logout ends the conversation.
func (*session) Logout() error { return nil }

// quiet says nothing: a test says what it expects.
type quiet struct{}

// Printf says nothing.
func (quiet) Printf(string, ...any) {}

// Println says nothing.
func (quiet) Println(...any) {}
