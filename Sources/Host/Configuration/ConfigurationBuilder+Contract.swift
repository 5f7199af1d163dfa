import Router

/// Changes to what is known of an operator, within sense.
extension ConfigurationBuilder {
    /// A year: longer than any operator works on anything.
    private static let seconds: ClosedRange<Int64> = 0...31_536_000

    mutating func check(_ contract: ContractOverrides?, at pointer: String) {
        guard let contract else { return }
        let spans = [
            ("visibility_lag_seconds", contract.visibilityLagSeconds),
            ("maximum_server_life_seconds", contract.maximumServerLifeSeconds),
            ("absence_span_seconds", contract.absenceSpanSeconds),
            ("prompt_lifetime_seconds", contract.promptLifetimeSeconds),
            ("failure_quarantine_seconds", contract.failureQuarantineSeconds),
            ("review_after_seconds", contract.reviewAfterSeconds),
        ]
        if contract.key == .repeatFlag {
            fault(pointer + "/key", "only a kind can flag repetitions; write \"replays\" or \"rejects_duplicate\"")
        } else if let key = contract.key, ![.none, .remembersSuccessOnly].contains(key),
            contract.keyWindowSeconds ?? 0 < 1
        {
            fault(pointer + "/key", "a key that protects needs \"key_window_seconds\", at least 1, beside it")
        }
        _ = within(contract.keyWindowSeconds, Self.seconds, 0, at: pointer + "/key_window_seconds")
        for (name, value) in spans { _ = within(value, Self.seconds, 0, at: "\(pointer)/\(name)") }
        _ = within(contract.checksPerSecond, 1...10_000, 1, at: pointer + "/checks_per_second")
        for (index, code) in (contract.definitiveFailures ?? []).enumerated()
        where code.isEmpty || code.utf8.count > 64 || contract.definitiveFailures?.firstIndex(of: code) != index {
            fault("\(pointer)/definitive_failures/\(index)", "expected the operator's code, at most 64 bytes, once")
        }
        guard let steps = contract.checkEveryMilliseconds else { return }
        if steps.isEmpty { fault(pointer + "/check_every_milliseconds", "must hold at least one waiting time") }
        for (index, step) in steps.enumerated() {
            _ = within(step, 1...86_400_000, 1, at: "\(pointer)/check_every_milliseconds/\(index)")
        }
    }
}
