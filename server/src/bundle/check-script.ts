/** `check.py`: the headline numbers once more, by another program in another language, from the plan and the rows alone. */
export const CHECK_SCRIPT = String.raw`"""Checks the headline numbers of this bundle with NumPy and SciPy alone: python3 check.py"""
import csv, fractions, gzip, hashlib, json, math, os, sys
import numpy as np
from scipy import stats
os.chdir(os.path.dirname(os.path.abspath(__file__)))
bad, checked = [], 0
def check(what, found, expected, tolerance=1e-8):
    global checked
    checked += 1
    if found == expected or (found is not None and expected is not None and math.isclose(found, expected, rel_tol=tolerance, abs_tol=1e-12)): return
    bad.append(f"{what}: {found} here, {expected} in results.json")
text = open("plan.json", "rb").read()
plan, results = json.loads(text), json.load(open("results.json"))["analysis"]
if hashlib.sha256(text).hexdigest() != results["planHash"]: bad.append("plan.json is not the plan that was sealed: its SHA-256 is not the planHash of results.json")
with gzip.open("units.csv.gz", "rt", encoding="utf-8", newline="") as file:
    header, *rows = csv.reader(file)
    columns = {name: np.array(cells) for name, cells in zip(header, zip(*rows))} or {name: np.array([]) for name in header}
arm = np.array([name[1:] if name[:1] == "'" else name for name in columns["arm"]])
check("people who met two arms", int((arm == "").sum()), results["crossedUnits"])
counts = np.array([(arm == a["variant"]).sum() for a in plan["arms"]])
for a, n in zip(results["arms"], counts): check(f"people in {a['arm']}", int(n), a["n"])
if results["srm"]["chi2"] is not None:
    weights = np.array([a["weight"] for a in plan["arms"]])
    chi2, p = stats.chisquare(counts, counts.sum() * weights / weights.sum())
    check("chi-square of the sample ratio", chi2, results["srm"]["chi2"]); check("p of the sample ratio", p, results["srm"]["p"])
def column(metric, part):  # Of everybody who counts, capped as the plan says.
    cells = np.array([float(v) if v else math.nan for v in columns[f"{metric['key']}.{part}"]])
    cap = None if part in ("steps", "hadEventBefore") else metric.get("cap")
    some = cells[(columns[metric["key"] + ".counts"] == "1") & (arm != "") & (cells != 0)] if cap else []
    if cap and "percentile" in cap and len(some): cap = {"value": np.sort(some)[max(1, math.ceil(fractions.Fraction(cap["percentile"]) * len(some))) - 1]}
    return np.where((cells > cap["value"]) & (cells != 0), cap["value"], cells) if cap and "value" in cap else cells
def welch(a, b, n, m):  # From (estimate, variance of a person's value).
    va, vb = a[1] / n, b[1] / m
    se, df = math.sqrt(va + vb), (va + vb) ** 2 / (va ** 2 / (n - 1) + vb ** 2 / (m - 1))
    diff, half = b[0] - a[0], stats.t.ppf(0.975, df) * se
    return dict(diff=diff, se=se, p=2 * stats.t.sf(abs(diff) / se, df), ciLower=diff - half, ciUpper=diff + half)
skipped = [m["name"] for m in plan["metrics"] if m["type"] == "quantile"]
for metric, found in [(m, f) for m, f in zip(plan["metrics"], results["metrics"]) if m["type"] != "quantile"]:
    y = column(metric, "steps") if metric["type"] == "funnel" else column(metric, "value")
    if metric["type"] == "funnel": y = (y == 1 + len(metric["steps"])).astype(float)
    d = column(metric, "denominator") if metric["type"] == "ratio" else np.ones(len(y))
    use = {a["arm"]: (arm == a["arm"]) & (columns[metric["key"] + ".counts"] == "1") for a in found["arms"]}
    level = {a: y[w].sum() / d[w].sum() if w.any() and d[w].sum() else None for a, w in use.items()}
    z = {a: (y - (level[a] or 0) * d) / (d[w].mean() if w.any() and d[w].mean() else 1) for a, w in use.items()}  # Ratios by the delta method; else y - mean.
    for a in found["arms"]:
        for name, value in dict(n=int(use[a["arm"]].sum()), mean=level[a["arm"]], variance=z[a["arm"]][use[a["arm"]]].var(ddof=1) if a["n"] > 1 else None).items():
            if a[name] is not None: check(f"{metric['key']}, {a['arm']}: {name}", value, a[name])
    for c in [c for c in found["comparisons"] if c["p"] is not None]:
        a, b, raw = use[plan["control"]], use[c["arm"]], c.get("adjustment", {}).get("raw", c)
        of = [(level[g], z[g][use[g]].var(ddof=1)) for g in (plan["control"], c["arm"])]
        for name, value in welch(*of, a.sum(), b.sum()).items(): check(f"{metric['key']}, {c['arm']} against {plan['control']}: {name}", value, raw[name])
        if raw is not c and metric["type"] != "ratio":  # CUPED with the value before and "no history"
            x = np.array([column(metric, "before"), 1 - column(metric, "before" if metric["type"] in ("conversion", "retention") else "hadEventBefore")][: len(c["adjustment"]["theta"])])
            theta, centre = np.array(c["adjustment"]["theta"]), x[:, a | b].mean(axis=1)
            best = np.linalg.lstsq(sum(np.atleast_2d(np.cov(x[:, w])) / w.sum() for w in (a, b)), sum(np.array([np.cov(x[j, w], y[w])[0, 1] for j in range(len(x))]) / w.sum() for w in (a, b)), rcond=None)[0]
            for j in range(len(x)): check(f"{metric['key']}, {c['arm']}: theta {j + 1}", best[j], theta[j], 1e-6)
            rest = y - theta @ (x - centre[:, None])
            for name, value in welch(*[(rest[w].mean(), rest[w].var(ddof=1)) for w in (a, b)], a.sum(), b.sum()).items(): check(f"{metric['key']}, {c['arm']} adjusted: {name}", value, c[name])
print(*bad, f"{checked} numbers checked, {len(bad)} differ." if bad else f"{checked} numbers checked, all agree.", *([f"Not checked here, but by assay verify: {', '.join(skipped)}."] if skipped else []), sep="\n")
sys.exit(1 if bad else 0)
`
