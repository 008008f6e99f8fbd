from itertools import chain, islice


def take_in_blocks(offered, wanted, take, begin=1):
    """What ``take`` got of what is offered, so many at most; fewer when nothing is left.

    take(block, at): what it got of a block, a list; None, and nothing taken, when one of them is a
    neighbour's. at: how many were taken before. The first one is taken alone unless ``begin`` says
    otherwise, the others in one block. What a neighbour took after our snapshot was made is skipped
    one by one, and then the blocks grow again.
    """
    offered, taken = iter(offered), []
    size, growth = begin, max(wanted, 2)
    while len(taken) < wanted:
        block = list(islice(offered, min(size, wanted - len(taken))))
        if not block:
            break
        got = take(block, len(taken))
        if got is None:
            if len(block) > 1:
                offered = chain(block, offered)
            size, growth = 1, 2
        else:
            taken += got
            size *= growth
    return taken
