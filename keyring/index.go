package keyring

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"hash"
)

const (
	macSize = sha256.Size

	// IndexSize is how many bytes a blind index has: enough that two of 40
	// million NIKs never meet.
	IndexSize = 16
)

func (r *Ring) newMAC() hash.Hash { return hmac.New(sha256.New, r.index) }

// Index is the blind index of a NIK: equal NIKs have equal indexes, and nobody
// without the key can tell which NIK an index belongs to.
func (r *Ring) Index(nik string) []byte { return r.AppendIndex(make([]byte, 0, IndexSize), nik) }

// AppendIndex is [Ring.Index] into room that is there already.
func (r *Ring) AppendIndex(dst []byte, nik string) []byte {
	d := r.sit()
	defer r.leave(d)
	d.plain = append(d.plain[:0], nik...)
	d.mac.Reset()
	d.mac.Write(d.plain)
	d.sum = d.mac.Sum(d.sum[:0])
	return append(dst, d.sum[:IndexSize]...)
}

// Fingerprint tells whether two things are the same without keeping either:
// unlike a plain hash it cannot be tried out against every NIK there is. It
// stays the same when keys come and go.
func (r *Ring) Fingerprint(purpose string, content []byte) []byte {
	mac := hmac.New(sha256.New, r.prints)
	_ = binary.Write(mac, binary.BigEndian, int64(len(purpose))) // a hash never fails
	mac.Write([]byte(purpose))
	mac.Write(content)
	return mac.Sum(nil)
}

// IndexCheck proves which key makes the blind index without being it.
func (r *Ring) IndexCheck() []byte { return derive(r.index, "check") }
