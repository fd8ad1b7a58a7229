#!/usr/bin/env python3
"""kill -9 during ingest and dispatch: every acknowledged event ends in exactly one sandbox message.

Starts the real service, posts events from several threads, kills it at a random moment, starts it again, and so on.

    RECADO_BIN=build/recado tests/chaos/kill_test.py [--rounds 20] [--seed 1]

Exit code 0: all well; 1: something was lost or doubled, and what; 77: RECADO_BIN is not there (skipped).
"""

import sys

from storm import Storm, judge_sandbox, paid_event, put_sandbox_rule


def main():
    storm = Storm("kill")
    put_sandbox_rule(storm.service)
    expected, refused = storm.rage(paid_event, longest_s=0.6)
    good = judge_sandbox(storm.service, expected) and not refused and bool(expected)
    for fault in refused:
        print(f"refused: {fault}")
    return storm.tidy(good)


if __name__ == "__main__":
    sys.exit(main())
