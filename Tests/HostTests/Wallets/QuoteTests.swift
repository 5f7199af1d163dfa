import Router
import RouterTestKit
import Testing
import WebText

@testable import Host

/// Quotes are what their app was told, and nothing else.
@Suite struct QuoteTests {
    private static let app = AppID(known: "app_01M7Y8G2S83KY03KAYDH4HV201")
    private static let other = AppID(known: "app_01M7Y8G2S83KY03KAYDH4HV202")
    private static let now = Moment(milliseconds: 1_700_000_000_000)
    private let sealer = Sealer(DataKeys.fresh(MasterKey.random().key))
    private let caller = Caller(app: app, environment: .sandbox, role: .secret)
    private let body: JSONValue = [
        "from": ["channel": "tmoney", "phone": "+22890112233"], "amount": 5_000, "currency": "XOF", "fee": .null,
    ]

    private func sealed() throws -> String {
        try #require(Quote(caller, body, fee: 100, at: Self.now).text(sealer))
    }

    @Test func `what was quoted is read again, and nobody else reads it`() throws {
        let text = try sealed()
        let quote = try Quote(text, caller, sealer, at: Self.now.adding(seconds: 599))
        #expect(quote.fee == 100 && quote.body == body.withoutNulls)
        #expect(
            !text.contains("22890112233")
                && !(Base64.decode(urlSafe: text).map { String(decoding: $0, as: UTF8.self) } ?? "").contains("tmoney"))
    }

    @Test func `the same body in another spelling fits, another one does not`() throws {
        let quote = try Quote(try sealed(), caller, sealer, at: Self.now)
        #expect(quote.fits(JSONObject()))
        let same: JSONValue = [
            "currency": "XOF", "amount": 5_000, "from": ["phone": "+22890112233", "channel": "tmoney"],
            "description": .null,
        ]
        #expect(quote.fits(try #require(same.objectValue)))
        for (name, value) in [("amount", 5_001), ("currency", "TND"), ("description", "rent")] as [(String, JSONValue)]
        {
            var changed = try #require(body.objectValue)
            changed[name] = value
            #expect(!quote.fits(changed), "\(name)")
        }
        #expect(!quote.fits(JSONObject([.init("amount", 5_000)])), "a part is not the whole")
    }

    @Test func `an expired, altered or foreign quote is refused as such`() throws {
        let text = try sealed()
        var altered = Array(text)
        altered[20] = altered[20] == "A" ? "B" : "A"
        let tries: [(String, Caller, Sealer, Moment)] = [
            (text, caller, sealer, Self.now.adding(seconds: 600)),
            (String(altered), caller, sealer, Self.now), ("", caller, sealer, Self.now),
            ("not a quote", caller, sealer, Self.now),
            (text, Caller(app: Self.other, environment: .sandbox, role: .secret), sealer, Self.now),
            (text, Caller(app: Self.app, environment: .production, role: .secret), sealer, Self.now),
            (text, caller, Sealer(DataKeys.fresh(MasterKey.random().key)), Self.now),
            (Base64.encode(urlSafe: try #require(sealer.seal(Array("{}".utf8)))), caller, sealer, Self.now),
        ]
        for (text, caller, sealer, now) in tries {
            let problem = #expect(throws: Problem.self) { try Quote(text, caller, sealer, at: now) }
            #expect(problem?.code == .invalidQuote && problem?.code.status == 422)
            #expect(problem?.errors.map(\.pointer) == ["/quote"])
        }
    }
}
