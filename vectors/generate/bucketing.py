"""Writes vectors/bucketing.json and vectors/ten-thousand-buckets.json: buckets and splits, computed by this implementation of MurmurHash3 from its specification.

python3 vectors/generate/bucketing.py  (Python 3.9 or newer)
"""
import json
from pathlib import Path

BUCKETS = 100_000
MASK = 0xFFFFFFFF


def rotl(x, r):
    return ((x << r) | (x >> (32 - r))) & MASK


def murmur3(data, seed=0):
    h = seed
    whole = len(data) // 4 * 4
    for i in range(0, whole, 4):
        k = int.from_bytes(data[i : i + 4], "little")
        h ^= rotl(k * 0xCC9E2D51 & MASK, 15) * 0x1B873593 & MASK
        h = (rotl(h, 13) * 5 + 0xE6546B64) & MASK
    k = int.from_bytes(data[whole:], "little")
    h ^= rotl(k * 0xCC9E2D51 & MASK, 15) * 0x1B873593 & MASK
    h ^= len(data)
    h = (h ^ h >> 16) * 0x85EBCA6B & MASK
    h = (h ^ h >> 13) * 0xC2B2AE35 & MASK
    return h ^ h >> 16


def bucket(salt, unit):
    return murmur3(f"{salt}.{unit}".encode()) * BUCKETS >> 32


def arm(split, unit):
    at, start = bucket(split["salt"], unit), 0
    for each in split["arms"]:
        if start <= at < start + each["weight"] * split["coverage"] // BUCKETS:
            return each["variant"]
        start += each["weight"]
    return None


assert murmur3(b"abc") == 3017643002
assert murmur3(b"jon@company.com") == 1557731397
assert bucket("jon@company", "com") == 36268

salts = ["checkout.1", "EXP-1.1.9f3a", "größe", "実験", "🧪", "s" * 200]
units = ["1", "42", "user-17", "jon@company.com", "8f14e45f-ceea-467f-9d4b-0f0d0f6e4a51", "Søren", "naïve", "用户", "👩‍🚀", "a b\tc\n", "true", "-1.5", "u" * 500]
buckets = [{"salt": "jon@company", "unit": "com", "bucket": 36268}] + [{"salt": s, "unit": u, "bucket": bucket(s, u)} for s in salts for u in units]

# Units at both sides of every border of the splits below: for each the first of user-0, user-1, ... in that bucket.
salt = "borders"
wanted = {0, 4_999, 5_000, 33_332, 33_333, 33_334, 49_999, 50_000, 54_999, 55_000, 66_665, 66_666, 89_999, 90_000, 99_999}
found = {}
number = 0
while wanted - found.keys():
    at = bucket(salt, f"user-{number}")
    if at in wanted:
        found.setdefault(at, f"user-{number}")
    number += 1

halves = [{"variant": "control", "weight": 50_000}, {"variant": "treatment", "weight": 50_000}]
thirds = [{"variant": "a", "weight": 33_333}, {"variant": "b", "weight": 33_333}, {"variant": "c", "weight": 33_334}]
uneven = [{"variant": "new", "weight": 90_000}, {"variant": "none", "weight": 0}, {"variant": "old", "weight": 10_000}]
splits = []
for arms in (halves, thirds, uneven):
    for coverage in (0, 10_000, 99_999, 100_000):
        split = {"salt": salt, "arms": arms, "coverage": coverage}
        splits.append({**split, "units": {found[at]: arm(split, found[at]) for at in sorted(found)}})

note = "bucket = floor(murmur3(utf8(salt + '.' + unit)) * 100000 / 2^32). Arm i owns [start, start + weight) and admits buckets below start + floor(weight * coverage / 100000); null: the split does not admit the unit. Made by vectors/generate/bucketing.py."
text = "{\n" + f' "note": {json.dumps(note)},\n'
text += ' "buckets": [\n' + ",\n".join("  " + json.dumps(each, ensure_ascii=False) for each in buckets) + "\n ],\n"
text += ' "splits": [\n' + ",\n".join("  " + json.dumps(each, ensure_ascii=False) for each in splits) + "\n ]\n}\n"
target = Path(__file__).resolve().parent.parent / "bucketing.json"
target.write_text(text, encoding="utf-8")
print(f"{target.name}: {len(buckets)} buckets, {len(splits)} splits over {len(found)} units")

# Ten thousand more, compactly: for each salt, the buckets of prefix + "0", prefix + "1", ...
series = [{"salt": s, "prefix": p, "buckets": [bucket(s, f"{p}{n}") for n in range(2_500)]} for s, p in (("checkout.1", "user-"), ("größe", "用户-"), ("🧪", "👩‍🚀"), ("EXP-1.1.9f3a", ""))]
target = target.parent / "ten-thousand-buckets.json"
target.write_text(json.dumps({"note": "buckets[n] is the bucket of prefix + n. Made by vectors/generate/bucketing.py.", "series": series}, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
print(f"{target.name}: {sum(len(each['buckets']) for each in series)} buckets")
