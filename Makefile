# Payung. `make` alone lists what there is.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
TOOLS := $(CURDIR)/bin/tools
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LDFLAGS := -s -w -X main.version=$(VERSION)
PAYUNG := bin/payung
MODULES := . deploy/standalone tests

export GOTOOLCHAIN := local

.DEFAULT_GOAL := help

help: ## list the targets
	@awk 'BEGIN{FS=":.*## "} /^[a-z][a-z\/-]*:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

## --- use it

run: build ## build and run everything: http://127.0.0.1:8080
	$(PAYUNG) serve

build: ## build bin/payung (the first time compiles a Temporal server: 3 to 7 minutes)
	@if [ ! -e $(PAYUNG) ]; then echo "Building payung with its Temporal server. The first build takes 3 to 7 minutes; later ones take seconds."; fi
	@sh deploy/progress.sh "compiling" go -C deploy/standalone build -ldflags '$(LDFLAGS)' -o $(CURDIR)/$(PAYUNG) .

## --- prove it

test: build ## all tests; PostgreSQL suites run where its programs exist
	go vet ./...
	go test ./...
	go -C deploy/standalone test ./...
	PAYUNG_BINARY=$(CURDIR)/$(PAYUNG) go -C tests test -count=1 -timeout 20m ./... # the binary is no input that go test would notice

test/race: ## the root module's tests with the race detector
	CGO_ENABLED=1 go test -race ./...

histories: ## record the histories that the replay test guards
	go -C tests test ./e2e -run TestRecordHistories -record -count=1

bench: build ## speed and memory, side by side in one run
	PAYUNG_BENCH=1 PAYUNG_BINARY=$(CURDIR)/$(PAYUNG) go -C tests test ./bench -run '^$$' -bench . -benchtime 1x -timeout 30m

fuzz: ## every fuzz test for a few seconds
	@for p in $$(grep -rl --include="*_test.go" "^func Fuzz" domain sheet paper letter | xargs -n1 dirname | sort -u); do \
		for f in $$(grep -h -o '^func Fuzz[A-Za-z]*' $$p/*_test.go | cut -c6-); do \
			echo "$$p $$f"; go test ./$$p -run '^$$' -fuzz "^$$f$$" -fuzztime 5s -fuzzminimizetime 20x >/dev/null; done; done

## --- keep it

check: lint verify ## what CI checks besides the tests

lint: $(TOOLS)/golangci-lint $(TOOLS)/workflowcheck ## linters: layers, determinism, errors, contexts
	$(TOOLS)/golangci-lint run ./...
	cd deploy/standalone && $(TOOLS)/golangci-lint run --config $(CURDIR)/.golangci.yaml ./...
	cd tests && $(TOOLS)/golangci-lint run --config $(CURDIR)/.golangci.yaml ./...
	$(TOOLS)/workflowcheck ./workflows/...

verify: ## generated files, module files and versions are current
	go generate ./api/...
	git diff --exit-code -- api/openapi.json
	@for m in $(MODULES); do echo "go mod tidy -diff in $$m"; go -C $$m mod tidy -diff; done
	sh deploy/versions.sh

tidy: ## tidy the three modules, root pinned to what the product resolves
	@for m in deploy/standalone tests .; do go -C $$m mod tidy; done

format: $(TOOLS)/gofumpt ## format the Go code
	$(TOOLS)/gofumpt -w $$(git ls-files '*.go')

clean: ## remove what was built; data folders stay
	rm -rf bin

$(TOOLS)/golangci-lint:
	@echo "installing golangci-lint (compiles for some minutes the first time)"
	GOBIN=$(TOOLS) go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0

$(TOOLS)/workflowcheck:
	GOBIN=$(TOOLS) go install go.temporal.io/sdk/contrib/tools/workflowcheck@v0.6.0

$(TOOLS)/gofumpt:
	GOBIN=$(TOOLS) go install mvdan.cc/gofumpt@v0.12.0

.PHONY: help run build test test/race histories bench fuzz check lint verify tidy format clean
