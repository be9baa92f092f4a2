"""The stand-in as a process, beside the demo."""

import argparse
import os
import signal
import threading
from pathlib import Path

from samvaro.demo.stripe_standin.server import StandIn


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m samvaro.demo.stripe_standin")
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--site-url", required=True)
    told = parser.parse_args()
    ended = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: ended.set())
    with StandIn(
        key=os.environ["STRIPE_SECRET_KEY"],
        secret=os.environ["STRIPE_WEBHOOK_SECRET"],
        hook_url=f"{told.site_url.rstrip('/')}/webhooks/stripe/",
        port=told.port,
        file=told.data_dir / "stripe.json",
    ):
        ended.wait()


if __name__ == "__main__":
    main()
