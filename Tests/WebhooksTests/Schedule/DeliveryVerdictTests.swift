import Router
import Testing

@testable import Host
@testable import Webhooks

@Suite struct DeliveryVerdictTests {
    private static func outcome(_ status: Int, retryAfter: [String] = [], body: String = "") -> DeliveryOutcome {
        let headers = retryAfter.map { WireRequest.Header("Retry-After", $0) }
        return DeliveryOutcome(
            .success(WireReply(status: status, headers: headers, body: Array(body.utf8))), at: .start)
    }

    @Test(
        arguments: [
            (200, .delivered), (201, .delivered), (204, .delivered), (299, .delivered), (300, .failed), (301, .failed),
            (302, .failed), (304, .failed), (307, .failed), (308, .failed), (400, .failed), (401, .failed),
            (404, .failed),
            (409, .failed), (410, .disableEndpoint), (422, .failed), (429, .slowDown(retryAfterSeconds: nil)),
            (500, .failed), (501, .failed), (502, .slowDown(retryAfterSeconds: nil)),
            (503, .slowDown(retryAfterSeconds: nil)), (504, .slowDown(retryAfterSeconds: nil)), (505, .failed),
            (599, .failed), (999, .failed),
        ] as [(Int, DeliveryVerdict)])
    func `statuses`(_ status: Int, _ verdict: DeliveryVerdict) {
        let outcome = Self.outcome(status)
        #expect(outcome.verdict == verdict)
        #expect(outcome.status == status)
        #expect(outcome.detail.contains("HTTP \(status)"))
    }

    @Test(
        arguments: [
            (["30"], 30), (["0"], 0), (["7200"], 3_600), (["99999999999999999999"], 3_600), (["abc"], nil),
            (["1", "2"], nil), (["Thu, 01 Jan 2026 00:01:00 GMT"], 60),
        ] as [([String], Int64?)])
    func `retry after is read and capped`(_ values: [String], _ seconds: Int64?) {
        #expect(Self.outcome(503, retryAfter: values).verdict == .slowDown(retryAfterSeconds: seconds))
        #expect(Self.outcome(503, retryAfter: values).detail.contains("is cut") == (seconds == 3_600))
        #expect(Self.outcome(500, retryAfter: values).verdict == .failed)
    }

    @Test(arguments: [
        TransportFailure.Kind.invalidRequest, .nameLookup, .addressForbidden, .connect, .tls, .timeout, .connectionLost,
        .malformedReply, .oversized, .gateRefused, .other,
    ])
    func `every broken exchange is a failure`(_ kind: TransportFailure.Kind) {
        let outcome = DeliveryOutcome(.failure(TransportFailure(kind, "10.0.0.7 port 22 said SSH")), at: .start)
        #expect(outcome.verdict == .failed)
        #expect(outcome.status == nil)
        #expect(!outcome.detail.isEmpty)
        #expect(!outcome.detail.contains("10.0.0.7"))
    }

    @Test func `stopping says nothing about the endpoint`() {
        #expect(DeliveryOutcome(.failure(TransportFailure(.cancelled)), at: .start).verdict == .interrupted)
    }

    @Test func `no room says nothing about the endpoint`() {
        let outcome = DeliveryOutcome(.failure(TransportFailure(.exhausted)), at: .start)
        #expect(outcome.verdict == .notNow)
        #expect(outcome.detail.contains("nothing was sent"))
    }

    @Test func `a long answer is judged by its status`() {
        func verdict(_ status: Int) -> DeliveryVerdict {
            DeliveryOutcome(.failure(TransportFailure(.oversized, status: status)), at: .start).verdict
        }
        #expect(verdict(200) == .delivered)
        #expect(verdict(302) == .failed)
        #expect(verdict(410) == .disableEndpoint)
        #expect(verdict(500) == .failed)
    }

    @Test func `the log shows the beginning of a refusal`() {
        #expect(Self.outcome(500, body: "bad\r\nsignature").detail == "HTTP 500: bad signature")
        #expect(Self.outcome(200, body: "secret page").detail == "HTTP 200")
        #expect(Self.outcome(500, body: String(repeating: "x", count: 4_000)).detail.count < 250)
    }

    @Test(arguments: [
        ("phone +228 90 11 22 33 unknown", "phone +### ## ## ## ## unknown"),
        ("{\"p\":\"22890112233\"}", "{\"p\":\"###########\"}"), ("4242-4242-4242-4242", "####-####-####-####"),
        ("line 42 of 120", "line 42 of 120"), ("\u{1B}[31mred\u{0}", " [31mred "),
        ("tel ٩٠١١٢٢٣٣", "tel ########"),
    ])
    func `payer data is hidden`(_ body: String, _ shown: String) {
        let detail = Self.outcome(500, body: body).detail
        #expect(detail == "HTTP 500: " + String(shown.drop { $0 == " " }))
    }

    @Test func `bytes that are not text do no harm`() {
        let reply = WireReply(status: 500, body: [0xFF, 0xFE, 0x00, 0x41])
        #expect(DeliveryOutcome(.success(reply), at: .start).detail.hasSuffix("A"))
    }
}
