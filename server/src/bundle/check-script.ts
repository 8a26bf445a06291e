/** `check.py`: the headline numbers once more, by another program in another language, from the plan and the rows alone. */
export const CHECK_SCRIPT = String.raw`"""Checks the headline numbers of this bundle with NumPy and SciPy alone: python3 check.py"""
import csv, gzip, hashlib, json, math, os, sys
import numpy as np
from scipy import stats

os.chdir(os.path.dirname(os.path.abspath(__file__)))
bad = checked = 0
def check(what, found, expected, tolerance=1e-8):
    global bad, checked
    checked += 1
    if found == expected or (found is not None and expected is not None and math.isclose(found, expected, rel_tol=tolerance, abs_tol=1e-12)): return
    bad += 1
    print(f"{what}: {found} here, {expected} in results.json")

text = open("plan.json", "rb").read()
plan, results = json.loads(text), json.load(open("results.json"))["analysis"]
if hashlib.sha256(text).hexdigest() != results["planHash"]:
    bad += 1
    print("plan.json is not the plan that was sealed: its SHA-256 is not the planHash of results.json")
with gzip.open("units.csv.gz", "rt", encoding="utf-8", newline="") as file:
    rows = csv.reader(file)
    header = next(rows)
    columns = dict(zip(header, zip(*rows))) or {name: () for name in header}
arm = np.array([name[1:] if name[:1] == "'" else name for name in columns["arm"]])
check("people who met two arms", int((arm == "").sum()), results["crossedUnits"])

counts = np.array([(arm == a["variant"]).sum() for a in plan["arms"]])
for a, n in zip(results["arms"], counts): check(f"people in {a['arm']}", int(n), a["n"])
weights = np.array([a["weight"] for a in plan["arms"]])
if results["srm"]["chi2"] is not None:
    chi2, p = stats.chisquare(counts, counts.sum() * weights / weights.sum())
    check("chi-square of the sample ratio", chi2, results["srm"]["chi2"])
    check("p of the sample ratio", p, results["srm"]["p"])

def values(key, variant):
    counted = (arm == variant) & (np.array(columns[key + ".counts"]) == "1")
    return np.array([float(v) if v else math.nan for v in columns[key + ".value"]])[counted]

for metric in results["metrics"]:
    if metric["type"] not in ("conversion", "mean"): continue
    key = metric["key"]
    of = {a["arm"]: values(key, a["arm"]) for a in metric["arms"]}
    for a in metric["arms"]:
        check(f"{key}, {a['arm']}: n", len(of[a["arm"]]), a["n"])
        if a["mean"] is not None: check(f"{key}, {a['arm']}: mean", of[a["arm"]].mean(), a["mean"])
        if a["variance"] is not None: check(f"{key}, {a['arm']}: variance", of[a["arm"]].var(ddof=1), a["variance"])
    for c in metric["comparisons"]:
        if c["p"] is None or "adjustment" in c: continue
        test = stats.ttest_ind(of[c["arm"]], of[plan["control"]], equal_var=False)
        interval = test.confidence_interval(0.95)
        for name, found in dict(diff=of[c["arm"]].mean() - of[plan["control"]].mean(), t=test.statistic, df=test.df, p=test.pvalue, ciLower=interval.low, ciUpper=interval.high).items():
            check(f"{key}, {c['arm']} against {plan['control']}: {name}", found, c[name])
print(f"{checked} numbers checked, {bad} differ." if bad else f"{checked} numbers checked, all agree.")
sys.exit(1 if bad else 0)
`
