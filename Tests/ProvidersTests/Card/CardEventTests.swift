import Crypto
import Router
import Testing
import WebText

@testable import Providers

@Suite("Card: events")
struct CardEventTests {
    static let now = Moment(milliseconds: 1_700_000_000_000)

    static func signed(_ body: [UInt8], secret: String = "whsec_test_router_0001") -> InboundCallback {
        let key = SymmetricKey(data: Array(secret.utf8))
        let code = HMAC<SHA256>.authenticationCode(for: Array("1700000000.".utf8) + body, using: key)
        return InboundCallback(
            method: "POST", headers: [.init("stripe-signature", "t=1700000000,v1=\(Hex.text(code))")], body: body)
    }

    @Test(arguments: Fixture.rows("card/signatures.json"))
    func `every row of the signatures table`(row: Row) {
        let callback = InboundCallback(
            method: "POST", headers: [.init("stripe-signature", row.text("header"))], body: Array(row.text("body").utf8)
        )
        let now = Moment(milliseconds: row["now"]?.integerValue ?? 0)
        let refusal = CardEvents.verify(callback, secret: Secret(row.text("secret")), now: now)
        #expect((refusal?.rawValue ?? "verified") == row.text("verdict"))
    }

    @Test
    func `fails closed: no header, no secret, another method`() {
        let body = Array("{}".utf8)
        var callback = Self.signed(body)
        #expect(CardEvents.verify(callback, secret: Secret("whsec_test_router_0001"), now: Self.now) == nil)
        #expect(CardEvents.verify(Self.signed(body, secret: ""), secret: Secret(""), now: Self.now) == .unverified)
        callback.method = "GET"
        #expect(CardEvents.verify(callback, secret: Secret("whsec_test_router_0001"), now: Self.now) == .unverified)
        callback.method = "POST"
        callback.headers = []
        #expect(CardEvents.verify(callback, secret: Secret("whsec_test_router_0001"), now: Self.now) == .unverified)
    }

    @Test(arguments: Fixture.rows("card/events.json"))
    func `every row of the events table`(row: Row) throws {
        let provider: CardProvider = try Sample.provider("card", ["api": row["api"] ?? .null])
        let body = row["event"]?.serialized() ?? []
        let line =
            switch provider.receive(Self.signed(body), now: Self.now) {
            case .refused(let refusal): "refused \(refusal.rawValue)"
            case .ignored(let key): "ignored \(key ?? "")"
            case .notice(let notice): "notice \(notice.kind.rawValue) \(notice.operatorReference)"
            case .about(let fact):
                switch fact.about {
                case .reference(let reference): "reference:\(reference) \(fact.claim.line)"
                case .operatorReference(let reference): "operator:\(reference) \(fact.claim.line)"
                }
            }
        #expect(line == row.text("verdict"))
        if case .about(let fact) = provider.receive(Self.signed(body), now: Self.now) {
            #expect(fact.isAuthentic && fact.dedupKey == "evt_7" && fact.acknowledgement == nil)
        }
    }

    @Test
    func `signed rubbish is malformed, never believed`() throws {
        for (name, body) in Fixture.hostileBodies() {
            for configuration in ["card intents", "card charges"] {
                let provider: CardProvider = try Sample.configured(configuration)
                let verdict = provider.receive(Self.signed(body), now: Self.now)
                #expect(verdict == .refused(.malformed), "\(name)")
            }
        }
    }

    @Test
    func `an unsigned event is refused before it is read`() throws {
        let provider: CardProvider = try Sample.configured("card intents")
        let row = try #require(Fixture.rows("card/events.json").first)
        let body = row["event"]?.serialized() ?? []
        let callback = InboundCallback(method: "POST", body: body)
        #expect(provider.receive(callback, now: Self.now) == .refused(.unverified))
        #expect(provider.receive(Self.signed(body, secret: "whsec_other"), now: Self.now) == .refused(.unverified))
        let late = Self.now.adding(seconds: 301)
        #expect(provider.receive(Self.signed(body), now: late) == .refused(.stale))
    }
}
