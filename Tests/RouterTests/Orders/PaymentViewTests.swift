import Router
import Testing

@Suite struct PaymentViewTests {
    private let view: OrderView

    init() throws {
        view = OrderView(publicURL: "https://pay.example", pages: HostedPages(try Sample.dataKeys()))
    }

    private func json(_ aggregate: OrderAggregate) throws -> JSONValue { try StrictJSON.parse(view.bytes(aggregate)) }

    private func aggregate(
        _ state: AttemptState = .pending, _ change: (inout Order) -> Void = { _ in }
    ) throws -> OrderAggregate {
        var request = Sample.request()
        request.customer = Customer(phone: try Sample.phone(), email: "a@example.tg", name: nil)
        request.metadata = ["z": "1", "a": "2"]
        request.sourceToken = Secret("tok_4711")
        var order = Sample.order(request)
        change(&order)
        return OrderAggregate(stored: order, attempts: [Sample.attempt(state)])
    }

    @Test func `has every member always`() throws {
        let object = try #require(try json(try aggregate()).objectValue)
        let names = [
            "id", "object", "environment", "amount", "currency", "capture", "amount_collected",
            "amount_refunded", "amount_refundable", "status", "certainty", "channel", "provider",
            "next_action", "hosted_url", "acceptance", "failure", "review", "cancel_requested", "customer", "reference",
            "repeat_of", "initiated_by",
            "description", "metadata",
            "created_at", "updated_at", "expires_at", "attempts",
        ]
        #expect(object.members.map(\.name) == names)
        #expect(object["id"]?.stringValue == Sample.paymentID.text)
        #expect(object["amount"]?.integerValue == 5_000)
        #expect(object["created_at"] == "2026-11-21T09:30:00.000Z")
        #expect(object["expires_at"] == "2026-11-21T09:45:00.000Z")
        #expect(object["next_action"] == .null)
    }

    @Test func `masks the phone and hides the token`() throws {
        let text = try json(try aggregate()).jsonText
        #expect(text.contains("+228******33"))
        #expect(!text.contains("90112233"))
        #expect(!text.contains("tok_4711"))
        #expect(!text.contains("order-1"), "the idempotency key is the caller's secret of a kind")
    }

    @Test func `metadata is sorted so that equal payments are equal bytes`() throws {
        #expect(try json(try aggregate())["metadata"]?.jsonText == #"{"a":"2","z":"1"}"#)
    }

    @Test(arguments: [
        (CustomerAction.approveOnPhone(hint: "Dial *145#"), #"{"type":"approve_on_phone","hint":"Dial *145#"}"#),
        (.redirect(url: "https://o.example/x"), #"{"type":"redirect","url":"https://o.example/x"}"#),
        (.wait, #"{"type":"wait"}"#),
        (
            .submitForm(url: "https://o.example", fields: [.init("a", "1"), .init("b", "2")]),
            #"{"type":"submit_form","url":"https://o.example","fields":{"a":"1","b":"2"}}"#
        ),
    ])
    func `actions have their shape`(_ action: CustomerAction, _ text: String) throws {
        #expect(try json(try aggregate { $0.nextActions = [action] })["next_action"]?.jsonText == text)
    }

    @Test func `several actions are one with more beside it`() throws {
        let json = try self.json(
            try aggregate { $0.nextActions = [.showQR(content: "000201"), .enterCode(length: 6)] })
        let action = try #require(json["next_action"])
        #expect(action["type"] == "show_qr")
        #expect(action["svg_url"]?.stringValue == "https://pay.example/v1/payments/\(Sample.paymentID)/qr.svg")
        #expect(action["app_link"] == .null, "what is no link can only be scanned")
        let code = try #require(action["also"]?.arrayValue?.first)
        #expect(code["type"] == "enter_code")
        #expect(code["length"] == 6)
        #expect(code["confirm_url"]?.stringValue == "https://pay.example/v1/payments/\(Sample.paymentID)/confirm")
    }

    @Test(arguments: [
        ("https://wallet.example/q/1", "https://wallet.example/q/1"), ("000201", nil),
        ("data:image/png;base64,AA", nil),
        ("javascript:alert(1)", nil),
    ])
    func `only a web link opens an app`(_ content: String, _ link: String?) throws {
        let json = try self.json(try aggregate { $0.nextActions = [.showQR(content: content)] })
        #expect(json["next_action"]?["app_link"]?.stringValue == link)
    }

    @Test(arguments: [OrderStatus.succeeded, .failed, .cancelled])
    func `final payments ask for nothing`(_ status: OrderStatus) throws {
        let json = try self.json(
            try aggregate { order in
                order.status = status
                order.nextActions = [.wait]
            })
        #expect(json["next_action"] == .null)
    }

    @Test(arguments: RefusalReason.allCases)
    func `every failure has a sentence for the payer`(_ reason: RefusalReason) throws {
        let failure = try #require(try json(try aggregate { $0.failure = OrderFailure(Refusal(reason)) })["failure"])
        #expect(failure["code"]?.stringValue == reason.rawValue)
        let message = try #require(failure["message_for_payer"]?.stringValue)
        #expect(message.hasSuffix("."))
        if reason == .suspectedFraud { #expect(message == "The payment was declined.", "a thief is told no more") }
    }

    @Test func `attempts tell their history`() throws {
        let attempts = try json(try aggregate(.unknown))["attempts"]?.arrayValue
        let attempt = try #require(attempts?.first)
        #expect(attempt["state"] == "unknown")
        #expect(attempt["transmissions"] == 1)
        let states = attempt["history"]?.arrayValue?.compactMap { $0["state"]?.stringValue }
        #expect(states == ["prepared", "sending", "unknown"])
    }

    @Test func `lists leave the attempts out`() throws {
        let order = try aggregate().order
        let summary = try StrictJSON.parse(JSONObjectWriter.object { view.writeSummary(order, to: &$0) })
        #expect(summary["attempts"] == nil)
    }

    @Test func `events carry the payment as it is`() throws {
        let aggregate = try aggregate()
        let told = Event(aggregate, sequence: 3, type: "payment.succeeded", at: .start)
        let event = try StrictJSON.parse(EventBody(view).bytes(told))
        #expect(event["type"] == "payment.succeeded")
        #expect(event["sequence"] == 3)
        #expect(event["timestamp"] == "2026-11-21T09:30:00.000Z")
        #expect(try event["data"] == json(aggregate))
    }
}
