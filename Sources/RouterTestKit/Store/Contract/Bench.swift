import Router

/// Where checks get their records from and put what they find.
struct Bench {
    let check: StoreContractSuite.Check
    let records: RecordFactory
    private(set) var violations: [StoreViolation] = []

    init(check: StoreContractSuite.Check, records: RecordFactory) {
        self.check = check
        self.records = records
    }

    mutating func record(_ promise: String, _ seen: String) {
        violations.append(StoreViolation(check: check, promise: promise, seen: String(seen.prefix(2_000))))
    }

    mutating func expect(_ holds: Bool, _ promise: String) {
        if !holds { record(promise, "does not hold") }
    }

    mutating func equal<Value: Equatable>(_ seen: Value, _ expected: Value, _ promise: String) {
        if seen != expected { record(promise, Self.difference(seen, expected)) }
    }

    /// The first parts in which two values differ; for small values the values.
    private static func difference(_ seen: some Any, _ expected: some Any) -> String {
        let whole = "\(seen) instead of \(expected)"
        guard whole.count > 300 else { return whole }
        let (left, right) = (lines(seen), lines(expected))
        let parts = zip(left, right).filter { $0 != $1 }.prefix(3).map { "\($0) instead of \($1)" }
        return parts.isEmpty ? "\(left.count) lines instead of \(right.count)" : parts.joined(separator: "; ")
    }

    private static func lines(_ value: some Any) -> [String] {
        var text = ""
        dump(value, to: &text)
        return text.split(separator: "\n").map { $0.drop { $0 == " " || $0 == "-" }.description }
    }

    /// Expects an operation to fail.
    mutating func fails(_ promise: String, _ body: () async throws -> Void) async {
        do {
            try await body()
            record(promise, "it succeeded")
        } catch {}
    }

    /// Commits units that must not conflict.
    mutating func commit(_ store: any Store, _ units: UnitOfWork...) async {
        equal(await store.commit(units, epoch: 1), .committed, "a unit that breaks no rule is committed")
    }
}
