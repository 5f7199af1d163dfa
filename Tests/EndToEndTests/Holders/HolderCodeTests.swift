import People
import Router
import Testing

@testable import Host

/// What a one-time code allows: exactly what it was sent for, once, for five minutes.
@Suite("One-time codes", .timeLimit(.minutes(10))) struct HolderCodeTests {
    private static func lunch(_ units: Int64 = 1_000) -> JSONValue {
        ["to": ["user": "ben"], "amount": JSONValue(units), "currency": "XOF", "description": "lunch"]
    }

    private func two(
        _ router: RunningRouter, _ funds: Int64 = 10_000
    ) async throws -> (ama: TestHolder, ben: TestHolder) {
        (
            try await router.holder("ama", phone: "+22890130001", funds: funds),
            try await router.holder("ben", phone: "+22890130002")
        )
    }

    private func refused(
        _ answer: RunningRouter.Answer, _ reason: String, left: Int64? = nil, purpose: String = "transfer"
    ) {
        #expect(answer.status == 422 && answer.json["code"] == "code_refused", "\(answer.json.jsonText)")
        #expect(answer.json["reason"]?.stringValue == reason, "\(answer.json.jsonText)")
        #expect(answer.json["tries_left"]?.integerValue == left, "\(answer.json.jsonText)")
        #expect(answer.json["purpose"]?.stringValue == purpose && answer.json["outcome"] == "not_executed")
    }

    @Test func `without the right code nothing leaves the wallet; with it the money goes once`() async throws {
        let router = try await RunningRouter()
        let (ama, ben) = try await two(router)
        let path = "/v1/wallet/transfers"
        let none = await ama.call("POST", path, Self.lunch())
        #expect(none.status == 403 && none.json["code"] == "code_required" && none.json["purpose"] == "transfer")
        refused(await ama.call("POST", path, Self.lunch().with("code", "123456")), "missing")
        let agreed = try await ama.agreed("transfer", Self.lunch())
        let wrong: JSONValue = agreed["code"] == "000000" ? "000001" : "000000"
        refused(await ama.call("POST", path, agreed.with("code", wrong)), "wrong", left: 2)
        let typed = await ama.call("POST", path, agreed.with("code", ["1"]))
        #expect(typed.status == 400 && typed.json["errors"]?.arrayValue?.first?["pointer"] == "/code")
        // What was agreed to is the amount, the recipient, who pays the fee, and the text.
        for changed in [
            agreed.with("amount", 1_001), agreed.with("fee", "recipient"), agreed.with("description", "dinner"),
            agreed.with("to", ["channel": "flooz", "phone": "+22896000001"]), agreed.with("description", nil),
        ] { refused(await ama.call("POST", path, changed), "other_subject") }
        let key = RunningRouter.fresh()
        let sent = await ama.call("POST", path, agreed, key: key)
        #expect(sent.status == 201 && sent.json["status"] == "succeeded", "\(sent.json.jsonText)")
        let id = try #require(sent.json["id"]?.stringValue)
        #expect(sent.header("location") == "/v1/wallet/orders/\(id)")
        // The same call again finds what it led to, whatever its code says by then; the code itself is used.
        for code in [agreed["code"], "999999", nil] {
            let again = await ama.call("POST", path, agreed.with("code", code), key: key)
            #expect(again.status == 201 && again.json["id"]?.stringValue == id, "\(again.json.jsonText)")
            #expect(again.header("idempotent-replayed") == "true" && again.header("idempotency-key") == key)
            #expect(
                again.header("original-request-id") == sent.header("request-id") || sent.header("request-id") == nil)
        }
        let reused = await ama.call("POST", path, agreed.with("amount", 2_000), key: key)
        #expect(reused.status == 422 && reused.json["code"] == "idempotency_key_reused")
        refused(await ama.call("POST", path, agreed), "used")
        #expect(await [ama.available(), ben.available()] == [10_000 - 1_000 - 60, 1_000])
        await router.stop()
    }

    @Test func `three wrong ones, an older one, one of another purpose and an old one allow nothing`() async throws {
        let router = try await RunningRouter()
        let (ama, ben) = try await two(router)
        let path = "/v1/wallet/transfers"
        // An older code, where the newer one is another.
        var (first, second) = (JSONValue.null, JSONValue.null)
        repeat {
            first = try await ama.agreed("transfer", Self.lunch())
            second = try await ama.agreed("transfer", Self.lunch())
        } while first == second
        refused(await ama.call("POST", path, first), "wrong", left: 2)
        for left in [1, 0] as [Int64] { refused(await ama.call("POST", path, first), "wrong", left: left) }
        refused(await ama.call("POST", path, second), "exhausted")
        let out: JSONValue = ["channel": "flooz", "phone": "+22896000001", "amount": 1_000, "currency": "XOF"]
        let cashOut = try await ama.agreed("cash_out", out)
        refused(await ama.call("POST", path, Self.lunch().with("code", cashOut["code"])), "exhausted")
        let desk = try #require(router.host.people.holders)
        let account = try await router.account("ben")
        // A code that was sent a little more than five minutes ago.
        let past = router.host.time.now.adding(seconds: -Challenge.Purpose.transfer.lifetimeSeconds - 1)
        let id = ChallengeID(at: past, from: SystemRandom())
        let code = desk.people.codes.code(of: id, for: .transfer)
        let inserted = try await desk.store.insert(
            Challenge(
                id: id, account: account.id, purpose: .transfer, subject: [1],
                codeHash: desk.people.codes.hash(code, of: id), contact: .phone, createdAt: past))
        #expect(inserted == .done)
        try await router.topUp(ben, 5_000)
        let back: JSONValue = ["to": ["user": "ama"], "amount": 100, "currency": "XOF", "code": .string(code)]
        refused(await ben.call("POST", path, back), "expired")
        #expect(await [ama.available(), ben.available()] == [10_000, 5_000])
        await router.stop()
    }

    @Test func `what cannot be agreed to is refused before a code is sent, with its place in the body`() async throws {
        let router = try await RunningRouter()
        let (ama, _) = try await two(router, 0)
        let before = try await router.inbox(of: ama.phone).count
        for (purpose, wish, status, code, pointer) in [
            ("transfer", Self.lunch(0), 400, "invalid_request", "/for/amount"),
            ("transfer", Self.lunch().with("amount", "5"), 400, "invalid_request", "/for/amount"),
            ("transfer", Self.lunch().with("currency", "USD"), 422, "wallet_unusable", nil),
            ("transfer", Self.lunch().with("currency", "CFA"), 422, "unsupported_currency", "/for/currency"),
            ("transfer", Self.lunch().with("to", ["user": "nobody"]), 422, "unknown_recipient", "/for/to/user"),
            ("transfer", Self.lunch().with("to", [:]), 400, "invalid_request", "/for/to"),
            (
                "transfer", Self.lunch().with("to", ["channel": "flouz", "phone": "+22896000001"]), 422,
                "unknown_channel", "/for/to/channel"
            ),
            (
                "transfer", Self.lunch().with("to", ["channel": "flooz", "phone": "12"]), 422, "invalid_phone",
                "/for/to/phone"
            ),
            ("transfer", Self.lunch().with("fee", "nobody"), 400, "invalid_request", "/for/fee"),
            (
                "transfer", Self.lunch().with("fee", "recipient").with("amount", 5), 422, "fee_exceeds_amount",
                "/for/amount"
            ),
            ("transfer", Self.lunch().with("colour", "red"), 400, "invalid_request", "/for/colour"),
            ("transfer", [:], 400, "invalid_request", "/for/to"),
            ("bill_payment", ["bill": "ABCD-EFGH-JKMN"], 404, "not_found", "/for/bill"),
            ("phone_change", ["phone": "12"], 422, "invalid_phone", "/for/phone"),
            ("wallet_link", [:], 400, "invalid_request", "/purpose"),
            ("password_reset", [:], 400, "invalid_request", "/purpose"),
            ("tea", [:], 400, "invalid_request", "/purpose"),
        ] as [(String, JSONValue, Int, String, String?)] {
            let answer = await ama.ask(purpose, wish)
            let places = (answer.json["errors"]?.arrayValue ?? []).compactMap { $0["pointer"]?.stringValue }
            #expect(answer.status == status && answer.json["code"]?.stringValue == code, "\(answer.json.jsonText)")
            #expect(pointer.map { places.contains($0) } ?? places.isEmpty, "\(wish.jsonText): \(answer.json.jsonText)")
            if code == "invalid_request" {
                #expect(answer.json["detail"]?.stringValue?.contains(pointer ?? "") == true || purpose != "transfer")
            }
        }
        #expect(try await router.inbox(of: ama.phone).count == before)
        await router.stop()
    }

    @Test func `who has confirmed nothing lets no money out`() async throws {
        let router = try await RunningRouter()
        _ = try await router.holder("ben", phone: "+22890130004")
        let made = await router.call(
            "POST", "/v1/wallet/signup",
            [
                "username": "efua", "password": .string(TestHolder.password), "name": "Efua", "phone": "+22890130005",
            ], key: nil)
        let efua = TestHolder(
            router: router, username: "efua", phone: "+22890130005",
            token: try #require(await router.logIn("efua").json["token"]?.stringValue),
            wallet: made.json["wallet"]?["id"]?.stringValue ?? "")
        let asked = await efua.ask("transfer", Self.lunch())
        #expect(asked.status == 403 && asked.json["code"] == "contact_unconfirmed", "\(asked.json.jsonText)")
        refused(await efua.call("POST", "/v1/wallet/transfers", Self.lunch().with("code", "123456")), "missing")
        await router.stop()
    }

    @Test func `another number needs a code to the old one, and counts once it is confirmed itself`() async throws {
        let router = try await RunningRouter()
        let ama = try await router.holder("ama", phone: "+22890130006")
        let change: JSONValue = ["phone": "+22890130007"]
        let bare = await ama.call("PUT", "/v1/wallet/phone", change)
        #expect(bare.status == 403 && bare.json["code"] == "code_required" && bare.json["purpose"] == "phone_change")
        let agreed = try await ama.agreed("phone_change", change)
        refused(
            await ama.call("PUT", "/v1/wallet/phone", agreed.with("phone", "+22890130008")), "other_subject",
            purpose: "phone_change")
        let changed = await ama.call("PUT", "/v1/wallet/phone", agreed)
        #expect(changed.status == 200 && changed.json["phone"]?["is_confirmed"] == false, "\(changed.json.jsonText)")
        let code = try await router.code(to: "+22890130007")
        let confirmed = await ama.call("POST", "/v1/wallet/phone/confirm", ["code": .string(code)])
        #expect(confirmed.json["phone"]?["is_confirmed"] == true, "\(confirmed.json.jsonText)")
        // Somebody else cannot confirm the same one.
        let kofi = try await router.holder("kofi", phone: "+22890130009")
        let theirs = try await kofi.agreed("phone_change", change)
        let before = try await router.inbox(of: "+22890130007").count
        #expect(await kofi.call("PUT", "/v1/wallet/phone", theirs).status == 200)
        try await router.awaitInbox(of: "+22890130007", count: before + 1)
        let taken = await kofi.call(
            "POST", "/v1/wallet/phone/confirm", ["code": .string(try await router.code(to: "+22890130007"))])
        #expect(taken.status == 409 && taken.json["code"] == "contact_taken", "\(taken.json.jsonText)")
        await router.stop()
    }

    @Test func `while the gateway is down a code is delayed, and comes later`() async throws {
        let router = try await RunningRouter()
        let (ama, _) = try await two(router)
        let before = try await router.inbox(of: ama.phone).count
        let fault: JSONValue = ["operator": "messages", "fault": "status", "status": 503, "count": 2]
        #expect(await router.sandbox("PUT", "/_faults", fault) == 200)
        let asked = await ama.ask("transfer", Self.lunch())
        #expect(asked.status == 201 && asked.json["delivery"] == "delayed", "\(asked.json.jsonText)")
        #expect(try await router.inbox(of: ama.phone).count == before)
        let soon = await ama.call("POST", "/v1/wallet/codes/\(asked.json["id"]?.stringValue ?? "")/resend")
        #expect(soon.status == 429 && soon.header("retry-after") != nil, "\(soon.json.jsonText)")
        try await router.awaitInbox(of: ama.phone, count: before + 1, seconds: 20)
        let code = try await router.code(to: ama.phone)
        let sent = await ama.call("POST", "/v1/wallet/transfers", Self.lunch().with("code", .string(code)))
        #expect(sent.status == 201, "\(sent.json.jsonText)")
        #expect(await router.metrics.contains(#"payrouter_alarms_total{kind="messages_delayed"} 1"#))
        await router.stop()
    }
}
