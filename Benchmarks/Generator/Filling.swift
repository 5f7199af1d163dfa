import Router
import Synchronization

/// Writes all payments, many in one commit and several commits at a time: units are made and sealed on every core while the
/// store's writer writes.
struct Filling: Sendable {
    private let maker: PaymentMaker
    private let installation: Installation
    private let count: Int
    private let tell: @Sendable (Int) -> Void

    /// Payments of one commit, and commits on their way at once.
    private static let (batch, tasks) = (250, 4)

    init(
        _ installation: Installation, _ timetable: Timetable, seed: UInt64, sales: Double,
        tell: @escaping @Sendable (Int) -> Void
    ) {
        self.installation = installation
        self.tell = tell
        count = timetable.count
        maker = PaymentMaker(installation, timetable, seed: seed, sales: sales)
    }

    /// Fills the store.
    ///
    /// - Returns: How many payments are in each status.
    func run() async throws -> [String: Int] {
        let next = Batches()
        return try await withThrowingTaskGroup(of: [String: Int].self) { group in
            for _ in 0..<Self.tasks { group.addTask { try await write(next) } }
            return try await group.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
        }
    }

    /// Which batch is next.
    private final class Batches: Sendable {
        private let last = Mutex(0)

        func take(_ size: Int, of count: Int) -> Range<Int>? {
            last.withLock { last in
                guard last < count else { return nil }
                defer { last += size }
                return last..<min(last + size, count)
            }
        }
    }

    @concurrent
    private func write(_ next: Batches) async throws -> [String: Int] {
        var states: [String: Int] = [:]
        while let numbers = next.take(Self.batch, of: count) {
            var units: [UnitOfWork] = []
            for number in numbers {
                let (more, status) = maker.units(number)
                units += more
                states[status.rawValue, default: 0] += 1
            }
            let result = await installation.store.commit(units, epoch: installation.epoch)
            guard result == .committed else { throw NotCommitted(numbers: numbers, result: result) }
            if numbers.upperBound % 50_000 == 0 { tell(numbers.upperBound) }
        }
        return states
    }

    /// The store refused a batch.
    private struct NotCommitted: Error, CustomStringConvertible {
        var numbers: Range<Int>
        var result: CommitResult

        var description: String { "payments \(numbers) could not be stored: \(result)" }
    }
}
