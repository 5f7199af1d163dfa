import Router
import RouterTestKit
import Synchronization
import Testing

@Suite struct WaitingTests {
    @Test func `a promise tells its first value to everybody, before and after`() async {
        let promise = Promise<Int>()
        let early = (0..<20).map { _ in Task { await promise.value } }
        promise.keep(1)
        promise.keep(2)
        for task in early { #expect(await task.value == 1) }
        #expect(await promise.value == 1)
    }

    /// Who is inside a lock now, and who has been.
    private final class Room: Sendable {
        private let state = Mutex((inside: 0, most: 0, visitors: [Int]()))

        func enter(_ number: Int) {
            state.withLock { state in
                state.inside += 1
                state.most = max(state.most, state.inside)
                state.visitors.append(number)
            }
        }

        func leave() { state.withLock { $0.inside -= 1 } }

        var most: Int { state.withLock(\.most) }
        var visitors: [Int] { state.withLock(\.visitors) }
    }

    @Test func `a lock is held across suspension, by one at a time`() async {
        let (lock, room) = (AsyncLock(), Room())
        let tasks = (0..<50).map { number in
            Task {
                await lock.withLock {
                    room.enter(number)
                    await Task.yield()
                    room.leave()
                }
            }
        }
        for task in tasks { await task.value }
        #expect(room.most == 1 && room.visitors.sorted() == Array(0..<50))
    }

    @Test func `a lock is free again after a failure`() async {
        struct Fault: Error {}
        let lock = AsyncLock()
        await #expect(throws: Fault.self) { try await lock.withLock { () async throws(Fault) in throw Fault() } }
        #expect(await lock.withLock { 7 } == 7)
    }

    @Test func `what rang while nobody slept is told at once, all of it, once`() async {
        let time = ManualClock(.start)
        let signal = Signal<[Int]>([])
        signal.ring { $0.append(1) }
        signal.ring { $0.append(2) }
        #expect(await signal.wait(until: time.now.adding(seconds: 10), time) == [1, 2])
        // The moment has come already: nothing is told twice.
        #expect(await signal.wait(until: time.now, time) == nil)
    }

    @Test func `a sleeper is woken by a ring`() async {
        let time = ManualClock(.start)
        let signal = Signal<[Int]>([])
        async let told = signal.wait(until: time.now.adding(seconds: 3_600), time)
        signal.ring { $0.append(3) }
        #expect(await told == [3])
    }

    @Test func `cancellation ends a sleep`() async {
        let time = ManualClock(.start)
        let signal = Signal()
        let task = Task { await signal.wait(until: time.now.adding(seconds: 3_600), time) == nil }
        task.cancel()
        #expect(await task.value)
    }
}
