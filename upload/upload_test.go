package upload_test

import (
	"bytes"
	"crypto/sha256"
	"io"
	"mime/multipart"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/fault"
	"payung/upload"
)

// form is a body with files and fields in the order given: names of files
// begin with "@".
func form(t *testing.T, parts ...[3]string) (body *bytes.Buffer, kind string) {
	t.Helper()
	body = &bytes.Buffer{}
	w := multipart.NewWriter(body)
	for _, p := range parts {
		if name, ok := strings.CutPrefix(p[1], "@"); ok {
			part, err := w.CreateFormFile(p[0], name)
			require.NoError(t, err)
			_, err = part.Write([]byte(p[2]))
			require.NoError(t, err)
			continue
		}
		require.NoError(t, w.WriteField(p[0], p[2]))
	}
	require.NoError(t, w.Close())
	return body, w.FormDataContentType()
}

func read(t *testing.T, body io.Reader, kind string, limit int64) (*upload.File, map[string][]string, error) {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), "POST", "/x", body)
	r.Header.Set("Content-Type", kind)
	return upload.Read(httptest.NewRecorder(), r, "rekap.csv", limit)
}

func TestAFileComesAsTheBodyOrInAForm(t *testing.T) {
	t.Parallel()
	want := sha256.Sum256([]byte("desa,orang"))
	f, fields, err := read(t, strings.NewReader("desa,orang"), "text/csv", 100)
	require.NoError(t, err)
	require.Empty(t, fields)
	require.Equal(t, "rekap.csv", f.Name)
	require.Equal(t, want[:], f.Digest)

	body, kind := form(t, [3]string{"kind", "", "villages"}, [3]string{"file", `@C:\Data\rekap desa.xlsx`, "desa,orang"}, [3]string{"on", "", "2026-06-30"})
	f, fields, err = read(t, body, kind, 100)
	require.NoError(t, err)
	require.Equal(t, "rekap desa.xlsx", f.Name)
	require.EqualValues(t, 10, f.Size)
	require.Equal(t, want[:], f.Digest, "the same file is the same, however it came")
	require.Equal(t, map[string][]string{"kind": {"villages"}, "on": {"2026-06-30"}}, fields)
	all, err := io.ReadAll(io.NewSectionReader(f, 0, f.Size))
	require.NoError(t, err)
	require.Equal(t, "desa,orang", string(all))
}

func TestWhatIsNoSingleWholeFileIsRefused(t *testing.T) {
	t.Parallel()
	two, twoKind := form(t, [3]string{"file", "@a.csv", "a"}, [3]string{"file", "@b.csv", "b"})
	none, noneKind := form(t, [3]string{"kind", "", "villages"})
	empty, emptyKind := form(t, [3]string{"file", "@", ""})
	big, bigKind := form(t, [3]string{"file", "@a.csv", strings.Repeat("a", 101)})
	huge, hugeKind := form(t, [3]string{"kind", "", strings.Repeat("a", 70<<10)}, [3]string{"file", "@a.csv", "a"})
	cut, cutKind := form(t, [3]string{"file", "@a.csv", "abc"})
	cut.Truncate(cut.Len() - 20)
	for name, tt := range map[string]struct {
		body io.Reader
		kind string
		code string
	}{
		"two files":              {two, twoKind, "one_file_only"},
		"no file":                {none, noneKind, "file_missing"},
		"no file chosen":         {empty, emptyKind, "file_missing"},
		"an empty body":          {strings.NewReader(""), "application/octet-stream", "file_missing"},
		"a form over the limit":  {big, bigKind, "file_too_large"},
		"fields without end":     {huge, hugeKind, "file_too_large"},
		"a body over the limit":  {strings.NewReader(strings.Repeat("a", 101)), "text/csv", "file_too_large"},
		"a form cut short":       {cut, cutKind, "file_cut_short"},
		"a form without a frame": {strings.NewReader("x"), "multipart/form-data", "file_cut_short"},
	} {
		_, _, err := read(t, tt.body, tt.kind, 100)
		require.True(t, fault.Is(err, tt.code), "%s: %v", name, err)
	}
}
