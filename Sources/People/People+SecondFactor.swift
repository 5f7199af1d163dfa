package import Router

/// Second factors: set up, asked for, given up.
extension People {
    /// A secret that nobody has yet; it counts once digits of it were typed.
    package func freshSecondFactor() -> SecondFactor {
        let bytes = (0..<3).flatMap { _ in withUnsafeBytes(of: random.next()) { Array($0) } }
        return SecondFactor(secret: Array(bytes.prefix(20)))
    }

    package enum SecondFactorTaken: Sendable, Hashable {
        case done(Account)
        case wrong
        /// Too many wrong ones; seconds until the next may be tried.
        case throttled(Int64)
    }

    /// Takes digits of an account's second factor; none are taken twice.
    ///
    /// - Parameters:
    ///   - digits: As they were typed.
    ///   - account: Whose.
    ///   - address: From where; wrong ones count against it.
    ///   - confirming: The secret that is set up with them; `nil` takes those of the one that counts.
    ///   - audit: The line that tells of it.
    /// - Returns: What became of them.
    /// - Throws: What the store throws.
    package func take(
        _ digits: String, of account: Account, at address: String, confirming: SecondFactor? = nil,
        audit: @escaping Audit
    ) async throws(StoreFailure) -> SecondFactorTaken {
        let key = "second factor\u{1F}\(account.username.text)"
        if let wait = throttle.wait(key, at: address, now: now) { return .throttled(wait) }
        let now = now
        var isRight = false
        let changed = try await change(account.id, audit: audit) { account in
            isRight = false
            guard var factor = confirming ?? account.secondFactor, confirming != nil || factor.confirmedAt != nil,
                let step = TOTP.step(of: digits, factor, at: now)
            else { return false }
            (isRight, factor.lastStep) = (true, step)
            factor.confirmedAt = factor.confirmedAt ?? now
            account.secondFactor = factor
            return true
        }
        guard isRight, case .done(let account) = changed else {
            throttle.failed(key, at: address, now: now)
            return .wrong
        }
        throttle.succeeded(key, at: address, now: now)
        return .done(account)
    }
}
