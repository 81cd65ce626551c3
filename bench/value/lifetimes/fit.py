"""Fits a model of lifetimes to a file of raw columns (x, tx, T, orders, mean) and says what it took, as JSON."""

import json
import resource
import sys
import time

import lifetimes
import numpy as np
from lifetimes import BetaGeoFitter, GammaGammaFitter, ParetoNBDFitter

job, path = sys.argv[1:]
x, tx, T, orders, mean = np.fromfile(path).reshape(5, -1)


def timed(work):
    began, busy = time.perf_counter(), time.process_time()
    result = work()
    return result, time.perf_counter() - began, time.process_time() - busy


if job == "gamma_gamma":
    some = (orders > 0) & (mean > 0)
    fitter, seconds, processor = timed(lambda: GammaGammaFitter().fit(orders[some], mean[some]))
else:
    fitter, seconds, processor = timed(lambda: (ParetoNBDFitter if job == "pareto_nbd" else BetaGeoFitter)().fit(x, tx, T))
    if job == "expected":
        _, seconds, processor = timed(lambda: fitter.conditional_expected_number_of_purchases_up_to_time(52, x, tx, T))

print(
    json.dumps(
        {
            "version": lifetimes.__version__,
            "seconds": seconds,
            "processorSeconds": processor,
            "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "parameters": {name: float(value) for name, value in fitter.params_.items()},
        }
    )
)
