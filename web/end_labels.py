"""Labels at the ends of lines: each as near to its line as it can, none over another."""

from collections.abc import Sequence


def spread(wanted: Sequence[float], room: float, highest: float) -> list[float]:
    """Where labels stand that want to stand at some heights from 0 to ``highest``, each ``room``
    high: in the same order, at least ``room`` apart, with the least sum of squared distances.

    Pool adjacent violators (Ayer et al. 1955) over the heights with the room below each taken
    out, cut to what the drawing has. There must be room for all.
    """
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    pools: list[tuple[float, int]] = []
    for rank, number in enumerate(order):
        pool = (wanted[number] - rank * room, 1)
        while pools and pools[-1][0] / pools[-1][1] > pool[0] / pool[1]:
            total, n = pools.pop()
            pool = (total + pool[0], n + pool[1])
        pools.append(pool)
    last = highest - room * (len(wanted) - 1)
    levels = [min(max(total / n, 0.0), last) for total, n in pools for _ in range(n)]
    placed = dict(zip(order, levels))
    return [placed[number] + room * order.index(number) for number in range(len(wanted))]
