// Package browser_test looks at the pages as people do: the real program with
// the demo, in a real browser, wide and on a phone, in both languages, light
// and dark.
package browser_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite" // opens the ledger of a fresh data folder

	"payung/tests/internal/program"
)

// site is the program with the demo, and a browser.
type site struct {
	url     string
	live    string          // path of the live agreement of Konawe Selatan: 336 villages
	past    string          // path of Konawe Utara as it stood on 7 October 2019
	browser context.Context // the parent of every tab
	received
}

// open starts both. They end with the test.
func open(t *testing.T) *site {
	t.Helper()
	bin, err := exec.LookPath("chromium")
	if err != nil {
		missing(t, "chromium", err)
	}
	data := filepath.Join(t.TempDir(), "data")
	server := program.Serve(t, data)
	hasten(t, server.URL, data)
	server.Demo()
	s := &site{url: server.URL}
	s.live = s.agreement(t, "PKS non-ASN dan pekerja rentan")
	s.past = s.agreement(t, "Jaminan sosial aparat desa dan non-ASN 2019–2020") + "?as_of=2019-10-07"
	s.receive(t)

	flags := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(bin), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("lang", "en-US"))
	ctx, stop := chromedp.NewExecAllocator(context.Background(), flags...)
	t.Cleanup(stop)
	s.browser, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	require.NoError(t, chromedp.Do(s.browser))
	return s
}

// missing skips a test for want of a program, saying so; in CI it fails.
func missing(t *testing.T, what string, err error) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf("%s is needed in CI: %v", what, err)
	}
	t.Skipf("not run, for want of %s: %v", what, err)
}

// hasten marks the ledger as sample data and puts the mark in the past. The
// demo's first letters go out 90 seconds after it.
func hasten(t *testing.T, url, data string) {
	t.Helper()
	resp, err := http.Post(url+"/api/v1/settings/sample", "application/json", strings.NewReader("{}"))
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	require.Equal(t, http.StatusOK, resp.StatusCode)
	db, err := sql.Open("sqlite", "file:"+filepath.Join(data, "ledger.db")+"?_pragma=busy_timeout(10000)")
	require.NoError(t, err)
	defer func() { require.NoError(t, db.Close()) }()
	_, err = db.ExecContext(t.Context(), "UPDATE engine SET sampled_at = sampled_at - ?", (75 * time.Second).Microseconds())
	require.NoError(t, err)
}

// agreement is the path of the page of the agreement whose title begins so.
func (s *site) agreement(t *testing.T, title string) string {
	t.Helper()
	resp, err := http.Get(s.url + "/api/v1/agreements?page_size=100")
	require.NoError(t, err)
	defer func() { require.NoError(t, resp.Body.Close()) }()
	var list struct {
		Items []struct{ ID, Title string }
	}
	require.NoError(t, json.NewDecoder(resp.Body).Decode(&list))
	for _, a := range list.Items {
		if strings.HasPrefix(a.Title, title) {
			return "/agreements/" + a.ID
		}
	}
	require.Fail(t, "no such agreement", title)
	return ""
}

// TestPages opens the program and a browser once for all that is tried.
func TestPages(t *testing.T) {
	t.Parallel()
	s := open(t)
	for name, try := range map[string]func(*testing.T, *site){
		"are checked by something that sees what is wrong":     seeing,
		"are sound in every size, language and scheme":         sound,
		"are found whole by a machine that looks for barriers": axe,
		"can be walked with the Tab key":                       tabbed,
		"show a day typed on the keyboard":                     dayByKeyboard,
		"say the same without script":                          withoutScript,
		"give their lists as files":                            files,
		"can be printed":                                       printed,
		"can be photographed for the documents":                pictures,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			try(t, s)
		})
	}
}
