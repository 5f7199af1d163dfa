import Router
import Synchronization

/// How often a holder is asked for a code that links a wallet, so that no developer uses up the codes that the holder may ask for.
final class LinkLimiter: Sendable {
    /// Codes for each holder in an hour.
    static let perHour: Int64 = 5
    private let asked: Mutex<KeyedLimiter<AccountID>>

    init() { asked = Mutex(KeyedLimiter(RateLimit(Self.perHour, perSeconds: 3_600, burst: Self.perHour), at: 0)) }

    /// Takes one of them, if there is one.
    func mayAsk(_ holder: AccountID, at now: Moment) -> Bool {
        asked.withLock { $0.spend(holder, at: now.milliseconds * 1_000).isGranted }
    }
}
