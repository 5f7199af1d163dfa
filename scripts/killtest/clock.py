"""The clock of this machine, which all processes share."""
import datetime
import time


def now():
    """Milliseconds since 1970, as all processes of this machine count them."""
    return time.time_ns() // 1_000_000


def milliseconds(text):
    """A time as the router and the books write it, in milliseconds since 1970."""
    return round(datetime.datetime.fromisoformat(text).timestamp() * 1_000)
