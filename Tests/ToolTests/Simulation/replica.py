"""An independent simulation of one replica, event by event, each sequence with what it still has to produce.

Reads a file: the seconds per token for 1, 2, ... sequences in the first line, then a request in each line: arrival, prompt and completion tokens.
Writes for each request, in their order, when it starts and when it completes.
"""

import sys


def main():
    with open(sys.argv[1]) as file:
        paces = [float(word) for word in file.readline().split()]
        requests = [tuple(float(word) for word in line.split()) for line in file]
    starts, ends = [None] * len(requests), [None] * len(requests)
    running, waiting = {}, []
    now, coming = 0.0, 0
    while coming < len(requests) or running:
        arrival = requests[coming][0] if coming < len(requests) else float("inf")
        first, finish = None, float("inf")
        if running:
            pace = paces[len(running) - 1]
            first = min(running, key=lambda place: running[place])
            finish = now + running[first] * pace
        moment = min(arrival, finish)
        if running:
            for place in running:
                running[place] -= (moment - now) / pace
        now = moment
        if finish <= arrival:
            del running[first]
            ends[first] = now
        else:
            waiting.append(coming)
            coming += 1
        while waiting and len(running) < len(paces):
            place = waiting.pop(0)
            starts[place] = now
            running[place] = requests[place][2]
    for start, end in zip(starts, ends):
        print(repr(start), repr(end))


main()
