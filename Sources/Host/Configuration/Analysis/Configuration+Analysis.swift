package import Router

extension Configuration {
    /// What is to be said of the rules, read as a whole.
    ///
    /// - Parameter apps: The apps there are; `nil` if nobody knows.
    /// - Returns: In the order of the rules, with the line where each is written.
    package func analysis(apps: Set<AppID>? = nil) -> [ConfigurationIssue] {
        let table = RoutingTable(payments: routing, payouts: payoutRouting)
        let analysed = providers.enumerated().map { index, runtime in
            AnalysedProvider(
                runtime.facts(at: Moment(milliseconds: 0)), able: Set(MoneyOperation.allCases.filter(runtime.can)),
                pointer: "/providers/\(index)")
        }
        // What one environment's providers take says nothing of the other's.
        let environments = PayEnvironment.allCases.filter { mode in analysed.contains { $0.facts.environment == mode } }
        var seen: Set<RoutingFinding> = []
        let findings = environments.flatMap { mode in
            RoutingAnalysis(table, analysed.filter { $0.facts.environment == mode }, apps: apps).findings()
        }
        return Self.located(findings.filter { seen.insert($0).inserted }.map(ConfigurationIssue.init), source)
    }
}

extension ConfigurationIssue {
    /// A finding with an example that whoever reads it can try.
    init(_ finding: RoutingFinding) {
        self.init(
            finding.pointer, "\(finding)", severity: finding.severity == .error ? .error : .warning)
        code = finding.matter.code
        example = finding.witness.map(RouteQuestionOptions.command)
    }
}

extension RouteQuestionOptions {
    /// The command that asks about a request.
    static func command(_ sketch: RequestSketch) -> String {
        var words = ["payrouter explain", "--amount \(sketch.amount)", "--currency \(sketch.currency.code)"]
        func add(_ option: String, _ value: String?) {
            if let value { words.append("\(option) \(quoted(value))") }
        }
        for channel in sketch.channels { add("--channel", channel.text) }
        add("--phone", sketch.phone?.e164)
        add("--payer-country", sketch.payerCountry)
        add("--app", sketch.app == .none ? sketch.appName : sketch.app.text)
        for (name, value) in sketch.metadata.sorted(by: { $0.key < $1.key }) { add("--metadata", "\(name)=\(value)") }
        if sketch.hasToken { words.append("--token") }
        for fact in CardFact.allCases { add("--card", sketch.card[fact].map { "\(fact.rawValue)=\($0)" }) }
        add("--language", sketch.language)
        if sketch.now.milliseconds != 0 { add("--time", "\(sketch.now)") }
        switch sketch.operation {
        case .collect: break
        case .authorize: words.append("--hold")
        case .payout: words.append("--payout")
        case .refund: words.append("--refund")
        }
        return words.joined(separator: " ")
    }

    private static func quoted(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || [0x2B, 0x2D, 0x2E, 0x3A, 0x3D, 0x5F].contains(byte)
        }
        return isPlain
            ? text : "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
