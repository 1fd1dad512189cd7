package match

import (
	"bytes"
	"math/bits"
)

// spellings are the ways one sound is written, old and new, the longer first.
var spellings = [...]struct{ written, spoken string }{
	{"tj", "c"},
	{"dj", "j"},
	{"sj", "s"},
	{"sy", "s"},
	{"nj", "ny"},
	{"ch", "k"},
	{"kh", "k"},
	{"oe", "u"},
	{"ck", "k"},
	{"ks", "s"},
	{"x", "s"},
	{"q", "k"},
	{"v", "p"},
	{"f", "p"},
	{"z", "s"},
	{"y", "i"},
}

// sound writes a name as it is spoken: old spellings, doubled letters and an h
// nobody hears make no difference.
func sound(plain []byte) []byte {
	out := make([]byte, 0, len(plain))
	for i := 0; i < len(plain); {
		rest, spoken := plain[i:], ""
		for _, s := range spellings {
			if bytes.HasPrefix(rest, []byte(s.written)) {
				spoken, i = s.spoken, i+len(s.written)
				break
			}
		}
		if spoken == "" {
			spoken = string(plain[i : i+1])
			i++
			if spoken == "h" && len(out) > 0 {
				continue
			}
		}
		for j := range len(spoken) {
			if n := len(out); n == 0 || out[n-1] != spoken[j] || '0' <= spoken[j] && spoken[j] <= '9' {
				out = append(out, spoken[j])
			}
		}
	}
	return out
}

// hear prepares a form for comparing by sound.
func (f *form) hear(plain []byte) {
	f.sound = sound(plain)
	f.has = letters(f.sound)
	if len(f.sound) > wordSize {
		return
	}
	for i, c := range f.sound {
		f.pm[c] |= 1 << i
	}
}

// wordSize is how long a name may be for the fast distance.
const wordSize = 64

// distance is the number of letters added, left out, changed or swapped with
// their neighbour between two names (optimal string alignment), computed on
// whole machine words after Hyyrö (2003). One of them may be longer than
// [wordSize], but not f.
func (f *form) distance(b []byte) int {
	m := len(f.sound)
	if m == 0 {
		return len(b)
	}
	d, last := m, uint64(1)<<(m-1)
	vp, vn, d0, before := ^uint64(0), uint64(0), uint64(0), uint64(0)
	for _, c := range b {
		at := f.pm[c]
		d0 = ((^d0 & at) << 1) & before
		d0 |= (((at & vp) + vp) ^ vp) | at | vn
		hp, hn := vn|^(d0|vp), d0&vp
		if hp&last != 0 {
			d++
		}
		if hn&last != 0 {
			d--
		}
		hp, hn = hp<<1|1, hn<<1
		vp, vn = hn|^(d0|hp), hp&d0
		before = at
	}
	return d
}

// letters is the set of letters of a name, to tell at once that two names are
// far apart.
func letters(s []byte) uint64 {
	var set uint64
	for _, c := range s {
		set |= 1 << (c & 63)
	}
	return set
}

// far reports that two names cannot be near: each letter that only one of them
// has is a change.
func far(a, b uint64, la, lb int) bool {
	longer := max(la, lb)
	return 2*max(bits.OnesCount64(a&^b), bits.OnesCount64(b&^a), max(la-lb, lb-la)) > longer
}

// alike is 1 for the same name and falls by the share of letters that differ.
func (f *form) alike(b []byte) float64 {
	longer := max(len(f.sound), len(b))
	if longer == 0 || len(f.sound) > wordSize {
		return 0
	}
	return 1 - float64(f.distance(b))/float64(longer)
}
