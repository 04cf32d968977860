"""`python -m kembar.files.inspection FILE [ROOTS]` looks into a PDF within limits of time and memory, and prints why it
is refused, or the signatures inside it as JSON. ROOTS is a folder with the certificates of trusted issuers."""

import contextlib
import json
import logging
import resource
import sys
from dataclasses import asdict
from pathlib import Path

from kembar.files.inspection.pdf import SECONDS, findings, signatures_of
from kembar.files.rules import Refused

_MEMORY = 1_500_000_000  # bytes

logging.disable(logging.CRITICAL)
resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
with contextlib.suppress(ValueError, OSError):  # where the machine sets a lower limit already
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
file, roots = Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None
try:
    answer = findings(file) or json.dumps([asdict(one) for one in signatures_of(file, roots=roots)])
except Refused as refused:
    answer = refused.code
sys.stdout.write(answer)
