// Command gen writes the OpenAPI document beside the package api.
package main

import (
	"log"
	"os"
	"path/filepath"
	"runtime"

	"payung/api"
)

func main() {
	_, here, _, _ := runtime.Caller(0)
	file := filepath.Join(filepath.Dir(here), "..", "openapi.json")
	if err := os.WriteFile(file, api.OpenAPI(), 0o644); err != nil { //nolint:gosec // a published document is for everybody to read
		log.Fatal(err)
	}
}
