"""Writes vectors/stats/references.json: what numpy, scipy, mpmath and statsmodels give for the same questions, by other routes than the engine's.

python3 -m pip install numpy scipy mpmath statsmodels && python3 vectors/generate/references.py
"""
import json
from pathlib import Path

import mpmath as mp
import numpy as np
import scipy
import scipy.integrate
import statsmodels
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.meta_analysis import combine_effects
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

mp.mp.dps = 40
cases = []


def plain(v):
    if isinstance(v, dict):
        return {k: plain(x) for k, x in v.items()}
    if isinstance(v, (list, tuple, np.ndarray)):
        return [plain(x) for x in v]
    if isinstance(v, (np.bool_, bool)):
        return bool(v)
    if isinstance(v, (np.integer, int)):
        return int(v)
    return float(v) if isinstance(v, (mp.mpf, np.floating, float)) else v


def add(fn, name, given, expected, rel=1e-9, absolute=0):
    cases.append({"id": name, "fn": fn, "input": plain(given), "expected": plain(expected), "tol": {"rel": rel, "abs": absolute}})


# --- tails that underflow -----------------------------------------------------------------------------------------------------------------
for t, df in ((70.68516959318617, 3103528.395331994), (60, 1200), (400, 150), (1e6, 80), (39, 1e9)):
    x = mp.mpf(df) / (mp.mpf(df) + mp.mpf(t) ** 2)
    tail = mp.betainc(mp.mpf(df) / 2, mp.mpf("0.5"), 0, x, regularized=True) / 2 if df < 1e6 else None
    if tail is None:
        # By quadrature of the density, scaled by its value at t.
        density = lambda s: mp.e ** (mp.loggamma((df + mp.mpf(1)) / 2) - mp.loggamma(mp.mpf(df) / 2) - mp.log(df * mp.pi) / 2 - (df + mp.mpf(1)) / 2 * mp.log1p(mp.mpf(s) ** 2 / df))
        tail = mp.quad(density, [t, t + mp.mpf(1) / t, t + mp.mpf(5) / t, t + mp.mpf(40) / t, t + mp.mpf(200) / t])
    add("t.logsf", f"{t:g}-{df:g}", {"t": t, "df": df}, {"value": mp.log(tail)}, 1e-9)

# --- always valid ---------------------------------------------------------------------------------------------------------------------------
for z, n, rho2 in ((2.5, 4000, 4.1e-4), (0.4, 100, 1e-3), (5.0, 20000, 4.1e-4), (-1.0, 500, 1e-3)):
    tau = mp.mpf(n) * rho2
    if z <= 0:
        p = 1
    else:
        # The level at which the one-sided limit just reaches z.
        reach = lambda a: mp.sqrt(2 * (tau + 1) / tau * mp.log1p(mp.sqrt(tau + 1) / (2 * a))) - z
        p = mp.findroot(lambda la: reach(mp.e ** la), -3)
        p = min(1, mp.e ** p)
    add("acsOneSidedP", f"{z:g}-{n}", {"z": z, "n": n, "rho2": rho2}, {"p": p})

add("runningIntersection", "narrows", {"looks": [[-1, 3], None, [0, 2.5], [-0.5, 2]]}, {"looks": [{"lower": -1, "upper": 3, "emptied": False}, {"lower": 0, "upper": 2.5, "emptied": False}, {"lower": 0, "upper": 2, "emptied": False}]})
add("runningIntersection", "empties", {"looks": [[0, 1], [2, 3], [2.5, 2.75]]}, {"looks": [{"lower": 0, "upper": 1, "emptied": False}, {"lower": 2, "upper": 3, "emptied": True}, {"lower": 2.5, "upper": 2.75, "emptied": True}]})

# --- sample ratio over periods and segments -------------------------------------------------------------------------------------------------
periods = [{"counts": [900, 100], "weights": [9, 1]}, {"counts": [5200, 4800], "weights": [1, 1]}, {"counts": [3, 1], "weights": [1, 1]}]
parts = [stats.chisquare(p["counts"], np.array(p["weights"]) / sum(p["weights"]) * sum(p["counts"])) for p in periods[:2]]
chi2 = sum(p.statistic for p in parts)
add("srmByPeriod", "two-and-one-too-small", {"periods": periods}, {"chi2": chi2, "df": 2, "p": stats.chi2.sf(chi2, 2)})


def log_bf(counts, shares, prior):
    n = sum(counts)
    k = [mp.mpf(s) * prior for s in shares]
    return mp.loggamma(prior) - mp.loggamma(prior + n) + sum(mp.loggamma(a + c) - mp.loggamma(a) - c * mp.log(s) for a, c, s in zip(k, counts, shares))


looks = [{"looks": [[95, 5], [905, 95]], "weights": [9, 1]}, {"looks": [[600, 400], [5300, 4700]], "weights": [1, 1]}]
total, expected, smallest = mp.mpf(0), [], mp.mpf(1)
for period in looks:
    shares = [mp.mpf(w) / sum(period["weights"]) for w in period["weights"]]
    for counts in period["looks"]:
        here = total + log_bf(counts, shares, mp.mpf(10000))
        smallest = min(smallest, mp.e ** -here)
        expected.append({"logBayesFactor": here, "p": smallest})
    total = here
add("srmSequentialByPeriod", "weights-change", {"periods": looks}, {"looks": expected}, 1e-9, 1e-10)

segments = [("chrome", [5000, 5100]), ("safari", [2000, 1700]), ("firefox", [800, 790]), ("lynx", [2, 3])]
ps = [stats.chisquare(c).pvalue for _, c in segments[:3]]
holm = multipletests(ps, method="holm")[1]
add("srmBySegment", "safari-loses", {"segments": [{"key": k, "counts": c} for k, c in segments], "weights": [1, 1]}, {"segments": [{"key": k, "p": p, "adjustedP": a} for (k, _), p, a in zip(segments, ps, holm)] + [{"key": "lynx", "p": None, "adjustedP": None, "reason": "too_few_units"}]})

# --- proportions and guardrails -----------------------------------------------------------------------------------------------------------
add("proportionTest", "fisher", {"xA": 1, "nA": 400, "xB": 7, "nB": 380}, {"method": "fisher", "p": stats.fisher_exact([[1, 399], [7, 373]])[1]})
pool = (12 + 25) / 1000
add("proportionTest", "score", {"xA": 12, "nA": 500, "xB": 25, "nB": 500}, {"method": "score", "p": 2 * stats.norm.sf(abs((25 - 12) / 500 / np.sqrt(pool * (1 - pool) * 2 / 500)))})
a, b = np.r_[np.ones(310), np.zeros(690)], np.r_[np.ones(345), np.zeros(655)]
add("proportionTest", "welch", {"xA": 310, "nA": 1000, "xB": 345, "nB": 1000}, {"method": "welch", "p": stats.ttest_ind(b, a, equal_var=False).pvalue})


def guardrail(name, a, b, higher, margin, harm_z, ni_z):
    (nA, mA, vA), (nB, mB, vB) = a, b
    sign = 1 if higher else -1

    def spread(f):
        qa, qb = f * f * vA / nA, vB / nB
        df = (qa + qb) ** 2 / (qa**2 / (nA - 1) + qb**2 / (nB - 1))
        return np.sqrt(qa + qb), df

    def scaled(z, df):
        return stats.t.isf(stats.norm.sf(z), df) if df < 1000 else z

    se, df = spread(1)
    limit = sign * (mB - mA) + scaled(harm_z, df) * se
    f = 1 - margin if higher else 1 + margin
    seM, dfM = spread(f)
    within = sign * (mB - f * mA) - scaled(ni_z, dfM) * seM
    add("guardrail", name, {"a": {"n": nA, "mean": mA, "variance": vA}, "b": {"n": nB, "mean": mB, "variance": vB}, "higherIsBetter": higher, "relativeMargin": margin, "harmCritical": harm_z, "critical": ni_z}, {"harmLimit": limit, "harm": limit < 0, "withinLimit": within, "nonInferior": within > 0})


guardrail("within", (4000, 10.0, 30.0), (4100, 9.98, 31.0), True, 0.03, 2.24, 1.6448536269514722)
guardrail("small-arms-harm", (60, 5.0, 2.0), (55, 6.2, 3.0), False, 0.05, 2.5, 1.9)

# --- variance reduction from raw values -----------------------------------------------------------------------------------------------------
rng = np.random.default_rng(20260101)


def covariate_arm(n, effect):
    seen = rng.random(n) < 0.8
    pre = np.where(seen, rng.gamma(2.0, 3.0, n), 0.0)
    y = 0.7 * pre + 2.0 * seen + rng.normal(0, 2, n) + effect
    return np.round(y, 6), np.round(pre, 6), (~seen).astype(float)


arms = [covariate_arm(40, 0.0), covariate_arm(55, 0.4)]
summary = []
for y, pre, none in arms:
    x = np.vstack([pre, none])
    full = np.cov(np.vstack([y, x]), ddof=1)
    summary.append({"n": len(y), "meanY": y.mean(), "meanX": x.mean(axis=1), "varianceY": full[0, 0], "covarianceXY": full[0, 1:], "covarianceX": full[1:, 1:]})
S = sum(s["covarianceX"] / s["n"] for s in summary)
c = sum(s["covarianceXY"] / s["n"] for s in summary)
theta = np.linalg.solve(S, c)
pooled = np.average([s["meanX"] for s in summary], axis=0, weights=[s["n"] for s in summary])
adj = [y - (np.vstack([pre, none]).T - pooled) @ theta for y, pre, none in arms]
t = stats.ttest_ind(adj[1], adj[0], equal_var=False)
add("cupedMoments", "history-indicator", {"a": summary[0], "b": summary[1], "alpha": 0.05}, {"theta": theta, "adjMeanA": adj[0].mean(), "adjMeanB": adj[1].mean(), "test": {"p": t.pvalue, "ciLower": t.confidence_interval().low}, "varianceReduction": 1 - sum(v.var(ddof=1) / len(v) for v in adj) / sum(y.var(ddof=1) / len(y) for y, _, _ in arms)})


def ratio_arm(n, rate):
    base = rng.gamma(3.0, 1.0, n)
    den_pre, den = rng.poisson(base) + 1, rng.poisson(base) + 1
    return rng.binomial(den, rate), den, rng.binomial(den_pre, 0.3), den_pre


ratio_arms = [ratio_arm(70, 0.3), ratio_arm(90, 0.33)]
given, lin = [], []
for arm in ratio_arms:
    data = np.array(arm, dtype=float)
    given.append({"n": data.shape[1], "means": data.mean(axis=1), "covariance": np.cov(data, ddof=1)})
    num, den, num_pre, den_pre = data
    R, P = num.mean() / den.mean(), num_pre.mean() / den_pre.mean()
    lin.append((R, (num - R * den) / den.mean(), P, (num_pre - P * den_pre) / den_pre.mean()))
th = sum(np.cov(z, w, ddof=1)[0, 1] / len(z) for _, z, _, w in lin) / sum(w.var(ddof=1) / len(w) for _, _, _, w in lin)
var = sum((z - th * w).var(ddof=1) / len(z) for _, z, _, w in lin)
add("cupedRatioMoments", "clicks-per-view", {"a": given[0], "b": given[1]}, {"theta": th, "ratioA": lin[0][0], "diffAdj": lin[1][0] - lin[0][0] - th * (lin[1][2] - lin[0][2]), "se": np.sqrt(var)})

strata = {"de": (rng.normal(5, 1, 30), rng.normal(5.2, 1, 34)), "at": (rng.normal(6, 1, 12), rng.normal(6.1, 1, 15)), "ch": (rng.normal(7, 1, 4), rng.normal(7.4, 1, 9)), "li": (rng.normal(9, 1, 3), rng.normal(9, 1, 2))}
strata = {k: (np.round(x, 6), np.round(y, 6)) for k, (x, y) in strata.items()}
# ch and li are small; together still (7 and 11), so they join the smallest of the others, at.
merged = [strata["de"], (np.r_[strata["at"][0], strata["ch"][0], strata["li"][0]], np.r_[strata["at"][1], strata["ch"][1], strata["li"][1]])]
N = sum(len(x) + len(y) for x, y in merged)
w = np.array([(len(x) + len(y)) / N for x, y in merged])
d = np.array([y.mean() - x.mean() for x, y in merged])
v = np.array([x.var(ddof=1) / len(x) + y.var(ddof=1) / len(y) for x, y in merged])
diff = (w * d).sum()
add("postStratifyMerged", "small-ones-together", {"strata": [{"key": k, "a": x, "b": y} for k, (x, y) in strata.items()]}, {"diff": diff, "seConditional": np.sqrt((w**2 * v).sum()), "se": np.sqrt((w**2 * v).sum() + (w * (d - diff) ** 2).sum() / N), "strata": 2})

# --- planning ---------------------------------------------------------------------------------------------------------------------------------
z = stats.norm.isf


def gst(fractions, alpha, drift=None, bounds=None, points=4001, reach=9.0):
    """Lan-DeMets O'Brien-Fleming bounds, or the chance to cross given ones, on a plain Simpson grid over the support."""
    from scipy.optimize import brentq

    spent = lambda t: 2 * stats.norm.sf(stats.norm.isf(alpha / 2) / np.sqrt(t)) if t < 1 else alpha
    theta, found, crossed, last, prev_t, dens, grid = drift or 0.0, [], 0.0, 0.0, 0.0, None, None
    for k, t in enumerate(fractions):
        step = t - prev_t

        def tail(edge):
            if dens is None:
                return stats.norm.sf((edge - theta * t) / np.sqrt(t))
            return scipy.integrate.simpson(dens * stats.norm.sf((edge - grid - theta * step) / np.sqrt(step)), x=grid)

        if bounds is None:
            target = spent(t) - last
            last = spent(t)
            b = brentq(lambda b: tail(b * np.sqrt(t)) - target, -9, 9, xtol=1e-13)
        else:
            b = bounds[k]
        found.append(b)
        crossed += tail(b * np.sqrt(t))
        new = np.linspace(theta * t - reach * np.sqrt(t), b * np.sqrt(t), points)
        if dens is None:
            new_dens = stats.norm.pdf(new, theta * t, np.sqrt(t))
        else:
            new_dens = scipy.integrate.simpson(dens[None, :] * stats.norm.pdf(new[:, None], grid[None, :] + theta * step, np.sqrt(step)), x=grid, axis=1)
        grid, dens, prev_t = new, new_dens, t
    return found, crossed


def inflation(looks, alpha_two_sided, power):
    from scipy.optimize import brentq

    f = [(k + 1) / looks for k in range(looks)]
    b, _ = gst(f, alpha_two_sided / 2)
    fixed = z(alpha_two_sided / 2) + z(1 - power)
    return (brentq(lambda d: gst(f, None, d, b)[1] - power, fixed, fixed * 1.2, xtol=1e-9) / fixed) ** 2


def tuned(alpha):
    rho = float(-mp.lambertw(-mp.mpf(alpha) ** 2 / mp.e, -1).real - 1)
    return float(mp.sqrt((rho + 1) / rho * mp.log((rho + 1) / mp.mpf(alpha) ** 2))), rho


def size(c, power_each, sA, sB, delta, ratio):
    return (c + z(1 - power_each)) ** 2 * (sA**2 + sB**2 / ratio) / delta**2


def units(name, question, c, power_each, sA, sB, delta, factor=1.0, rel=1e-9):
    weights = question["weights"]
    nA = max(size(c, power_each, sA, sB, delta, r / weights[0]) * factor for r in weights[1:])
    add("requiredUnits", name, question, {"perArm": [int(np.ceil(nA * r / weights[0])) for r in weights], "critical": c, "powerEach": power_each, "inflation": factor}, rel)


base = {"alpha": 0.05, "power": 0.8, "question": "difference"}
p, q = 0.1, 0.105
units("proportion-fixed", {**base, "metric": {"kind": "proportion", "baseline": p}, "effect": {"relative": 0.05}, "mode": "fixed", "weights": [1, 1]}, z(0.025), 0.8, np.sqrt(p * (1 - p)), np.sqrt(q * (1 - q)), q - p)
units("mean-cuped-guardrails", {**base, "metric": {"kind": "mean", "baseline": 20.0, "sd": 45.0}, "effect": {"relative": 0.02}, "mode": "fixed", "weights": [1, 1], "covariateR2": 0.36, "guardrails": 3}, z(0.025), 0.95, 45 * 0.8, 45 * 0.8, 0.4)
units("ratio-three-arms", {**base, "metric": {"kind": "ratio", "baseline": 0.25, "sd": 0.6}, "effect": {"relative": -0.04}, "mode": "fixed", "weights": [2, 1, 1], "primaryMetrics": 2}, z(0.05 / 4 / 2), 0.8, 0.6, 0.6, -0.01)
factor = inflation(5, 0.05, 0.8)
units("quantile-group-sequential", {**base, "metric": {"kind": "quantile", "baseline": 180.0, "sd": 900.0}, "effect": {"absolute": 9.0}, "mode": "group_sequential", "looks": 5, "weights": [1, 1]}, z(0.025), 0.8, 900, 900, 9, factor, 1e-6)
c_av, rho = tuned(0.05)
units("mean-always-valid", {**base, "metric": {"kind": "mean", "baseline": 3.0, "sd": 5.0}, "effect": {"relative": 0.05}, "mode": "always_valid", "weights": [1, 1]}, c_av, 0.8, 5, 5, 0.15)
units("non-inferiority", {"alpha": 0.05, "power": 0.8, "question": "non_inferiority", "metric": {"kind": "proportion", "baseline": 0.2}, "effect": {"relative": 0.03}, "mode": "fixed", "weights": [1, 1], "guardrails": 2}, z(0.05), 1 - 0.2 / 3, 0.4, 0.4, 0.006)
_, rho1 = tuned(0.1)
c1 = float(mp.sqrt(2 * (rho1 + 1) / rho1 * mp.log1p(mp.sqrt(rho1 + 1) / (2 * mp.mpf("0.05")))))
units("non-inferiority-always-valid", {"alpha": 0.05, "power": 0.9, "question": "non_inferiority", "metric": {"kind": "mean", "baseline": 50.0, "sd": 80.0}, "effect": {"relative": 0.02}, "mode": "always_valid", "weights": [1, 1]}, c1, 0.9, 80, 80, 1.0)

reach_q = {**base, "metric": {"kind": "mean", "baseline": 20.0, "sd": 45.0}, "effect": {"relative": 0.02}, "mode": "fixed", "weights": [1, 3], "covariateR2": 0.2}
se = 45 * np.sqrt(0.8) * np.sqrt(1 / 50000 + 1 / 150000)
add("planReach", "mean-one-to-three", {**reach_q, "nTotal": 200000}, {"mde": (z(0.025) + z(0.2)) * se, "mdeRelative": (z(0.025) + z(0.2)) * se / 20, "power": stats.norm.sf(z(0.025) - 0.4 / se) + stats.norm.cdf(-z(0.025) - 0.4 / se)})

curve = [1000, 1800, 2500, 3100, 3600, 4000, 4300, 4550, 4780, 5000]
add("planDuration", "within-the-curve", {"distinctByDay": curve, "needed": 1750, "coverage": 0.5, "windowDays": 3, "minDays": 7}, {"days": 14, "daysToUnits": 5, "extrapolated": False})
# The last seven days brought (5000 - 2500) / 7 a day.
add("planDuration", "beyond-the-curve", {"distinctByDay": curve, "needed": 8000, "coverage": 1, "windowDays": 1, "minDays": 7}, {"days": int(np.ceil((10 + np.ceil(3000 / (2500 / 7)) + 1) / 7) * 7), "daysToUnits": int(10 + np.ceil(3000 / (2500 / 7))), "extrapolated": True})

zn, t0, drift, crit = 1.1, 0.4, 2.8, 1.96
add("conditionalPower", "two-fifths", {"z": zn, "informationFraction": t0, "drift": drift, "critical": crit}, {"power": stats.norm.sf((crit - zn * np.sqrt(t0) - drift * (1 - t0)) / np.sqrt(1 - t0))})
full = [0.2, 0.4, 0.6, 0.8, 1.0]
b5, _ = gst(full, 0.025)
s0 = zn * np.sqrt(0.4)
u = [t - 0.4 for t in full[2:]]
shifted = [(b * np.sqrt(t) - s0) / np.sqrt(x) for b, t, x in zip(b5[2:], full[2:], u)]
add("gstConditionalPower", "after-two-of-five", {"z": zn, "informationFraction": 0.4, "drift": drift, "laterLooks": [{"information": t, "bound": b} for t, b in zip(full[2:], b5[2:])]}, {"power": gst(u, None, drift, shifted)[1]}, 1e-7)

# --- Bayesian, drill-down, programme -----------------------------------------------------------------------------------------------------------
mA, vA, mB, vB = 4.0, 0.01, 4.2, 0.012
L, s = mB / mA - 1, np.sqrt(vB + (mB / mA) ** 2 * vA) / mA
prec = 1 / s**2 + 1 / 0.1**2
m, sd = (L / s**2) / prec, np.sqrt(1 / prec)
add("liftPosterior", "prior-of-ten-percent", {"a": {"m": mA, "v": vA, "n": 500}, "b": {"m": mB, "v": vB, "n": 500}, "priorMean": 0, "priorSd": 0.1, "level": 0.9}, {"mean": m, "sd": sd, "chanceToBeat": stats.norm.cdf(m / sd), "ciLower": stats.norm.ppf(0.05, m, sd), "ciUpper": stats.norm.ppf(0.95, m, sd), "lossIfShip": stats.norm.expect(lambda x: np.maximum(-x, 0), loc=m, scale=sd, epsabs=1e-14, lb=m - 12 * sd, ub=0), "lossIfKeep": stats.norm.expect(lambda x: np.maximum(x, 0), loc=m, scale=sd, epsabs=1e-14, lb=0, ub=m + 12 * sd)}, 1e-8)

days = np.arange(1, 13)
effects = np.round(0.9 - 0.3 * np.log(days) + np.array([0.02, -0.03, 0.01, 0.0, 0.03, -0.02, 0.01, -0.01, 0.02, -0.02, 0.0, 0.01]), 6)
ses = np.round(0.05 + 0.004 * days, 6)
fit = sm.WLS(effects, sm.add_constant(np.log(days)), weights=1 / ses**2).fit()
sxx = np.linalg.inv((sm.add_constant(np.log(days)).T / ses**2) @ sm.add_constant(np.log(days)))
zt = fit.params[1] / np.sqrt(sxx[1, 1])
avg = lambda i: np.average(effects[i], weights=1 / ses[i] ** 2)
add("noveltyCheck", "wears-off", {"days": [{"day": d, "effect": e, "se": s} for d, e, s in zip(days, effects, ses)]}, {"trend": {"slope": fit.params[1], "intercept": fit.params[0], "p": 2 * stats.norm.sf(abs(zt))}, "early": avg(slice(0, 4)), "late": avg(slice(8, 12)), "flag": "novelty"})

eff, sg = np.array([0.05, -0.02, 0.03, 0.09, 0.01]), np.array([0.02, 0.015, 0.03, 0.025, 0.01])
meta = combine_effects(eff, sg**2, method_re="chi2")
praw = 2 * stats.norm.sf(abs(eff / sg))
tau2, mu = meta.tau2, meta.mean_effect_re
qp, qm = ((eff / sg) ** 2)[eff > 0].sum(), ((eff / sg) ** 2)[eff <= 0].sum()
gs = sum(stats.binom.pmf(h, 4, 0.5) * stats.chi2.sf(min(qp, qm), h) for h in range(1, 5))
add("drillDown", "five-countries", {"segments": [{"key": k, "effect": e, "se": s} for k, e, s in zip("abcde", eff, sg)]}, {"heterogeneity": {"Q": meta.q, "I2": max(0, meta.i2), "p": stats.chi2.sf(meta.q, 4)}, "reversalP": gs, "rows": [{"key": k, "p": p, "adjustedP": a, "shrunk": (e * tau2 + s**2 * mu) / (tau2 + s**2)} for k, e, s, p, a in zip("abcde", eff, sg, praw, multipletests(praw, method="fdr_bh")[1])]})

lo, hi = proportion_confint(4, 13, method="wilson")
verdicts = ["confirmed"] * 4 + ["rejected"] * 5 + ["harmful"] * 2 + ["inconclusive"] * 2
add("winRate", "four-of-thirteen", {"verdicts": [{"kind": k, "final": True} for k in verdicts] + [{"kind": "invalid", "final": False}, {"kind": "confirmed", "final": False}]}, {"wins": 4, "decided": 13, "rate": 4 / 13, "lower": lo, "upper": hi})
# Kohavi, Deng & Vermeer (2022), table 2: 8 % of ideas work, level .05 two-sided, power .8: 26.4 %.
add("falseDiscovery", "one-in-twelve", {"rate": 0.08 * 0.8 + 0.92 * 0.025, "alphaOneSided": 0.025, "power": 0.8}, {"trueShare": 0.08, "risk": 0.025 * 0.92 / (0.08 * 0.8 + 0.92 * 0.025)})
forecast = [(0.9, True), (0.85, True), (0.9, False), (0.3, False), (0.2, True), (0.35, False), (0.5, True), (0.55, False), (1.0, True), (0.0, False)]
pr, out = np.array([f[0] for f in forecast]), np.array([float(f[1]) for f in forecast])
bins = np.minimum(4, np.floor(pr * 5).astype(int))
rel_ = sum((bins == i).mean() * (pr[bins == i].mean() - out[bins == i].mean()) ** 2 for i in range(5) if (bins == i).any())
res_ = sum((bins == i).mean() * (out[bins == i].mean() - out.mean()) ** 2 for i in range(5) if (bins == i).any())
unc = out.mean() * (1 - out.mean())
add("calibration", "ten-forecasts", {"forecasts": [{"probability": p, "success": o} for p, o in forecast]}, {"brier": ((pr - out) ** 2).mean(), "reliability": rel_, "resolution": res_, "uncertainty": unc, "skill": 1 - ((pr - out) ** 2).mean() / unc})

cell = {"controlControl": (300, 5.0, 4.0), "controlTreatment": (310, 5.2, 4.1), "treatmentControl": (290, 5.5, 4.2), "treatmentTreatment": (305, 5.1, 3.9)}
con = (5.1 - 5.2) - (5.5 - 5.0)
sec = np.sqrt(sum(v / n for n, _, v in cell.values()))
add("interaction", "cancels", {"cells": {k: {"n": n, "mean": mu_, "variance": v} for k, (n, mu_, v) in cell.items()}}, {"contrast": con, "se": sec, "p": 2 * stats.norm.sf(abs(con / sec)), "interacts": bool(2 * stats.norm.sf(abs(con / sec)) < 0.001)})

out = {
    "name": "references",
    "about": "Planning, sequential, segment and programme statistics against other libraries and other routes",
    "source": f"vectors/generate/references.py with numpy {np.__version__}, scipy {scipy.__version__}, mpmath {mp.__version__}, statsmodels {statsmodels.__version__}",
    "cases": cases,
}
Path(__file__).resolve().parent.parent.joinpath("stats", "references.json").write_text(json.dumps(out, indent=1) + "\n")
print(len(cases), "cases")
