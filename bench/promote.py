"""How long a freed place waits for the next in the queue when very many are freed at once."""

import json
from statistics import median

from bench.ground import Ground
from bench.results import Result

PLACES, WAITING, ROUNDS = 500, 1000, 3
# Our own aim: nothing is said of it elsewhere. About as many statements as the bare way has, times
# the letter, the reason and the line of each.
AIM = "<= 8.0"


def promote(ground: Ground) -> list[Result]:
    """Ours writes letters, lines and reasons too; the bare way moves rows only."""
    said = ground.samvaro.run(
        "bench.promote_scene", *(str(number) for number in (PLACES, WAITING, ROUNDS))
    )
    rounds = json.loads(said.splitlines()[-1])["rounds"]
    figures = {
        "waiting": WAITING,
        "cancellations": PLACES,
        "seconds": round(median(mine for mine, _bare in rounds), 2),
        "floor_seconds": round(median(bare for _mine, bare in rounds), 2),
    }
    return [Result("promote", AIM, [mine / bare for mine, bare in rounds], figures)]
