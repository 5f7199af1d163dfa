import Router
import Testing

@testable import Providers

@Suite("Flouci: the payment of a typed code")
struct FlouciCodeExchangeTests {
    let (provider, order): (FlouciAcceptProvider, CollectInstruction)

    init() throws { (provider, order) = try Sample.collecting("flouci accept with code request") }

    private func typed(_ code: String, _ id: String? = nil) -> Router.Confirmation {
        Router.Confirmation(code: Secret(code), operatorPaymentID: id)
    }

    @Test
    func `the operator is asked with what is set, and its id is accepted`() async throws {
        let wire = ScriptedWire(["code": 0, "result": ["payment_id": "P-9"]])
        let made = try await provider.prepare(order, confirmedBy: typed(" 123 456 "), asking: wire)
        #expect(wire.questions.map(\.url) == ["http://127.0.0.1:8090/op/api/code"])
        #expect(
            wire.questions.first?.bodyText
                == #"{"amount":"1250","app":"planted-public","code":"123456","id":"\#(Sample.reference)"}"#)
        #expect(made.request.bodyText == #"{"payment_id":"P-9","flouci_otp":"123456","amount":"1250"}"#)
    }

    @Test
    func `an id that the confirmation brings is taken as it is`() async throws {
        let wire = ScriptedWire()
        let made = try await provider.prepare(order, confirmedBy: typed("123456", "P-1"), asking: wire)
        #expect(made.request.bodyText.contains("P-1") && wire.questions.isEmpty)
    }

    @Test(
        arguments: [
            (200, ["code": 1, "result": [:]], .wrongCode), (404, [:], .wrongCode), (400, [:], .wrongCode),
            (401, [:], .credentialsRefused), (500, [:], .notSent), (302, [:], .notSent), (429, [:], .notSent),
            (200, ["result": ["payment_id": ""]], .wrongCode), (200, ["result": ["payment_id": [:]]], .wrongCode),
        ] as [(Int, JSONValue, RefusalReason)])
    func `what the answer means`(status: Int, body: JSONValue, reason: RefusalReason) async throws {
        let thrown = try await failure { () async throws(PreparationFailure) in
            try await provider.prepare(
                order, confirmedBy: typed("777777"), asking: ScriptedWire(status: status, body))
        }
        #expect(thrown.refusal.reason == reason && !thrown.detail.contains("777777"))
    }

    @Test
    func `no answer, and an answer that is no JSON, leave the code as it was`() async throws {
        for wire in [
            ScriptedWire(.wire(TransportFailure(.connectionLost))),
            ScriptedWire(WireReply(status: 200, body: Array("<html>".utf8))),
        ] {
            let thrown = try await failure { () async throws(PreparationFailure) in
                try await provider.prepare(order, confirmedBy: typed("777777"), asking: wire)
            }
            #expect(thrown.refusal.reason == .notSent)
        }
    }

    @Test(
        arguments: [
            (["path": "api", "fields": ["c": "{code}"], "payment_id": "/id"], "path"),
            (["path": "/api?x=1", "fields": ["c": "{code}"], "payment_id": "/id"], "path"),
            (["path": "/api", "fields": ["c": "x"], "payment_id": "/id"], "fields"),
            (["path": "/api", "fields": ["c": "{code}{pin}"], "payment_id": "/id"], "fields/c"),
            (["path": "/api", "fields": ["c": "{code}"], "payment_id": "id"], "payment_id"),
        ] as [(JSONValue, String)])
    func `settings that cannot work are refused with their place`(request: JSONValue, place: String) {
        let settings: JSONValue = [
            "flow": "accept", "checkout_url": "https://pay.example/flouci", "code_request": request,
        ]
        #expect(Sample.complaint("flouci", settings).hasPrefix("/settings/code_request/\(place): "))
    }
}
