"""Writes vectors/stats/closed-forms.json: cases whose answers are exact fractions or closed forms, derived here with the standard library only.

python3 vectors/generate/closed-forms.py  (Python 3.9 or newer)
"""
import json
from decimal import Decimal, getcontext
from fractions import Fraction
from math import comb
from pathlib import Path

getcontext().prec = 50
cases = []


def add(fn, name, given, expected, rel=1e-12, absolute=0):
    number = lambda v: float(v) if isinstance(v, (Fraction, Decimal)) else [number(x) for x in v] if isinstance(v, list) else v
    cases.append({"id": name, "fn": fn, "input": given, "expected": {k: number(v) for k, v in expected.items()}, "tol": {"rel": rel, "abs": absolute}})


# Student's t with 1 degree of freedom is Cauchy: sf(1) = 1/4; with 2: sf(t) = 1/2 - t / (2 sqrt(2 + t^2)), isf(p) = (1 - 2p) sqrt(2 / (4p(1 - p))).
add("t.sf", "cauchy", {"t": 1, "df": 1}, {"value": Fraction(1, 4)})
for t in (Fraction(1, 2), Fraction(3), Fraction(40)):
    x = Decimal(t.numerator) / Decimal(t.denominator)
    add("t.sf", f"two-df-{float(t):g}", {"t": float(t), "df": 2}, {"value": Decimal("0.5") - x / (2 * (2 + x * x).sqrt())})
for p in (Fraction(1, 4), Fraction(1, 1024)):
    d = Decimal(p.numerator) / Decimal(p.denominator)
    add("t.isf", f"two-df-{float(p):g}", {"p": float(p), "df": 2}, {"value": (1 - 2 * d) * (2 / (4 * d * (1 - d))).sqrt()})

# Chi-square with 2 and 4 degrees of freedom: e^(-x/2) and e^(-x/2) (1 + x/2).
for x in (1, 20, 600):
    half = Decimal(x) / 2
    add("chi2.sf", f"two-df-{x}", {"x": x, "df": 2}, {"value": (-half).exp()})
    add("chi2.sf", f"four-df-{x}", {"x": x, "df": 4}, {"value": (-half).exp() * (1 + half)})

# Beta(a, b) with whole parameters is a binomial tail: P(X <= x) = P(Bin(a + b - 1, x) >= a).
for x, a, b in ((Fraction(1, 4), 2, 3), (Fraction(1, 1024), 3, 7), (Fraction(1, 2), 20, 4)):
    n = a + b - 1
    add("beta.cdf", f"binomial-{a}-{b}", {"x": float(x), "a": a, "b": b}, {"value": sum(comb(n, k) * x**k * (1 - x) ** (n - k) for k in range(a, n + 1))})

# Fisher's lady tasting tea (3 of 4 right) and tables small enough to enumerate.
for x_a, n_a, x_b, n_b in ((3, 4, 1, 4), (4, 4, 0, 4), (1, 10, 6, 12), (0, 30, 5, 20)):
    k, total = x_a + x_b, n_a + n_b
    table = {i: Fraction(comb(n_a, i) * comb(n_b, k - i), comb(total, k)) for i in range(max(0, k - n_b), min(k, n_a) + 1)}
    add("fisherExact", f"table-{x_a}-{n_a}-{x_b}-{n_b}", {"xA": x_a, "nA": n_a, "xB": x_b, "nB": n_b}, {"p": sum(p for p in table.values() if p <= table[x_a])}, 1e-9)

# Pearson's chi-square in fractions; with three arms its p is e^(-x/2).
for counts, weights in (([40, 60], [1, 1]), ([30, 30, 60], [1, 1, 1]), ([100, 210, 0], [1, 2, 0])):
    live = [(c, w) for c, w in zip(counts, weights) if w > 0]
    n, s = sum(c for c, _ in live), sum(w for _, w in live)
    chi2 = sum((c - Fraction(n * w, s)) ** 2 / Fraction(n * w, s) for c, w in live)
    expected = {"chi2": chi2, "df": len(live) - 1}
    if len(live) == 3:
        expected["p"] = (-Decimal(chi2.numerator) / Decimal(chi2.denominator) / 2).exp()
    add("srm", "-".join(map(str, counts)), {"counts": counts, "weights": weights}, expected)

# Welch with equal sizes and variances: df = 2 (n - 1); df = 2 gives p in closed form.
add("welchSummary", "two-and-two", {"a": {"mean": 1, "variance": 1, "n": 2}, "b": {"mean": 4, "variance": 1, "n": 2}, "alpha": 0.05}, {"diff": 3, "se": 1, "t": 3, "df": 2, "p": 1 - Decimal(3) / Decimal(11).sqrt(), "pGreater": (1 - Decimal(3) / Decimal(11).sqrt()) / 2})

# Fieller in rational numbers: mA = 10, vA = 1/4, mB = 11, vB = 1/4, c = 2: a = 99, b = 11, e = -1, roots (11 -+ sqrt(220)) / 99.
root = Decimal(220).sqrt()
add("liftFieller", "rational", {"a": {"mean": 10, "variance": 4, "n": 16}, "b": {"mean": 11, "variance": 4, "n": 16}, "critical": 2}, {"lift": Fraction(1, 10), "bounded": True, "ciLower": (11 - root) / 99, "ciUpper": (11 + root) / 99})
# Control not clear of zero: a = 1 - 4/4 = 0.
add("liftFieller", "touching-zero", {"a": {"mean": 1, "variance": 4, "n": 16}, "b": {"mean": 2, "variance": 4, "n": 16}, "critical": 2}, {"lift": 1, "bounded": False, "ciLower": None, "ciUpper": None})

# Chan's merge in fractions.
parts = [[1, 2, 4], [8, 16]]
values = [Fraction(v) for part in parts for v in part]
def moments(xs):
    m = sum(xs, Fraction(0)) / len(xs)
    return m, sum((x - m) ** 2 for x in xs)
mean, m2 = moments(values)
add("mergeMoments", "halves", {"parts": [{"n": len(p), "mean": float(moments([Fraction(v) for v in p])[0]), "m2": float(moments([Fraction(v) for v in p])[1])} for p in parts]}, {"n": len(values), "mean": mean, "m2": m2, "variance": m2 / (len(values) - 1)})

# Holm and Benjamini-Hochberg by hand.
add("adjust", "by-hand", {"p": [0.01, 0.04, 0.02]}, {"bonferroni": [Fraction(3, 100), Fraction(12, 100), Fraction(6, 100)], "holm": [Fraction(3, 100), Fraction(4, 100), Fraction(4, 100)], "bh": [Fraction(3, 100), Fraction(4, 100), Fraction(3, 100)]}, 1e-12)

# Two normals around the same mean.
add("probBest", "equal", {"means": [1, 1], "sds": [2, 3]}, {"p": [Fraction(1, 2), Fraction(1, 2)]}, 1e-9)
# P(B > A) of Beta(1, 1) against Beta(2, 1): 2/3; Beta(2,1) against Beta(1,2): 1/6.
add("betaProbBeat", "uniform-against-one-success", {"xA": 0, "nA": 0, "xB": 1, "nB": 1, "prior": [1, 1]}, {"p": Fraction(2, 3)}, 1e-9)
add("betaProbBeat", "success-against-failure", {"xA": 1, "nA": 1, "xB": 0, "nB": 1, "prior": [1, 1]}, {"p": Fraction(1, 6)}, 1e-9)

# W-1(-2 e^-2) = -2, W-1(-10 e^-10) = -10.
for w in (2, 10, 50):
    add("lambertWm1", f"minus-{w}", {"x": float(-w * (Decimal(-w)).exp())}, {"value": -w}, 1e-13)

out = Path(__file__).resolve().parent.parent / "stats" / "closed-forms.json"
out.write_text(json.dumps({"name": "closed-forms", "about": "Exact fractions and closed forms", "source": "derived by vectors/generate/closed-forms.py", "cases": cases}, indent=1) + "\n")
print(len(cases), "cases")
