package browser_test

import (
	"testing"

	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"
)

// stops numbers what the Tab key should stop at, in order.
const stops = `(() => {
  const shown = (e) => e.checkVisibility({ visibilityProperty: true });
  const group = (e) => [...document.querySelectorAll("input[type=radio]")].filter((r) => r.name === e.name && r.form === e.form);
  const stops = (e) => e.type !== "radio" || e === (group(e).find((r) => r.checked) ?? group(e)[0]); // of a group there is one
  const list = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")].filter(shown).filter(stops);
  list.forEach((e, i) => e.dataset.stop = i);
  return list.length;
})()`

// stop is where the focus is, and whether one can see it.
type stop struct {
	Number  int
	Name    string
	Visible bool
}

const focused = `(() => {
  const e = document.activeElement, style = getComputedStyle(e), r = e.getBoundingClientRect();
  return {
    Number: Number(e.dataset.stop ?? -1), Name: e.outerHTML.slice(0, 80),
    Visible: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && r.right > 0 && r.bottom > 0 && r.top < innerHeight && r.left < innerWidth,
  };
})()`

// stopsTried is how far a page is walked; long lists repeat themselves.
const stopsTried = 30

// tabbed walks a page with the Tab key: everything in order, always visible.
func tabbed(t *testing.T, s *site) {
	for name, path := range s.pages() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := s.tab(t, desk)
			if path == "/inbox" {
				b.letters()
			}
			for _, l := range []look{desk, phone} {
				b.wear(l)
				b.visit(path)
				want := min(ask[int](b, stops), stopsTried)
				require.Greater(t, want, 5)
				for at := -1; at < want-1; {
					b.press(kb.Tab)
					f := ask[stop](b, focused)
					if f.Number == at {
						continue // a date field has several places to stop
					}
					require.Equal(t, at+1, f.Number, "%s: %s", l, f.Name)
					require.True(t, f.Visible, "%s: the focus on %s cannot be seen", l, f.Name)
					at = f.Number
				}
			}
		})
	}
}

// dayByKeyboard asks for a day without a mouse.
func dayByKeyboard(t *testing.T, s *site) {
	b := s.tab(t, desk)
	b.visit("/")
	for range 20 {
		b.press(kb.Tab)
		if ask[string](b, "document.activeElement.name || ''") == "as_of" {
			break
		}
	}
	b.press("10102019" + kb.Enter) // the same in every order of day and month
	b.until(`location.search === "?as_of=2019-10-10" && document.readyState === "complete"`)
	require.Contains(t, b.text(), "Keadaan per Kamis, 10 Oktober 2019")
	require.NotContains(t, b.text(), "PKS optimalisasi", "signed in 2022")
	require.Empty(t, b.complaints())
}
