package notice

import (
	"cmp"
	"slices"
	"time"

	"payung/domain/obligation"
)

// sharpness orders tones from the mildest.
func sharpness(t obligation.Tone) int {
	return slices.Index([]obligation.Tone{Inform, obligation.Reminder, obligation.Request, obligation.Warning}, t)
}

// entry is an item that is said, with the items it stands for.
type entry struct {
	Item
	place Place
	of    []int // places in the letter's items
}

// ordered puts the items in the order they are said in: the worst first, each
// thing once.
func ordered(items []Item, now time.Time) []entry {
	var out []entry
	at := map[string]int{}
	for n, i := range items {
		known, twice := at[i.Ref]
		if !twice || i.Ref == "" {
			at[i.Ref] = len(out)
			out = append(out, entry{i, PlaceOf(i, now), []int{n}})
			continue
		}
		e := &out[known]
		e.of = append(e.of, n)
		if sharpness(i.Tone) > sharpness(e.Tone) {
			e.Item, e.place = i, PlaceOf(i, now)
		}
	}
	slices.SortStableFunc(out, func(a, b entry) int {
		return cmp.Or(
			cmp.Compare(a.place, b.place), cmp.Compare(sharpness(b.Tone), sharpness(a.Tone)), cmp.Compare(a.Target, b.Target),
			cmp.Compare(a.Kecamatan, b.Kecamatan), cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Ref, b.Ref),
		)
	})
	return out
}
