package letter_test

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"payung/letter"
)

// program is the path of a program that a test needs. Continuous integration
// has them all; elsewhere the test is skipped without it.
func program(tb testing.TB, name, from string) string {
	tb.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		lacking(tb, name, from)
	}
	return path
}

func lacking(tb testing.TB, what, from string) {
	tb.Helper()
	if os.Getenv("CI") == "true" {
		tb.Fatalf("%s is missing: install %s", what, from)
	}
	tb.Skipf("needs %s: install %s", what, from)
}

// pdf is the letter as a PDF.
func pdf(tb testing.TB, l letter.Letter) []byte {
	tb.Helper()
	var file bytes.Buffer
	require.NoError(tb, letter.PDF(&file, l))
	return file.Bytes()
}

func docx(tb testing.TB, l letter.Letter) []byte {
	tb.Helper()
	var file bytes.Buffer
	require.NoError(tb, letter.DOCX(&file, l))
	return file.Bytes()
}

// pagesOf is what somebody reads on each page of a PDF, line by line as they
// stand on the paper.
func pagesOf(tb testing.TB, file []byte) []string {
	tb.Helper()
	run := exec.CommandContext(tb.Context(), program(tb, "pdftotext", "poppler-utils"), "-layout", "-", "-")
	run.Stdin = bytes.NewReader(file)
	out, err := run.Output()
	require.NoError(tb, err)
	return strings.Split(strings.TrimSuffix(string(out), "\f"), "\f")
}

// printed is the first page of a PDF as a printer sees it.
func printed(tb testing.TB, file []byte) image.Image {
	tb.Helper()
	run := exec.CommandContext(tb.Context(), program(tb, "pdftoppm", "poppler-utils"), "-r", "200", "-l", "1", "-png", "-")
	run.Stdin = bytes.NewReader(file)
	out, err := run.Output()
	require.NoError(tb, err)
	img, err := png.Decode(bytes.NewReader(out))
	require.NoError(tb, err)
	return img
}

// office is a word processor that makes PDFs of text documents, all in one
// run: starting it takes seconds.
func officePDFs(tb testing.TB, documents map[string][]byte) map[string][]byte {
	tb.Helper()
	soffice := program(tb, "soffice", "libreoffice-writer-nogui")
	real, err := filepath.EvalSymlinks(soffice)
	require.NoError(tb, err)
	if _, err := os.Stat(filepath.Join(filepath.Dir(real), "libswlo.so")); err != nil {
		lacking(tb, "LibreOffice Writer", "libreoffice-writer-nogui")
	}
	dir := tb.TempDir()
	args := []string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--convert-to", "pdf", "--outdir", filepath.Join(dir, "out")}
	for name, file := range documents {
		path := filepath.Join(dir, name+".docx")
		require.NoError(tb, os.WriteFile(path, file, 0o600))
		args = append(args, path)
	}
	said, err := exec.CommandContext(tb.Context(), soffice, args...).CombinedOutput()
	require.NoError(tb, err, "%s", said)
	out := map[string][]byte{}
	for name := range documents {
		out[name], err = os.ReadFile(filepath.Join(dir, "out", name+".pdf"))
		require.NoError(tb, err, "%s", said)
	}
	return out
}
