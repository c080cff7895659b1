"""Inflating on a second thread while the first one scans; zlib lets go of the interpreter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from queue import Empty, Full, Queue
from threading import Event, Thread

from ar_xl.xlfile.package import Package

LARGE_BYTES = 2 << 20  # parts from here on are worth a thread
_DEPTH = 2
_LOOK_UP_SECONDS = 0.2


def stream_ahead(package: Package, part: str) -> Iterator[bytes]:
    """A part's bytes in pieces, those of a large one inflated in advance; as `Package.stream`."""
    chunks = package.stream(part)
    return read_ahead(chunks) if package.member(part).file_size >= LARGE_BYTES else chunks


def read_ahead(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same chunks, up to two of them made ready in advance; errors come in their place.

    Where there are no threads, as in a browser, each is made when it is asked for.
    """
    ready: Queue[bytes | BaseException | None] = Queue(_DEPTH)
    stop = Event()

    def put(item: bytes | BaseException | None) -> bool:
        while not stop.is_set():
            try:
                ready.put(item, timeout=_LOOK_UP_SECONDS)
            except Full:
                continue
            return True
        return False

    def work() -> None:
        try:
            for chunk in chunks:
                if not put(chunk):
                    return
        except BaseException as error:  # noqa: BLE001 - raised again in the reader's thread
            put(error)
        else:
            put(None)

    worker = Thread(target=work, name="inflate", daemon=True)
    try:
        worker.start()
    except RuntimeError:
        yield from chunks
        return
    try:
        while (item := ready.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        stop.set()
        while worker.is_alive():
            try:
                ready.get(timeout=0.01)
            except Empty:
                continue
        worker.join()
