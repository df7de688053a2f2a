# make demo compiles the reference cluster; make test runs every check. Both install what they need (scripts/prepare).
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help demo build test bench simulations corpus fit facts fuzz format lint install release dist clean

PREFIX ?= /usr/local
SPEC ?= specs/seed.yaml
OUT ?= out/seed
SECONDS_OF_FUZZ = $(if $(filter command line,$(origin SECONDS)),$(SECONDS),600)
FUZZ_SEED ?= 1
REPORT ?= .build/report.html
CORPUS ?= $(or $(STOWAGE_CORPUS),.build/corpus)
MEASUREMENTS ?= $(STOWAGE_MEASUREMENTS)
SWIFT_FILES := Package.swift Sources Tests Plugins
STATIC = $(if $(filter Darwin,$(shell uname -s)),,--static-swift-stdlib -Xswiftc -static-executable -Xlinker -s)
# Whole modules, without an index for editors and debug information, take half of the CPU of a `swift build`, which is the one for
# small changes: it compiles changed files only.
QUICK = --disable-index-store -debug-info-format none $(WHOLE_MODULES)
WHOLE_MODULES = -Xswiftc -disable-batch-mode -Xswiftc -whole-module-optimization -Xswiftc -num-threads -Xswiftc 2
# The binary is stripped, so debug information would be useless.
RELEASE = -c release -debug-info-format none $(STATIC)
# The linker warns about functions that static programs must not call, and that stowage does not call; the compiler remarks that
# whole modules are not compiled file by file.
WITHOUT_WARNINGS = > >(grep -vE 'warning: (Using|the use of)|remark: Incremental' || true) 2>&1
# The date of the manual is that of the newest commit, or 1970-01-01 without a Git history.
MANUAL_DATE = $(or $(shell git log -1 --format=%cs 2>/dev/null),1970-01-01)

# Programs that scripts/prepare installed come first.
export PATH := $(CURDIR)/.tools/bin:$(CURDIR)/.venv/bin:$(PATH)

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: build ## Compile the reference cluster, and show its plan as text and as an HTML page
	@.build/debug/stowage generate $(SPEC) -o $(OUT)
	@.build/debug/stowage plan $(SPEC) --html $(REPORT)
	@printf '\nThe manifests are in %s: start with %s/PLAN.md\nThe plan as a page with charts: %s\n' \
	    $(OUT) $(OUT) $(REPORT)

build: ## Build stowage quickly, neither optimized nor with debug information
	@scripts/prepare build
	@swift build --quiet $(QUICK) --product stowage $(WITHOUT_WARNINGS)

test: ## Run every check; ARGS goes to swift test
	@scripts/prepare test
	@scripts/run-tests $(ARGS)

bench: release ## Compare speed and memory with other installed tools
	@scripts/prepare test
	@swift build --quiet $(RELEASE) --product stages $(WITHOUT_WARNINGS)
	@Benchmarks/run

simulations: release ## Simulate the examples in five scenarios, and write the table of docs/simulate.md
	@scripts/simulate-examples

corpus: ## Check public trees in the folder CORPUS, and count the findings by rule
	@scripts/prepare build
	@swift build --quiet $(QUICK) --product stowage $(WITHOUT_WARNINGS)
	@scripts/corpus $(CORPUS)

fit: ## Refit the constants of the capacity model and print its error; MEASUREMENTS names the tables
	@scripts/prepare build
	@swift build --quiet $(QUICK) --product fit $(WITHOUT_WARNINGS)
	@STOWAGE_MEASUREMENTS=$(MEASUREMENTS) .build/debug/fit

facts: ## Compare arguments, metrics and buckets with the wheel of vLLM; ARGS names another release
	@scripts/check-facts $(ARGS)

fuzz: ## Check random input for SECONDS (600), with the seed FUZZ_SEED
	@scripts/prepare build
	@FUZZ_SECONDS=$(SECONDS_OF_FUZZ) FUZZ_SEED=$(FUZZ_SEED) nice swift test --disable-xctest --filter FuzzTests

format: ## Format the Swift sources
	@swift format format --in-place --recursive --parallel $(wildcard $(SWIFT_FILES))

lint: ## Check the format of the Swift sources
	@swift format lint --strict --recursive --parallel $(wildcard $(SWIFT_FILES))

release: ## Build one static binary: .build/release/stowage (dynamic on macOS)
	@scripts/prepare build
	@swift build --quiet $(RELEASE) --product stowage $(WITHOUT_WARNINGS)

install: release ## Install the binary, its manual and its shell completions under PREFIX
	@install -d $(DESTDIR)$(PREFIX)/bin
	@install -m 755 .build/release/stowage $(DESTDIR)$(PREFIX)/bin/stowage
	@for pair in bash:bash-completion/completions/stowage zsh:zsh/site-functions/_stowage \
	    fish:fish/vendor_completions.d/stowage.fish; do \
	    file=$(DESTDIR)$(PREFIX)/share/$${pair#*:}; install -d "$${file%/*}"; \
	    .build/release/stowage --generate-completion-script "$${pair%%:*}" > "$$file"; \
	done
	@swift build --quiet $(RELEASE) --product generate-manual $(WITHOUT_WARNINGS)
	@install -d $(DESTDIR)$(PREFIX)/share/man/man1
	@.build/release/generate-manual .build/release/stowage --date $(MANUAL_DATE) \
	    -o - > $(DESTDIR)$(PREFIX)/share/man/man1/stowage.1
	@printf 'installed %s, its manual, and completions for bash, zsh and fish\n' $(DESTDIR)$(PREFIX)/bin/stowage

dist: ## Build the archive of a release in dist/
	@scripts/release

clean: ## Remove build products and downloaded tools
	@rm -rf .build .build-tests .tools .venv dist
