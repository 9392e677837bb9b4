"""Makes the arrays of this folder with NumPy 2.4.6, and `arrays.txt`, which says what they hold: the
file, the options to read it with, and for each array its name, its shape and its numbers; or a part of
the message where a file is to be refused.
"""

import os

import ml_dtypes  # 0.6.0
import numpy as np

os.chdir(os.path.dirname(os.path.abspath(__file__)))
lines = []


def expect(file, options, arrays):
    parts = [file, options]
    for name, array in arrays.items():
        numbers = np.asarray(array).ravel().tolist()
        shape = " ".join(map(str, np.shape(array)))
        parts.append(f"{name}: {shape}: {' '.join(repr(float(v)) for v in numbers)}")
    lines.append(" | ".join(parts))


def plain(name, array, **how):
    np.save(f"{name}.npy", array)
    expect(f"{name}.npy", "", {"": array})


def refuse(file, message, options="", arrays=None):
    lines.append(f"{file} | refused | {message}")
    if arrays is not None:
        expect(file, options, arrays)


halves = np.array([0, -0.0, 1, 65504, 6e-8, 6.1e-5, -2.5, np.inf, -np.inf, np.nan, 0.1], dtype="f2")
plain("half", halves)
plain("half-big", halves.reshape(1, 11).astype(">f2"))
plain("single-big", np.array([0.1, -2e30], dtype=">f4"))
plain("truth", np.array([[True, False], [False, True]]))
for code in ["i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"]:
    limits = np.iinfo(code)
    plain(f"whole-{code}", np.array([limits.min, limits.max, 7], dtype=">" + code))
plain("zero-d", np.array(2.5))
plain("empty", np.zeros((0, 3)))
cube = np.arange(24, dtype="i2").reshape(2, 3, 4)
plain("fortran-cube", np.asfortranarray(cube))
plain("cut", np.arange(12.0).reshape(3, 4)[::2, 1::2])

points = np.zeros(3, dtype=[("x", ">f4"), ("n", "<i8"), ("größe", "f2"), ("ok", "?")])
points["x"] = [0.5, -1, 1e10]
points["n"] = [1, 2, 2**40]
points["größe"] = [1, 2, 3]
points["ok"] = [True, False, True]
np.save("fields.npy", points)
expect("fields.npy", "", {name: points[name] for name in points.dtype.names})
np.save("fields-some.npy", points[["x", "größe"]])
expect("fields-some.npy", "", {name: points[name] for name in ["x", "größe"]})
aligned = np.zeros(2, dtype=np.dtype([("a", "i1"), ("b", "f8"), ("c", "i2")], align=True))
aligned["a"], aligned["b"], aligned["c"] = [1, 2], [0.1, 0.2], [-3, 4]
np.save("fields-aligned.npy", aligned)
expect("fields-aligned.npy", "", {name: aligned[name] for name in "abc"})
vectors = np.zeros(2, dtype=[("v", "f4", (3,)), ("w", "f8")])
vectors["v"], vectors["w"] = [[1, 2, 3], [4, 5, 6]], [7, 8]
np.save("fields-vectors.npy", vectors)
expect("fields-vectors.npy", "", {"v": vectors["v"], "w": vectors["w"]})
titled = np.zeros(1, dtype=[(("a title, with 'quotes'", "x"), "f8"), ("日", "f8")])
titled["x"], titled["日"] = 5, 6
np.save("fields-titles.npy", titled)
expect("fields-titles.npy", "", {"x": titled["x"], "日": titled["日"]})
words = np.array([(1.5, "a"), (2.5, "b")], dtype=[("x", "f8"), ("word", "U3")])
np.save("fields-words.npy", words)
refuse("fields-words.npy", "'word' of", "skip=1", {"x": words["x"]})
np.save("fields-nested.npy", np.zeros(2, dtype=[("p", [("x", "f8"), ("y", "f8")])]))
refuse("fields-nested.npy", "has fields itself")
np.save("fields-fortran.npy", np.zeros((2, 2), dtype=[("x", "f8"), ("y", "i4")], order="F"))
refuse("fields-fortran.npy", "fields in Fortran order")
wide = np.zeros(2, dtype=[(f"column_{n}", "f8") for n in range(30)])
wide["column_29"] = [3, 4]
np.save("fields-many.npy", wide[[f"column_{n}" for n in (0, 29)]])
expect("fields-many.npy", "", {"column_0": wide["column_0"], "column_29": wide["column_29"]})

many = {"X": np.arange(6.0).reshape(2, 3), "y": np.array([1, 2], dtype="i4"), "lr": np.array(0.1, "f2")}
np.savez("several.npz", **many)
expect("several.npz", "", many)
noise = np.round(np.random.default_rng(1).normal(size=(40, 5)), 1)
long = np.tile(np.arange(50.0), 8)
np.savez_compressed("packed.npz", noise, long=long, little=np.array([1.0]))
expect("packed.npz", "", {"long": long, "little": [1.0], "arr_0": noise})
columns = {"x": np.arange(3.0), "y": np.arange(3) * 2}
np.savez_compressed("columns.npz", **columns)
expect("columns.npz", "", columns)
np.savez("mixed.npz", x=np.arange(2.0), label=np.array(["a", "b"]))
refuse("mixed.npz", "'label' of", "skip=1", {"x": np.arange(2.0)})

with open("several.npz", "rb") as file:
    damaged = bytearray(file.read())
damaged[damaged.index(b"NUMPY") + 140] ^= 1
with open("damaged.npz", "wb") as file:
    file.write(damaged)
refuse("damaged.npz", "damaged archive")

np.save("complex.npy", np.array([1 + 2j]))
refuse("complex.npy", "holds complex numbers")
np.save("long-double.npy", np.array([0.1], dtype=np.longdouble))
refuse("long-double.npy", "more than 64 bits")
np.save("brain.npy", np.array([0.5], dtype=ml_dtypes.bfloat16))
refuse("brain.npy", "entries without a format")
np.save("days.npy", np.array(["2020-01-01"], dtype="M8[D]"))
refuse("days.npy", "holds times")
np.save("objects.npy", np.array([1, "a"], dtype=object), allow_pickle=True)
refuse("objects.npy", "objects of Python")

with open("arrays.txt", "w") as file:
    file.write("\n".join(lines) + "\n")
