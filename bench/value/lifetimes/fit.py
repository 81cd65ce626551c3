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
    began = time.perf_counter()
    result = work()
    return result, time.perf_counter() - began


if job == "gamma_gamma":
    some = (orders > 0) & (mean > 0)
    fitter, seconds = timed(lambda: GammaGammaFitter().fit(orders[some], mean[some]))
else:
    fitter, seconds = timed(lambda: (ParetoNBDFitter if job == "pareto_nbd" else BetaGeoFitter)().fit(x, tx, T))
    if job == "expected":
        _, seconds = timed(lambda: fitter.conditional_expected_number_of_purchases_up_to_time(52, x, tx, T))

print(
    json.dumps(
        {
            "version": lifetimes.__version__,
            "seconds": seconds,
            "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "parameters": {name: float(value) for name, value in fitter.params_.items()},
        }
    )
)
