package upload_test

import (
	"errors"
	"fmt"
	"io"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/fault"
	"payung/upload"
)

// took reads a form of several files and lists what was taken and what was
// left.
func took(t *testing.T, body io.Reader, kind string, b upload.Bounds, refuse error) (taken, left []string, fields url.Values, err error) {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), "POST", "/x", body)
	r.Header.Set("Content-Type", kind)
	fields, why, err := upload.Files(httptest.NewRecorder(), r, b, func(f *upload.File, said url.Values) error {
		if f.Name == "buruk.xlsx" {
			return refuse
		}
		taken = append(taken, fmt.Sprintf("%s %d %s", f.Name, f.Size, said.Get("sender")))
		return nil
	})
	for _, l := range why {
		left = append(left, l.Name+" "+l.Why.Code)
	}
	return taken, left, fields, err
}

func TestOneBadFileLosesNoOther(t *testing.T) {
	t.Parallel()
	bounds := upload.Bounds{Files: 4, Each: 5, All: 1000}
	body, kind := form(t, [3]string{"sender", "", "Sekdes"}, [3]string{"file", "@a.xlsx", "aaa"}, [3]string{"file", "@kosong.xlsx", ""},
		[3]string{"file", "@besar.xlsx", strings.Repeat("b", 50)}, [3]string{"file", "@buruk.xlsx", "x"}, [3]string{"file", "@kelima.xlsx", "eeee"}, [3]string{"last", "", "1"})
	taken, left, fields, err := took(t, body, kind, bounds, fault.New(fault.Invalid, "bad_thing", "no"))
	require.NoError(t, err)
	require.Equal(t, []string{"a.xlsx 3 Sekdes"}, taken)
	require.Equal(t, []string{"kosong.xlsx empty_file", "besar.xlsx file_too_large", "buruk.xlsx bad_thing", "kelima.xlsx too_many_files"}, left)
	require.Equal(t, url.Values{"sender": {"Sekdes"}, "last": {"1"}}, fields)
}

func TestAFormThatEndsEarlyKeepsWhatItBrought(t *testing.T) {
	t.Parallel()
	bounds := upload.Bounds{Files: 60, Each: 200_000, All: 250_000}
	files := func() (io.Reader, string) {
		body, kind := form(t, [3]string{"file", "@a.xlsx", strings.Repeat("a", 150_000)}, [3]string{"file", "@b.xlsx", strings.Repeat("b", 150_000)},
			[3]string{"file", "@c.xlsx", strings.Repeat("c", 150_000)})
		return body, kind
	}
	body, kind := files()
	taken, _, _, err := took(t, body, kind, bounds, nil)
	require.True(t, fault.Is(err, "files_too_large"), "%v", err)
	require.Len(t, taken, 2)

	body, kind = files()
	taken, _, _, err = took(t, io.LimitReader(body, 200_000), kind, bounds, nil)
	require.True(t, fault.Is(err, "file_cut_short"), "%v", err)
	require.Len(t, taken, 1)

	none, noneKind := form(t, [3]string{"sender", "", "Sekdes"}, [3]string{"file", "@", ""})
	_, _, fields, err := took(t, none, noneKind, bounds, nil)
	require.True(t, fault.Is(err, "file_missing"), "%v", err)
	require.Equal(t, "Sekdes", fields.Get("sender"))

	_, _, _, err = took(t, strings.NewReader("x=1"), "application/x-www-form-urlencoded", bounds, nil)
	require.True(t, fault.Is(err, "file_cut_short"), "%v", err)

	// What has nothing to do with the file ends it all.
	body, kind = form(t, [3]string{"file", "@buruk.xlsx", "x"})
	gone := errors.New("the disk is full")
	_, _, _, err = took(t, body, kind, bounds, gone)
	require.ErrorIs(t, err, gone)
}
