package sheet

import (
	"archive/zip"
	"errors"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/domain/fault"
)

// endless unfolds for ever, as no header says.
type endless struct{}

func (endless) Read(into []byte) (int, error) { return len(into), nil }

func TestBytesAreCountedAsTheyComeWhateverHeadersSay(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		folded uint64
		most   int64
	}{
		"too much from too little": {folded: 10_000, most: smallPart + 1<<16},
		"too much in all":          {folded: 1 << 40, most: 256<<20 + 1<<16},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBudget(DefaultLimits())
			file := &zip.File{FileHeader: zip.FileHeader{CompressedSize64: tt.folded, UncompressedSize64: 1}}
			r := &partReader{ReadCloser: io.NopCloser(endless{}), ctx: t.Context(), part: &part{file: file}, budget: b}
			_, err := io.Copy(io.Discard, r)
			require.True(t, fault.Is(err, "file_unfolds_too_large"), "%v", err)
			require.LessOrEqual(t, b.inflated, tt.most)
		})
	}
}

// failing is a file whose storage is away.
type failing struct{ err error }

func (f failing) ReadAt([]byte, int64) (int, error) { return 0, f.err }

func TestAStorageThatIsAwayIsNoDamagedFile(t *testing.T) {
	t.Parallel()
	away := errors.New("storage is away")
	_, err := openXLSX(t.Context(), failing{away}, 1<<10, DefaultLimits())
	require.ErrorIs(t, err, away)
}

func TestNamesOfPartsHaveOneForm(t *testing.T) {
	t.Parallel()
	require.Equal(t, "xl/worksheets/sheet1.xml", partName(`XL\Worksheets/Sheet1.xml`))
}
