"""`python -m kembar.files.inspection FILE` looks into a PDF within limits of time and memory, and prints "fine" or why
it is refused."""

import contextlib
import logging
import resource
import sys
from pathlib import Path

from kembar.files.inspection.pdf import SECONDS, findings

_MEMORY = 1_500_000_000  # bytes

logging.disable(logging.CRITICAL)
resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
with contextlib.suppress(ValueError, OSError):  # where the machine sets a lower limit already
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
sys.stdout.write(findings(Path(sys.argv[1])) or "fine")
