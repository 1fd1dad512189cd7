package embedded_test

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/deploy/standalone/embedded"
)

func TestTheWebInterfaceNeedsALogin(t *testing.T) {
	t.Parallel()
	codec := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, "decoded at "+r.URL.Path)
	})
	s := start(t, embedded.Options{File: storeFile(t), UI: &embedded.UIOptions{Codec: codec}})
	require.NoError(t, startWorkflow(t.Context(), connect(t, options(s)), "shown"))
	login, err := url.Parse(s.LoginURL())
	require.NoError(t, err)
	site := "http://" + login.Host
	pages := map[string]string{
		"/":                  `<div id="svelte">`,
		"/api/v1/settings":   `"Endpoint":"` + site + `/codec"`,
		"/api/v1/namespaces": `"payung"`,
		"/api/v1/namespaces/payung/workflows/shown": `"WORKFLOW_EXECUTION_STATUS_RUNNING"`,
		"/codec/decode": "decoded at /decode",
	}

	stranger := &http.Client{}
	for page := range pages {
		code, body := get(t, stranger, site+page)
		require.Equal(t, http.StatusUnauthorized, code, page)
		require.NotContains(t, body, pages[page])
	}
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	owner := &http.Client{Jar: jar}
	code, _ := get(t, owner, login.String())
	require.Equal(t, http.StatusOK, code)
	for page, content := range pages {
		code, body := get(t, owner, site+page)
		require.Equal(t, http.StatusOK, code, page)
		require.Contains(t, body, content)
	}
	code, _ = get(t, stranger, login.String())
	require.Equal(t, http.StatusUnauthorized, code, "the code worked twice")
}

// TestTheHistoryCanBeDownloaded since the interface asks for it on another way
// than for the rest.
func TestTheHistoryCanBeDownloaded(t *testing.T) {
	t.Parallel()
	s := start(t, embedded.Options{File: storeFile(t), UI: &embedded.UIOptions{}})
	c := connect(t, options(s))
	require.NoError(t, startWorkflow(t.Context(), c, "shown"))
	found, err := c.DescribeWorkflowExecution(t.Context(), "shown", "")
	require.NoError(t, err)
	run := found.GetWorkflowExecutionInfo().GetExecution().GetRunId()
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	owner := &http.Client{Jar: jar}
	login := s.LoginURL()
	_, _ = get(t, owner, login)

	site, _, _ := strings.Cut(login, "/login")
	code, body := get(t, owner, site+"/api/v1/namespaces/payung/workflows/shown/run/"+run+"/history.json")
	require.Equal(t, http.StatusOK, code)
	require.Contains(t, body, agreement)
}

func TestTheWebInterfaceListensOnLoopbackOnly(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"0.0.0.0:0", ":8233", "[::]:0", "192.0.2.1:80", "localhost:8233", "nowhere"} {
		_, err := embedded.Start(t.Context(), embedded.Options{
			File: storeFile(t), UI: &embedded.UIOptions{Listen: address},
		})
		require.ErrorContains(t, err, "web interface", address)
	}
}

func get(t *testing.T, c *http.Client, address string) (code int, body string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, http.NoBody)
	require.NoError(t, err)
	response, err := c.Do(request)
	require.NoError(t, err)
	content, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	return response.StatusCode, string(content)
}
