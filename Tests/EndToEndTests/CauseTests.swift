import CurlTransport
import Foundation
import Router
import Testing
import WebText

@testable import Host

/// Errors name their cause: what is wrong, where, and what would be right.
@Suite("Errors name their cause", .timeLimit(.minutes(10)))
struct CauseTests {
    private func detail(_ answer: RunningRouter.Answer) -> String { answer.json["detail"]?.stringValue ?? "" }

    private func pointers(_ answer: RunningRouter.Answer) -> [String] {
        (answer.json["errors"]?.arrayValue ?? []).compactMap { $0["pointer"]?.stringValue }
    }

    @Test
    func `a payment that no rule leads anywhere says what its own channel lacks, not what others serve`() async throws {
        let router = try await RunningRouter()
        let bare = await router.create(["amount": 5_000, "currency": "XOF", "channel": "tmoney"])
        #expect(bare.status == 422 && bare.json["code"] == "no_eligible_provider")
        #expect(detail(bare).hasPrefix("customer.phone is missing: "), "\(detail(bare))")
        #expect(!detail(bare).contains("card"))
        #expect(pointers(bare) == ["/customer/phone"])
        let named = bare.json["candidates"]?.arrayValue?.compactMap { $0["provider"]?.stringValue } ?? []
        #expect(named.contains("tmoney-tg") && named.contains("card-main"), "the list says it of everybody: \(named)")

        let both = await router.create(["amount": 5_000, "currency": "XOF", "channel": ["tmoney", "flooz"]])
        #expect(detail(both).hasPrefix("customer.phone is missing: ") && pointers(both) == ["/customer/phone"])

        let foreign = await router.create([
            "amount": 5_000, "currency": "XOF", "channel": "tmoney", "customer": ["phone": "+2290190011234"],
        ])
        #expect(detail(foreign).contains("tmoney-tg serves phone numbers of TG, not of BJ"), "\(detail(foreign))")
        #expect(!detail(foreign).contains("card") && pointers(foreign).isEmpty)

        let payout = await router.call(
            "POST", "/v1/payouts",
            ["amount": 5_000, "currency": "XOF", "channel": "tmoney", "party": ["name": "Ama"], "reference": "p-1"],
            idempotencyKey: UUID().uuidString)
        #expect(detail(payout).hasPrefix("party.phone is missing: ") && pointers(payout) == ["/party/phone"])

        // What is there is not called missing, and what the channel does not serve is still told.
        let currency = await router.create([
            "amount": 5_000, "currency": "USD", "channel": "tmoney", "customer": ["phone": "+22890000001"],
        ])
        #expect(detail(currency).contains("tmoney-tg takes XOF, not USD") && pointers(currency).isEmpty)
        let explained = await router.call(
            "POST", "/v1/routes/explain", ["amount": 5_000, "currency": "XOF", "channel": "tmoney"])
        let why = explained.json["candidates"]?.arrayValue?.first { $0["provider"] == "tmoney-tg" }
        #expect(why?["why_not"] == ["needs customer.phone"] && why?["rule"] == "Togo phones" && why?["kept"] == false)
        await router.stop()
    }

    @Test
    func `a token is missing only where the operator has no page of its own`() async throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        let text = try String(contentsOfFile: root + "/providers.json", encoding: .utf8)
        let router = try await RunningRouter(configuration: text.replacing(#""flow": "checkout""#, with: ""))
        let token = await router.create(["amount": 5_000, "currency": "USD", "channel": "card"])
        #expect(detail(token).hasPrefix("source.token is missing: card-main needs source.token"), "\(detail(token))")
        #expect(pointers(token) == ["/source/token"])
        await router.stop()
    }

    @Test
    func `words that a parameter or member takes are listed, the near one first`() async throws {
        let router = try await RunningRouter()
        let rows: [(String, [String])] = [
            ("/v1/payments?status=suceeded", ["status must be one of processing, ", "did you mean \"succeeded\"?"]),
            ("/v1/payouts?status=paid", ["status must be one of processing, awaiting_customer, "]),
            (
                "/v1/payments?statu=failed",
                ["\"statu\" is not a parameter here; did you mean \"status\"? known: after, "]
            ),
            ("/v1/payments?review=opne", ["review must be one of open, ", "did you mean \"open\"?"]),
            ("/v1/reviews?reason=discrepency", ["reason must be one of ", "did you mean \"discrepancy\"?"]),
            ("/v1/events?type=payment.suceeded", ["type must be one of payment.created, ", "\"payment.succeeded\"?"]),
            ("/v1/parties/+22890112233?channel=tmony", ["channel must be one of ", "did you mean \"tmoney\"?"]),
            ("/v1/channels?currency=xof", ["did you mean \"XOF\"?"]), ("/v1/balances?a=1", ["this call takes none"]),
            ("/v1/payments?created_from=yesterday", ["must be an RFC 3339 time such as 2026-"]),
            ("/v1/payments?after=x", ["after must be the next_cursor of an earlier answer"]),
            ("/v1/payments?status=%zz", ["the value of status is not percent-encoded UTF-8"]),
            ("/v1/payments?%zz=1", ["a name is not percent-encoded UTF-8"]),
            ("/v1/payments?status=failed&status=failed", ["stands twice"]),
        ]
        for (target, parts) in rows {
            let answer = await router.call("GET", target)
            #expect(answer.status == 400 && answer.json["code"] == "invalid_parameter", "\(target): \(answer.json)")
            for part in parts { #expect(detail(answer).contains(part), "\(target): \(detail(answer))") }
        }
        #expect(await router.call("GET", "/v1/payments?review=open&status=under_review").status == 200)
        #expect(await router.call("GET", "/v1/events?type=payment.succeeded").status == 200)
        #expect(await router.call("GET", "/v1/payments?phone=%2B22890112233").status == 200)
        #expect(await router.call("GET", "/v1/payments?phone=+22890112233").status == 200)
        await router.stop()
    }

    @Test
    func `slips in bodies are named with what was meant`() async throws {
        let router = try await RunningRouter()
        let slip = await router.create(["amout": 5_000, "curency": "XOF", "custmer": ["phone": "1"]])
        for name in ["amount", "currency", "customer"] {
            #expect(detail(slip).contains("did you mean \"\(name)\"?"), "\(detail(slip))")
        }
        #expect(pointers(slip) == ["/amout", "/curency", "/custmer", "/amount"])
        let channel = await router.create(["amount": 1, "currency": "XOF", "channel": "tmony"])
        #expect(detail(channel).contains("did you mean \"tmoney\"? known channels: "))
        let currency = await router.create(["amount": 1, "currency": "xof"])
        #expect(detail(currency).contains("did you mean \"XOF\"?"))
        let types = await router.call(
            "POST", "/v1/webhook_endpoints", ["url": "http://127.0.0.1:9/x", "types": ["payment.suceeded"]])
        #expect(types.status == 400 && detail(types).contains("did you mean \"payment.succeeded\"?"), "\(types.json)")
        let empty = await router.call("POST", "/v1/payments", bytes: [], idempotencyKey: UUID().uuidString)
        #expect(empty.status == 400 && detail(empty) == "the body is empty; send a JSON object")
        let untyped = await router.call(
            "POST", "/v1/payments", bytes: Array("{}".utf8), idempotencyKey: UUID().uuidString, type: nil)
        #expect(untyped.status == 415 && detail(untyped).contains("Content-Type: application/json"))
        await router.stop()
    }

    @Test
    func `a program at the door of checkout.js is told what it came to, and what to call`() async throws {
        let router = try await RunningRouter()
        func post(_ target: String, _ body: String, _ type: String?) async -> RunningRouter.Answer {
            await router.call("POST", target, bytes: Array(body.utf8), key: nil, type: type)
        }
        let form = "application/x-www-form-urlencoded"
        let empty = await post("/checkout?key=pk_sandbox_demo&amount=5000&currency=XOF", "", nil)
        #expect(empty.status == 400 && empty.json["code"] == "invalid_parameter")
        #expect(detail(empty).contains("the body is empty") && detail(empty).contains("POST /v1/payments"))
        for type in ["application/json", form, nil] {
            let json = await post("/checkout", #" {"key":"pk_sandbox_demo"}"#, type)
            #expect(json.status == 415 && json.json["code"] == "unsupported_media_type")
            #expect(detail(json).contains("reads a form") && detail(json).contains("POST /v1/payments"))
        }
        let rows = [
            ("amount=1", 401, "key is missing"), ("key=", 401, "key is missing"),
            ("key=sk_sandbox_demo", 401, "key is a secret key"), ("key=sk_live_0", 401, "key is a secret key"),
            ("key=pk_sandbox_x", 401, "no app has this publishable key"), ("key=x", 401, "must be a publishable key"),
            ("key=pk_sandbox_demo", 400, "amount is missing"),
            ("key=pk_sandbox_demo&amount=5", 400, "currency is missing"),
            ("key=pk_sandbox_demo&amount=x&currency=XOF", 400, "amount must be a positive integer"),
            ("key=pk_sandbox_demo&amout=5", 400, "did you mean \"amount\"?"),
            ("key=pk_sandbox_demo&amount=5&currency=xof", 422, "did you mean \"XOF\"?"),
            ("key=%FF", 400, "value of key"),
        ]
        for (body, status, text) in rows {
            let answer = await post("/checkout", body, form)
            #expect(answer.status == status && detail(answer).contains(text), "\(body): \(answer.json)")
        }
        #expect(await post("/checkout", "key=\u{FF}", "text/plain").status == 415)
        #expect(await router.call("GET", "/v1/payments").json["data"] == [])
        await router.stop()
    }

    @Test
    func `a refused signature is a problem of its own, which is no matter of API keys`() async throws {
        let router = try await RunningRouter()
        let refused = await router.call("POST", "/callbacks/card-main", bytes: Array("{}".utf8), key: nil)
        #expect(refused.status == 401 && refused.json["code"] == "callback_not_verified")
        #expect(refused.json["title"] == "The notification's signature is refused")
        #expect(refused.header("www-authenticate")?.contains("Signature") == true)
        let key = await router.call("GET", "/v1/payments", key: nil)
        #expect(key.status == 401 && key.json["code"] == "unauthorized")
        await router.stop()
    }

    @Test
    func `names travel whole over the control socket`() async throws {
        let router = try await RunningRouter()
        let link = AdminLink(data: router.folder)
        for name in [
            "Shop A", "a/b", "50% + x", "Caf\u{E9} \u{1F600}", "%2F", "disable", "?x=1#y", "..", "a+b", "1%zz",
        ] {
            let made = try await link.call(.post, "/apps", ["name": .string(name), "environment": "sandbox"])
            let disabled = try await link.call(.post, "/apps/\(PercentText.encoded(name))/disable")
            #expect(disabled["id"] == made["id"] && disabled["enabled"] == false, "\(name)")
        }
        let fault = await #expect(throws: CommandFailure.self) {
            try await link.call(.post, "/apps/\(PercentText.encoded("Shop B"))/disable")
        }
        #expect(fault?.description.contains("there is no app \"Shop B\"; did you mean \"Shop A\"?") == true)
        await router.stop()
    }
}
