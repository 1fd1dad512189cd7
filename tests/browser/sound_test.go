package browser_test

import (
	_ "embed"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

//go:embed checks.js
var checks string

// pages are the pages looked at, by name.
func (s *site) pages() map[string]string {
	return map[string]string{
		"recap": "/", "agreement": s.live, "agreement, all opened": s.live + "?open=all", "agreement of the past": s.past, "inbox": "/inbox",
		"targets": s.live + "/targets", "public checks": s.live + "/windows", "claims": s.live + "/claims",
		"files": "/files", "files that came together": s.batch, "list to hand in": s.list, "reading to mend": s.held, "reading that lacks people": s.missing,
		"columns": s.held + "/columns", "listed twice": "/conflicts", "desk": s.desk, "desk, all opened": s.desk + "&open=all", "not answered": s.waiting,
	}
}

// letters waits until the first letters have come.
func (b *tab) letters() {
	b.t.Helper()
	require.Eventually(b.t, func() bool {
		b.visit("/inbox")
		return strings.Contains(b.text(), "Surat yang lebih lama") // one page is not enough for them
	}, 45*time.Second, time.Second, "the first letters have not come")
}

// sound looks at every page in every way and lists what is wrong with it: the
// layout, names, labels, headings, contrast, and what the browser complains
// about.
func sound(t *testing.T, s *site) {
	for name, path := range s.pages() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := s.tab(t, desk)
			if path == "/inbox" {
				b.letters()
			}
			for _, width := range []int64{1280, 390} {
				for _, lang := range []string{"id", "en"} {
					for _, scheme := range []string{"light", "dark"} {
						l := look{width, lang, scheme}
						b.wear(l)
						b.visit(path)
						require.Equal(t, lang, ask[string](b, "document.documentElement.lang"), l)
						require.Empty(t, ask[[]string](b, checks), l)
						require.Empty(t, b.complaints(), l)
					}
				}
			}
		})
	}
}

// flawed is a page with one of everything the checks look for.
const flawed = `data:text/html,<meta name="viewport" content="width=device-width"><title>x</title><style>body{background:%23fff}</style>
<header class="top"><a href="/">tiny</a></header><main><h1 id="a">one</h1><h3 id="a">three</h3><p style="color:%23aaa">pale</p>
<p style="background:%23ffffff80">see through</p><div style="width:900px">wide</div><input name="bare"><a href="/"></a>
<select aria-label="s"><option>Awalo</option><option>Awalo</option></select><script>missing()</script></main>`

// seeing shows the checks a page that is wrong in every way.
func seeing(t *testing.T, s *site) {
	b := s.tab(t, phone)
	require.NoError(t, chromedp.Do(b.ctx, chromedp.Navigate(flawed)))
	wrong := strings.Join(ask[[]string](b, checks), "\n")
	for _, said := range []string{
		"scrolls sideways", "has a script", "comes after level 1", "id a is there twice", "field bare has no label", "has no name",
		`<a> "tiny" is`, `contrast of <p> "pale" is 2.3`, "see through", "option Awalo cannot be told",
	} {
		require.Contains(t, wrong, said)
	}
	require.Contains(t, strings.Join(b.complaints(), "\n"), "exception")
	b.visit("/agreements/none")
	require.Contains(t, strings.Join(b.complaints(), "\n"), "404")
}
