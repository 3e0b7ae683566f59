#!/usr/bin/env python3
"""Validates every signature of a PDF with pyHanko, trusting only the roots in a PEM file.

    python3 pyhanko_check.py FILE TRUST [--flips COUNT] [--seed N] [--from OFFSET] [--to OFFSET]

Needs pyhanko-cli 0.6.0 (pyHanko 0.38.0, pyhanko-certvalidator 0.33.0). Prints JSON:
{"ok", "signatures": [{"field", "trusted", "intact", "valid", "docmdp_ok", "timestamp_ok"}]}
and exits 0 when all of it holds and the newest signature covers the whole file, else 1.

With --flips it also changes one byte at COUNT places, one after the other, and adds
{"flips": {"tried", "accepted": [offset, ...]}}; an accepted change makes "ok" false.
"""

import argparse
import io
import json
import logging
import random
import sys

from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

logging.disable(logging.CRITICAL)


def purposes(root):
    usage = root.extended_key_usage_value
    return None if usage is None else set(usage.native)


def load_roots(path):
    """Signer roots and time-stamp roots; both must be self-signed CAs that may sign certificates."""
    roots = list(load_certs_from_pemder([path]))
    for root in roots:
        if root.self_signed == "no" or not root.ca or "key_cert_sign" not in root.key_usage_value.native:
            raise SystemExit("not a self-signed root: " + root.subject.human_friendly)
    for_time = [root for root in roots if purposes(root) == {"time_stamping"}]
    for_signers = [root for root in roots if root not in for_time]
    return for_signers, for_time or roots


def context(roots):
    return ValidationContext(trust_roots=roots, allow_fetching=False, revocation_mode="soft-fail")


def check(data, for_signers, for_time):
    reader = PdfFileReader(io.BytesIO(data))
    results = []
    covered = False
    for signature in reader.embedded_regular_signatures:
        status = validate_pdf_signature(signature, context(for_signers), context(for_time))
        stamp = status.timestamp_validity
        covered = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
        results.append(
            {
                "field": signature.field_name,
                "trusted": bool(status.trusted),
                "intact": bool(status.intact),
                "valid": bool(status.valid),
                "docmdp_ok": bool(status.docmdp_ok),
                "timestamp_ok": stamp is not None and bool(stamp.intact and stamp.valid and stamp.trusted),
                "bottom_line": bool(status.bottom_line),
            }
        )
    ok = bool(results) and covered and all(all(v for k, v in one.items() if k != "field") for one in results)
    return ok, results


def accepted(data, for_signers, for_time):
    try:
        return check(data, for_signers, for_time)[0]
    except Exception:  # whatever pyHanko raises on a broken file is a refusal
        return False


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("file")
    parser.add_argument("trust")
    parser.add_argument("--flips", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--from", dest="start", type=int, default=0)
    parser.add_argument("--to", dest="end", type=int, default=None)
    options = parser.parse_args()
    with open(options.file, "rb") as file:
        data = file.read()
    roots = load_roots(options.trust)
    answer = {}
    try:
        answer["ok"], answer["signatures"] = check(data, *roots)
    except Exception as error:
        answer = {"ok": False, "signatures": [], "error": type(error).__name__ + ": " + str(error)}
    if options.flips:
        rng = random.Random(options.seed)
        places = range(options.start, options.end or len(data))
        offsets = sorted(rng.sample(places, min(options.flips, len(places))))
        missed = []
        for offset in offsets:
            changed = bytearray(data)
            changed[offset] ^= rng.randrange(1, 256)
            if accepted(bytes(changed), *roots):
                missed.append(offset)
        answer["flips"] = {"tried": len(offsets), "accepted": missed}
        answer["ok"] = answer["ok"] and not missed
    print(json.dumps(answer, ensure_ascii=False))
    sys.exit(0 if answer["ok"] else 1)


if __name__ == "__main__":
    main()
