package browser_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// look is how a page is looked at.
type look struct {
	width  int64
	lang   string
	scheme string // light or dark
}

var (
	desk  = look{1280, "id", "light"}
	phone = look{390, "id", "light"}
)

func (l look) String() string { return fmt.Sprintf("%d %s %s", l.width, l.lang, l.scheme) }

// tab is a tab of the browser with cookies of its own. It notes what the
// browser complains about.
type tab struct {
	t   *testing.T
	ctx context.Context
	url string

	mu   sync.Mutex
	said []string
}

func (s *site) tab(t *testing.T, l look) *tab {
	t.Helper()
	ctx, end := chromedp.NewContext(s.browser, chromedp.WithNewBrowserContext())
	t.Cleanup(end)
	b := &tab{t: t, ctx: ctx, url: s.url}
	require.NoError(t, chromedp.Listen(ctx, b.note))
	b.wear(l)
	return b
}

// wear makes the tab look at pages that way from now on.
func (b *tab) wear(l look) {
	b.t.Helper()
	view := chromedp.EmulateViewport(l.width, 900)
	if l.width < 600 {
		view = chromedp.EmulateViewport(l.width, 844, chromedp.EmulateMobile, chromedp.EmulateTouch)
	}
	require.NoError(b.t, chromedp.Do(b.ctx, view))
	call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: l.scheme}}})
	call(b, network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{Headers: network.Headers{"Accept-Language": l.lang}})
}

// note keeps an error of the page, of its policy or of the network.
func (b *tab) note(ev any) {
	said := ""
	switch ev := ev.(type) {
	case *runtime.EventExceptionThrown:
		said = "exception: " + ev.ExceptionDetails.Text
	case *runtime.EventConsoleAPICalled:
		said = "console: " + string(ev.Type)
	case *log.EventEntryAdded:
		said = fmt.Sprintf("%s %s: %s", ev.Entry.Source, ev.Entry.Level, ev.Entry.Text)
	case *network.EventResponseReceived:
		if ev.Response.Status < 400 {
			return
		}
		said = fmt.Sprintf("%d: %s", ev.Response.Status, ev.Response.URL)
	case *network.EventLoadingFailed:
		said = "not loaded: " + ev.ErrorText
	default:
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.said = append(b.said, said)
}

// complaints is what the browser has complained about since the last time.
func (b *tab) complaints() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	said := b.said
	b.said = nil
	return said
}

func (b *tab) visit(path string) {
	b.t.Helper()
	require.NoError(b.t, chromedp.Do(b.ctx, chromedp.Navigate(b.url+path)), path)
}

func (b *tab) press(keys string) {
	b.t.Helper()
	require.NoError(b.t, chromedp.Do(b.ctx, chromedp.KeyEvent(keys)))
}

// text is all the page says.
func (b *tab) text() string {
	b.t.Helper()
	return ask[string](b, "document.body.innerText")
}

// until waits until an expression holds, perhaps on the page after this one.
func (b *tab) until(expression string) {
	b.t.Helper()
	require.Eventually(b.t, func() bool {
		holds, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](expression))
		return err == nil && holds
	}, 10*time.Second, 50*time.Millisecond, expression)
}

// ask evaluates an expression on the page. DevTools may, whatever the page's
// policy is.
func ask[T any](b *tab, expression string) T {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	require.NoError(b.t, err, strings.SplitN(expression, "\n", 2)[0])
	return v
}

// call sends a command to the tab.
func call[P, R any](b *tab, command cdp.Command[P, R], params P) R {
	b.t.Helper()
	out, err := chromedp.Call(b.ctx, command, params)
	require.NoError(b.t, err, command.Method)
	return out
}
