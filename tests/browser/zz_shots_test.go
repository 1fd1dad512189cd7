package browser_test

import (
	"context"
	"encoding/json"
	"os"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

func TestShots(t *testing.T) {
	raw, err := os.ReadFile("/tmp/shots.json")
	require.NoError(t, err)
	var in struct {
		URL   string
		Pages map[string]string
	}
	require.NoError(t, json.Unmarshal(raw, &in))
	flags := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath("/usr/bin/chromium"), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(t.TempDir()))
	ctx, stop := chromedp.NewExecAllocator(context.Background(), flags...)
	defer stop()
	s := &site{url: in.URL}
	s.browser, stop = chromedp.NewContext(ctx)
	defer stop()
	require.NoError(t, chromedp.Do(s.browser))
	for _, lang := range []string{"id", "en"} {
		for _, width := range []int64{1280, 390} {
			b := s.tab(t, look{width, lang, "light"})
			for name, p := range in.Pages {
				b.visit(p)
				for _, w := range ask[[]string](b, checks) {
					t.Errorf("%s %s %d: %s", name, lang, width, w)
				}
				if c := b.complaints(); len(c) > 0 {
					t.Errorf("%s %s %d: %v", name, lang, width, c)
				}
				png, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
				require.NoError(t, err)
				require.NoError(t, os.WriteFile("/tmp/shots-lists/"+name+"-"+lang+"-"+map[int64]string{1280: "wide", 390: "phone"}[width]+".png", png, 0o644))
			}
		}
	}
}
