package browser_test

import (
	"archive/tar"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// axe asks axe-core for what breaks WCAG 2.2 AA. Its script goes in by DevTools.
func axe(t *testing.T, s *site) {
	script := axeCore(t)
	for name, path := range s.pages() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := s.tab(t, desk)
			if path == "/inbox" {
				b.letters()
			}
			for _, l := range []look{desk, {1280, "en", "dark"}, phone} {
				b.wear(l)
				b.visit(path)
				require.NoError(t, chromedp.Do(b.ctx, chromedp.Evaluate[chromedp.Void](script)))
				require.Empty(t, ask[[]string](b, `axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] })
					.then((r) => r.violations.map((v) => v.id + ": " + v.help + ": " + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 120)).join(" ")))`), l)
			}
		})
	}
}

// axeCore is the script, as npm has it.
func axeCore(t *testing.T) string {
	t.Helper()
	npm, err := exec.LookPath("npm")
	if err != nil {
		missing(t, "npm", err)
	}
	dir := t.TempDir()
	cmd := exec.CommandContext(t.Context(), npm, "pack", "--silent", "axe-core@4.14.1")
	cmd.Dir = dir
	if said, err := cmd.CombinedOutput(); err != nil {
		missing(t, "axe-core: "+string(said), err)
	}
	f, err := os.Open(filepath.Join(dir, "axe-core-4.14.1.tgz"))
	require.NoError(t, err)
	defer func() { require.NoError(t, f.Close()) }()
	unzipped, err := gzip.NewReader(f)
	require.NoError(t, err)
	for files := tar.NewReader(unzipped); ; {
		h, err := files.Next()
		require.False(t, errors.Is(err, io.EOF), "the package has no axe.min.js")
		require.NoError(t, err)
		if h.Name == "package/axe.min.js" {
			script, err := io.ReadAll(files)
			require.NoError(t, err)
			return string(script)
		}
	}
}
