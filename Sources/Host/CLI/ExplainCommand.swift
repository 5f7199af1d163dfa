import ArgumentParser
import Router

/// `payrouter explain`: the decision a payment would get, without sending or storing anything.
struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Say which provider a payment would go to, and why not to the others.",
        discussion: "Example: payrouter explain --amount 5000 --currency XOF --phone '+228 90 11 22 33'")

    @OptionGroup var environment: EnvironmentOptions
    @OptionGroup var output: OutputOptions

    @OptionGroup var question: RouteQuestionOptions

    func run() async throws {
        try await reportingFailures {
            let configuration = try Configuration.load(
                try readConfiguration(environment.config), path: environment.config, in: .offline)
            let facts = try question.facts(
                environment.environment == nil
                    ? EnvironmentOptions.only(in: configuration, path: environment.config)
                    : environment.chosen(fallback: nil))
            let providers = Dictionary(uniqueKeysWithValues: configuration.providers.map { ($0.id, $0) })
            let table = RoutingTable(payments: configuration.routing, payouts: configuration.payoutRouting)
            var decision = table.decide(facts) { providers[$0]?.facts(at: facts.now, for: facts.operation) }
            decision.missed = table.missed(
                facts, decision, among: providers.values.map { $0.facts(at: facts.now, for: facts.operation) })
            Terminal.out(output.json ? Terminal.pretty(decision.json) : Self.text(decision))
        }
    }

    private static func text(_ decision: RouteDecision) -> String {
        var lines: [String] = ["Rules:"]
        for rule in decision.rules {
            let why = rule.objections.isEmpty ? "" : ": " + rule.objections.text(separator: "; ")
            lines.append("  \(rule.decided ? "->" : "  ") \(rule.name)\(rule.decided ? " decides" : why)")
        }
        lines.append("Candidates:")
        for verdict in decision.verdicts + decision.missed {
            let why = verdict.objections + verdict.obstacles
            let choices = verdict.choices.map(\.text).joined(separator: ", ")
            let channel = verdict.channel.map { " (\($0)\(choices.isEmpty ? "" : ": \(choices)"))" } ?? ""
            lines.append(
                "  \(verdict.kept ? "->" : "  ") \(verdict.provider)\(channel)"
                    + (why.isEmpty ? "" : ": " + why.text(separator: "; ")))
        }
        let plan = decision.plan.map { "\($0.provider) by \($0.channel)" }.joined(separator: ", then ")
        lines.append(plan.isEmpty ? "No provider can take this." : "It would go to \(plan).")
        return lines.joined(separator: "\n")
    }
}
