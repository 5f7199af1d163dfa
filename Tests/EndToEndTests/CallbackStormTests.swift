import Router
import Sandbox
import Testing

@testable import Host

/// Callbacks of every kind that come twice, forged, and long after the end: nothing but the operators' truth counts.
@Suite("Callbacks in a storm", .serialized, .timeLimit(.minutes(10)))
struct CallbackStormTests {
    @Test
    func `repeated, forged, reordered and late callbacks change no end`() async throws {
        let storm = CallbackStorm()
        let router = try await RunningRouter(callbackInterceptor: storm.interceptor)
        storm.strike(router)
        let played = await PlayedOrder.playAll(on: router)
        let books = try await router.entries()
        for order in played { order.judge(books) }
        #expect(Set(storm.seen.map(\.sender)).count >= 6 && storm.forgeries > 50)

        // Once more, all of them, the last one first, when everything has ended.
        for callback in storm.seen.reversed() { await router.deliver(callback, from: "127.0.0.1") }
        try await router.emptyInbox()
        let after = try await router.entries()
        #expect(after == books)
        for order in played { await order.again(on: router).judge(after) }
        await router.stop()
    }
}

extension RunningRouter {
    /// Waits until every callback that was received is dealt with.
    fileprivate func emptyInbox() async throws {
        let any = try #require(await files().first)
        for _ in 0..<100 {
            if try await host.engine.store.totals().inbox == 0 { return }
            _ = await host.engine.waitForChange(any, milliseconds: 100)
        }
        Issue.record("callbacks stay in the inbox")
    }
}
