import Router
import RouterTestKit
import Testing

@testable import Providers

@Suite("Card: the operator's own page")
struct CardPagesTests {
    let pages: CardProvider
    private let id = "cs_test_a1B2c3"

    init() throws { pages = try Sample.provider("card", ["flow": "checkout"]) }

    private func order(
        token: String? = nil, isHeld: Bool = false, known: Bool = true, seconds: Int64 = 300
    ) throws -> CollectInstruction {
        var order = try Sample.order(
            Money(5_000, .usd), channel: "card", phone: nil, token: token,
            returnURLs: ReturnURLs(success: "https://shop.example/done"), operatorReference: known ? id : nil)
        order.capturesLater = isHeld
        order.sessionSeconds = seconds
        return order
    }

    private func page(_ status: String, _ changes: [String: JSONValue] = [:]) -> JSONValue {
        var object = JSONObject([
            .init("id", .string(id)), .init("object", "checkout.session"), .init("status", .string(status)),
            .init("payment_status", status == "complete" ? "paid" : "unpaid"), .init("amount_total", 5_000),
            .init("currency", "usd"), .init("metadata", ["reference": .string(Sample.reference)]),
            .init("payment_intent", .null),
            .init("url", status == "open" ? .string("https://checkout.stripe.com/c/pay/\(id)") : .null),
        ])
        for (name, value) in changes { object[name] = value }
        return .object(object)
    }

    private func intent(_ status: String, _ changes: [String: JSONValue] = [:]) -> JSONValue {
        var object = JSONObject([
            .init("id", "pi_9"), .init("object", "payment_intent"), .init("status", .string(status)),
            .init("amount", 5_000), .init("amount_received", 5_000), .init("amount_capturable", 5_000),
            .init("currency", "usd"), .init("last_payment_error", .null),
            .init("metadata", ["reference": .string(Sample.reference), "page": "checkout"]),
        ])
        for (name, value) in changes { object[name] = value }
        return .object(object)
    }

    private func reply(_ body: JSONValue, status: Int = 200) -> WireReply {
        WireReply(status: status, body: body.serialized())
    }

    @Test
    func `without a token a page is opened, which moves nothing and lives half an hour at least`() async throws {
        let wire = ScriptedWire(page("open"))
        let prepared = try await pages.prepare(try order(known: false), asking: wire)
        let session = try #require(prepared.session, "\(prepared)")
        #expect(session.operatorReference == id && session.lifetimeSeconds == 2_100)
        #expect(session.actions == [.redirect(url: "https://checkout.stripe.com/c/pay/\(id)")])
        let question = try #require(wire.questions.first)
        #expect(question.url == "\(Sample.root)/v1/checkout/sessions")
        #expect(question.header("Idempotency-Key") == "\(Sample.reference)-session")
        let end = Sample.createdAt.milliseconds / 1_000 + 2_100
        #expect(
            question.bodyText
                == "mode=payment&success_url=https%3A%2F%2Fshop.example%2Fdone"
                + "&cancel_url=https%3A%2F%2Fpay.example%2Fcallbacks%2Fsome%2Freturn"
                + "&client_reference_id=\(Sample.reference)&payment_method_types[0]=card&expires_at=\(end)"
                + "&line_items[0][quantity]=1&line_items[0][price_data][currency]=usd"
                + "&line_items[0][price_data][unit_amount]=5000"
                + "&line_items[0][price_data][product_data][name]=Panier+15&metadata[reference]=\(Sample.reference)"
                + "&payment_intent_data[metadata][reference]=\(Sample.reference)"
                + "&payment_intent_data[metadata][page]=checkout&payment_intent_data[description]=Panier+15")
        #expect(pages.manifest.requires.isEmpty && pages.manifest.payerActions == [.redirect])
    }

    @Test
    func `a payment that waits long has a page that lives as long`() {
        #expect(CardPages.lifetime(7_200) == 7_200)
        #expect(CardPages.lifetime(86_400) == 82_800 && CardPages.lifetime(0) == 2_100)
    }

    @Test
    func `with a token nothing is opened`() async throws {
        let created: JSONValue = [
            "id": "pi_123", "object": "payment_intent", "amount": 5_000, "currency": "usd",
            "status": "requires_payment_method", "metadata": ["reference": .string(Sample.reference)],
        ]
        let prepared = try await pages.prepare(
            try order(token: "pm_card_visa", known: false), asking: ScriptedWire(created))
        let money = try #require(prepared.request, "\(prepared)")
        #expect(money.operatorReference == "pi_123")
    }

    @Test(
        arguments: [
            ["id": "pi_1"], ["object": "payment_intent"], ["status": "complete"], ["amount_total": 5_001],
            ["currency": "eur"], ["metadata": ["reference": "other"]], ["url": .null],
            ["url": "javascript:alert(1)"], ["url": "http://checkout.stripe.com/c"],
        ] as [[String: JSONValue]])
    func `what is no page of ours is never published`(changes: [String: JSONValue]) async throws {
        let order = try order(known: false)
        await #expect(throws: PreparationFailure.self) {
            try await pages.prepare(order, asking: ScriptedWire(page("open", changes)))
        }
    }

    @Test
    func `what a page says of the payment`() async throws {
        let rows: [(JSONValue, Bool, String)] = [
            (page("open"), false, "found pending wait operator=\(id)"),
            (
                page("open", ["payment_intent": intent("requires_payment_method")]), false,
                "found pending wait operator=\(id)"
            ),
            (page("open", ["payment_intent": intent("requires_action")]), false, "found pending wait operator=\(id)"),
            (page("expired"), false, "found rejected expired (expired)"),
            (page("expired", ["payment_intent": intent("canceled")]), false, "found rejected expired (expired)"),
            (page("expired", ["payment_intent": intent("requires_action")]), false, "could not answer: status expired"),
            (page("expired", ["payment_intent": "pi_9"]), false, "could not answer: status expired"),
            (page("expired", ["payment_status": "paid"]), false, "could not answer: status expired"),
            (
                page("expired", ["payment_intent": intent("succeeded")]), false,
                "found succeeded reference=\(Sample.reference) units=5000 currency=USD operator=pi_9"
            ),
            (
                page("complete", ["payment_intent": intent("succeeded")]), false,
                "found succeeded reference=\(Sample.reference) units=5000 currency=USD operator=pi_9"
            ),
            (
                page("complete", ["payment_intent": intent("succeeded", ["amount_received": 5_001])]), false,
                "found succeeded reference=\(Sample.reference) units=5001 currency=USD operator=pi_9"
            ),
            (page("complete", ["payment_intent": intent("processing")]), false, "found pending wait operator=\(id)"),
            (
                page("complete", ["payment_intent": intent("requires_capture")]), true,
                "found succeeded reference=\(Sample.reference) units=5000 currency=USD operator=pi_9"
            ),
            (
                page("complete", ["payment_intent": intent("requires_capture")]), false,
                "could not answer: requires_capture"
            ),
            (page("complete", ["payment_intent": "pi_9"]), false, "could not answer: status complete"),
            (page("new"), false, "could not answer: status new"),
            (page("open", ["id": "cs_other"]), false, "could not answer: the answer is about another page"),
            (
                page("open", ["metadata": ["reference": "other"]]), false,
                "could not answer: the answer is about another page"
            ),
        ]
        for (body, isHeld, line) in rows {
            let wire = ScriptedWire(body)
            let finding = await pages.check(.collect(try order(isHeld: isHeld)), asking: wire)
            #expect(finding.line == line)
            #expect(
                wire.questions.first?.url == "\(Sample.root)/v1/checkout/sessions/\(id)?expand%5B%5D=payment_intent")
        }
    }

    @Test
    func `a paid page is the attempt that was opened, under its intent's name`() async throws {
        let wire = ScriptedWire(page("complete", ["payment_intent": intent("succeeded")]))
        let statement = try #require(
            await pages.check(.collect(try order()), asking: wire).answer?.succeeded, "not succeeded")
        #expect(statement.acceptedAs == id && statement.operatorReference == "pi_9")
    }

    @Test
    func `only the operator's word ends a page`() async throws {
        let rows: [(WireReply, Withdrawal)] = [
            (reply(page("expired")), .withdrawn(providerCode: "expired")),
            (
                reply(page("expired", ["payment_intent": intent("canceled")])),
                .withdrawn(providerCode: "expired")
            ),
            (reply(page("open")), .couldNotAnswer("status open")),
            (reply(page("complete")), .couldNotAnswer("status complete")),
            (
                reply(page("expired", ["payment_intent": intent("processing")])), .couldNotAnswer("status expired")
            ),
            (reply(page("expired", ["payment_status": "paid"])), .couldNotAnswer("status expired")),
            (reply(page("expired", ["id": "cs_other"])), .couldNotAnswer("HTTP 200")),
            (
                reply(["error": ["type": "invalid_request_error"]], status: 400), .couldNotAnswer("HTTP 400")
            ),
            (reply(page("expired"), status: 500), .couldNotAnswer("HTTP 500")),
            (reply(page("expired"), status: 202), .couldNotAnswer("HTTP 202")),
        ]
        for (answer, expected) in rows {
            let wire = ScriptedWire(answer)
            #expect(await pages.withdraw(try order(), asking: wire) == expected)
            let question = try #require(wire.questions.first)
            #expect(question.url == "\(Sample.root)/v1/checkout/sessions/\(id)/expire" && question.method == .post)
            #expect(question.header("Idempotency-Key") == nil, "never answered from memory")
        }
        for (name, body) in Fixture.hostileBodies() {
            let wire = ScriptedWire(WireReply(status: 200, body: body))
            try #require(
                await pages.withdraw(try order(), asking: wire).couldNotAnswer != nil,
                "\(name) passes for the end of a page")
        }
        for failure in ScriptedWire.failures {
            try #require(
                await pages.withdraw(try order(), asking: ScriptedWire(failure)).couldNotAnswer != nil,
                "\(failure) passes for the end of a page")
        }
        var other = try order()
        other.operatorReference = "pi_123"
        #expect(await pages.withdraw(other, asking: ScriptedWire()) == .couldNotAnswer("no page is known"))
    }

    @Test
    func `events of pages and of their intents`() throws {
        let line = { (type: String, object: JSONValue) in try CardFollowUpTests().verdict(type, object, pages) }
        let ours = "reference(\"\(Sample.reference)\")"
        let paid = page("complete", ["payment_intent": "pi_9"])
        for type in ["checkout.session.completed", "checkout.session.async_payment_succeeded"] {
            #expect(
                try line(type, paid)
                    == "\(ours) succeeded reference=\(Sample.reference) units=5000 currency=USD operator=pi_9")
        }
        let held = page("complete", ["payment_intent": "pi_9", "payment_status": "unpaid"])
        #expect(
            try line("checkout.session.completed", held) == "\(ours) unknown unlisted (checkout.session.completed)")
        #expect(
            try line("checkout.session.expired", page("expired"))
                == "\(ours) unknown unlisted (checkout.session.expired)")
        #expect(try line("checkout.session.completed", page("complete", ["metadata": [:]])) == "ignored evt_7")
        // What its intent says is only a reason to look at the page.
        #expect(
            try line("payment_intent.succeeded", intent("succeeded"))
                == "\(ours) unknown unlisted (payment_intent.succeeded) (a hint)")
        for type in ["payment_failed", "canceled", "requires_action", "processing"] {
            #expect(try line("payment_intent.\(type)", intent(type)) == "ignored evt_7")
        }
    }

    @Test
    func `a page makes intents: with charges there is none`() {
        #expect(Sample.complaint("card", ["flow": "checkout", "api": "charges"]).contains("/settings/flow"))
        #expect(Sample.complaint("card", ["flow": "page"]) != "none")
        #expect(Sample.complaint("card", ["flow": "checkout"]) == "none")
    }

    @Test
    func `only what the operator takes goes along`() async throws {
        var order = try order(known: false)
        (order.customer.email, order.orderNumber, order.language) = ("a@b.example", "order 17", "th")
        let wire = ScriptedWire(page("open"))
        _ = try await pages.prepare(order, asking: wire)
        let body = try #require(wire.questions.first?.bodyText)
        #expect(body.contains("&customer_email=a%40b.example&locale=th"))
        #expect(body.contains("&payment_intent_data[receipt_email]=a%40b.example"))
        #expect(body.contains("&metadata[order_id]=order+17&"))
        #expect(body.contains("&payment_intent_data[metadata][order_id]=order+17&"))
        order.customer.email = "a b@c.example"
        let other = ScriptedWire(page("open"))
        _ = try await pages.prepare(order, asking: other)
        #expect(other.questions.first?.bodyText.contains("email") == false)
        #expect(CardPages.locale("fr") == "fr" && CardPages.locale("ar") == nil && CardPages.locale(nil) == nil)
    }
}
