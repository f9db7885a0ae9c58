"""Groups of points against an independent k-means and silhouette, and the rules that choose among them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.cluster.vq import kmeans2

from loftet.analysis import clustering
from loftet.analysis.clustering import Partition, base_clusters, choose, partitions, settled, silhouette
from loftet.analysis.disclosure import base_cluster_points

POINTS = arrays(np.float64, st.tuples(st.integers(1, 40), st.just(2)), elements=st.integers(-4, 4).map(float))


def blobs(sizes: list[int], spread: float = 0.5, seed: int = 0) -> np.ndarray:
    rng = np.random.Generator(np.random.PCG64(seed))
    corners = np.array([[0, 0], [6, 0], [0, 6], [6, 6], [12, 0]], dtype=float)
    return np.concatenate([corners[i] + spread * rng.standard_normal((n, 2)) for i, n in enumerate(sizes)])


def spread_of(points: np.ndarray, labels: np.ndarray) -> float:
    return sum(float(np.sum((points[labels == g] - points[labels == g].mean(axis=0)) ** 2)) for g in np.unique(labels))


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4))
def test_no_worse_than_many_random_starts(seed: int) -> None:
    points = np.random.Generator(np.random.PCG64(seed)).standard_normal((400, 2)) * [2.0, 1.0]
    for k, partition in partitions(points, (2, 3, 4, 5), minimum=5).items():
        rng = np.random.Generator(np.random.PCG64(seed))
        rivals = [kmeans2(points, k, minit="++", rng=rng)[1] for _ in range(30)]
        assert spread_of(points, partition.labels) <= min(spread_of(points, r) for r in rivals) * 1.02


@pytest.mark.parametrize("k", [2, 3, 4])
def test_silhouette_is_the_textbook_one_when_every_point_is_its_own_cluster(k: int) -> None:
    from sklearn.metrics import silhouette_score  # slow to import

    points = blobs([20, 15, 10, 8][:k], spread=2.0)
    partition = partitions(points, (k,), minimum=2)[k]
    assert partition.silhouette == pytest.approx(silhouette_score(points, partition.labels), abs=1e-7)
    widths = silhouette(points, partition.labels, np.arange(len(points)))
    assert widths[0] == pytest.approx(silhouette_score(points, partition.labels), abs=1e-12)


def test_silhouette_of_base_clusters_is_close_to_that_of_points() -> None:
    from sklearn.metrics import silhouette_score  # slow to import

    points = np.random.Generator(np.random.PCG64(1)).standard_normal((900, 2))
    partition = partitions(points, (3,), minimum=5)[3]
    assert partition.silhouette == pytest.approx(silhouette_score(points, partition.labels), abs=0.02)


@pytest.mark.parametrize("sizes", [[30, 20], [40, 30, 20], [30, 30, 30, 30], [25, 25, 20, 20, 20]])
def test_as_many_groups_as_there_are(sizes: list[int]) -> None:
    chosen = choose(partitions(blobs(sizes), (2, 3, 4, 5), minimum=5))
    assert chosen is not None
    assert list(chosen.sizes) == sorted(sizes, reverse=True)
    assert chosen.converged


@settings(deadline=None)
@given(POINTS, st.randoms(use_true_random=False))
def test_groups_do_not_depend_on_the_order_of_points(points: np.ndarray, random) -> None:
    order = list(range(len(points)))
    random.shuffle(order)
    first, second = (partitions(p, (2, 3), minimum=2) for p in (points, points[order]))
    assert first.keys() == second.keys()
    for k, partition in first.items():
        assert partition.labels[order].tolist() == second[k].labels.tolist()
        assert partition.silhouette == pytest.approx(second[k].silhouette, abs=1e-9)


@settings(deadline=None)
@given(POINTS, st.integers(1, 6))
def test_every_group_is_large_enough_and_every_point_in_one(points: np.ndarray, minimum: int) -> None:
    for k, partition in partitions(points, (2, 3, 4), minimum).items():
        assert sorted(set(partition.labels.tolist())) == list(range(k))
        assert min(partition.sizes) >= minimum
        assert sum(partition.sizes) == len(points)
        assert list(partition.sizes) == sorted(partition.sizes, reverse=True)


def test_one_far_away_is_set_aside_and_joins_the_nearest() -> None:
    points = np.concatenate([blobs([30, 30]), [[0.0, 500.0]]])
    partition = partitions(points, (2,), minimum=5)[2]
    assert sorted(partition.sizes) == [30, 31]
    assert partition.set_aside == 1
    assert len(set(partition.labels[:30])) == len(set(partition.labels[30:60])) == 1


def test_too_many_far_away_make_no_partition() -> None:
    points = np.concatenate([blobs([10, 10]), [[0.0, 500.0], [500.0, 0.0], [0.0, -500.0]]])
    assert 2 not in partitions(points, (2,), minimum=5)


def test_scale_does_not_matter() -> None:
    points = blobs([30, 20, 10], spread=1.5)
    for factor in (1e-6, 1e6):
        for k, partition in partitions(points * factor, (2, 3), minimum=5).items():
            assert partition.labels.tolist() == partitions(points, (2, 3), minimum=5)[k].labels.tolist()


def test_no_points_and_equal_points_have_no_partitions() -> None:
    assert partitions(np.zeros((0, 2)), (2, 3), minimum=5) == {}
    assert partitions(np.ones((50, 2)), (2, 3), minimum=5) == {}


@settings(deadline=None)
@given(POINTS, st.integers(2, 10))
def test_base_clusters_are_few_and_equal_points_share_one(points: np.ndarray, limit: int) -> None:
    labels = base_clusters(points, limit)
    assert sorted(set(labels.tolist())) == list(range(labels.max() + 1))
    assert labels.max() < limit
    together = {tuple(p): label for p, label in zip(points.tolist(), labels.tolist(), strict=True)}
    assert all(together[tuple(p)] == label for p, label in zip(points.tolist(), labels.tolist(), strict=True))


def test_points_are_unchanged() -> None:
    points = blobs([30, 20])
    before = points.copy()
    partitions(points, (2, 3), minimum=5)
    base_clusters(points, 7)
    assert np.array_equal(points, before)


def partition_of(k: int, width: float, error: float) -> Partition:
    return Partition(np.zeros(0, dtype=np.int64), (9,) * k, np.zeros((k, 2)), width, error, 1, True, 0)


@pytest.mark.parametrize(
    ("widths", "expected"),
    [
        ({2: 0.50, 3: 0.40}, 2),
        ({2: 0.40, 3: 0.50}, 3),
        ({2: 0.491, 3: 0.50}, 2),
        ({2: 0.3, 3: 0.492, 4: 0.50, 5: 0.499}, 3),
        ({4: 0.1}, 4),
    ],
)
def test_one_more_group_must_earn_its_place(widths: dict[int, float], expected: int) -> None:
    chosen = choose({k: partition_of(k, width, 0.01) for k, width in widths.items()})
    assert chosen is not None
    assert chosen.k == expected


@settings(deadline=None)
@given(POINTS, st.lists(st.integers(-1, 2), min_size=40, max_size=40), st.integers(1, 8))
def test_the_map_never_shows_fewer_than_the_minimum(points: np.ndarray, groups: list[int], minimum: int) -> None:
    labels = np.array(groups[: len(points)])
    shown = base_cluster_points(points, base_clusters(points, 9), labels, minimum=minimum)
    assert all(p.size >= minimum for p in shown)
    for group in (-1, 0, 1, 2):
        name = None if group < 0 else group
        members, drawn = int(np.sum(labels == group)), sum(p.size for p in shown if p.group == name)
        assert drawn == (members if members >= minimum else 0)
        if drawn:
            mean = np.sum([[p.x * p.size, p.y * p.size] for p in shown if p.group == name], axis=0) / drawn
            np.testing.assert_allclose(mean, points[labels == group].mean(axis=0), atol=1e-9)


def test_many_points_are_gathered_and_give_the_same_groups_as_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    points = blobs([900, 700, 500], spread=1.2)
    gathered = settled(points, partitions(points, (3,), minimum=5)[3], 5)
    monkeypatch.setattr(clustering, "_WHOLE", 10_000)
    one_by_one = partitions(points, (3,), minimum=5)[3]
    assert np.mean(gathered.labels == one_by_one.labels) > 0.998
    assert gathered.silhouette == pytest.approx(one_by_one.silhouette, abs=0.01)
    assert spread_of(points, gathered.labels) <= 1.001 * spread_of(points, one_by_one.labels)


def test_settling_never_makes_a_group_too_small() -> None:
    points = np.array([[0.0, 0]] * 6 + [[9.0, 0]] * 5)
    found = partitions(points, (2,), minimum=5)[2]
    assert settled(points, found, 5).labels.tolist() == found.labels.tolist()
    assert settled(points, found, 6) is found
