import ArgumentParser
import CurlTransport
import Router

/// `payrouter providers`: what is configured, and whether it can be reached.
struct ProvidersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "providers",
        abstract: "List configured providers; test a connection; show their health; have one take no new orders.",
        subcommands: [List.self, Test.self, Health.self, Drain.self, Resume.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List configured providers.")
        @OptionGroup var places: PlaceOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await reportingFailures {
                let configuration = try Configuration.load(
                    try readConfiguration(places.config), path: places.config, in: .offline)
                if output.json {
                    return Terminal.out(Terminal.pretty(.array(configuration.providers.map(Self.json))))
                }
                let rows = configuration.providers.map { provider in
                    [
                        provider.id.text, provider.manifest.kind, provider.environment.rawValue,
                        Self.channels(provider.manifest).map(\.text).joined(separator: ","),
                        provider.manifest.currencies.map(\.currency.code).joined(separator: ","),
                    ]
                }
                Terminal.out(Terminal.table(["ID", "KIND", "ENVIRONMENT", "CHANNELS", "CURRENCIES"], rows))
            }
        }

        /// What it collects on, or of a biller, which collects nothing, what it is paid on.
        private static func channels(_ manifest: ProviderManifest) -> [PaymentChannel] {
            manifest.channels.isEmpty ? manifest.payout?.channels ?? [] : manifest.channels
        }

        private static func json(_ provider: ProviderRuntime) -> JSONValue {
            let contract = provider.contract(for: .collect)
            return [
                "id": .string(provider.id.text), "kind": .string(provider.manifest.kind),
                "environment": .string(provider.environment.rawValue),
                "channels": .array(channels(provider.manifest).map { .string($0.text) }),
                "currencies": .array(provider.manifest.currencies.map { .string($0.currency.code) }),
                "operations": .array(
                    MoneyOperation.allCases.filter(provider.provider.can).map { .string($0.rawValue) }),
                "contract": [
                    "key": .string(contract.key.rawValue), "check": .string(contract.check.rawValue),
                    "absence_is_authoritative": .bool(contract.absenceIsAuthoritative),
                    "callback": .string(contract.callback.rawValue),
                    "review_after_seconds": JSONValue(contract.reviewAfterSeconds),
                ],
                "unverified": .array(provider.manifest.unverified.map(JSONValue.string)),
            ]
        }
    }

    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check a provider's connection: DNS, TLS, credentials, clock, callback address. Moves no money.",
            discussion: "Ends with 1 if something has to be mended.")
        @OptionGroup var places: PlaceOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The provider's name.") var id: String

        @Option(name: .long, help: "Where operators reach the router, to check the callback address.")
        var publicURL: String?

        func run() async throws {
            try await reportingFailures {
                let configuration = try Configuration.load(
                    try readConfiguration(places.config), path: places.config, in: .offline)
                guard let runtime = configuration.providers.first(where: { $0.id.text == id }) else {
                    let known = configuration.providers.map(\.id.text)
                    throw CommandFailure(
                        description: "no provider is named \"\(id)\"" + NearestName.remedy(id, among: known))
                }
                let transport = try CurlTransport()
                let findings = await ProviderTest(
                    runtime: runtime, transport: transport, time: HostClock(), publicURL: publicURL
                ).run().findings
                await transport.shutdown(grace: .zero)
                show(findings)
                guard findings.allSatisfy({ $0.grade != .bad }) else { throw ExitCode(Terminal.Exit.failed.rawValue) }
            }
        }

        private func show(_ findings: [ProviderTest.Finding]) {
            guard !output.json else {
                let rows = findings.map { finding -> JSONValue in
                    [
                        "part": .string(finding.part), "result": .string(finding.grade.rawValue),
                        "detail": .string(finding.detail), "remedy": JSONValue(finding.remedy),
                    ]
                }
                return Terminal.out(Terminal.pretty(["provider": .string(id), "findings": .array(rows)]))
            }
            for finding in findings {
                let part = finding.part + String(repeating: " ", count: max(1, 13 - finding.part.count))
                let grade =
                    finding.grade.rawValue + String(repeating: " ", count: max(1, 8 - finding.grade.rawValue.count))
                Terminal.out(part + grade + finding.detail)
                if let remedy = finding.remedy { Terminal.out(String(repeating: " ", count: 21) + "-> " + remedy) }
            }
        }
    }
}
