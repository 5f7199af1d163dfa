import Crypto
import Router
import RouterTestKit
import Testing

@testable import Host
@testable import Webhooks

/// The published vectors of Standard Webhooks.
@Suite struct WebhookSignerTests {
    static let id = "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W"
    static let seconds: Int64 = 1_674_087_231
    static let body = Array(
        ("{\"type\":\"payment.succeeded\",\"timestamp\":\"2023-01-19T00:13:51Z\","
            + "\"data\":{\"id\":\"pay_1\",\"amount\":\"5000\",\"currency\":\"XOF\"}}").utf8)
    static let first = "v1,iv8P1Tbtyra/bDcfZpc9vsJgWlTJO79tNkQB8dGEMoM="
    static let second = "v1,/9rCT/Pv5H/IZe0VT8p46tcWb5neOW7U5trfd/5bVJ8="

    @Test func `first vector`() throws {
        #expect(Self.body.count == 118)
        let signer = try #require(WebhookSigner([Sample.secret]))
        #expect(signer.signature(id: Self.id, seconds: Self.seconds, body: Self.body) == Self.first)
    }

    @Test func `second vector has one signature per secret`() throws {
        let signer = try #require(WebhookSigner([Sample.secret, Sample.newSecret]))
        #expect(
            signer.signature(id: Self.id, seconds: Self.seconds, body: Self.body) == "\(Self.first) \(Self.second)")
    }

    @Test func `third vector`() throws {
        let signer = try #require(WebhookSigner([Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]))
        let signature = signer.signature(
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek", seconds: 1_614_265_330, body: Array("{\"test\": 2432232314}".utf8))
        #expect(signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    }

    @Test func `headers carry seconds of the attempt`() throws {
        let signer = try #require(WebhookSigner([Sample.secret]))
        let headers = signer.headers(
            id: Self.id, at: Moment(milliseconds: Self.seconds * 1_000 + 999), body: Self.body)
        #expect(
            headers == [
                WireRequest.Header("webhook-id", Self.id), WireRequest.Header("webhook-timestamp", "1674087231"),
                WireRequest.Header("webhook-signature", Self.first),
            ])
    }

    @Test(arguments: [
        "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8", "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    ])
    func `padding may be missing`(_ text: String) throws {
        let signer = try #require(WebhookSigner([Secret(text)]))
        #expect(signer.signature(id: Self.id, seconds: Self.seconds, body: Self.body) == Self.first)
    }

    @Test(arguments: [
        "", "whsec_", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX!!",
        "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRY=", "whsk_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    ])
    func `unusable secrets sign nothing`(_ text: String) {
        #expect(WebhookSigner([Secret(text)]) == nil)
        #expect(WebhookSigner([Sample.secret, Secret(text)]) == nil)
    }

    @Test func `no secret signs nothing`() { #expect(WebhookSigner([]) == nil) }

    @Test func `longest key is64 bytes`() {
        #expect(WebhookSigner([Secret("whsec_" + String(repeating: "AAAA", count: 21) + "AA==")]) != nil)
        #expect(WebhookSigner([Secret("whsec_" + String(repeating: "AAAA", count: 21) + "AAA=")]) == nil)
    }

    @Test func `new secrets have32 bytes and differ`() {
        let random = SeededRandom()
        let made = (0..<50).map { _ in WebhookSecret.make(from: random) }
        #expect(Set(made).count == 50)
        for secret in made {
            #expect(secret.reveal().hasPrefix("whsec_"))
            #expect(WebhookSecret(secret)?.key.bitCount == 256)
        }
    }
}
