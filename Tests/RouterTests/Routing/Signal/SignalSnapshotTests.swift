import Router
import RouterTestKit
import Testing

@Suite struct SignalSnapshotTests {
    private func snapshot() -> SignalSnapshot {
        var random = Seeded(31)
        var book = SignalBook()
        for provider in ["alpha", "beta", "gamma"] as [ProviderID] {
            for operation in [MoneyOperation.collect, .payout] {
                for _ in 0..<40 {
                    let isGood = Int.random(in: 0..<10, using: &random) < 8
                    book.record(
                        RouteSignal(
                            SignalKey(provider, "tmoney", operation),
                            .attempt(SignalChange(isGood ? .success : .failure(.operator))),
                            milliseconds: Int64.random(in: 100...9_000, using: &random)), at: .start)
                }
            }
        }
        book.record(RouteSignal(SignalKey("delta", "card", .authorize), .check(isAnswered: false)), at: .start)
        return book.snapshot(at: .start + 30)
    }

    @Test func `is read as it was written, and written alike`() throws {
        let first = snapshot()
        #expect(first.figures.count == 7)
        let bytes = first.encoded
        let second = try SignalSnapshot(encoded: bytes)
        #expect(second == first)
        #expect(second.encoded == bytes)
        #expect(snapshot().encoded == bytes)
    }

    @Test func `is small`() {
        // With rates and quantiles, what one decision about three providers has used.
        let used = snapshot().restricted(to: ["alpha", "beta", "gamma"].map { SignalKey($0, "tmoney", .collect) })
        #expect(used.figures.count == 3)
        #expect(used.encoded.count < 800)
    }

    @Test(arguments: ["", "[]", "{}", #"{"at":1,"signals":[{"key":"alpha"}]}"#, #"{"at":"x"}"#])
    func `what is not whole is a fault`(text: String) {
        #expect(throws: RecordFault.self) { try SignalSnapshot(encoded: Array(text.utf8)) }
    }

    @Test(
        arguments: [
            ("alpha/tmoney/collect", true), ("alpha/tmoney/pay", false), ("alpha/tmoney", false),
            ("alpha//collect", false), ("Alpha/tmoney/collect", false), ("a/b/payout/x", false),
        ])
    func `keys have one text`(text: String, isKey: Bool) {
        let key = SignalKey(text: text)
        #expect((key != nil) == isKey)
        if let key { #expect(key.text == text) }
    }
}
