package browser_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// clock is a time of day, which moves on between two looks.
var clock = regexp.MustCompile(`\d\d[.:]\d\d`)

// withoutScript turns scripts off: every word is still there.
func withoutScript(t *testing.T, s *site) {
	b := s.tab(t, desk)
	b.letters()
	for name, path := range s.pages() {
		call(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: false})
		b.visit(path)
		with := clock.ReplaceAllString(b.text(), "")
		call(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		b.visit(path)
		require.Equal(t, with, clock.ReplaceAllString(b.text(), ""), name)
	}
}

// files takes the lists away as files.
func files(t *testing.T, s *site) {
	b := s.tab(t, desk)
	b.letters()
	for path, lines := range map[string]int{"/": 8, s.live: 336 + 2*12, "/inbox": 500} {
		b.visit(path)
		dir := t.TempDir()
		yes := true
		call(b, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{
			Behavior: browser.SetDownloadBehaviorBehaviorAllow, BrowserContextID: chromedp.FromContext(b.ctx).BrowserContextID, DownloadPath: dir, EventsEnabled: &yes,
		})
		require.NoError(t, chromedp.Do(b.ctx, chromedp.Click(chromedp.CSS(`a[href*=".csv"]`))))
		var content string
		require.Eventually(t, func() bool {
			found, _ := filepath.Glob(filepath.Join(dir, "*.csv"))
			if len(found) != 1 {
				return false
			}
			raw, err := os.ReadFile(found[0])
			content = string(raw)
			return err == nil && strings.HasSuffix(content, "\r\n")
		}, 10*time.Second, 50*time.Millisecond, path)
		require.True(t, strings.HasPrefix(content, "\ufeff"), "as Excel wants it")
		require.Greater(t, strings.Count(content, "\r\n"), lines, path)
	}
}

// sheet is a page of a PDF.
var sheet = regexp.MustCompile(`/Type\s*/Page\b[^s]`)

// cut is what would not fit on a sheet of A4 between its margins.
const cut = `[...document.querySelectorAll("main *")].filter((e) => e.checkVisibility() && (e.getBoundingClientRect().right > document.documentElement.clientWidth + 1 ||
  e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== "visible" && getComputedStyle(e).clipPath === "none")).map((e) => e.outerHTML.slice(0, 80))`

// printed puts the pages on paper: nothing cut off at the side, and a number of
// sheets somebody would print.
func printed(t *testing.T, s *site) {
	for path, most := range map[string]int{"/": 6, s.live: 5, s.live + "?open=all": 20, s.past: 4, s.held: 4, s.waiting: 16, s.desk + "&open=all": 24} {
		b := s.tab(t, desk) // a fresh one: what was emulated for one page must not count for the next
		b.visit(path)
		pdf, err := chromedp.Run(b.ctx, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4), chromedp.PDFPreferCSSPageSize()))
		require.NoError(t, err)
		sheets := len(sheet.FindAll(pdf, -1))
		t.Logf("%s: %d sheets", path, sheets)
		require.LessOrEqual(t, sheets, most, path)
		require.GreaterOrEqual(t, sheets, 2, path)

		require.NoError(t, chromedp.Do(b.ctx, chromedp.EmulateViewport(688, 1000)))
		call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
		require.Empty(t, ask[[]string](b, cut), path)
	}
}
