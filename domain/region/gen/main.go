// Gen makes data/regions.csv.gz from the npm package idn-area-data:
//
//	npm pack idn-area-data@4.0.1 && tar xzf idn-area-data-4.0.1.tgz
//	go run ./domain/region/gen -from package
//
// The same input gives the same bytes. A newer version also needs its line in
// data/dataset.json, or gen refuses it.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("gen: ")
	from := flag.String("from", "", "the unpacked npm `folder`, with package.json and data/*.csv")
	to := flag.String("to", filepath.Join("domain", "region", "data"), "the `folder` of regions.csv.gz and dataset.json")
	flag.Parse()
	if *from == "" || flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	if err := generate(*from, *to); err != nil {
		log.Fatal(err)
	}
}

// generate reads the package in one folder and writes the table to another.
func generate(from, to string) error {
	if err := sameVersion(filepath.Join(from, "package.json"), filepath.Join(to, "dataset.json")); err != nil {
		return err
	}
	regions, err := read(filepath.Join(from, "data"))
	if err != nil {
		return err
	}
	packed, err := pack(regions)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(to, "regions.csv.gz"), packed, 0o644) //nolint:gosec // a committed file, which everybody may read
}

// sameVersion refuses a package that is not the one that dataset.json describes
// to the users of the table.
func sameVersion(packageFile, datasetFile string) error {
	var versions [2]struct {
		Name    string `json:"name"`
		Version string `json:"version"`
	}
	for i, path := range [...]string{packageFile, datasetFile} {
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if err := json.Unmarshal(text, &versions[i]); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	if versions[0] != versions[1] {
		return fmt.Errorf("%s is %v but %s describes %v", packageFile, versions[0], datasetFile, versions[1])
	}
	return nil
}
