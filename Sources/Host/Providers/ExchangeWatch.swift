import Router
import Synchronization

/// The last exchanges with an operator for one operation, as far as this process has seen them.
struct RecentExchanges: Sendable, Hashable {
    private(set) var lastSuccess: Moment?
    private(set) var lastFailure: Moment?
    private var entries: [Entry] = []

    private struct Entry: Sendable, Hashable {
        let milliseconds: Int64
        let isSuccess: Bool
    }

    /// How many are remembered.
    static let most = 64

    mutating func add(milliseconds: Int64, isSuccess: Bool, at now: Moment) {
        if entries.count == Self.most { entries.removeFirst() }
        entries.append(Entry(milliseconds: milliseconds, isSuccess: isSuccess))
        if isSuccess { lastSuccess = now } else { lastFailure = now }
    }

    var count: Int { entries.count }
    var failures: Int { entries.count { !$0.isSuccess } }
    /// In milliseconds; zero where nothing was exchanged.
    var median: Int64 { quantile(2) }
    /// The slowest twentieth begins here, in milliseconds.
    var slowest: Int64 { quantile(20) }

    private func quantile(_ part: Int) -> Int64 {
        let sorted = entries.map(\.milliseconds).sorted()
        return sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, sorted.count * (part - 1) / part)]
    }
}

/// Remembers how exchanges with operators went lately, for those who look.
package final class ExchangeWatch: Sendable {
    private struct Key: Hashable {
        let provider: ProviderID
        let operation: String
    }

    private let known = Mutex<[Key: RecentExchanges]>([:])

    package init() {}

    /// What an exchange came to: the status of an answer, or the name of a failure.
    func record(_ provider: ProviderID, _ operation: String, milliseconds: Int64, outcome: String, at now: Moment) {
        // A refusal of the payer's is an answer of an operator that works.
        let isSuccess = Int(outcome).map { (200..<500).contains($0) && $0 != 429 } ?? false
        known.withLock {
            $0[Key(provider: provider, operation: operation), default: RecentExchanges()].add(
                milliseconds: milliseconds, isSuccess: isSuccess, at: now)
        }
    }

    func recent(_ provider: ProviderID, _ operation: MoneyOperation) -> RecentExchanges {
        known.withLock { $0[Key(provider: provider, operation: operation.rawValue)] ?? RecentExchanges() }
    }
}
