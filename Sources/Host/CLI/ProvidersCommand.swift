import ArgumentParser
import CurlTransport
import Router

/// `payrouter providers`: what is configured, and whether it can be reached.
struct ProvidersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "providers", abstract: "List configured providers; test a connection.",
        subcommands: [List.self, Test.self])

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
                        provider.manifest.channels.map(\.text).joined(separator: ","),
                        provider.manifest.currencies.map(\.currency.code).joined(separator: ","),
                    ]
                }
                Terminal.out(Terminal.table(["ID", "KIND", "ENVIRONMENT", "CHANNELS", "CURRENCIES"], rows))
            }
        }

        private static func json(_ provider: ProviderRuntime) -> JSONValue {
            let contract = provider.contract(for: .collect)
            return [
                "id": .string(provider.id.text), "kind": .string(provider.manifest.kind),
                "environment": .string(provider.environment.rawValue),
                "channels": .array(provider.manifest.channels.map { .string($0.text) }),
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
            abstract: "Log in to, or at least reach, a provider's operator. Moves no money.")
        @OptionGroup var places: PlaceOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The provider's name.") var id: String

        func run() async throws {
            try await reportingFailures {
                let configuration = try Configuration.load(
                    try readConfiguration(places.config), path: places.config, in: .offline)
                guard let runtime = configuration.providers.first(where: { $0.id.text == id }) else {
                    let known = configuration.providers.map(\.id.text).joined(separator: ", ")
                    throw CommandFailure(description: "no provider is named \"\(id)\"; known: \(known)")
                }
                let transport = try CurlTransport()
                let verdict = await ProviderProbe.run(runtime, over: transport)
                await transport.shutdown(grace: .zero)
                if output.json {
                    Terminal.out(
                        Terminal.pretty([
                            "provider": .string(id), "reachable": .bool(verdict.isGood),
                            "detail": .string(verdict.text),
                        ]))
                } else {
                    Terminal.out("\(id): \(verdict.text)")
                }
                if !verdict.isGood { throw ExitCode(Terminal.Exit.failed.rawValue) }
            }
        }
    }
}

/// A harmless question to an operator.
enum ProviderProbe {
    static func run(_ runtime: ProviderRuntime, over transport: any Transport) async -> (isGood: Bool, text: String) {
        guard let provider = runtime.provider as? any LoggingIn else {
            return (true, "the configuration is complete; this kind has no login to try without a payment")
        }
        let terms = AskTerms(scope: runtime.connectionScope)
        switch await transport.ask(provider.loginRequest(.main), terms: terms) {
        case .failure(let failure): return (false, "the operator cannot be reached: \(failure)")
        case .success(let reply):
            switch provider.readLogin(reply) {
            case .token: return (true, "logged in")
            case .refused(let code):
                return (false, "the operator refused the credentials" + (code.map { " (code \($0))" } ?? ""))
            case .unreadable: return (false, "the operator's answer (HTTP \(reply.status)) cannot be read")
            }
        }
    }
}
