# Aliases for those who have make; everything is done by desk.py.
.PHONY: run test
run:
	python3 desk.py run
test:
	python3 desk.py test
