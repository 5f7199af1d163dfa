import Foundation
import Testing

@testable import Sandbox

/// The vectors of docs/protocols/card.md, 6.1, and the signature on a real event.
@Suite struct CardSignatureTests {
    private let body =
        #"{"id":"evt_1","object":"event","type":"charge.succeeded","data":{"object":{"id":"ch_1","amount":5000,"currency":"usd"}}}"#

    @Test func `published vectors`() {
        #expect(body.utf8.count == 120)
        #expect(
            CardSignature.header(body: Array(body.utf8), secret: "whsec_test_router_0001", seconds: 1_700_000_000)
                == "t=1700000000,v1=25da5975f39279b022a783e7e3b94664e79ab9a25ca1ba498a2f7c48630d6e71")
        #expect(
            CardSignature.header(body: Array(body.utf8), secret: "whsec_test_router_0000", seconds: 1_700_000_000)
                == "t=1700000000,v1=e66111c0afbd087711ad45431c85e548887046de66407d060c0f620cd16b05b9")
        let unicode = Array(#"{"name":"Kóffi Ünïcode €"}"#.utf8)
        #expect(unicode.count == 31)
        #expect(
            CardSignature.header(body: unicode, secret: "whsec_test_router_0001", seconds: 1_700_000_000)
                == "t=1700000000,v1=a2c8434306ff3e2df5de8d5c8c042caf6ba048ace13eba24fbb6edaf4257a31a")
    }

    @Test func `events are signed at the time they are sent`() async throws {
        try await TestSandbox.run { sandbox in
            try sandbox.registerCards()
            sandbox.bin.answerNext([nil])
            _ = await sandbox.card("charges", "amount=5000&currency=usd&source=tok_visa", key: "k")
            await sandbox.clock.advance(1_000)
            #expect(sandbox.bin.arrivals.count == 2)
            for arrival in sandbox.bin.arrivals {
                let expected = CardSignature.header(
                    body: arrival.callback.body, secret: TestSandbox.webhookSecret, seconds: arrival.at / 1000)
                #expect(arrival.header("Stripe-Signature") == expected)
                #expect(arrival.json["object"].string == "event")
                #expect(arrival.json["data"]["object"]["object"].string == "charge")
                #expect(arrival.json["api_version"].string == "2026-10-28.endive")
            }
        }
    }
}
