import Testing

@testable import Host

@Suite("Tables of buckets") struct KeyedLimiterTests {
    private static let slow = RateLimit(1, perSeconds: 3, burst: 4)

    @Test
    func `each key has a bucket of its own`() {
        var table = KeyedLimiter<Int>(Self.slow, at: 0)
        for key in 1...3 {
            for _ in 0..<4 { #expect(table.spend(key, at: 0).isGranted) }
            #expect(!table.spend(key, at: 0).isGranted)
        }
        #expect(table.spend(1, at: 3_000_000).isGranted && !table.spend(1, at: 3_000_000).isGranted)
        #expect(table.spend(9, at: 0, own: RateLimit(1, burst: 1)).isGranted)
        #expect(!table.spend(9, at: 0, own: RateLimit(1, burst: 1)).isGranted)
        #expect(!table.look(9, at: 0).isGranted && table.look(10, at: 0).isGranted)
    }

    @Test
    func `a crowd neither grows the table nor frees whoever is limited`() {
        var table = KeyedLimiter<Int>(Self.slow, capacity: 1_000, at: 0)
        for _ in 0..<5 { _ = table.spend(-1, at: 0) }
        for key in 0..<100_000 { _ = table.spend(key, at: Int64(key)) }
        #expect(table.count == 1_000)
        #expect(!table.spend(-1, at: 100_000).isGranted, "still limited")
        #expect(!table.look(-1, at: 100_000).isGranted)
    }

    @Test
    func `where everybody is limited, new keys share what sixteen would have, and get in again later`() {
        var table = KeyedLimiter<Int>(Self.slow, capacity: 100, at: 0)
        for key in 0..<100 { for _ in 0..<5 { _ = table.spend(key, at: 0) } }
        let granted = (1_000..<2_000).count { table.spend($0, at: 0).isGranted }
        #expect(granted == 64)
        #expect(!table.look(3_000, at: 0).isGranted)
        #expect(table.count == 100)
        // Buckets that filled up again give their places to whoever comes.
        #expect(table.spend(4_000, at: 12_000_000).isGranted && table.count == 100)
        for key in 5_000..<5_016 { #expect(table.spend(key, at: 12_000_000).isGranted) }
    }

    @Test
    func `places are counted by key and given back exactly once`() {
        var count = ConcurrencyCount<String>()
        #expect(count.enter("a", limit: 2) && count.enter("a", limit: 2) && !count.enter("a", limit: 2))
        #expect(count.enter("b", limit: 2) && count.keys == 2)
        count.leave("a")
        #expect(count["a"] == 1 && count.enter("a", limit: 2))
        for _ in 0..<5 { count.leave("a") }
        count.leave("b")
        #expect(count.keys == 0 && count["a"] == 0)
    }
}
