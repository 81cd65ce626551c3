"""Links one CSV with Splink on DuckDB and prints what it took and how right it was, as JSON.

link.py CSV SETTINGS      SETTINGS is a name in settings.py; the CSV has `unique_id`, the columns and `entity`, the truth.

The clock runs from training to clusters, with the records already in DuckDB. Accuracy is given at probability 0.95, the
threshold of Splink's own examples, and at the best of eight: the best is chosen with the truth, which is more than a user can do.
"""

import json
import logging
import resource
import sys
import time
import warnings

import duckdb
import splink
from splink import DuckDBAPI, Linker, SettingsCreator

import settings as library

THRESHOLDS = [0.05, 0.2, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999]


def main(path: str, name: str) -> None:
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    chosen = library.SETTINGS[name]
    connection = duckdb.connect()
    connection.execute(
        f"create table records as select * replace (cast(unique_id as integer) as unique_id, cast(entity as integer) as entity) "
        f"from read_csv('{path}', header = true, all_varchar = true, nullstr = '')"
    ).fetchall()
    rows = one(connection, "select count(*) from records")
    api = DuckDBAPI(connection=connection)
    marks = [("start", time.perf_counter())]
    linker = Linker(
        api.register("records", dataset_display_name="input"),
        SettingsCreator(
            link_type="dedupe_only",
            comparisons=chosen["comparisons"],
            blocking_rules_to_generate_predictions=chosen["blocking"],
        ),
    )
    training = linker.training
    training.estimate_probability_two_random_records_match(chosen["deterministic"], recall=chosen["recall"])
    training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    marks.append(("u", time.perf_counter()))
    for rule in chosen["training"]:
        training.estimate_parameters_using_expectation_maximisation(rule)
    marks.append(("train", time.perf_counter()))
    edges = linker.inference.predict(threshold_match_probability=0.01)
    marks.append(("predict", time.perf_counter()))
    linker.clustering.cluster_pairwise_predictions_at_threshold(edges, threshold_match_probability=0.95)
    marks.append(("cluster", time.perf_counter()))
    # Before the truth is looked at, which takes memory of its own.
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6

    figures = []
    for threshold in THRESHOLDS:
        clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(edges, threshold_match_probability=threshold)
        figures.append({"threshold": threshold, **accuracy(connection, edges.physical_name, clusters.physical_name, threshold)})
    best = max(figures, key=lambda one: one["pairwise"])
    usual = next(one for one in figures if one["threshold"] == 0.95)
    seconds = {name: at - before for (_, before), (name, at) in zip(marks, marks[1:])}
    print(
        json.dumps(
            {
                "version": splink.__version__,
                "rows": rows,
                "pairs": one(connection, f"select count(*) from {edges.physical_name}"),
                "seconds": {**seconds, "total": marks[-1][1] - marks[0][1]},
                "megabytes": megabytes,
                "at95": usual,
                "best": best,
            }
        )
    )


def accuracy(connection, edges: str, clusters: str, threshold: float) -> dict:
    """Edge, pairs within clusters and B³."""
    true_pairs = one(connection, "select sum(n * (n - 1) / 2) from (select count(*)::double n from records group by entity)")
    taken, right = connection.execute(
        f"""select count(*)::double, count(*) filter (where l.entity = r.entity)::double
              from {edges} e join records l on l.unique_id = e.unique_id_l join records r on r.unique_id = e.unique_id_r
             where e.match_probability >= {threshold}"""
    ).fetchall()[0]
    connection.execute(
        f"""create or replace temp table cells as
            select c.cluster_id, t.entity, count(*)::double n
              from {clusters} c join records t using (unique_id) group by all"""
    ).fetchall()
    common = one(connection, "select sum(n * (n - 1) / 2) from cells")
    found_pairs = one(connection, "select sum(n * (n - 1) / 2) from (select sum(n) n from cells group by cluster_id)")
    precision = one(connection, "select sum(n * n / size) / sum(n) from cells join (select cluster_id, sum(n) size from cells group by 1) using (cluster_id)")
    recall = one(connection, "select sum(n * n / size) / sum(n) from cells join (select entity, sum(n) size from cells group by 1) using (entity)")
    return {
        "edge": f1(right, taken, true_pairs),
        "pairwise": f1(common, found_pairs, true_pairs),
        "bcubed": 2 * precision * recall / (precision + recall),
    }


def one(connection, query: str) -> float:
    return connection.execute(query).fetchall()[0][0]


def f1(right: float, found: float, true: float) -> float:
    return 0.0 if found + true == 0 else 2 * right / (found + true)


if __name__ == "__main__":
    main(*sys.argv[1:])
