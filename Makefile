# `make` builds the site; CI runs these same targets.
# The machine needs git, make and Python 3.11 or newer with venv; everything else goes into .venv.

PYTHON ?= python3
# Plain tracebacks: where Playwright switches stacks, Python 3.11 cannot parse sources for others.
PYTEST = .venv/bin/python -m pytest --numprocesses=auto --dist=worksteal --tb=native
PIP = .venv/bin/python -m pip --quiet --quiet --no-input --disable-pip-version-check
LOCK = .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest --generate-hashes --no-header $(LOCK_FLAGS)

site: .venv/.runtime  # Build the website into site/ (BUILD_FLAGS: options of `digest build`; SITE_URL: its address)
	.venv/bin/digest build$(if $(BUILD_FLAGS), $(BUILD_FLAGS))

serve: .venv/.runtime  # Preview it on this machine, following edits
	.venv/bin/digest serve$(if $(SERVE_FLAGS), $(SERVE_FLAGS))

test: .venv/.dev  # Run all tests, a process a processor (TEST_FLAGS: options of pytest; -n0: in one process)
	$(PYTEST)$(if $(TEST_FLAGS), $(TEST_FLAGS))

lint: .venv/.dev  # Check style and types
	.venv/bin/ruff check .
	.venv/bin/mypy

quality: .venv/.dev  # Measure grouping, summaries and comparison on labelled articles
	$(PYTEST) tests/quality$(if $(TEST_FLAGS), $(TEST_FLAGS))

robust: .venv/.dev  # Try hostile and broken articles, servers and disks, at length
	ROBUST=1 $(PYTEST) tests/robust$(if $(TEST_FLAGS), $(TEST_FLAGS))

check-site: .venv/.site  # Check the sample's pages: markup, accessibility, links, weight, speed; images go to build/screenshots (needs npm and Java)
	REQUIRE_BROWSER=1 REQUIRE_SITE_TOOLS=1 SCREENSHOTS=build/screenshots .venv/bin/python -m pytest tests/gates$(if $(TEST_FLAGS), $(TEST_FLAGS))

bench: .venv/.dev  # Measure speed (BENCH_FLAGS: options of the benchmark)
	.venv/bin/python benchmarks/run.py$(if $(BENCH_FLAGS), $(BENCH_FLAGS))

messages: .venv/.runtime  # Bring the catalogs of the interface up to digest/locale/en.yml: extract, update, compile
	.venv/bin/python -m digest.messages extract update compile

extract update compile: .venv/.runtime  # One of the steps of `make messages`
	.venv/bin/python -m digest.messages $@

lock: .venv/.dev  # Pin what pyproject.toml and requirements/*.in ask for (LOCK_FLAGS=--upgrade: newest versions)
	$(LOCK) --output-file requirements/runtime.txt pyproject.toml requirements/build.in
	$(LOCK) --output-file requirements/translate.txt --constraints requirements/runtime.txt --excludes requirements/unwanted.in requirements/translate.in
	$(LOCK) --output-file requirements/dev.txt --constraints requirements/runtime.txt --constraints requirements/translate.txt requirements/dev.in
	$(LOCK) --output-file requirements/site.txt --constraints requirements/dev.txt requirements/site.in

clean:  # Remove what was built; .venv stays
	rm -rf build site dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

# The stamps are written last, so an interrupted set-up counts as none and starts afresh.
.venv: .venv/.runtime
.venv/.runtime: pyproject.toml requirements/runtime.txt requirements/translate.txt
	@command -v "$(PYTHON)" >/dev/null || { echo "$(PYTHON) is not here: install Python 3.11 or newer (Debian: apt-get install python3 python3-venv)" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; v = sys.version_info; v >= (3, 11) or sys.exit("$(PYTHON) is Python %d.%d, digest needs 3.11 or newer: name one, as in `make PYTHON=python3.13`" % v[:2])'
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) cannot make virtual environments: install its venv (Debian: apt-get install python3-venv)" >&2; exit 1; }
	@echo "Setting up .venv, which takes about a minute"
	@"$(PYTHON)" -m venv --clear .venv
	@$(PIP) install --require-hashes --requirement requirements/runtime.txt
	@$(PIP) install --require-hashes --no-deps --requirement requirements/translate.txt
	@$(PIP) install --no-index --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: .venv/.runtime requirements/dev.txt
	@echo "Adding the tools for tests and checks"
	@$(PIP) install --require-hashes --requirement requirements/dev.txt
	@touch $@

.venv/.site: .venv/.dev requirements/site.txt tests/gates/package-lock.json
	@command -v npm >/dev/null || { echo "npm is not here: install Node.js 18 or newer with npm (Debian: apt-get install npm)" >&2; exit 1; }
	@echo "Adding the checkers of pages"
	@$(PIP) install --require-hashes --requirement requirements/site.txt
	@mkdir -p .venv/node
	@cp tests/gates/package.json tests/gates/package-lock.json .venv/node
	@cd .venv/node && PUPPETEER_SKIP_DOWNLOAD=1 npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
	@touch $@

.PHONY: site serve test lint quality robust check-site bench messages extract update compile lock clean .venv
