// Package keyring holds the master key of an installation and what is derived
// from it. The key file lives outside the data folder's backups; a missing or
// wrong key never leads to a new one, because that would lock the old data away
// for good.
package keyring

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Ring is one master key with the keys derived from it for each purpose.
type Ring struct {
	id     string
	nik    cipher.AEAD
	index  []byte
	engine cipher.AEAD
	check  []byte
}

type file struct {
	ID  string `json:"id"`
	Key []byte `json:"key"`
}

// ErrMissing reports that there is no key file.
var ErrMissing = errors.New("keyring: no key file")

// Load reads the key file. It refuses a file that others can read.
func Load(path string) (*Ring, error) {
	info, err := os.Stat(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("%w at %s", ErrMissing, path)
	}
	if err != nil {
		return nil, fmt.Errorf("keyring: %w", err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("keyring: %s is readable by others; run: chmod 600 %s", path, path)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("keyring: %w", err)
	}
	var f file
	if err := json.Unmarshal(raw, &f); err != nil {
		return nil, fmt.Errorf("keyring: %s is not a key file: %w", path, err)
	}
	return New(f.ID, f.Key)
}

// Create makes a new key and writes it, 0600, never over an existing file.
func Create(path string) (*Ring, error) {
	key := make([]byte, 32)
	_, _ = rand.Read(key) // never fails since Go 1.24
	sum := sha256.Sum256(append([]byte("payung key id "), key...))
	id := base64.RawURLEncoding.EncodeToString(sum[:6])
	raw, err := json.Marshal(file{ID: id, Key: key})
	if err != nil {
		return nil, fmt.Errorf("keyring: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("keyring: %w", err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, fmt.Errorf("keyring: %w", err)
	}
	_, err = f.Write(append(raw, '\n'))
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return nil, fmt.Errorf("keyring: write %s: %w", path, err)
	}
	return New(id, key)
}

// New derives a ring from a 32-byte key.
func New(id string, key []byte) (*Ring, error) {
	if id == "" || len(key) != 32 {
		return nil, fmt.Errorf("keyring: a key needs an ID and 32 bytes, not %d", len(key))
	}
	r := &Ring{id: id}
	derive := func(purpose string) []byte {
		out, err := hkdf.Key(sha256.New, key, nil, "payung "+purpose, 32)
		if err != nil {
			panic(err) // only for impossible lengths
		}
		return out
	}
	var err error
	if r.nik, err = aead(derive("nik")); err != nil {
		return nil, err
	}
	if r.engine, err = aead(derive("engine")); err != nil {
		return nil, err
	}
	r.index = derive("nik index")
	r.check = derive("check")
	return r, nil
}

func aead(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("keyring: %w", err)
	}
	return cipher.NewGCM(block)
}

// ID names the key; it stands beside everything the key has encrypted.
func (r *Ring) ID() string { return r.id }

// Check is a value that proves which key this is without being it.
func (r *Ring) Check() []byte { return r.check }

// SealNIK encrypts a NIK for one row: about binds it there, so that values
// cannot be swapped between rows.
func (r *Ring) SealNIK(nik, about string) []byte { return seal(r.nik, []byte(nik), about) }

// OpenNIK is the inverse of SealNIK.
func (r *Ring) OpenNIK(sealed []byte, about string) (string, error) {
	plain, err := open(r.nik, sealed, about)
	return string(plain), err
}

// Index is the blind index of a NIK: equal NIKs have equal indexes, and nobody
// without the key can tell which NIK an index belongs to.
func (r *Ring) Index(nik string) []byte {
	mac := hmac.New(sha256.New, r.index)
	mac.Write([]byte(nik))
	return mac.Sum(nil)[:16]
}

// SealPayload encrypts what goes to the engine's history.
func (r *Ring) SealPayload(plain []byte) []byte { return seal(r.engine, plain, "payload") }

// OpenPayload is the inverse of SealPayload.
func (r *Ring) OpenPayload(sealed []byte) ([]byte, error) { return open(r.engine, sealed, "payload") }

func seal(a cipher.AEAD, plain []byte, about string) []byte {
	nonce := make([]byte, a.NonceSize(), a.NonceSize()+len(plain)+a.Overhead())
	_, _ = rand.Read(nonce) // never fails since Go 1.24
	return a.Seal(nonce, nonce, plain, []byte(about))
}

func open(a cipher.AEAD, sealed []byte, about string) ([]byte, error) {
	n := a.NonceSize()
	if len(sealed) < n {
		return nil, errors.New("keyring: sealed value is too short")
	}
	plain, err := a.Open(nil, sealed[:n], sealed[n:], []byte(about))
	if err != nil {
		return nil, errors.New("keyring: wrong key or damaged value")
	}
	return plain, nil
}
