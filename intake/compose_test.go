package intake_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"

	"payung/domain/calendar"
	"payung/models"
)

// village is what the list of one village ought to be.
type village struct {
	duty     models.Obligation
	standing map[int]string       // names by serial
	left     map[int]calendar.Day // last days
	versions map[string][]string  // names by roster
}

// world is a desk with what its lists ought to be.
type world struct {
	*desk
	r        *rand.Rand
	villages []*village
	next     int // serial of somebody new
}

// file is one list as somebody sends it, and what it says.
type file struct {
	lines   []string
	says    map[int]string       // names by serial, of good rows
	leaves  map[int]calendar.Day // of rows that say so
	mends   map[int]string       // line of a bad row to its cell and what belongs there, "B7=…"
	bad     int
	skipped int
}

func (f *file) add(format string, args ...any) {
	f.lines = append(f.lines, fmt.Sprintf(format, args...))
}

// compose makes up a list: most people of the village, some written otherwise,
// some new ones, some who left, and mistakes.
func (w *world) compose(v *village) file {
	f := file{says: map[int]string{}, leaves: map[int]calendar.Day{}, mends: map[int]string{}}
	if w.r.IntN(2) == 0 {
		f.add("DAFTAR PERANGKAT;;;;;")
		f.skipped++
	}
	f.add("No;NIK;Nama;L/P;Masih bekerja?;Tanggal keluar")
	people := slices.Sorted(maps.Keys(v.standing))
	for range w.r.IntN(6) {
		w.next++
		people = append(people, w.next)
	}
	w.r.Shuffle(len(people), func(i, j int) { people[i], people[j] = people[j], people[i] })
	for _, p := range people {
		was, stands := v.standing[p]
		called := name(p)
		if stands {
			called = was
		}
		switch n := w.r.IntN(20); {
		case n == 0 && stands: // forgotten
		case n == 1 && stands:
			last := calendar.Day("2027-02-01").Add(w.r.IntN(30))
			f.leaves[p] = last
			f.add("1;%s;%s;L;Keluar;%s", number(p), called, last)
		case n == 2:
			f.bad++
			f.add("2;%s;%s;L;;", number(p)[:15], called)
			f.mends[len(f.lines)] = fmt.Sprintf("B%d=%s=%d=%s", len(f.lines), number(p), p, called)
		case n == 3:
			f.bad++
			f.add("3;%s;;L;;", number(p))
			f.mends[len(f.lines)] = fmt.Sprintf("C%d=%s=%d=%s", len(f.lines), called, p, called)
		case n == 4:
			called = name(p) + " " + name(w.r.IntN(400))
			f.says[p] = called
			f.add("4;%s;%s;L;Ya;", number(p), called)
		case n == 5:
			f.says[p] = called
			f.add("5;%s;%s;L;;", number(p), called)
			f.bad++
			f.add("5;%s;%s;L;;", number(p), called) // twice
		default:
			f.says[p] = called
			f.add("6;%s;%s;L;;", number(p), called)
		}
	}
	if w.r.IntN(2) == 0 {
		f.add("Jumlah;;%d;;;", len(f.says))
		f.add(";;Kepala Desa;;;")
		f.skipped += 2
	}
	return f
}
