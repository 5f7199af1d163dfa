/// What one caller has used of a ``RateLimit``: a token bucket that counts what is missing from it.
///
/// Plain state; the time comes in, in microseconds. A fresh bucket is full, so one that has filled up again may be
/// forgotten. Time that steps back brings nothing back and takes nothing away.
struct RateBucket: Sendable, Hashable {
    /// What is missing, in shares of an event: one event is the limit's period, and each microsecond pays its count.
    private var debt: Int64 = 0
    private var at: Int64

    /// A full bucket.
    init(at now: Int64) { at = now }

    /// What a bucket said when it was asked.
    struct Reading: Sendable, Hashable {
        var isGranted: Bool
        /// How many more may happen now.
        var remaining: Int64
        /// Until one more may happen, in microseconds; 0 if it may now.
        var waitMicroseconds: Int64
        /// Until the bucket is full, in microseconds.
        var fullAfterMicroseconds: Int64
    }

    /// Takes one event if there is one; a refusal takes nothing.
    mutating func spend(_ limit: RateLimit, at now: Int64) -> Reading {
        refill(limit, at: now)
        let isGranted = debt + limit.periodMicroseconds <= capacity(limit)
        if isGranted { debt += limit.periodMicroseconds }
        return reading(limit, isGranted)
    }

    /// What ``spend(_:at:)`` would say, without spending anything.
    func look(_ limit: RateLimit, at now: Int64) -> Reading {
        var copy = self
        copy.refill(limit, at: now)
        return copy.reading(limit, copy.debt + limit.periodMicroseconds <= copy.capacity(limit))
    }

    /// Whether nothing is missing.
    func isFull(_ limit: RateLimit, at now: Int64) -> Bool { look(limit, at: now).fullAfterMicroseconds == 0 }

    private func capacity(_ limit: RateLimit) -> Int64 { limit.burst * limit.periodMicroseconds }

    /// Pays back what time has brought.
    private mutating func refill(_ limit: RateLimit, at now: Int64) {
        guard now > at else { return }
        let (elapsed, overflow) = now.subtractingReportingOverflow(at)
        at = now
        // Compared as time, so that a long pause cannot overflow the product.
        guard !overflow, elapsed < Self.microseconds(toPay: debt, limit) else { return debt = 0 }
        debt -= elapsed * limit.count
    }

    private func reading(_ limit: RateLimit, _ isGranted: Bool) -> Reading {
        let left = capacity(limit) - debt
        return Reading(
            isGranted: isGranted, remaining: left / limit.periodMicroseconds,
            waitMicroseconds: Self.microseconds(toPay: max(0, limit.periodMicroseconds - left), limit),
            fullAfterMicroseconds: Self.microseconds(toPay: debt, limit))
    }

    private static func microseconds(toPay debt: Int64, _ limit: RateLimit) -> Int64 {
        let (whole, rest) = debt.quotientAndRemainder(dividingBy: limit.count)
        return whole + (rest > 0 ? 1 : 0)
    }
}
