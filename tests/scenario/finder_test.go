package scenario_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"unicode/utf16"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

// shapes are the ways in which a text may lie in a file.
func shapes(text string) map[string][]byte {
	wide := func(order binary.AppendByteOrder) []byte {
		var out []byte
		for _, u := range utf16.Encode([]rune(text)) {
			out = order.AppendUint16(out, u)
		}
		return out
	}
	out := map[string][]byte{
		"plain": []byte(text), "UTF-16, small end first": wide(binary.LittleEndian), "UTF-16, big end first": wide(binary.BigEndian),
		"hex": []byte(hex.EncodeToString([]byte(text))),
	}
	for shift := range 3 { // where the text begins in a longer one
		coded := base64.StdEncoding.EncodeToString(append(make([]byte, shift), text...))
		out[fmt.Sprintf("base64, shifted by %d", shift)] = []byte(coded[(8*shift+5)/6 : 8*(shift+len(text))/6])
	}
	if n, err := strconv.ParseUint(text, 10, 64); err == nil && len(text) == 16 {
		out["a number, big end first"] = binary.BigEndian.AppendUint64(nil, n)
		out["a number, small end first"] = binary.LittleEndian.AppendUint64(nil, n)
		out["with spaces"] = []byte(text[:4] + " " + text[4:8] + " " + text[8:12] + " " + text[12:])
	}
	return out
}

// finder looks for texts in all their shapes.
type finder struct{ needles map[string][]byte }

func finderOf(texts ...string) finder {
	f := finder{map[string][]byte{}}
	for i, text := range texts {
		for shape, bytes := range shapes(text) {
			f.needles[fmt.Sprintf("text %d, %s", i, shape)] = bytes
		}
	}
	return f
}

func (f finder) in(content []byte) []string {
	var found []string
	for name, needle := range f.needles {
		if bytes.Contains(content, needle) {
			found = append(found, name)
		}
	}
	return found
}

// folder looks into every file below a folder; how many there are comes back,
// so that nothing is proved by an empty one.
func (f finder) folder(tb testing.TB, dir string) (found []string, files int) {
	tb.Helper()
	require.NoError(tb, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if os.IsNotExist(err) {
			return nil // it was there for a moment
		}
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		content, err := os.ReadFile(path)
		if os.IsNotExist(err) {
			return nil
		}
		files++
		for _, name := range append(f.in(content), f.in([]byte(path))...) {
			found = append(found, path+" holds "+name)
		}
		return err
	}))
	return found, files
}

// database looks into every value of every table.
func (f finder) database(tb testing.TB, url string) (found []string, values int) {
	tb.Helper()
	ctx := tb.Context()
	conn, err := pgx.Connect(ctx, url)
	require.NoError(tb, err)
	defer func() { require.NoError(tb, conn.Close(ctx)) }()
	rows, err := conn.Query(ctx, "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
	require.NoError(tb, err)
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	require.NoError(tb, err)
	for _, table := range tables {
		rows, err := conn.Query(ctx, "SELECT * FROM "+pgx.Identifier{table}.Sanitize())
		require.NoError(tb, err)
		for rows.Next() {
			for i, value := range rows.RawValues() {
				values++
				for _, name := range f.in(value) {
					found = append(found, table+"."+rows.FieldDescriptions()[i].Name+" holds "+name)
				}
			}
		}
		require.NoError(tb, rows.Err())
	}
	return found, values
}

func TestWhatIsSecretCanBeFoundInEveryShape(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, text := range []string{secretNIK(1), mother} {
		for shape, content := range shapes(text) {
			path := filepath.Join(dir, "file")
			require.NoError(t, os.WriteFile(path, append(append([]byte("before\x00"), content...), "after"...), 0o600))
			found, files := secrets().folder(t, dir)
			require.NotEmpty(t, found, shape)
			require.Equal(t, 1, files)
		}
	}
	long := base64.StdEncoding.EncodeToString([]byte(`{"rows":[{"nik":"` + secretNIK(9) + `","mother":"` + mother + `"}]}`))
	for range 3 {
		require.Len(t, secrets().in([]byte(long)), 2)
		long = base64.StdEncoding.EncodeToString([]byte("x" + `{"nik":"` + secretNIK(9) + `","mother":"` + mother + `"}`))
	}
}
