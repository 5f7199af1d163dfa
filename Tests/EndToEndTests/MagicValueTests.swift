import Testing

/// Every magic value of every channel and operation: what was asked for must end as promised, and as the operators' books say.
@Suite("Magic values", .timeLimit(.minutes(10)))
struct MagicValueTests {
    @Test
    func `every outcome ends as its books say`() async throws {
        let router = try await RunningRouter()
        let played = await PlayedOrder.playAll(on: router)
        let books = try await router.entries()
        for order in played { order.judge(books) }
        await router.stop()
    }
}
