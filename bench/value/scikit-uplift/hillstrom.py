"""Hillstrom's women's e-mail by scikit-uplift's class transformation, to compare: `python hillstrom.py FILE` with hillstrom.csv.gz.

Out of fold as ours is (five folds, several ways of folding), and as it is usually shown: on one split, which depends on the split.
"""

import sys

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, train_test_split
from sklearn.preprocessing import StandardScaler
from sklift.metrics import qini_auc_score, uplift_at_k
from sklift.models import ClassTransformation

FEATURES = ["recency", "history", "mens", "womens", "newbie", "history_segment", "zip_code", "channel"]
rows = pd.read_csv(sys.argv[1])
rows = rows[rows.segment != "Mens E-Mail"]
visits = rows.visit.to_numpy()
treated = (rows.segment == "Womens E-Mail").astype(int).to_numpy()
table = StandardScaler().fit_transform(pd.get_dummies(rows[FEATURES], dtype=float))
strata = 2 * treated + visits


def said(inside, outside):
    model = ClassTransformation(LogisticRegression(max_iter=300))
    return model.fit(table[inside], visits[inside], treated[inside]).predict(table[outside])


def quality(uplift, of):
    return (
        qini_auc_score(visits[of], uplift, treated[of]),
        uplift_at_k(visits[of], uplift, treated[of], "overall", k=0.3),
    )


everybody = np.arange(len(visits))
folded = []
for seed in range(4):
    uplift = np.zeros(len(visits))
    for inside, outside in StratifiedKFold(5, shuffle=True, random_state=seed).split(table, strata):
        uplift[outside] = said(inside, outside)
    folded.append(quality(uplift, everybody))
print("out of fold, mean: Qini %.4f, uplift of the first 30 %% %.4f" % tuple(np.mean(folded, axis=0)))

splits = []
for seed in [*range(12), 42]:
    inside, outside = train_test_split(everybody, test_size=0.3, random_state=seed, stratify=strata)
    splits.append(quality(said(inside, outside), outside))
for name, column in zip(("Qini", "uplift of the first 30 %"), np.array(splits).T):
    print("one split of 30 %%: %s %.4f to %.4f, mean %.4f, with seed 42 %.4f" % (name, min(column), max(column), column.mean(), column[-1]))
