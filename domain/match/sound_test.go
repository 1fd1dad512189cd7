package match

import (
	"math/rand/v2"
	"testing"
)

// slow is the same distance by its definition.
func slow(a, b []byte) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		d[i][0] = i
	}
	for j := range b {
		d[0][j+1] = j + 1
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}

func TestTheFastDistanceIsTheSlowOne(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 1))
	word := func(most int) []byte {
		w := make([]byte, r.IntN(most+1))
		for i := range w {
			w[i] = "aiuklmn"[r.IntN(7)]
		}
		return w
	}
	for range 20_000 {
		var f form
		plain := word(20)
		f.sound, f.has = plain, letters(plain)
		for i, c := range plain {
			f.pm[c] |= 1 << i
		}
		other := word(24)
		if got, want := f.distance(other), slow(plain, other); got != want {
			t.Fatalf("%s, %s: %d, not %d", plain, other, got, want)
		}
		if far(f.has, letters(other), len(plain), len(other)) && 2*slow(plain, other) <= max(len(plain), len(other)) {
			t.Fatalf("%s and %s are not far", plain, other)
		}
	}
}

func TestSpellingsOfOneSoundAreTheSame(t *testing.T) {
	t.Parallel()
	for a, b := range map[string]string{
		"puunggoni": "punggoni", "djati": "jati", "tjialam": "cialam", "moekti": "mukti", "margacitta": "margacita", "lhokseumawe": "lokseumawe", "rahmat": "ramat", "fajar": "pajar",
	} {
		if x, y := sound([]byte(a)), sound([]byte(b)); string(x) != string(y) {
			t.Errorf("%s is %s, %s is %s", a, x, b, y)
		}
	}
	if string(sound([]byte("unit22"))) == string(sound([]byte("unit2"))) {
		t.Error("22 is not 2")
	}
}
