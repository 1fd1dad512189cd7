package ledger

import (
	"crypto/sha256"
	"encoding/binary"
	"math/bits"
)

// digest stands for exactly the people on a list and what was written of them:
// the sum, modulo 2^256, of the SHA-256 of each. In whatever order people come
// and go, the same list has the same digest, and a change of three names is the
// sum of three. Nothing is the digest of a list without anybody.
type digest []byte

const digestWords = sha256.Size / 8

func (d digest) words() (w [digestWords]uint64) {
	for i := range len(d) / 8 {
		w[i] = binary.LittleEndian.Uint64(d[8*i:])
	}
	return w
}

func digestOf(w [digestWords]uint64) digest {
	out := make(digest, 0, sha256.Size)
	for _, x := range w {
		out = binary.LittleEndian.AppendUint64(out, x)
	}
	return out
}

func (d digest) plus(other digest) digest {
	a, b, carry := d.words(), other.words(), uint64(0)
	for i := range a {
		a[i], carry = bits.Add64(a[i], b[i], carry)
	}
	return digestOf(a)
}

func (d digest) minus(other digest) digest {
	a, b, borrow := d.words(), other.words(), uint64(0)
	for i := range a {
		a[i], borrow = bits.Sub64(a[i], b[i], borrow)
	}
	return digestOf(a)
}

// sum counts rows r of lists and adds them up to their digest.
func (tx *Tx) sum(from string, args ...any) (n int64, sum digest, err error) {
	rows, err := tx.db.Raw("SELECT r.person_id, r.content FROM "+from, args...).Rows()
	if err != nil {
		return 0, nil, err
	}
	defer func() { _ = rows.Close() }() // read to its end, or an error was reported
	var all [digestWords]uint64
	for ; rows.Next(); n++ {
		var person string
		var content int64
		if err := rows.Scan(&person, &content); err != nil {
			return 0, nil, err
		}
		one, carry := sha256.Sum256([]byte(person+"/"+itoa(content))), uint64(0)
		for i, w := range digest(one[:]).words() {
			all[i], carry = bits.Add64(all[i], w, carry)
		}
	}
	return n, digestOf(all), rows.Err()
}
