import Synchronization

/// Money in attempts whose outcome is open: being sent, unknown, or contradictory.
///
/// Counted by attempt, so that saying the same twice changes nothing. Where a provider has a limit, no send starts that
/// would pass it (docs/money-safety.md, 6.6); checks go on.
final class Exposure: Sendable {
    private let open = Mutex<[ProviderID: [AttemptID: Money]]>([:])
    /// Providers at their limit that somebody was told of.
    private let told = Mutex<Set<ProviderID>>([])

    /// Takes what the store holds, before anything is sent.
    func begin(_ attempts: [ExposedAttempt]) {
        open.withLock { open in
            for attempt in attempts { open[attempt.provider, default: [:]][attempt.id] = attempt.amount }
        }
    }

    /// Whether a send of this amount would stay within the provider's limit.
    ///
    /// - Parameters:
    ///   - amount: What would be sent.
    ///   - runtime: Where to.
    ///   - onLimit: Called when the limit is reached, once until there is room again.
    /// - Returns: Whether it may be sent.
    func admits(_ amount: Money, at runtime: ProviderRuntime, onLimit: () -> Void) -> Bool {
        guard let limit = runtime.exposureLimits[amount.currency.code] else { return true }
        let isAdmitted = open.withLock { Self.admits(amount, $0[runtime.id] ?? [:], limit) }
        let isNews = told.withLock { told in
            isAdmitted ? told.remove(runtime.id) != nil : told.insert(runtime.id).inserted
        }
        if !isAdmitted, isNews { onLimit() }
        return isAdmitted
    }

    /// Counts an attempt that is about to be sent.
    ///
    /// - Returns: `false`, and nothing counted, if the limit does not allow it.
    func reserve(_ attempt: Attempt, at runtime: ProviderRuntime) -> Bool {
        open.withLock { open in
            guard open[runtime.id]?[attempt.id] == nil else { return true }
            if let limit = runtime.exposureLimits[attempt.amount.currency.code],
                !Self.admits(attempt.amount, open[runtime.id] ?? [:], limit)
            {
                return false
            }
            open[runtime.id, default: [:]][attempt.id] = attempt.amount
            return true
        }
    }

    /// Gives back what was reserved for a send that was never stored.
    func release(_ id: AttemptID, at provider: ProviderID) {
        open.withLock { _ = $0[provider]?.removeValue(forKey: id) }
    }

    /// Whether the outcome of an attempt is open, as last committed.
    func isOpen(_ id: AttemptID, at provider: ProviderID) -> Bool { open.withLock { $0[provider]?[id] != nil } }

    /// Follows an attempt as it was committed.
    func keep(_ attempt: Attempt) {
        let isOpen = [.sending, .unknown, .conflict].contains(attempt.state)
        open.withLock { $0[attempt.provider, default: [:]][attempt.id] = isOpen ? attempt.amount : nil }
    }

    /// Where anything is open.
    var providers: [ProviderID] { open.withLock { open in open.filter { !$0.value.isEmpty }.keys.sorted() } }

    /// What is open at a provider, by currency code.
    func sums(at provider: ProviderID) -> [String: (count: Int, minorUnits: Int64)] {
        open.withLock { open in
            (open[provider] ?? [:]).values.reduce(into: [:]) { sums, amount in
                let known = sums[amount.currency.code] ?? (0, 0)
                let (sum, isTooMuch) = known.minorUnits.addingReportingOverflow(amount.minorUnits)
                sums[amount.currency.code] = (known.count + 1, isTooMuch ? .max : sum)
            }
        }
    }

    private static func admits(_ amount: Money, _ open: [AttemptID: Money], _ limit: Int64) -> Bool {
        var sum = amount.minorUnits
        for other in open.values where other.currency == amount.currency {
            let (next, overflow) = sum.addingReportingOverflow(other.minorUnits)
            guard !overflow else { return false }
            sum = next
        }
        return sum <= limit
    }
}
