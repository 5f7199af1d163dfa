#!/usr/bin/env python3
"""Version 1 of the API only grows: compares an OpenAPI document with the one on file.

    scripts/contract/compatible.py DOCUMENT [--write] | --self-check

What is on file is scripts/contract/v1.json: the document without descriptions and examples. Callers may rely on every call,
parameter, member, value and limit in it. --write puts the document on file, for what was added; it refuses what was not added.
Whoever reads answers must expect new members and values (docs/http.md), so these are additions.
"""
import copy
import json
import pathlib
import sys

FILE = pathlib.Path(__file__).with_name("v1.json")
LOWER = {"minimum", "minLength", "minItems", "minProperties", "exclusiveMinimum"}
UPPER = {"maximum", "maxLength", "maxItems", "maxProperties", "exclusiveMaximum"}
WORDS = {"description", "summary", "examples", "example", "title", "x-problems", "links", "headers", "tags", "operationId"}


def bare(value, names=False):
    """A document without words for people; below `properties` and the like every key is a name, not a word."""
    if isinstance(value, list):
        return [bare(element) for element in value]
    if not isinstance(value, dict):
        return value
    return {
        key: bare(inner, key in ("properties", "schemas", "parameters", "responses", "paths", "content"))
        for key, inner in value.items() if names or key not in WORDS
    }


def reduced(document):
    """What callers rely on."""
    components = document["components"]
    kept = {name: components.get(name, {}) for name in ("parameters", "schemas", "responses")}
    paths = {
        path: {method: {**bare(operation), "operationId": operation["operationId"],
                        "x-problems": operation.get("x-problems", [])} for method, operation in item.items()}
        for path, item in document["paths"].items()
    }
    return {"paths": paths, "components": {name: bare(part, True) for name, part in kept.items()},
            "webhooks": sorted(document.get("webhooks", {}))}


class Comparison:
    def __init__(self, old, new):
        self.old, self.new, self.faults, self.seen = old, new, [], set()

    def run(self):
        for path, item in self.old["paths"].items():
            for method, operation in item.items():
                place = f"{method.upper()} {path}"
                now = self.new["paths"].get(path, {}).get(method)
                if now is None:
                    self.faults.append(f"{place}: the call is gone")
                else:
                    self.operation(place, operation, now)
        for name in self.old["webhooks"]:
            if name not in self.new["webhooks"]:
                self.faults.append(f"webhook {name} is gone")
        return self.faults

    def operation(self, place, old, new):
        if old["operationId"] != new["operationId"]:
            self.faults.append(f"{place}: it was called {old['operationId']}, now {new['operationId']}")
        if old.get("security") and not new.get("security") is None and new["security"] != old["security"]:
            if not all(way in new["security"] for way in old["security"]):
                self.faults.append(f"{place}: a key that was taken is not any more")
        before = {self.name(p, self.old): self.found(p, self.old) for p in old.get("parameters", [])}
        after = {self.name(p, self.new): self.found(p, self.new) for p in new.get("parameters", [])}
        for name, parameter in before.items():
            if name not in after:
                self.faults.append(f"{place}: parameter {name} is gone")
            else:
                self.schema(f"{place}: parameter {name}", parameter.get("schema", {}), after[name].get("schema", {}), True)
        for name, parameter in after.items():
            if parameter.get("required") and not before.get(name, {}).get("required"):
                self.faults.append(f"{place}: parameter {name} must be given now")
        self.body(place, old.get("requestBody"), new.get("requestBody"), True)
        for status, answer in old.get("responses", {}).items():
            if status[0] != "2":
                continue
            if status not in new.get("responses", {}):
                self.faults.append(f"{place}: answer {status} is gone")
            else:
                self.body(f"{place}: answer {status}", self.found(answer, self.old),
                          self.found(new["responses"][status], self.new), False)

    def body(self, place, old, new, sent):
        if old is None:
            if new is not None and new.get("required"):
                self.faults.append(f"{place}: a body must be sent now")
            return
        if new is None:
            self.faults.append(f"{place}: the body is gone")
            return
        if sent and new.get("required") and not old.get("required"):
            self.faults.append(f"{place}: a body must be sent now")
        for kind, media in old.get("content", {}).items():
            if kind not in new.get("content", {}):
                self.faults.append(f"{place}: {kind} is gone")
            else:
                self.schema(place, media.get("schema", {}), new["content"][kind].get("schema", {}), sent)

    def schema(self, place, old, new, sent):
        key = (json.dumps(old, sort_keys=True), json.dumps(new, sort_keys=True), sent)
        if key in self.seen:
            return
        self.seen.add(key)
        old, new = self.whole(old, self.old), self.whole(new, self.new)
        types = [set(self.types(side)) for side in (old, new)]
        gone = types[0] - types[1] if sent else types[1] - types[0]
        if types[0] and types[1] and gone:
            self.faults.append(f"{place}: type {sorted(gone)} {'is not taken any more' if sent else 'is new here'}")
        values = [side.get("enum", [side["const"]] if "const" in side else None) for side in (old, new)]
        if values[0] is not None and values[1] is not None:
            lost = [value for value in values[0] if value not in values[1]]
            if lost:
                self.faults.append(f"{place}: value {lost} is gone")
        elif sent and values[0] is None and values[1] is not None:
            self.faults.append(f"{place}: only some values are taken now")
        if sent:
            self.limits(place, old, new)
        for name, member in old.get("properties", {}).items():
            if name not in new.get("properties", {}):
                self.faults.append(f"{place}: member {name} is gone")
            else:
                self.schema(f"{place}/{name}", member, new["properties"][name], sent)
        required = [set(side.get("required", [])) for side in (old, new)]
        for name in sorted(required[1] - required[0] if sent else required[0] - required[1]):
            self.faults.append(f"{place}: member {name} {'must be sent now' if sent else 'may be missing now'}")
        for part in ("items", "additionalProperties"):
            if isinstance(old.get(part), dict) and isinstance(new.get(part), dict):
                self.schema(f"{place}/{part}", old[part], new[part], sent)

    def limits(self, place, old, new):
        for name in LOWER | UPPER:
            if name in new and (name not in old or (new[name] > old[name] if name in LOWER else new[name] < old[name])):
                self.faults.append(f"{place}: {name} is {new[name]}, was {old.get(name, 'none')}")
        if new.get("pattern", old.get("pattern")) != old.get("pattern"):
            self.faults.append(f"{place}: the pattern has changed; if it takes all that the old one took, put it on file")

    @staticmethod
    def types(schema):
        given = schema.get("type", [])
        return [given] if isinstance(given, str) else given

    def whole(self, schema, document):
        """A schema with what it refers to and what it consists of."""
        result = {}
        if "$ref" in schema:
            result = dict(self.whole(self.found(schema, document), document))
        for part in [part for part in schema.get("allOf", []) if "if" not in part]:
            inner = self.whole(part, document)
            result = {**result, **inner,
                      "properties": {**result.get("properties", {}), **inner.get("properties", {})},
                      "required": result.get("required", []) + inner.get("required", [])}
        for option in schema.get("anyOf", []):
            inner = self.whole(option, document)
            result["type"] = list(dict.fromkeys(self.types(result) + self.types(inner)))
        return {**result, **{name: value for name, value in schema.items() if name not in ("$ref", "allOf", "anyOf")}}

    @staticmethod
    def found(value, document):
        if "$ref" not in value:
            return value
        for name in value["$ref"].split("/")[1:]:
            document = document[name]
        return document

    def name(self, parameter, document):
        return self.found(parameter, document)["name"]


def compare(old, new):
    return Comparison(old, new).run()


def planted(document):
    """Changes that are no additions, and some that are: (what, change, whether it is a fault)."""
    def payment(d):
        return d["components"]["schemas"]["PaymentRequest"]

    def answer(d):
        return d["components"]["schemas"]["ListedPayment"]

    return [
        ("a call that is gone", lambda d: d["paths"].pop("/v1/payouts"), True),
        ("a method that is gone", lambda d: d["paths"]["/v1/payments"].pop("get"), True),
        ("a member that must be sent", lambda d: payment(d)["required"].append("channel"), True),
        ("a member that is not taken", lambda d: payment(d)["properties"].pop("metadata"), True),
        ("a lower limit", lambda d: payment(d)["properties"]["amount"].update(maximum=1000), True),
        ("a new pattern", lambda d: payment(d)["properties"]["currency"].update(pattern="^X"), True),
        ("a member that is not answered", lambda d: answer(d)["properties"].pop("certainty"), True),
        ("a member that may be missing", lambda d: answer(d)["required"].remove("status"), True),
        ("another type", lambda d: answer(d)["properties"]["amount"].update(type="string"), True),
        ("a value that is gone", lambda d: answer(d)["properties"]["status"]["enum"].remove("failed"), True),
        ("a parameter that is gone", lambda d: d["paths"]["/v1/payments"]["get"]["parameters"].pop(), True),
        ("a webhook that is gone", lambda d: d["webhooks"].pop(), True),
        ("another name of a call", lambda d: d["paths"]["/v1/payments"]["post"].update(operationId="pay"), True),
        ("a new call", lambda d: d["paths"].update({"/v1/new": copy.deepcopy(d["paths"]["/v1/payments"])}), False),
        ("a new optional member", lambda d: payment(d)["properties"].update(note={"type": "string"}), False),
        ("a new answered member", lambda d: answer(d)["properties"].update(note={"type": "string"}), False),
        ("a new value", lambda d: answer(d)["properties"]["status"]["enum"].append("paused"), False),
        ("a higher limit", lambda d: payment(d)["properties"]["description"].update(maxLength=9999), False),
    ]


def self_check():
    wrong = 0
    for what, change, is_fault in planted(None):
        document = json.loads(FILE.read_text())
        old = copy.deepcopy(document)
        change(document)
        if bool(compare(old, document)) != is_fault:
            print(f"{what}: {'not found' if is_fault else 'taken for a fault: ' + str(compare(old, document))}")
            wrong += 1
    print(f"compatible: {len(planted(None)) - wrong} planted changes judged rightly, {wrong} not")
    return 1 if wrong else 0


def main(arguments):
    if arguments == ["--self-check"]:
        return self_check()
    write = "--write" in arguments
    files = [name for name in arguments if name != "--write"]
    if len(files) != 1 or files[0].startswith("-"):
        print(__doc__, file=sys.stderr)
        return 64
    new = reduced(json.loads(pathlib.Path(files[0]).read_text()))
    faults = compare(json.loads(FILE.read_text()), new) if FILE.exists() else []
    for fault in faults:
        print(f"no addition: {fault}", file=sys.stderr)
    if faults:
        return 1
    if write:
        FILE.write_text(json.dumps(new, ensure_ascii=False, sort_keys=True, indent=1) + "\n")
    elif new != json.loads(FILE.read_text()):
        print(f"something was added; put it on file: scripts/contract/compatible.py {files[0]} --write", file=sys.stderr)
        return 1
    print("compatible: version 1 as it is on file")
    return 0


sys.exit(main(sys.argv[1:]))
