import Messages
import Router
import Testing

/// SMS through an HTTP gateway: what is asked, and what its answer means.
@Suite("SMS gateway") struct SMSGatewayTests {
    private func template(_ text: String) throws -> MessageTemplate {
        try MessageTemplate(text, allowing: MessageTemplate.Place.ofBodies)
    }

    private func json() throws -> SMSDescription {
        SMSDescription(
            url: "https://sms.example/send",
            headers: [
                .init("Authorization", try template("Bearer {secret}")), .init("Idempotency-Key", try template("{id}")),
            ],
            body: .json(
                .object([
                    .init("to", .list([.text(try template("{phone}"))])), .init("from", .text(try template("SHOP"))),
                    .init("text", .text(try template("{text}"))), .init("flash", .other(false)),
                ])),
            secret: Secret("s3cret"))
    }

    private func message(_ text: String = "Your \"code\": 1\n{secret}") throws -> OutboundMessage {
        OutboundMessage(id: "msg_1", to: .phone(try Samples.phone()), text: text)
    }

    @Test func `a JSON body has its places filled, and nothing in them counts twice`() async throws {
        let wire = OneAnswer(status: 202)
        #expect(await SMSGateway(try json(), over: wire).deliver(try message()) == .accepted)
        let asked = try #require(wire.asked.first)
        #expect(asked.request.method == .post && asked.request.url == "https://sms.example/send")
        #expect(
            asked.request.headers == [
                .init("Content-Type", "application/json"), .init("Authorization", "Bearer s3cret"),
                .init("Idempotency-Key", "msg_1"),
            ])
        #expect(
            String(decoding: asked.request.body, as: UTF8.self)
                == #"{"to":["+22890112233"],"from":"SHOP","text":"Your \"code\": 1\n{secret}","flash":false}"#)
        #expect(asked.terms.addresses == .publicOnly)
        #expect(!"\(asked.request)".contains("s3cret") && !"\(asked.request)".contains("9011"))
    }

    @Test func `a form is encoded`() async throws {
        let wire = OneAnswer(status: 200)
        let described = SMSDescription(
            url: "http://127.0.0.1:1/", method: .put, headers: [.init("content-type", try template("text/x"))],
            body: .form([
                .init("to", try template("{phone_digits}")), .init("text", try template("{text}")),
                .init("key", try template("k-{secret}")),
            ]), secret: Secret("a&b"), addresses: .any)
        #expect(await SMSGateway(described, over: wire).deliver(try message("é & ü")) == .accepted)
        let asked = try #require(wire.asked.first)
        #expect(asked.request.method == .put && asked.terms.addresses == .any)
        #expect(asked.request.headers == [.init("content-type", "text/x")])
        #expect(
            String(decoding: asked.request.body, as: UTF8.self)
                == "to=22890112233&text=%C3%A9%20%26%20%C3%BC&key=k-a%26b")
    }

    @Test(arguments: [200, 201, 202, 400, 204, 301, 401, 403, 404, 429, 500, 503])
    func `a status means what is said of it, and any other is for now`(_ status: Int) async throws {
        let delivery = await SMSGateway(try json(), over: OneAnswer(status: status)).deliver(try message())
        switch status {
        case 200, 201, 202: #expect(delivery == .accepted)
        case 400: #expect(delivery == .refused("the SMS gateway answered 400"))
        default: #expect(delivery.failedText?.contains("\(status)") == true, "\(delivery)")
        }
        var described = try json()
        (described.accepted, described.refused) = ([204], [404, 422])
        let other = await SMSGateway(described, over: OneAnswer(status: status)).deliver(try message())
        #expect((other == .accepted) == (status == 204))
        #expect((other == .refused("the SMS gateway answered \(status)")) == (status == 404))
    }

    @Test func `no answer is for now, and an answer that is too long still has its status`() async throws {
        let lost = OneAnswer(.failure(TransportFailure(.connect, "refused")))
        #expect(
            await SMSGateway(try json(), over: lost).deliver(try message())
                == .failed("no answer of the SMS gateway: connect: refused"))
        let long = OneAnswer(.failure(TransportFailure(.oversized, status: 200)))
        #expect(await SMSGateway(try json(), over: long).deliver(try message()) == .accepted)
    }

    @Test func `mail is refused, and not asked for`() async throws {
        let wire = OneAnswer(status: 200)
        let mail = OutboundMessage(id: "1", to: .mail("ama@shop.example"), text: "x")
        #expect(await SMSGateway(try json(), over: wire).deliver(mail) == .refused("SMS go to phone numbers only"))
        #expect(wire.asked.isEmpty)
    }

    @Test(arguments: [
        ("{phnoe}", "did you mean \"phone\"?"), ("{Phone}", "did you mean \"phone\"?"), ("{", "partner"),
        ("}", "partner"),
        ("{phone", "partner"), ("{}", "there are"), ("{{phone}}", "stands for nothing"), ("{secret", "partner"),
    ])
    func `a place that is none is told`(_ text: String, _ words: String) throws {
        do throws(MessageTemplate.Fault) {
            _ = try MessageTemplate(text, allowing: MessageTemplate.Place.ofBodies)
            Issue.record("\(text) was read")
        } catch { #expect(error.text.contains(words), "\(error.text)") }
    }

    @Test func `headers hold nothing that people wrote`() {
        for place in ["{text}", "{phone}", "{phone_digits}"] {
            #expect(throws: MessageTemplate.Fault.self) {
                try MessageTemplate(place, allowing: MessageTemplate.Place.ofHeaders)
            }
        }
    }
}

extension MessageDelivery {
    /// Why it has to be tried again.
    var failedText: String? { if case .failed(let text) = self { text } else { nil } }
}
