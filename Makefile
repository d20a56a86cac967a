# `make` alone: from a fresh clone to build/*.apkg and build/*.pdf. `make help` lists the targets.
# For documents of your own: make SOURCES=~/notes BUILD=~/decks (the path of BUILD without blanks).

SOURCES ?= sources
BUILD ?= build
PYTHON ?= python3
COLLATE_FLAGS ?=

VENV := .venv
DECKBUILD := $(VENV)/bin/deckbuild
READ := $(BUILD)/read.stamp
MODELS := $(BUILD)/model.list
LIBRARY := $(BUILD)/library.json
IMAGES := $(BUILD)/images.list
MISSING := $(BUILD)/missing.list

.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules --no-print-directory
.PHONY: all booklet cutouts preview check test test-older-anki accept soak fit lint bench system-deps clean help FORCE

# The code of a step, folder by folder.
code = $(wildcard $(foreach folder,$(1),$(addprefix src/deckbuild/$(folder)/,*.py *.toml */*.py */*.js */*.json */*.toml)))
READ_CODE := $(wildcard src/deckbuild/*.py) $(call code,model report machine decode syntax maths extract derive ledger \
	read identity collection commands)
CARD_CODE := $(call code,html cards package) $(wildcard templates/anki/* templates/anki/*/*)
PRINT_CODE := $(call code,html maths paper) $(wildcard templates/print/* templates/sheet/* templates/booklet/* \
	templates/cutouts/*)

# The folder and its settings may be somebody else's: a path stands between single quotes wherever the shell sees it
# (and nowhere in backquotes, which such quotes don't shield), names of files go from program to program with a NUL
# behind each, and a name has no sign that the shell or make obeys.
quoted = '$(subst ','\'',$(1))'
plain = LC_ALL=C tr -cs '[:alnum:]._+=@,\n\200-\377-' '[-*]'

# Documents may have blanks in their names, so make never sees them one by one: the shell tells whether their
# names differ from those that the stamp holds, or a file is newer. None of this runs for the other targets.
# What is built may lie among them, and is none of them.
DOCUMENTS := cd -- $(call quoted,$(SOURCES)) && here=$$PWD && built=$$(cd $(abspath $(BUILD)) 2>/dev/null && pwd || :) && \
	find . \( -type f -o -type l \) ! -path '*/.*' ! -path "./$${built\#$$here/}/*" \( -iname '*.md' \
	-o -iname '*.markdown' -o -iname '*.mdown' -o -iname '*.txt' -o -iname '*.text' \
	-o -iname '*.csv' -o -iname '*.tsv' -o -iname '*.html' -o -iname '*.htm' -o -iname '*.xhtml' \
	-o -iname '*.ipynb' -o -iname '*.rmd' -o -iname '*.qmd' -o -iname '*.json' -o -iname '*.jsonl' -o -iname '*.ndjson' \
	-o -iname '*.rst' -o -iname '*.rest' -o -iname '*.org' -o -iname '*.docx' \
	-o -iname '*.adoc' -o -iname '*.asciidoc' -o -iname '*.asc' -o -iname '*.tex' -o -iname '*.latex' \)
NAMES := { $(DOCUMENTS); } | LC_ALL=C sort | cksum
# The images that the last build found, and those that it missed: whole paths, so that none is an option.
IMAGE_CHANGES := xargs -0 -r sh -c 'find "$$@" -prune \( -newer $(LIBRARY) -o -cnewer $(LIBRARY) \)' sh <$(IMAGES); \
	xargs -0 -r sh -c 'for image; do [ ! -e "$$image" ] || echo changed; done' sh <$(MISSING)
NEWER := $(DOCUMENTS) \( -newer $(abspath $(READ)) -o -cnewer $(abspath $(READ)) \)

ifneq ($(filter-out check test test-older-anki accept soak fit lint bench system-deps clean help,$(or $(MAKECMDGOALS),all)),)
ROOT := $(shell cd -- $(call quoted,$(SOURCES)) && here=$$PWD && until [ -f deckbuild.toml ] || [ -f deckbuild.lock ]; do \
	[ "$$PWD" = / ] && cd "$$here" && break; cd ..; done; pwd)
ifeq ($(ROOT),)
$(error There is no folder $(SOURCES))
endif
# Only what deckbuild would take is read of the settings: a regular file in the collection, a folder of templates in it.
SETTINGS := root=$$(cd $(call quoted,$(ROOT)) && pwd -P) && file=$$(readlink -f "$$root/deckbuild.toml") && [ -f "$$file" ] && \
	case $$file in "$${root%/}"/*) head -c 1000000 "$$file";; esac
TEMPLATES := root=$$(cd $(call quoted,$(ROOT)) && pwd -P) && \
	name=$$({ $(SETTINGS); } 2>/dev/null | sed -n 's/^templates *= *"\(.*\)".*/\1/p' | head -n 1) && [ "$$name" ] && \
	cd "$$root/$$name" 2>/dev/null && folder=$$(pwd -P) && case $$folder/ in "$${root%/}"/*) find "$$folder"
NAME := $(or $(shell { $(SETTINGS); } 2>/dev/null | sed -n 's/^name *= *"\(.*\)".*/\1/p' | head -n 1 | $(plain)),\
	$(shell basename $(call quoted,$(ROOT)) | $(plain)))
CODE_CHANGED := $(shell { find $(READ_CODE) -newer $(READ) 2>&1; \
	find $(call quoted,$(ROOT)) -maxdepth 1 -name deckbuild.toml -newer $(READ) 2>/dev/null; } | head -n 1)
DOCUMENTS_CHANGED := $(shell [ "$$($(NAMES))" = "$$(cat $(READ) 2>/dev/null)" ] && [ -z "$$($(NEWER) | head -n 1)" ] || \
	echo changed)
SETTLED_CHANGED := $(shell root=$(call quoted,$(ROOT)); for file in deckbuild.lock deckbuild.toml; do \
	[ "$$root/$$file" -nt $(LIBRARY) ] && echo FORCE && break; done; \
	{ $(TEMPLATES) -newer $(LIBRARY);; esac; } 2>/dev/null | sed -n '1s/.*/FORCE/p'; \
	[ ! -e $(IMAGES) ] || { $(IMAGE_CHANGES); } 2>&1 | sed -n '1s/.*/FORCE/p')
endif

DECK := $(BUILD)/$(NAME).apkg
SHEET := $(BUILD)/$(NAME)-sheet.pdf
BOOKLET := $(BUILD)/$(NAME)-booklet.pdf
CUTOUTS := $(BUILD)/$(NAME)-cutouts.pdf

all: $(DECK) $(SHEET) ## build the deck and the sheet (the default)

# One process reads all changed documents; new code reads all of them. The list of models changes only when a
# model does, so an unchanged model ends the chain. The stamp is as old as the start of the reading, so that a
# document saved meanwhile is read again.
$(MODELS): $(if $(CODE_CHANGED)$(DOCUMENTS_CHANGED),FORCE) $(VENV)/installed
	@mkdir -p $(BUILD)
	@{ $(NAMES); } > $(READ).new
	@{ $(NEWER) -print0; } > $(BUILD)/changed.list 2>/dev/null || true
	$(DECKBUILD) read -o $(BUILD)/model$(if $(CODE_CHANGED)$(filter-out FORCE,$?),, --changed $(BUILD)/changed.list) \
		-- $(call quoted,$(SOURCES))
	@mv $(READ).new $(READ)
	@[ $@ -nt $(VENV)/installed ] || touch $@

$(LIBRARY): $(MODELS) $(CARD_CODE) $(SETTLED_CHANGED)
	$(DECKBUILD) collate -m $(BUILD)/model -o $@ $(COLLATE_FLAGS) -- $(call quoted,$(SOURCES))
	@touch $@

$(DECK): $(LIBRARY) $(CARD_CODE)
	$(DECKBUILD) write deck $< -o $@
	@touch $@

$(SHEET) $(BOOKLET) $(CUTOUTS): $(LIBRARY) $(PRINT_CODE) $(VENV)/pango
	$(DECKBUILD) write $(patsubst $(BUILD)/$(NAME)-%.pdf,%,$@) $< -o $@ --root $(call quoted,$(ROOT))
	@touch $@

booklet: $(BOOKLET) ## build the study booklet: all questions with full answers

cutouts: $(CUTOUTS) ## build the cards to cut out

$(VENV)/installed: pyproject.toml hatch_build.py
	@$(PYTHON) -m venv $(VENV) || { echo 'On Debian: apt-get install python3-venv'; exit 1; }
	$(VENV)/bin/pip install --quiet --disable-pip-version-check --editable .
	$(VENV)/bin/python -m compileall -q src
	@touch $@

$(VENV)/tested: pyproject.toml $(VENV)/installed
	$(VENV)/bin/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

$(VENV)/pango: scripts/system-deps.sh $(VENV)/installed
	@sh scripts/system-deps.sh $(VENV)/bin/python && touch $@ || true

PREVIEW_CODE := $(CARD_CODE) $(PRINT_CODE) $(call code,preview) $(wildcard templates/preview/*)

preview: $(BUILD)/$(NAME)-preview.html ## build the web page that shows the cards and the sheet

$(BUILD)/$(NAME)-preview.html: $(LIBRARY) $(PREVIEW_CODE) $(VENV)/pango
	$(DECKBUILD) write preview $< -o $@ --root $(call quoted,$(ROOT))
	@touch $@

check: $(VENV)/installed ## show problems in the documents
	$(DECKBUILD) check -- $(call quoted,$(SOURCES))

test: $(VENV)/tested $(VENV)/pango $(VENV)/chromium $(VENV)/anki-web ## run the tests
	$(VENV)/bin/pytest --numprocesses auto --dist loadfile

test-older-anki: $(VENV)/tested $(VENV)/older-anki ## run the import tests against a one-year-old Anki
	PYTHONPATH=$(VENV)/older-anki $(VENV)/bin/pytest --numprocesses auto tests/test_scenarios.py tests/test_edits.py \
		tests/test_releases.py tests/test_random_histories.py tests/test_apkg.py tests/test_import.py tests/test_package.py

# The style sheets and the MathJax that Anki shows cards with, without its windows; without them tests are skipped.
$(VENV)/anki-web: $(VENV)/tested
	-@$(VENV)/bin/pip install --quiet --disable-pip-version-check --no-deps --upgrade --target $@ 'aqt==26.9.3'
	@mkdir -p $@ && touch $@

$(VENV)/chromium: scripts/chromium.sh $(VENV)/tested
	@sh scripts/chromium.sh && touch $@ || true

$(VENV)/older-anki: $(VENV)/tested
	$(VENV)/bin/pip install --quiet --disable-pip-version-check --upgrade --target $@ 'anki==25.9.5'
	@touch $@

accept: $(VENV)/tested ## accept the current output as the golden files
	$(VENV)/bin/pytest tests/test_golden.py tests/test_formats.py tests/test_layouts.py tests/test_older_versions.py --accept

soak: $(VENV)/tested ## run random histories, 4,000 layouts, random texts and bytes, and all hostile inputs
	$(VENV)/bin/pytest tests/test_releases.py tests/test_random_histories.py --seeds 500 --numprocesses auto
	$(VENV)/bin/python scripts/try_layouts.py --seeds 3000 --first 1000 --dimension family \
		--exact 0.88 --precision 0.93
	$(VENV)/bin/python scripts/try_layouts.py --seeds 1000 --first 1000 --negatives --dimension kind \
		--false 0.75
	$(VENV)/bin/pytest -m hypothesis --hypothesis-profile soak --timeout 3600 --numprocesses auto
	$(VENV)/bin/python scripts/hostile

fit: $(VENV)/tested ## fit the weights of patterns to the documents of DECKBUILD_CORPUS, and print figures of formulas too
	$(VENV)/bin/pip install --quiet --disable-pip-version-check --editable '.[fit]'
	$(VENV)/bin/python scripts/fit_weights.py --write
	$(VENV)/bin/python scripts/fit_formulas.py

lint: $(VENV)/tested ## format check, lint, types, and the way of imports
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports --no-cache
	$(VENV)/bin/deptry src
	$(VENV)/bin/python scripts/count_rooms.py

bench: $(VENV)/tested ## measure speed and memory
	$(VENV)/bin/python benchmarks/bench.py

system-deps: $(VENV)/installed ## install Pango if that needs no questions, else say how
	@sh scripts/system-deps.sh $(VENV)/bin/python

clean: ## delete what was built, but not the lock
	rm -rf $(BUILD) $(VENV)

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 19
