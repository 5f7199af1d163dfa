import Router

/// The month's figures as the table of docs/routing-signal.md has them.
struct MonthTable {
    private var lines = [
        "| strategy | measure | reached | best fixed order | oracle | gain on fixed | regret to oracle | switches per incident, at most | lost to a dead operator, mean and most |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]

    mutating func add(_ name: String, isValue: Bool, _ result: MonthResult, _ operators: [MonthOperator]) {
        let (reached, fixed, best) =
            isValue
            ? (result.valueRate, result.fixedValueRate, result.bestValueRate)
            : (result.rate, result.fixedRate, result.bestRate)
        let lost = result.lostPerDeath(operators)
        let mean = lost.isEmpty ? 0 : lost.reduce(0, +) * 10 / lost.count
        func percent(_ millionths: Int64) -> String { Share(millionths: millionths).description }
        lines.append(
            "| `\(name)` | \(isValue ? "amount less fee" : "success") | \(percent(reached)) | \(percent(fixed)) "
                + "| \(percent(best)) | \(percent(reached - fixed)) | \(percent(best - reached)) "
                + "| \(result.switchesPerIncident(operators).map(\.count).max() ?? 0) "
                + "| \(mean / 10).\(mean % 10), \(lost.max() ?? 0) |")
    }

    var text: String { lines.joined(separator: "\n") }
}
