"""providers.schema.json and `payrouter check` must agree: on the file that ships, on good variants of one, on wrong ones.

Usage: provider_schema.py <payrouter binary>
"""

import copy
import json
import pathlib
import subprocess
import sys
import tempfile

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHIPPED = json.loads((ROOT / "providers.json").read_text())
# The same with everything said, at addresses of its own: what is changed below changes it.
WRITTEN_OUT = json.loads(pathlib.Path(__file__).with_name("written-out.json").read_text())
SCHEMA = json.loads((ROOT / "providers.schema.json").read_text())
APP = "app_01M7Y8G2S83KY03KAYDH4HV29B"
TMONEY, PAGE, CODE, CARD, MTN, PAYGATE, FLOOZ = range(7)
WALLET, BILLER = 12, 13


def at(path, value):
    """Sets the value at a path; `...` as value removes it."""

    def change(document):
        *parents, last = path
        for step in parents:
            document = document[step]
        if value is ...:
            del document[last]
        else:
            document[last] = value

    return change


def provider(index, *path_and_value):
    *path, value = path_and_value
    return at(["providers", index, *path], value)


def first_rule(*path_and_value):
    *path, value = path_and_value
    return at(["routing", "rules", 0, *path], value)


def both(*changes):
    return lambda document: [change(document) for change in changes]


def sms(*path_and_value):
    """Configures an SMS gateway and changes it in one place."""
    *path, value = path_and_value

    def change(document):
        whole = {"url": "https://sms.example/", "body": {"to": "{phone}", "text": "{text}"}}
        document.setdefault("messages", {}).setdefault("sms", whole)
        at(["messages", "sms", *path], value)(document)

    return change


def mail(*path_and_value):
    """Configures a mail server and changes it in one place."""
    *path, value = path_and_value

    def change(document):
        whole = {"host": "smtp.example", "port": 587, "security": "starttls", "user": "u", "password": "p",
                 "from": "Shop <no-reply@pay.example>"}
        document.setdefault("messages", {}).setdefault("mail", whole)
        at(["messages", "mail", *path], value)(document)

    return change


def holders(*path_and_value):
    """Lets people have wallets of their own, and changes that in one place."""
    *path, value = path_and_value

    def change(document):
        whole = {"environment": "sandbox", "app": "Wallets", "currencies": ["XOF"], "default_country": "TG", "tell_unknown_users": False}
        document.setdefault("holders", whole)
        at(["holders", *path], value)(document)

    return change


def account(index):
    """Leaves out what the sandbox's own operators know."""

    def change(document):
        entry = document["providers"][index]
        settings = {name: entry["settings"][name] for name in ("flow",) if name in entry["settings"]}
        for name in ("base_url", "settings", "secrets", "contract"):
            entry.pop(name, None)
        entry["settings"] = settings

    return change


def production(index, **secrets):
    return both(
        provider(index, "environment", "production"), provider(index, "secrets", secrets),
        provider(index, "base_url", ...), at(["trusted_proxies"], []),
    )


WRONG = {
    "unknown member at the top": at(["color"], "red"),
    "no providers member": at(["providers"], ...),
    "a limit of apps that is lowered": at(["limits"], {"app": {"per_second": 4999}}),
    "an unknown limit": at(["limits"], {"page": {"burst": 1}}),
    "an empty burst": at(["limits"], {"pages": {"burst": 0}}),
    "a limit for a day and more": at(["limits"], {"failed_keys": {"seconds": 86401}}),
    "too many streams of a link": at(["limits"], {"streams": {"per_link": 101}}),
    "a daily limit of nothing": at(["daily_limits"], {"per_app": {"XOF": {"payment": {"amount": 0}}}}),
    "a daily limit with a fraction": at(["daily_limits"], {"per_number": {"XOF": {"payout": {"count": 1.5}}}}),
    "a daily limit of refunds": at(["daily_limits"], {"per_app": {"XOF": {"refund": {"count": 1}}}}),
    "a daily limit in no currency": at(["daily_limits"], {"per_app": {"franc": {"payment": {}}}}),
    "a daily limit per hour": at(["daily_limits"], {"per_hour": {}}),
    "messages by pigeon": at(["messages"], {"pigeon": {}}),
    "an SMS gateway without its body": at(["messages"], {"sms": {"url": "https://sms.example/"}}),
    "an SMS gateway over plain http": sms("url", "http://sms.example/"),
    "an SMS gateway whose address names a phone": sms("url", "https://sms.example/?to={phone}"),
    "an SMS gateway that is only asked": sms("method", "GET"),
    "an SMS gateway of another format": sms("format", "xml"),
    "a nested form": both(sms("format", "form"), at(["messages", "sms", "body", "to"], ["{phone}{text}"])),
    "a body that is a text": sms("body", "{phone}{text}"),
    "a header that cannot be": sms("headers", {"X Key": "a"}),
    "a header with what somebody wrote": sms("headers", {"X-Text": "{text}"}),
    "a header with half a place": sms("headers", {"X-Key": "{secret"}),
    "no status that accepts": sms("accepted", []),
    "a status that is none": sms("refused", [40]),
    "addresses of another kind": sms("addresses", "private"),
    "a mail server without its port": mail("port", ...),
    "a mail server at no port": mail("port", 0),
    "a mail server with a scheme": mail("host", "smtp://smtp.example"),
    "mail without TLS over the network": mail("security", "none"),
    "mail with TLS of an old kind": mail("security", "ssl"),
    "mail from nobody": mail("from", "Shop"),
    "mail from a line break": mail("from", "Shop\r\nBcc: a <b@shop.example>"),
    "a mail user without a password": both(mail("user", "u"), mail("password", ...)),
    "a literal password for mail in production": both(
        production(TMONEY, password="env:PATH"), provider(TMONEY, "base_url", "https://operator.example"),
        mail("password", "secret"),
    ),
    "a literal secret for SMS in production": both(
        production(TMONEY, password="env:PATH"), provider(TMONEY, "base_url", "https://operator.example"),
        both(sms("headers", {"X-Key": "{secret}"}), at(["messages", "sms", "secret"], "secret")),
    ),
    "holders of no environment": holders("environment", ...),
    "holders of an environment that is none": holders("environment", "test"),
    "holders without currencies": holders("currencies", ...),
    "holders with no currency": holders("currencies", []),
    "holders with a currency twice": holders("currencies", ["XOF", "XOF"]),
    "holders with a currency in small letters": holders("currencies", ["xof"]),
    "holders in a country without phones": holders("default_country", "XX"),
    "holders of an app with one letter": holders("app", "W"),
    "holders of an app with a space at its end": holders("app", "Wallets "),
    "holders with an unknown member": holders("limits", {}),
    "holders to whom no message gets": both(holders("app", "Wallets"), at(["messages"], {})),
    "holders in production to whom no message gets": both(
        both(provider(WALLET, "environment", "production"), at(["trusted_proxies"], [])), holders("environment", "production")),
    "no provider": both(at(["providers"], []), at(["routing", "rules"], [])),
    "no routing": at(["routing"], ...),
    "no rule and no otherwise": at(["routing"], {}),
    "unknown member of a provider": provider(TMONEY, "retries", 3),
    "id with capitals": provider(TMONEY, "id", "TMoney"),
    "id is missing": provider(TMONEY, "id", ...),
    "unknown kind": provider(TMONEY, "kind", "paypal"),
    "unknown environment": provider(TMONEY, "environment", "test"),
    "base_url without scheme": provider(TMONEY, "base_url", "operator.example"),
    "base_url over plain http": provider(TMONEY, "base_url", "http://operator.example"),
    "base_url with a query": provider(TMONEY, "base_url", "https://operator.example/?x=1"),
    "production without address": production(TMONEY, password="env:PATH"),
    "production without a word about proxies": both(
        production(TMONEY, password="env:PATH"), provider(TMONEY, "base_url", "https://operator.example"),
        at(["trusted_proxies"], ...),
    ),
    "trusted_proxies is no list": at(["trusted_proxies"], "127.0.0.1"),
    "literal secret in production": production(CARD, secret_key="sk_live_1", webhook_secret="env:PATH"),
    "settings are no object": provider(TMONEY, "settings", "demo"),
    "required setting is missing": provider(TMONEY, "settings", {}),
    "unknown setting": provider(TMONEY, "settings", "user", "demo"),
    "setting of another type": provider(TMONEY, "settings", "username", 7),
    "empty user name": provider(TMONEY, "settings", "username", ""),
    "unknown spelling": provider(TMONEY, "settings", "request_id_field", "id"),
    "minimum of nothing": provider(TMONEY, "settings", "minimum", 0),
    "minimum with a fraction": provider(TMONEY, "settings", "minimum", 1.5),
    "unknown path": provider(TMONEY, "settings", "paths", {"refund": "/refund"}),
    "unknown layout": provider(TMONEY, "settings", "layout", "newest"),
    "legacy credit without its password": provider(
        TMONEY, "settings", "legacy_credit", {"path": "/v1", "role": "agent", "id": "1"}
    ),
    "legacy credit of nobody": provider(TMONEY, "settings", "legacy_credit", {"path": "/v1", "role": "agent"}),
    "secrets are missing": provider(TMONEY, "secrets", ...),
    "a secret is missing": provider(TMONEY, "secrets", {}),
    "unknown secret": provider(TMONEY, "secrets", "pin", "1234"),
    "secret is a number": provider(TMONEY, "secrets", "password", 1234),
    "unknown flow": provider(PAGE, "settings", "flow", "popup"),
    "setting of the other flow": provider(PAGE, "settings", "checkout_url", "https://pay.example/f"),
    "setting of the page in the accept flow": provider(CODE, "settings", "accept_card", True),
    "accept flow without its page": provider(CODE, "settings", "checkout_url", ...),
    "unknown placeholder": provider(CODE, "settings", "qr_template", "{checkout_url}?{sum}"),
    "body style as a number": provider(CODE, "settings", "body_style", 2021),
    "code request without the code": provider(
        CODE, "settings", "code_request", {"path": "/c", "fields": {"c": "{pin}"}, "payment_id": "/id"}
    ),
    "code request of the page": provider(
        PAGE, "settings", {"code_request": {"path": "/c", "fields": {"c": "{code}"}, "payment_id": "/id"}}
    ),
    "code request without its path": provider(
        CODE, "settings", "code_request", {"fields": {"c": "{code}"}, "payment_id": "/id"}
    ),
    "colon in a Flouci key": provider(PAGE, "secrets", "public_key", "a:b"),
    "unknown card interface": provider(CARD, "settings", {"api": "checkout"}),
    "statement suffix too long": provider(CARD, "settings", {"statement_descriptor_suffix": "x" * 23}),
    "statement suffix with a star": provider(CARD, "settings", {"statement_descriptor_suffix": "a*b"}),
    "no currencies": provider(CARD, "settings", {"currencies": []}),
    "a currency twice": provider(CARD, "settings", {"currencies": ["USD", "USD"]}),
    "currency in small letters": provider(CARD, "settings", {"currencies": ["usd"]}),
    "publishable key": provider(CARD, "secrets", "secret_key", "pk_test_1"),
    "live key in the sandbox": provider(CARD, "secrets", "secret_key", "sk_live_1"),
    "webhook secret with a space": provider(CARD, "secrets", "webhook_secret", "a b"),
    "API user with a colon": provider(MTN, "settings", "api_user", "me:you"),
    "API user with a space": provider(MTN, "settings", "api_user", "a b"),
    "product on an unknown host": provider(MTN, "settings", "hosts", {"remittance": "https://operator.example"}),
    "product over plain http": provider(MTN, "settings", "hosts", {"collection": "http://operator.example"}),
    "product at a path": provider(MTN, "settings", "hosts", {"disbursement": "/disbursement"}),
    "target environment in capitals": provider(MTN, "settings", "target_environment", "MTN"),
    "target environment without its currency": provider(MTN, "settings", "target_environment", "mtnatlantis"),
    "countries without phones": provider(MTN, "settings", "countries", ["XX"]),
    "refunds elsewhere": provider(MTN, "settings", "refund_path", "/refund"),
    "payouts without their key": provider(MTN, "secrets", "disbursement_api_key", ...),
    "MTN without a subscription": provider(MTN, "secrets", "subscription_key", ...),
    "no network": provider(PAYGATE, "settings", {"networks": []}),
    "a network twice": provider(PAYGATE, "settings", {"networks": ["FLOOZ", "FLOOZ"]}),
    "network in small letters": provider(PAYGATE, "settings", {"networks": ["flooz"]}),
    "path without its slash": provider(PAYGATE, "settings", {"paths": {"pay": "pay"}}),
    "PayGate without its key": provider(PAYGATE, "secrets", {}),
    "partner number without the country": provider(FLOOZ, "settings", "partner_number", "99999999"),
    "user name with a colon": provider(FLOOZ, "settings", "username", "a:b"),
    "encryption key too short": provider(FLOOZ, "secrets", "encryption_key", "short"),
    "encrypted header without its key": provider(FLOOZ, "secrets", "encryption_key", ...),
    "fixed key that is missing": provider(FLOOZ, "settings", "authorization", {"mode": "api_key"}),
    "token with a counter": provider(
        FLOOZ, "settings", "authorization", {"mode": "token_endpoint", "index": "counter"}
    ),
    "negative number": provider(FLOOZ, "settings", "authorization", {"index_value": -1}),
    "limit of no currency": provider(TMONEY, "limits", {"xof": {"min": 1}}),
    "limit of nothing": provider(TMONEY, "limits", {"XOF": {"min": 0}}),
    "unknown member of a limit": provider(TMONEY, "limits", {"XOF": {"least": 1}}),
    "percent as a number": provider(TMONEY, "fees", {"XOF": {"percent": 1.5}}),
    "percent with a sign": provider(TMONEY, "fees", {"XOF": {"percent": "-1"}}),
    "percent over 100": provider(TMONEY, "fees", {"XOF": {"percent": "100.01"}}),
    "percent with three decimals": provider(TMONEY, "fees", {"XOF": {"percent": "1.505"}}),
    "negative fee": provider(TMONEY, "fees", {"XOF": {"fixed": -1}}),
    "fee of less than nothing": provider(TMONEY, "fees", {"XOF": {"min": -1}}),
    "fee with a fraction": provider(TMONEY, "fees", {"XOF": {"max": 0.5}}),
    "unknown member of transfers": at(["transfers"], {"fee": {}}),
    "transfer fee of no currency": at(["transfers"], {"fees": {"franc": {"fixed": 1}}}),
    "transfer fee with an unknown member": at(["transfers"], {"fees": {"XOF": {"flat": 1}}}),
    "transfer percent as a number": at(["transfers"], {"fees": {"XOF": {"percent": 1}}}),
    "wallets at an address": provider(WALLET, "base_url", "https://operator.example"),
    "wallets without currencies": provider(WALLET, "settings", {}),
    "wallets with no currency": provider(WALLET, "settings", {"currencies": []}),
    "wallets with a currency twice": provider(WALLET, "settings", {"currencies": ["XOF", "XOF"]}),
    "wallets with a secret": provider(WALLET, "secrets", {"password": "x"}),
    "a biller without words for paid": provider(BILLER, "settings", "paid_statuses", ...),
    "a biller with no word for paid": provider(BILLER, "settings", "paid_statuses", []),
    "a biller with a word twice": provider(BILLER, "settings", "paid_statuses", ["approved", "approved"]),
    "a biller's channel in capitals": provider(BILLER, "settings", "channel", "Water"),
    "a biller without accounts": provider(BILLER, "settings", "account", ...),
    "a biller with empty numbers": provider(BILLER, "settings", "account", "minimum_length", 0),
    "a biller with endless numbers": provider(BILLER, "settings", "account", "maximum_length", 65),
    "a biller's numbers of anything": provider(BILLER, "settings", "account", "characters", "any"),
    "a biller without a key": provider(BILLER, "secrets", {}),
    "a biller with a login and no client": provider(BILLER, "settings", "token_path", "/token"),
    "a biller with a login and no password": both(
        provider(BILLER, "settings", "token_path", "/token"), provider(BILLER, "settings", "client_id", "c")),
    "a biller asked for goods for a moment": provider(BILLER, "settings", "goods_within_seconds", 59),
    "a biller's key with a space": provider(BILLER, "settings", "goods_key", "a b"),
    "wallets that hold for a moment": provider(WALLET, "settings", {"currencies": ["XOF"], "hold_seconds": 59}),
    "app of another form": provider(TMONEY, "apps", ["demo"]),
    "unknown member of the contract": provider(TMONEY, "contract", {"patience": 3}),
    "contract with a text": provider(TMONEY, "contract", {"review_after_seconds": "6"}),
    "checks per second with a fraction": provider(TMONEY, "contract", {"checks_per_second": 0.5}),
    "session too short": provider(TMONEY, "session_seconds", 29),
    "session too long": provider(TMONEY, "session_seconds", 86401),
    "nothing in flight": provider(TMONEY, "max_in_flight", 0),
    "too much in flight": provider(TMONEY, "max_in_flight", 10001),
    "unknown member of routing": at(["routing", "default"], {}),
    "too many attempts": at(["routing", "max_attempts"], 11),
    "failover after a payer's refusal": at(["routing", "failover"], ["declined"]),
    "failover after an unknown reason": at(["routing", "failover"], ["bad_luck"]),
    "rule without a name": first_rule("name", ...),
    "rule with a taken name": first_rule("name", "otherwise"),
    "rule without use": first_rule("use", ...),
    "unknown condition": first_rule("when", "weather", "sunny"),
    "amount without currency": first_rule("when", {"amount": {"min": 100}}),
    "unknown currency in a condition": first_rule("when", "currency", "CFA franc"),
    "country by its name": first_rule("when", "phone.country", "Togo"),
    "app without a name in a condition": first_rule("when", "app", [""]),
    "unknown condition": first_rule("when", "colour", "blue"),
    "operation that nobody has": first_rule("when", "operation", "sell"),
    "BIN with letters": first_rule("when", "card.bin", "45ab"),
    "weekday in another language": first_rule("when", "weekday", "lundi"),
    "share of more than all": first_rule("when", "bucket", {"of": "payment", "to": "1000.5"}),
    "hour of another form": first_rule("when", "time", {"from": "8:00", "to": "18:00"}),
    "hour that does not exist": first_rule("when", "time", {"from": "08:00", "to": "24:00"}),
    "half a span": first_rule("when", "time", {"from": "08:00"}),
    "unknown strategy": first_rule("use", "strategy", "dearest"),
    "no provider in use": first_rule("use", "providers", []),
    "weight of nothing": first_rule("use", "providers", [{"id": "tmoney-tg", "weight": 0}]),
    "unknown member beside the weight": first_rule("use", "providers", [{"id": "tmoney-tg", "share": 1}]),
}

RIGHT = {
    "written out": lambda document: None,
    **{f"an account in the sandbox that goes without saying, {index}": account(index) for index in range(12)},
    "no $schema": at(["$schema"], ...),
    "limits": at(["limits"], {
        "app": {"per_second": 8000}, "apps": {APP: {"concurrent": 100000}},
        "pages": {"burst": 400, "requests": 100, "seconds": 1}, "streams": {"per_address": 200},
    }),
    "messages by nothing": at(["messages"], {}),
    "holders": holders("app", "Wallets"),
    "holders with little said": at(["holders"], {"environment": "sandbox", "currencies": ["TND", "XOF"]}),
    "holders who are told of unknown names": holders("tell_unknown_users", True),
    "holders in production": both(
        both(provider(WALLET, "environment", "production"), at(["trusted_proxies"], [])),
        both(holders("environment", "production"), both(mail("password", "env:PATH"), sms("url", "https://sms.example/")))),
    "SMS as they are": sms("url", "https://sms.example/send"),
    "SMS with everything said": at(["messages"], {"sms": {
        "url": "http://127.0.0.1:13013/send", "method": "PUT", "format": "form", "addresses": "any", "secret": "env:PATH",
        "headers": {"Authorization": "Bearer {secret}", "Idempotency-Key": "{id}"}, "accepted": [204], "refused": [],
        "body": {"to": "{phone_digits}", "text": "{text}"},
    }}),
    "SMS in a nested body": sms("body", [{"to": ["{phone}"], "text": "{text}", "flash": False, "parts": 3}]),
    "mail as it is": mail("port", 587),
    "mail without a login": both(mail("user", ...), mail("password", ...)),
    "mail to this machine": both(mail("host", "localhost"), mail("security", "none")),
    "mail to a server that is an address": both(mail("host", "[2001:db8::1]"), mail("security", "tls")),
    "mail from an address alone": both(mail("from", "no-reply@pay.example"), mail("ca_file", None)),
    "messages in production": both(
        production(TMONEY, password="env:PATH"), provider(TMONEY, "base_url", "https://operator.example"),
        both(mail("password", "env:PATH"), sms("url", "https://sms.example/")),
    ),
    "another address over https": provider(TMONEY, "base_url", "https://test.operator.example/v2"),
    "loopback over http": provider(TMONEY, "base_url", "http://127.0.0.1:9000/tmoney"),
    "secret from the environment": provider(TMONEY, "secrets", "password", "env:PATH"),
    "production": both(
        production(TMONEY, password="env:PATH"), provider(TMONEY, "base_url", "https://operator.example")
    ),
    "production behind a proxy": both(
        production(TMONEY, password="env:PATH"), provider(TMONEY, "base_url", "https://operator.example"),
        at(["trusted_proxies"], ["10.0.0.2", "2001:db8::/32"]),
    ),
    "all settings of tmoney": provider(
        TMONEY, "settings",
        {
            "username": "demo", "paths": {"login": "/l", "debit": "https://d.example/x", "debit_status": "/s"},
            "layout": "newer", "request_id_field": "idrequete", "request_time_field": "dateheureRequete", "minimum": 1, "maximum": 9,
        },
    ),
    "legacy credit": both(
        provider(TMONEY, "settings", "legacy_credit", {"path": "/v1", "role": "merchant", "id": "1", "type": "C"}),
        provider(TMONEY, "secrets", "legacy_password", "x"),
    ),
    "accept flow with a template of its own": provider(
        CODE, "settings", {"flow": "accept", "qr_template": "f:{amount}:{reference}", "body_style": "2019"}
    ),
    "page flow by default": provider(PAGE, "settings", {}),
    "card with all settings": provider(
        CARD, "settings",
        {
            "api": "charges", "api_version": "2026-01-01", "statement_descriptor_suffix": "SHOP 12+",
            "currencies": ["USD", "XOF"],
        },
    ),
    "MTN for collections only": both(
        provider(MTN, "settings", "disbursement_api_user", ...),
        provider(MTN, "secrets", "disbursement_api_key", ...),
        provider(MTN, "secrets", "disbursement_subscription_key", ...),
    ),
    "MTN elsewhere with all settings": provider(
        MTN, "settings",
        {
            "target_environment": "mtnuganda", "api_user": "bW9tby1wcmFjdGljZS11c2Vy==", "currency": "UGX",
            "hosts": {"collection": "https://momo.example", "disbursement": "https://momo.example/out"},
            "countries": ["KE"], "minimum": 1, "maximum": 9, "sends_callback_url": True, "partial_refunds": True,
            "refund_path": "/disbursement/v2_0/refund", "looks_up_names": False,
        },
    ),
    "PayGate with all settings": provider(
        PAYGATE, "settings",
        {
            "flow": "page", "networks": ["TMONEY"], "paths": {"disburse": "/api/v1/cashout"}, "pays_out": False,
            "minimum": 1, "maximum": 9,
        },
    ),
    "Flooz with all settings": provider(
        FLOOZ, "settings",
        {
            "username": "u", "merchant_name": "m", "partner_number": "22890000000", "layout": "first",
            "paths": {"debit": "/d", "verify": "/v", "token": "/t"}, "amount_form": "number", "minimum": 1, "maximum": 9,
            "authorization": {"mode": "encrypted", "index": "random", "index_value": 3, "iv": "random", "prefix": "T "},
        },
    ),
    "Flooz with a fixed key": both(
        provider(FLOOZ, "settings", "authorization", {"mode": "api_key"}),
        provider(FLOOZ, "secrets", {"merchant_key": "m", "api_key": "k"}),
    ),
    "Flooz with handed-out tokens": both(
        provider(FLOOZ, "settings", "authorization", {"mode": "token_endpoint", "index_value": 1050}),
        provider(FLOOZ, "secrets", {"merchant_key": "m", "password": "p"}),
    ),
    "restricted key": provider(CARD, "secrets", "secret_key", "rk_test_1"),
    "fee between two ends": provider(TMONEY, "fees", {"XOF": {"percent": "1", "min": 10, "max": 500}}),
    "transfers without fees": at(["transfers"], {}),
    "transfer fees in two currencies": at(["transfers"], {"fees": {"XOF": {"fixed": 50}, "TND": {"percent": "0.5", "max": 900}}}),
    "a biller with a login": both(
        provider(BILLER, "settings", "token_path", "/token"), provider(BILLER, "settings", "client_id", "c"),
        provider(BILLER, "secrets", {"client_secret": "s"})),
    "a biller of bills": provider(BILLER, "settings", "pays", "bill"),
    "wallets in production": both(provider(WALLET, "environment", "production"), at(["trusted_proxies"], [])),
    "whole percent": provider(TMONEY, "fees", {"XOF": {"percent": "100.00"}}),
    "apps": provider(TMONEY, "apps", [APP]),
    "only otherwise": at(["routing"], {"otherwise": {"strategy": "priority", "providers": ["card-main"]}}),
    "weights": first_rule("use", {"strategy": "weighted", "providers": [{"id": "tmoney-tg", "weight": 3}, "card-main"]}),
    "failover": at(["routing", "failover"], ["not_sent", "operator_unavailable"]),
    "every condition": first_rule(
        "when",
        {
            "amount": {"min": 100, "max": 5000}, "currency": ["XOF", "TND"], "channel": "tmoney",
            "phone.country": ["TG"], "phone.operator": "togocom", "app": APP, "metadata": {"shop": ["a", "b"]},
            "time": {"from": "08:00", "to": "18:30"},
        },
    ),
}


def main(binary):
    validator = jsonschema.Draft202012Validator(SCHEMA)
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "providers.json"
        faults += [f"as shipped: {error.message}" for error in validator.iter_errors(SHIPPED)]
        path.write_text(json.dumps(SHIPPED))
        faults += ["as shipped: check finds a fault"] * subprocess.run(
            [binary, "check", "--config", path], capture_output=True).returncode
        for cases, expected in ((RIGHT, True), (WRONG, False)):
            for name, change in cases.items():
                document = copy.deepcopy(WRITTEN_OUT)
                for entry in document["providers"]:
                    entry.setdefault("settings", {})
                change(document)
                path.write_text(json.dumps(document, indent=2))
                by_schema = [error.message for error in validator.iter_errors(document)]
                run = subprocess.run([binary, "check", "--json", "--config", path], capture_output=True, text=True)
                if (not by_schema) != expected:
                    faults.append(f"{name}: the schema says {by_schema[:2] or 'good'}")
                # What rules mean, a schema cannot tell: findings about that have a code.
                told = json.loads(run.stdout)["configuration"] if run.stdout.startswith("{") else [{"severity": "error"}]
                wrong = any(issue["severity"] == "error" and not issue.get("code") for issue in told)
                if wrong == expected or run.returncode not in (0, 78):
                    faults.append(f"{name}: check says {run.returncode} {(run.stdout + run.stderr).strip()[:400]}")
    for fault in faults:
        print(f"provider schema: {fault}")
    print(f"provider schema: {len(RIGHT)} right and {len(WRONG)} wrong files, {len(faults)} disagreements")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
