import CurlTransport
import Foundation
import Router
import Testing

@testable import Host

/// Bad input is refused with a problem that names the place; it changes nothing and is not logged.
@Suite("Bad input", .timeLimit(.minutes(10)))
struct BadInputTests {
    struct Fault: Sendable, CustomStringConvertible {
        var name: String
        var body: String
        var status: Int
        var code: String
        var pointer: String?
        var description: String { name }

        init(_ name: String, _ body: String, _ status: Int, _ code: String, at pointer: String? = nil) {
            self.name = name
            self.body = body
            self.status = status
            self.code = code
            self.pointer = pointer
        }
    }

    private static func tmoney(_ amount: String, _ more: String = "") -> String {
        #"{"amount":\#(amount),"currency":"XOF","channel":"tmoney","customer":{"phone":"+22890000001"}\#(more)}"#
    }

    static let faults: [Fault] = [
        Fault("amount 0", tmoney("0"), 400, "invalid_request", at: "/amount"),
        Fault("negative", tmoney("-1"), 400, "invalid_request", at: "/amount"),
        Fault("fraction", tmoney("1.5"), 400, "invalid_request", at: "/amount"),
        Fault("whole fraction", tmoney("5000.0"), 400, "invalid_request", at: "/amount"),
        Fault("exponent", tmoney("1e3"), 400, "invalid_request", at: "/amount"),
        Fault("text", tmoney(#""5000""#), 400, "invalid_request", at: "/amount"),
        Fault("null", tmoney("null"), 400, "invalid_request", at: "/amount"),
        Fault("above 64 bits", tmoney("9223372036854775808"), 400, "invalid_request", at: "/amount"),
        Fault("above 2^53", tmoney("9007199254740993"), 400, "invalid_request", at: "/amount"),
        Fault("leading zero", tmoney("05000"), 400, "invalid_json"),
        Fault("below the provider's minimum", tmoney("99"), 422, "no_eligible_provider"),
        Fault("above the provider's maximum", tmoney("2000001"), 422, "no_eligible_provider"),
        Fault("no amount", #"{"currency":"XOF"}"#, 400, "invalid_request", at: "/amount"),
        Fault("unknown currency", #"{"amount":1,"currency":"XXZ"}"#, 422, "unsupported_currency", at: "/currency"),
        Fault("lower-case currency", #"{"amount":1,"currency":"xof"}"#, 422, "unsupported_currency", at: "/currency"),
        Fault(
            "unknown channel", #"{"amount":1,"currency":"XOF","channel":"mpesa"}"#, 422, "unknown_channel",
            at: "/channel"),
        Fault(
            "one unknown of two channels", #"{"amount":1,"currency":"XOF","channel":["tmoney","x"]}"#, 422,
            "unknown_channel", at: "/channel/1"),
        Fault(
            "no channel allowed", #"{"amount":1,"currency":"XOF","channel":[]}"#, 400, "invalid_request", at: "/channel"
        ),
        Fault("unknown member", tmoney("5000", #","amout":1"#), 400, "invalid_request", at: "/amout"),
        Fault("duplicate member", tmoney("5000", #","amount":6000"#), 400, "invalid_json"),
        Fault(
            "phone of another country",
            #"{"amount":5000,"currency":"XOF","channel":"tmoney","customer":{"phone":"+21620123456"}}"#, 422,
            "no_eligible_provider"),
        Fault(
            "no phone", #"{"amount":5000,"currency":"XOF","channel":"tmoney"}"#, 422, "no_eligible_provider"),
        Fault(
            "not a phone", #"{"amount":5000,"currency":"XOF","customer":{"phone":"12"}}"#, 422, "invalid_phone",
            at: "/customer/phone"),
        Fault(
            "wrong exponent for the operator", #"{"amount":5000,"currency":"TND","channel":"tmoney"}"#, 422,
            "no_eligible_provider"),
        Fault("an array", "[]", 400, "invalid_request"),
        Fault("not JSON", "amount=5000", 400, "invalid_json"),
        Fault("cut short", #"{"amount":5000"#, 400, "invalid_json"),
        Fault("two values", tmoney("5000") + "{}", 400, "invalid_json"),
        Fault("nested 1000 deep", #"{"metadata":"# + String(repeating: "[", count: 1_000), 400, "invalid_json"),
        Fault(
            "card number as token", tmoney("5000", #","source":{"token":"4242424242424242"}"#), 422,
            "card_number_refused", at: "/source/token"),
        Fault(
            "card number in metadata", tmoney("5000", #","metadata":{"note":"pay 4000 0000 0000 0002 now"}"#), 422,
            "card_number_refused", at: "/metadata/note"),
        Fault(
            "card number as a name", tmoney("5000", #","metadata":{"5555-5555-5555-4444":"x"}"#), 422,
            "card_number_refused"),
        Fault(
            "card number in a description",
            tmoney("5000", #","description":"378282246310005"}"#.dropLast().description), 422, "card_number_refused",
            at: "/description"),
        Fault(
            "control character", tmoney("5000", #","reference":"a\u0000b""#), 400, "invalid_request", at: "/reference"),
        Fault(
            "long reference", tmoney("5000", #","reference":"\#(String(repeating: "x", count: 101))""#), 400,
            "invalid_request", at: "/reference"),
        Fault(
            "relative return address", tmoney("5000", #","return_urls":{"success":"/paid"}"#), 400, "invalid_request",
            at: "/return_urls/success"),
        Fault("authorize only", tmoney("5000", #","capture":false"#), 422, "not_supported", at: "/capture"),
        Fault("expiry of 0", tmoney("5000", #","expires_in":0"#), 400, "invalid_request", at: "/expires_in"),
        Fault(
            "metadata that is no text", tmoney("5000", #","metadata":{"a":1}"#), 400, "invalid_request",
            at: "/metadata/a"),
    ]

    @Test
    func `is refused with its place, stores nothing and logs nothing of it`() async throws {
        let router = try await RunningRouter()
        for fault in Self.faults {
            let key = UUID().uuidString
            let answer = await router.call(
                "POST", "/v1/payments", bytes: Array(fault.body.utf8), idempotencyKey: key)
            #expect(answer.status == fault.status, "\(fault): \(answer.json.jsonText)")
            #expect(answer.json["code"]?.stringValue == fault.code, "\(fault): \(answer.json.jsonText)")
            #expect(answer.header("content-type") == "application/problem+json")
            #expect(answer.json["outcome"] == "not_executed")
            #expect(answer.header("request-id") == answer.json["request_id"]?.stringValue)
            if let pointer = fault.pointer {
                let pointers = (answer.json["errors"]?.arrayValue ?? []).compactMap { $0["pointer"]?.stringValue }
                #expect(pointers.contains(pointer), "\(fault): \(pointers)")
            }
            let stored = await router.call("GET", "/v1/payments?idempotency_key=\(key)")
            #expect(stored.json["data"] == [], "\(fault) left a payment")
        }
        for digits in [
            "4242424242424242", "4000 0000 0000 0002", "5555-5555-5555-4444", "378282246310005", "22890000001",
        ] {
            #expect(!router.logs.text.contains(digits), "\(digits) was logged")
        }
        await router.stop()
    }

    @Test
    func `a large body and a wrong content type`() async throws {
        let router = try await RunningRouter()
        let url = "http://127.0.0.1:\(router.host.options.port)/v1/payments"
        let large = WireRequest(
            .post, url,
            headers: [
                .init("Authorization", "Bearer sk_sandbox_demo"), .init("Content-Type", "application/json"),
                .init("Idempotency-Key", UUID().uuidString),
            ], body: Array(repeating: UInt8(ascii: " "), count: 2 << 20))
        let reply = await router.host.transport.ask(large, terms: AskTerms(scope: ConnectionScope(owner: "test")))
        #expect((try? reply.get().status) == 413, "\(reply)")
        let form = await router.call(
            "POST", "/v1/payments", bytes: Array("amount=5000".utf8), idempotencyKey: UUID().uuidString,
            type: "application/x-www-form-urlencoded")
        #expect(form.status == 415)
        await router.stop()
    }
}
