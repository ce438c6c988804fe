# -*- coding: utf-8 -*-
# ruff: noqa: UP009, UP020, UP025, UP036 (an old Python must be able to read this file)
"""The Crisis Desk's command: `python3 desk.py run`, `python3 desk.py test`, ... (`python3 desk.py --help`).

Only what an old Python can read stands in this file, so that it can say so; the rest is in commands/.
"""
import io
import sys

TOO_OLD = (
    u"危机公关指挥台需要 Python 3.11 或更高版本，当前是 %d.%d：请从 https://www.python.org/downloads/ 安装后再运行。\n"
    u"The Crisis Desk needs Python 3.11 or newer and this is %d.%d: install one from "
    u"https://www.python.org/downloads/ and start again with it.\n"
)


def main():
    if sys.version_info < (3, 11):
        with io.open(2, "w", encoding="utf-8", closefd=False) as stderr:
            stderr.write(TOO_OLD % (tuple(sys.version_info[:2]) * 2))
        return 1
    import commands

    return commands.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
