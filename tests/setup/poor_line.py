"""A poor line: carries IP packets between two TUN devices, the far one in a network namespace.

Arguments: name of the near device, of the far one. Prints "ready" when both exist. Each line of standard input is one
JSON object that changes the line: rate_kbit (each direction, 0 = as fast as it goes), loss (0..1), delay_ms (one way),
down, block_udp. Each is answered with the counters so far: bytes that crossed, by direction and protocol.
"""

import fcntl
import heapq
import json
import os
import random
import select
import struct
import sys
import time

TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
# What a router of a slow line keeps waiting at most.
QUEUE_SECONDS = 0.4
NAMES = {6: "tcp", 17: "udp"}


def tun(name):
    fd = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(fd, TUNSETIFF, struct.pack("16sH", name.encode(), IFF_TUN | IFF_NO_PI))
    return fd


def main(near, far):
    line = {"rate_kbit": 0, "loss": 0, "delay_ms": 0, "down": False, "block_udp": False}
    to = {near: far, far: near}
    names = {near: "up", far: "down"}  # leaving by the near device is what the far side sent
    crossed = {f"{way}_{kind}": 0 for way in ("up", "down") for kind in ("tcp", "udp", "other")}
    dropped = 0
    free = {near: 0.0, far: 0.0}
    waiting, order = [], 0
    sys.stdin = os.fdopen(0, "rb", buffering=0)
    text = b""
    print("ready", flush=True)
    while True:
        now = time.monotonic()
        while waiting and waiting[0][0] <= now:
            _, _, out, packet, kind = heapq.heappop(waiting)
            try:
                os.write(out, packet)
                crossed[f"{names[out]}_{kind}"] += len(packet)
            except OSError:
                dropped += 1
        timeout = max(0, waiting[0][0] - time.monotonic()) if waiting else None
        readable, _, _ = select.select([near, far, 0], [], [], timeout)
        for fd in readable:
            if fd == 0:
                chunk = os.read(0, 65536)
                if not chunk:
                    return
                text += chunk
                while b"\n" in text:
                    said, text = text.split(b"\n", 1)
                    line.update(json.loads(said))
                    print(json.dumps({**crossed, "dropped": dropped}), flush=True)
                continue
            for _ in range(64):
                try:
                    packet = os.read(fd, 65536)
                except BlockingIOError:
                    break
                kind = NAMES.get(packet[9], "other") if packet[0] >> 4 == 4 else "other"
                lost = line["down"] or random.random() < line["loss"]
                if lost or (line["block_udp"] and kind == "udp"):
                    dropped += 1
                    continue
                out = to[fd]
                at = time.monotonic()
                if line["rate_kbit"]:
                    start = max(at, free[out])
                    if start - at > QUEUE_SECONDS:
                        dropped += 1
                        continue
                    free[out] = at = start + len(packet) * 8 / (line["rate_kbit"] * 1000)
                order += 1
                heapq.heappush(waiting, (at + line["delay_ms"] / 1000, order, out, packet, kind))


if __name__ == "__main__":
    main(tun(sys.argv[1]), tun(sys.argv[2]))
