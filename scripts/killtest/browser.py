"""A browser that opens one page at a time."""
import html
import re
import urllib.error
import urllib.parse
import urllib.request


class _StayHere(urllib.request.HTTPRedirectHandler):
    """A page may send its visitor on, even to a shop that does not exist; nobody follows."""

    def redirect_request(self, *_):
        return None


_browser = urllib.request.build_opener(_StayHere)


def open_here(request, browser=_browser):
    """Opens a page without following where it leads; status, `Location` and text. Raises OSError without an answer."""
    try:
        with browser.open(request, timeout=15) as answer:
            return answer.status, answer.headers.get("location"), answer.read().decode(errors="replace")
    except urllib.error.HTTPError as answer:
        return answer.code, answer.headers.get("location"), answer.read().decode(errors="replace")


class Visitor:
    """Somebody with a browser of their own, which keeps cookies and says where its forms come from."""

    def __init__(self, base):
        self.base, self._browser = base, urllib.request.build_opener(_StayHere, urllib.request.HTTPCookieProcessor())

    def open(self, path):
        return open_here(urllib.request.Request(self.base + path, headers={"Accept-Language": "en"}), self._browser)

    def form(self, path, fields):
        return open_here(urllib.request.Request(
            self.base + path, data=urllib.parse.urlencode(fields).encode(),
            headers={"Origin": self.base, "Accept-Language": "en"}), self._browser)


def form_to(action, text):
    """What a page's form sends unless somebody types over it; `None` where the page has no form that leads there."""
    for part in text.split("<form ")[1:]:
        form = part.split("</form>")[0]
        if f'action="{action}"' in form:
            return {name: html.unescape(value) for name, value in re.findall(
                r'<input[^>]*name="([^"]*)"[^>]*value="([^"]*)"', form)}
    return None
