package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"mime"
	"net/http"
	"path"
	"strings"
)

//go:embed static
var staticFiles embed.FS

// asset is a static file, compressed once at the start.
type asset struct {
	kind   string
	plain  []byte
	zipped []byte
}

// assets are the static files by a name that changes with their content, so
// that a browser may keep them for ever.
type assets struct {
	files map[string]asset
	names map[string]string // "app.css" → "app.0a1b2c3d.css"
}

func loadAssets() (assets, error) {
	out := assets{files: map[string]asset{}, names: map[string]string{}}
	entries, err := staticFiles.ReadDir("static")
	if err != nil {
		return out, fmt.Errorf("web: static files: %w", err)
	}
	for _, e := range entries {
		raw, err := staticFiles.ReadFile("static/" + e.Name())
		if err != nil {
			return out, fmt.Errorf("web: static file %s: %w", e.Name(), err)
		}
		zipped, err := zip(raw, gzip.BestCompression)
		if err != nil {
			return out, err
		}
		sum := sha256.Sum256(raw)
		ext := path.Ext(e.Name())
		name := strings.TrimSuffix(e.Name(), ext) + "." + hex.EncodeToString(sum[:4]) + ext
		out.names[e.Name()] = name
		out.files[name] = asset{kind: mime.TypeByExtension(ext), plain: raw, zipped: zipped}
	}
	return out, nil
}

// ServeHTTP answers with a static file.
func (a assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f, ok := a.files[r.PathValue("name")]
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", f.kind)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Vary", "Accept-Encoding")
	body := f.plain
	if acceptsGzip(r) {
		h.Set("Content-Encoding", "gzip")
		body = f.zipped
	}
	_, _ = w.Write(body) // the browser has gone: nobody to tell
}

func zip(raw []byte, level int) ([]byte, error) {
	var out bytes.Buffer
	z, err := gzip.NewWriterLevel(&out, level)
	if err != nil {
		return nil, fmt.Errorf("web: compress: %w", err)
	}
	if _, err := z.Write(raw); err != nil {
		return nil, fmt.Errorf("web: compress: %w", err)
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("web: compress: %w", err)
	}
	return out.Bytes(), nil
}

// acceptsGzip reports whether the browser unpacks gzip; every one does unless
// it says so.
func acceptsGzip(r *http.Request) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		coding, quality, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.TrimSpace(coding) == "gzip" && strings.ReplaceAll(quality, " ", "") != "q=0" {
			return true
		}
	}
	return false
}
