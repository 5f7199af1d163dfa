"""A browser that opens one page at a time."""
import urllib.error
import urllib.request


class _StayHere(urllib.request.HTTPRedirectHandler):
    """A page may send its visitor on, even to a shop that does not exist; nobody follows."""

    def redirect_request(self, *_):
        return None


_browser = urllib.request.build_opener(_StayHere)


def open_here(request):
    """Opens a page without following where it leads; status, `Location` and text. Raises OSError without an answer."""
    try:
        with _browser.open(request, timeout=15) as answer:
            return answer.status, answer.headers.get("location"), answer.read().decode(errors="replace")
    except urllib.error.HTTPError as answer:
        return answer.code, answer.headers.get("location"), answer.read().decode(errors="replace")
