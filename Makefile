# One verb for each job. The first two are the README's commands; everything they need goes into .venv.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test check format services bench clean

demo: $(STAMP)
	$(BIN)/rasoat demo

test: $(STAMP) services lint
	$(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder --durations=70

# The quick loop: lint, types and the tests that start no service.
check: $(STAMP) lint
	$(BIN)/pytest -n 2 --dist loadfile -m "not slow"

.PHONY: lint
lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache
	$(BIN)/mypy

# Seconds before a commit, the quick tests before a push (.pre-commit-config.yaml).
.PHONY: hooks
hooks: $(STAMP)
	$(BIN)/pre-commit install --hook-type pre-commit --hook-type pre-push

format: $(STAMP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Write down the code that each version number stands for, after raising the number or because nothing comes out differently.
.PHONY: digests
digests: $(STAMP)
	RASOAT_RENEW_DIGESTS=1 $(BIN)/pytest tests/test_code_digests.py

# Debian packages that the tests start as real services; quiet where they are there already.
services:
	@./docker/debian-packages.sh

# Known faults of the pinned packages, asked of the package index: needs a network, and says so where there is none ("not audited").
.PHONY: audit
audit: $(STAMP)
	@$(BIN)/python docker/audit_packages.py requirements.lock

# On a country of its own, which is written first where it is not there: gigabytes and many minutes (benchmarks/README.md).
BENCH_HOME ?= bench-home
bench: $(STAMP)
	@test -d $(BENCH_HOME) || $(BIN)/python -m benchmarks.country --seed 1 $(BENCH_HOME)
	@set -e; for one in validity coverage queries; do echo "== $$one"; $(BIN)/python -m benchmarks.$$one $(BENCH_HOME); done
	@set -e; echo "== citations"; $(BIN)/python -m benchmarks.citations --home $(BENCH_HOME); echo "== search"; $(BIN)/python -m benchmarks.search

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "Cần Python 3.11 trở lên, không thấy: đặt PYTHON=/đường/dẫn/python3.11 (needs Python 3.11 or later: set PYTHON)" >&2; exit 2; }
	@echo "Cài vào $(VENV), chỉ trong thư mục này: $$(grep -c '^[a-z]' requirements.lock) gói Python đúng phiên bản và mã băm đã ghi, khoảng 1,5 GB trên đĩa,"
	@echo "một đến vài phút tùy đường truyền; lần sau không cài lại. Gỡ: make clean."
	@echo "Installing into $(VENV) only: pinned and hashed Python packages, about 1.5 GB on disk, one to a few minutes; once. To remove: make clean."
	@$(PYTHON) -m venv $(VENV) || { echo "Không tạo được $(VENV); trên Debian, Ubuntu: apt-get install python3-venv (cannot make a virtual environment)" >&2; exit 2; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@UV_PYTHON_DOWNLOADS=never $(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements.lock
	@UV_PYTHON_DOWNLOADS=never $(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable . --config-settings editable_mode=compat  # a path, not a finder: each command starts 30 ms sooner
	@$(BIN)/python -m compileall -q rasoat extractors validators search queries reviews pipeline web cli dags
	@touch $@

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache
