import ArgumentParser
import Router

/// `payrouter explain`: the decision a payment would get, without sending or storing anything.
struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Say which provider a payment would go to, and why not to the others.",
        discussion: "Example: payrouter explain --amount 5000 --currency XOF --phone '+228 90 11 22 33'")

    @OptionGroup var environment: EnvironmentOptions
    @OptionGroup var output: OutputOptions

    @Option(name: .long, help: "Minor units: 5000 is 5000 XOF, or 5.000 TND.")
    var amount: Int64

    @Option(name: .long, help: "ISO 4217 code.")
    var currency: String

    @Option(name: .long, help: "The payer's phone number, international.")
    var phone: String?

    @Option(name: .long, help: "ISO code of the country of a national phone number.")
    var defaultCountry: String?

    @Option(name: .long, help: "A channel the payer may use; repeat for several.")
    var channel: [String] = []

    @Option(name: .long, help: "The app's id.")
    var app: String?

    @Option(name: .long, help: "name=value; repeat for several.")
    var metadata: [String] = []

    @Flag(name: .long, help: "The payer has a card or wallet token.")
    var token = false

    @Option(name: .long, help: "The text for the payer or payee.")
    var description: String?

    @Flag(name: .long, help: "Explain a payout instead of a payment.")
    var payout = false

    func run() async throws {
        try await reportingFailures {
            let configuration = try Configuration.load(
                try readConfiguration(environment.config), path: environment.config, in: .offline)
            let facts = try facts(
                environment.environment == nil
                    ? EnvironmentOptions.only(in: configuration, path: environment.config)
                    : environment.chosen(fallback: nil))
            let providers = Dictionary(uniqueKeysWithValues: configuration.providers.map { ($0.id, $0) })
            let table = payout ? configuration.payoutRouting : configuration.routing
            var decision = table.decide(facts) { providers[$0]?.facts(at: facts.now, for: facts.operation) }
            decision.missed = table.missed(
                facts, decision, among: providers.values.map { $0.facts(at: facts.now, for: facts.operation) })
            Terminal.out(output.json ? Terminal.pretty(decision.json) : Self.text(decision))
        }
    }

    private func facts(_ mode: PayEnvironment) throws -> RouteFacts {
        guard (1...9_007_199_254_740_991).contains(amount) else {
            throw CommandFailure.wrongArgument("--amount is a positive number of minor units, at most 2^53 - 1")
        }
        guard let money = Currency(code: currency) else {
            throw CommandFailure.wrongArgument(CurrencyWords.fault(currency))
        }
        var pairs: [String: String] = [:]
        for pair in metadata {
            guard let cut = pair.firstIndex(of: "=") else {
                throw CommandFailure.wrongArgument("--metadata needs name=value, not \"\(pair)\"")
            }
            pairs[String(pair[..<cut])] = String(pair[pair.index(after: cut)...])
        }
        let now = HostClock().now
        let request = OrderRequest(
            amount: Money(amount, money), channels: channel.map { PaymentChannel($0) },
            customer: Customer(phone: try phone.map { try MSISDN(parsing: $0, defaultCountry: defaultCountry) }),
            description: description, metadata: pairs)
        let kind = payout ? OrderKind.payout : .payment
        var facts = RouteFacts(
            request, kind, order: OrderID(kind, at: now, from: SystemRandom()),
            app: app.flatMap { AppID($0) } ?? .none, environment: mode, at: now)
        facts.hasSourceToken = token
        return facts
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
