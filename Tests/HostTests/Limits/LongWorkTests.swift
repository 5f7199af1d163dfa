import Router
import Synchronization
import Testing

@testable import Host

@Suite("Long work")
struct LongWorkTests {
    /// What runs and ran.
    private final class Seen: Sendable {
        let state = Mutex((running: 0, most: 0, order: [Int]()))

        func begins(_ number: Int) {
            state.withLock { state in
                state.running += 1
                state.most = max(state.most, state.running)
                state.order.append(number)
            }
        }

        func ends() { state.withLock { $0.running -= 1 } }
    }

    @Test
    func `runs a few at once, lets a few wait in their order, and refuses the rest`() async {
        let work = LongWork(atOnce: 2, waiting: 3)
        let seen = Seen()
        let gate = Promise<Void>()
        func task(_ number: Int) -> Task<Bool, Never> {
            Task {
                await work.run {
                    seen.begins(number)
                    await gate.value
                    seen.ends()
                    return true
                } ?? false
            }
        }
        var tasks: [Task<Bool, Never>] = []
        for number in 0..<5 {
            tasks.append(task(number))
            // Each is in line before the next one comes.
            while work.count < number + 1 { await Task.yield() }
        }
        #expect(await task(5).value == false)
        #expect(seen.state.withLock { $0.running } == 2)
        gate.keep(())
        for task in tasks { #expect(await task.value) }
        #expect(seen.state.withLock { $0.most } <= 2)
        #expect(seen.state.withLock { $0.order.sorted() } == [0, 1, 2, 3, 4])
        #expect(work.count == 0)
        #expect(await work.run { 7 } == 7)
    }

    @Test
    func `a place is given back when the work fails`() async {
        let work = LongWork(atOnce: 1, waiting: 0)
        for _ in 0..<3 {
            await #expect(throws: Problem.self) {
                try await work.run { () async throws(Problem) -> Int in throw Problem(.unavailable, "x") }
            }
        }
        #expect(work.count == 0)
    }
}
