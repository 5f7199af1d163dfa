import Router
import Testing

@testable import Host
@testable import Webhooks

/// What a receiver must believe and what it must not.
@Suite struct WebhookVerifierTests {
    private static let now = Moment(milliseconds: WebhookSignerTests.seconds * 1_000)
    private static let body = WebhookSignerTests.body

    private static func headers(
        id: String? = WebhookSignerTests.id, timestamp: String? = "1674087231",
        signature: String? = WebhookSignerTests.first
    ) -> [WireRequest.Header] {
        [("webhook-id", id), ("webhook-timestamp", timestamp), ("webhook-signature", signature)].compactMap {
            name, value in value.map { WireRequest.Header(name, $0) }
        }
    }

    private static func fault(
        _ headers: [WireRequest.Header] = headers(), body: [UInt8] = body, secret: Secret = Sample.secret,
        now: Moment = now
    ) -> WebhookVerifier.Fault? {
        do throws(WebhookVerifier.Fault) {
            try WebhookVerifier.verify(headers: headers, body: body, secret: secret, now: now)
            return nil
        } catch { return error }
    }

    @Test func `first vector is believed`() { #expect(Self.fault() == nil) }

    @Test func `second vector is believed with either secret`() {
        let headers = Self.headers(signature: "\(WebhookSignerTests.first) \(WebhookSignerTests.second)")
        #expect(Self.fault(headers, secret: Sample.secret) == nil)
        #expect(Self.fault(headers, secret: Sample.newSecret) == nil)
    }

    @Test(arguments: [-300, -1, 0, 1, 300] as [Int64])
    func `five minutes are tolerated`(_ seconds: Int64) {
        #expect(Self.fault(now: Self.now.adding(seconds: seconds)) == nil)
    }

    @Test(arguments: [-301, 301, -86_400, 86_400] as [Int64])
    func `more is not`(_ seconds: Int64) {
        #expect(Self.fault(now: Self.now.adding(seconds: seconds)) == .outsideTolerance)
    }

    @Test(arguments: [
        "{\"type\":\"payment.succeeded\",\"data\":{},\"timestamp\":\"2023-01-19T00:13:51Z\"}",
        "{\"type\": \"payment.succeeded\", \"timestamp\": \"2023-01-19T00:13:51Z\"}", "",
    ])
    func `other bytes are not believed`(_ text: String) {
        #expect(Self.fault(body: Array(text.utf8)) == .noMatchingSignature)
    }

    @Test func `one more byte is not believed`() {
        #expect(Self.fault(body: Self.body + [0x0A]) == .noMatchingSignature)
    }

    @Test func `all three headers are needed`() {
        #expect(Self.fault(Self.headers(id: nil)) == .missingHeader("webhook-id"))
        #expect(Self.fault(Self.headers(timestamp: nil)) == .missingHeader("webhook-timestamp"))
        #expect(Self.fault(Self.headers(signature: nil)) == .missingHeader("webhook-signature"))
        #expect(Self.fault(Self.headers() + Self.headers()) == .missingHeader("webhook-id"))
    }

    @Test(arguments: ["", "v2,abc", "v1", "v1,", "v1,!!", "v1a,iv8P1Tbtyra/bDcfZpc9vsJgWlTJO79tNkQB8dGEMoM="])
    func `unknown versions are not believed`(_ signature: String) {
        #expect(Self.fault(Self.headers(signature: signature)) != nil)
    }

    @Test func `unknown versions are skipped`() {
        #expect(Self.fault(Self.headers(signature: "v9,abc v1,AAAA \(WebhookSignerTests.first)")) == nil)
    }

    @Test(arguments: ["1674087231.0", "+1674087231", "01674087231", " 1674087231", "abc", "-1", "99999999999999999999"])
    func `timestamps are integers`(_ timestamp: String) {
        #expect(Self.fault(Self.headers(timestamp: timestamp)) == .malformedTimestamp)
    }

    @Test func `the secret is decoded before use`() {
        // Made with the text of the secret as the key, which is another scheme.
        let signature = "v1,3Za+TdDo61UgNq55PjW6LvVarvo09uid2qvXDXeYfVk="
        #expect(Self.fault(Self.headers(signature: signature)) == .noMatchingSignature)
    }

    @Test func `an empty secret believes nothing`() {
        #expect(Self.fault(secret: Secret("")) == .unusableSecret)
        #expect(Self.fault(secret: Secret("whsec_")) == .unusableSecret)
    }
}
