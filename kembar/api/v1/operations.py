"""Every operation of version 1, in the order of the description."""

from kembar.api.operation import Operation
from kembar.api.v1 import (
    agreements,
    cities,
    claims,
    commitments,
    events,
    lead_times,
    offices,
    partnerships,
    readings,
    sources,
)

OPERATIONS: tuple[Operation, ...] = (
    *partnerships.OPERATIONS,
    *agreements.OPERATIONS,
    *events.OPERATIONS,
    *lead_times.OPERATIONS,
    *commitments.OPERATIONS,
    *sources.OPERATIONS,
    *claims.OPERATIONS,
    *readings.OPERATIONS,
    *cities.OPERATIONS,
    *offices.OPERATIONS,
)
