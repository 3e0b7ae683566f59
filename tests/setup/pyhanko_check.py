#!/usr/bin/env python3
"""Validates every signature of a PDF with pyHanko, trusting only the roots in a PEM file.

    python3 pyhanko_check.py FILE TRUST [--flips COUNT] [--seed N] [--from OFFSET] [--to OFFSET]
    python3 pyhanko_check.py DIRECTORY TRUST [--repeat COUNT]

Needs pyhanko-cli 0.6.0 (pyHanko 0.38.0, pyhanko-certvalidator 0.33.0). Prints JSON:
{"ok", "signatures": [{"field", "trusted", "intact", "valid", "docmdp_ok", "timestamp_ok", "lta"}],
"stamps": [{"field", "ok"}]} and exits 0 when all of it holds and the newest signature or document time
stamp covers the whole file, else 1. In a file with document time stamps "lta" is the long-term
validation (ETSI EN 319 102-1 5.6.3) with revocation data required; otherwise it is null.

Of a directory it judges every *.pdf, each at most 30 s, and prints one line of that JSON a file, with "file" and
"ms" (the median of COUNT rounds in this warm process).

With --flips it also changes one byte at COUNT places, one after the other, and adds
{"flips": {"tried", "accepted": [offset, ...]}}; an accepted change makes "ok" false.
"""

import argparse
import asyncio
import io
import json
import logging
import os
import random
import signal
import statistics
import sys
import time

from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESPassed
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.ades import ades_lta_validation
from pyhanko.sign.validation.policy_decl import PdfSignatureValidationSpec, SignatureValidationSpec
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager

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


def policy(roots):
    return CertValidationPolicySpec(
        trust_manager=SimpleTrustManager.build(trust_roots=roots),
        revinfo_policy=CertRevTrustPolicy(revocation_checking_policy=REQUIRE_REVINFO),
    )


def long_term(signature, for_signers, for_time):
    spec = SignatureValidationSpec(
        cert_validation_policy=policy(for_signers), ts_cert_validation_policy=policy(for_time)
    )
    result = asyncio.run(ades_lta_validation(signature, PdfSignatureValidationSpec(spec)))
    return result.ades_subindic == AdESPassed.OK and bool(result.api_status.bottom_line)


def check(data, for_signers, for_time):
    reader = PdfFileReader(io.BytesIO(data))
    results = []
    archived = bool(reader.embedded_timestamp_signatures)
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
                "lta": long_term(signature, for_signers, for_time) if archived else None,
            }
        )
    stamps = []
    for stamp in reader.embedded_timestamp_signatures:
        status = validate_pdf_timestamp(stamp, context(for_time))
        covered = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
        stamps.append({"field": stamp.field_name, "ok": bool(status.valid and status.intact and status.trusted)})
    sound = all(all(v is not False for k, v in one.items() if k != "field") for one in results)
    ok = bool(results) and covered and sound and all(one["ok"] for one in stamps)
    return ok, results, stamps


def give_up(signum, frame):
    raise TimeoutError("30 s")


def judge(path, roots, repeat):
    with open(path, "rb") as file:
        data = file.read()
    answer, spent = {}, []
    for _ in range(repeat):
        started = time.perf_counter()
        signal.alarm(30 if repeat == 1 else 0)
        try:
            ok, signatures, stamps = check(data, *roots)
            answer = {"ok": ok, "signatures": signatures, "stamps": stamps}
        except Exception as error:  # hostile files bring every kind of exception
            answer = {"ok": False, "signatures": [], "stamps": [], "error": type(error).__name__ + ": " + str(error)}
        finally:
            signal.alarm(0)
        spent.append((time.perf_counter() - started) * 1000)
    return {"file": os.path.basename(path), "ms": statistics.median(spent), **answer}


def judge_all(directory, roots, repeat):
    signal.signal(signal.SIGALRM, give_up)
    for name in sorted(os.listdir(directory)):
        if name.endswith(".pdf"):
            print(json.dumps(judge(os.path.join(directory, name), roots, repeat), ensure_ascii=False), flush=True)


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
    parser.add_argument("--repeat", type=int, default=1)
    options = parser.parse_args()
    if os.path.isdir(options.file):
        return judge_all(options.file, load_roots(options.trust), options.repeat)
    with open(options.file, "rb") as file:
        data = file.read()
    roots = load_roots(options.trust)
    answer = {}
    try:
        answer["ok"], answer["signatures"], answer["stamps"] = check(data, *roots)
    except Exception as error:
        answer = {"ok": False, "signatures": [], "stamps": [], "error": type(error).__name__ + ": " + str(error)}
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
