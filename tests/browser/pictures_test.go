package browser_test

import (
	"flag"
	"os"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

var record = flag.Bool("pictures", false, "take the pictures of docs anew")

// pictures takes the pictures of docs, in Indonesian, when asked to.
func pictures(t *testing.T, s *site) {
	if !*record {
		t.Skip("pictures are taken with -pictures")
	}
	b := s.tab(t, desk)
	for name, p := range map[string]struct {
		look   look
		height int64
		path   string
	}{
		"recap": {desk, 900, "/"}, "agreement": {desk, 900, s.live}, "recap-phone": {phone, 1180, "/"},
	} {
		b.wear(p.look)
		require.NoError(t, chromedp.Do(b.ctx, chromedp.EmulateViewport(p.look.width, p.height)))
		b.visit(p.path)
		png, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
		require.NoError(t, err)
		require.Less(t, len(png), 250_000, name)
		require.NoError(t, os.WriteFile("../../docs/"+name+".png", png, 0o644))
	}
}
