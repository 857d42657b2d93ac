# Everything is fetched and installed on the way; nothing needs to be prepared by hand on Debian.

.PHONY: help run stop reset test test-stock cases stress bench screenshots lint format pot pins

help:  ## list the commands
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

run:  ## Odoo with the demo dealership on http://127.0.0.1:8069 (PORT=8070 for another port)
	@dev/run.sh

stop:  ## stop the private database, keep the data
	@dev/reset.sh stop

reset:  ## throw the data away; the next run starts afresh
	@dev/reset.sh

test:  ## all tests of the project, browser tours included
	@dev/test.sh

test-stock:  ## the tests of stock CRM with the module installed (MODULE=none: without it)
	@dev/stock.sh

cases:  ## run case files (CASES=path of a file or folder)
	@dev/cases.sh "$(CASES)"

stress:  ## eight desks at once, killed and with PostgreSQL restarted; then the ledger is verified
	@dev/stress.sh

bench:  ## side by side with stock Odoo (SIZE=small or large; REPORT=1: report only)
	@dev/bench.sh

screenshots:  ## the pictures of the guide, in English and Chinese, from a fresh demo database
	@dev/screenshots.sh

lint:  ## style, Odoo conventions, complete translations
	@dev/lint.sh

format:  ## format the Python code
	@dev/lint.sh format

pot:  ## bring the translation files up to date with the code
	@dev/lint.sh pot

pins:  ## Python packages: versions and hashes from the dev/requirements-*.in files
	@dev/pin.sh
