package embedded

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"time"

	"go.temporal.io/server/common/rpc/encryption"
)

// identity is a certificate that is its own authority, and its key. Both are
// made at start, never leave the memory of this process and end with it. Whoever
// has a copy of the certificate trusts this one and no other.
type identity struct {
	name  string
	pair  tls.Certificate
	trust *x509.CertPool
}

// noExpiry is the date by which a certificate says that it has none (RFC 5280
// 4.1.2.5). A server may run for years, and clocks have been wrong at boot.
var noExpiry = time.Date(9999, time.December, 31, 23, 59, 59, 0, time.UTC)

func newIdentity(name string) (identity, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return identity{}, fmt.Errorf("key of %s: %w", name, err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1),
		Subject:      pkix.Name{CommonName: name},
		DNSNames:     []string{name},
		NotBefore:    time.Unix(0, 0),
		NotAfter:     noExpiry,
		KeyUsage:     x509.KeyUsageDigitalSignature,
		ExtKeyUsage:  []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
	}
	raw, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return identity{}, fmt.Errorf("certificate of %s: %w", name, err)
	}
	leaf, err := x509.ParseCertificate(raw)
	if err != nil {
		return identity{}, fmt.Errorf("certificate of %s: %w", name, err)
	}
	trust := x509.NewCertPool()
	trust.AddCert(leaf)
	pair := tls.Certificate{Certificate: [][]byte{raw}, PrivateKey: key, Leaf: leaf}
	return identity{name: name, pair: pair, trust: trust}, nil
}

// server is for a port that anybody may speak to.
func (id identity) server() *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS13, Certificates: []tls.Certificate{id.pair}}
}

// client is for a caller of such a port.
func (id identity) client() *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS13, RootCAs: id.trust, ServerName: id.name}
}

// memberServer is for a port that only holders of the same key may speak to.
func (id identity) memberServer() *tls.Config {
	c := id.server()
	c.ClientAuth, c.ClientCAs = tls.RequireAndVerifyClientCert, id.trust
	return c
}

// memberClient is for a holder of the key.
func (id identity) memberClient() *tls.Config {
	c := id.client()
	c.Certificates = []tls.Certificate{id.pair}
	return c
}

// tlsProvider gives the frontend one identity, and the services among themselves
// another: loopback ports are open to every user of the machine, and history,
// matching and the internal frontend ask for no token.
func tlsProvider(frontend, internode identity) encryption.TLSConfigProvider {
	return &encryption.FixedTLSConfigProvider{
		FrontendServerConfig:  frontend.server(),
		FrontendClientConfig:  frontend.client(),
		InternodeServerConfig: internode.memberServer(),
		InternodeClientConfig: internode.memberClient(),
	}
}
