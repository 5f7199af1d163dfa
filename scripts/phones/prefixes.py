"""Turns libphonenumber's patterns into sorted prefixes of the national number, by length."""
try:
    import re._parser as sre
except ImportError:  # before Python 3.11
    import sre_parse as sre

DIGITS = frozenset("0123456789")


def sequences(pattern):
    """Every way through a pattern, as sequences of sets of digits."""
    return set(_items(sre.parse(pattern)))


def _items(items):
    found = [()]
    for item in items:
        found = [head + tail for head in found for tail in _item(*item)]
    return found


def _item(kind, value):
    name = str(kind)
    if name == "LITERAL":
        return [(frozenset(chr(value)),)]
    if name == "IN":
        return [(_class(value),)]
    if name == "BRANCH":
        return [way for branch in value[1] for way in _items(branch)]
    if name == "SUBPATTERN":
        return _items(value[-1])
    if name == "MAX_REPEAT":
        low, high, body = value
        ways = _items(body)
        return [tuple(s for _ in range(n) for s in way) for n in range(low, high + 1) for way in ways]
    raise ValueError(f"a pattern uses {name}, which this script does not know")


def _class(parts):
    found = set()
    for kind, value in parts:
        name = str(kind)
        if name == "LITERAL":
            found.add(chr(value))
        elif name == "RANGE":
            found |= {chr(code) for code in range(value[0], value[1] + 1)}
        elif name == "CATEGORY" and str(value) == "CATEGORY_DIGIT":
            found |= DIGITS
        else:
            raise ValueError(f"a class uses {name}, which this script does not know")
    return frozenset(found)


def prefixes(wanted, unwanted, length):
    """The shortest prefixes that hold exactly what `wanted` matches and `unwanted` does not, in order."""
    def cut(ways):
        return frozenset(way for way in ways if len(way) == length)

    found = _walk(cut(wanted), cut(unwanted), length, {})
    return [""] if found is True else found or []


def _walk(wanted, unwanted, left, known):
    """True for everything, None for nothing, otherwise the prefixes below."""
    if not wanted:
        return None
    if left == 0:
        return None if unwanted else True
    key = (wanted, unwanted)
    if key not in known:
        below = []
        for digit in "0123456789":
            inner = _walk(_after(wanted, digit), _after(unwanted, digit), left - 1, known)
            below.append((digit, inner))
        if all(inner is True for _, inner in below):
            known[key] = True
        else:
            texts = [
                digit + rest
                for digit, inner in below if inner is not None
                for rest in ([""] if inner is True else inner)
            ]
            known[key] = texts or None
    return known[key]


def _after(ways, digit):
    return frozenset(way[1:] for way in ways if digit in way[0])


def ranges(texts):
    """Neighbours of one length as `70-73`, the rest as they are."""
    found = []
    for text in sorted(texts):
        if found and len(found[-1][1]) == len(text) and int(found[-1][1]) + 1 == int(text):
            found[-1][1] = text
        else:
            found.append([text, text])
    return [first if first == last else f"{first}-{last}" for first, last in found]
