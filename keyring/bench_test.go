package keyring_test

import (
	"testing"

	"payung/keyring"
)

// A row of a list is indexed and sealed: what it costs says how fast a file of
// a million rows can be taken in.
func BenchmarkRow(b *testing.B) {
	r, err := keyring.New("bench", make([]byte, 32))
	if err != nil {
		b.Fatal(err)
	}
	const about = "019aa5d2-7c1e-7b7a-9d52-3f7c1a2b3c4d"
	var index, sealed []byte
	detail := []byte(`{"mother":"Sitti Contoh","address":"Jalan Contoh 1","phone":"080000000000"}`)
	for name, work := range map[string]func(){
		"index":         func() { r.Index(sampleNIK) },
		"index, append": func() { index = r.AppendIndex(index[:0], sampleNIK) },
		"seal":          func() { r.SealNIK(sampleNIK, about) },
		"seal, append":  func() { sealed = r.AppendNIK(sealed[:0], sampleNIK, about) },
		"both, append": func() {
			index = r.AppendIndex(index[:0], sampleNIK)
			sealed = r.AppendNIK(sealed[:0], sampleNIK, about)
		},
		"detail, append": func() { sealed = r.AppendSealed(sealed[:0], detail, about) },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				work()
			}
		})
	}
}
