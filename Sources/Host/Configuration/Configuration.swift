package import Router
package import WebText

/// A `providers.json` that can be used: providers made, routing typed.
package struct Configuration: Sendable {
    /// Providers in file order.
    package var providers: [ProviderRuntime]
    package var routing: RoutingTable
    /// Where payouts may go; empty if the file does not say.
    package var payoutRouting: RoutingTable
    /// The credentials of each provider, in file order.
    package var accounts: [ProviderAccount]
    package var warnings: [ConfigurationIssue]
    /// The reverse proxies in front of the router.
    package var trustedProxies: [NetworkRange]
    /// How many bytes a notification may have.
    package var callbackBodyLimit: Int
    /// What callers may use.
    package var limits: LimitSettings
    /// What the platform keeps of transfers, by currency code.
    package var transferFees: [String: Fee]
    /// What numbers and apps may do within a day.
    package var dailyLimits: DailyLimits
    /// How messages get to people.
    package var messages: MessageSettings
    /// How people have wallets of their own; `nil` where nobody signs up.
    package var holders: HolderSettings?
    /// What developers may do.
    package var console: ConsoleSettings
    /// The bytes that it was read from.
    var source: [UInt8]

    /// The addresses that notifications come from, of providers that list them.
    package var operatorAddresses: [ProviderID: [NetworkRange]] {
        accounts.reduce(into: [:]) { result, account in
            let listed = account.settings["operator_addresses"]?.arrayValue ?? []
            let ranges = listed.compactMap { $0.stringValue.flatMap { NetworkRange($0) } }
            if !ranges.isEmpty { result[account.id] = ranges }
        }
    }

    /// What loading needs besides the file.
    package struct Environment: Sendable {
        package var kinds: [RegisteredKind]
        package var secrets: SecretSource
        /// The sandbox operators that the program has, whether they run or not; `nil` if it has none.
        package var sandbox: SandboxSupport?
        /// The address of the sandbox operator for a kind; `nil` if no sandbox runs.
        package var sandboxURL: @Sendable (_ kind: String) -> String?
        /// Refuse production providers (`serve --sandbox`).
        package var sandboxOnly: Bool
        /// Where the sandbox operators are, as attempts remember it (``OperatorScope/endpoint``); empty if that is not known.
        package var sandboxEndpoint: String
        /// Where sandbox operators reach this router; `nil` if none runs.
        package var routerURL: String?
        /// The time zone of a name; `nil` if this machine does not know it.
        package var zones: @Sendable (_ name: String) -> TimeZoneRules? = { TimeZoneFiles.system.zone($0) }

        package init(
            kinds: [RegisteredKind], secrets: SecretSource, sandbox: SandboxSupport?,
            sandboxURL: @escaping @Sendable (String) -> String?, sandboxOnly: Bool, sandboxEndpoint: String = "",
            routerURL: String? = nil
        ) {
            self.sandbox = sandbox
            self.routerURL = routerURL
            self.kinds = kinds
            self.secrets = secrets
            self.sandboxURL = sandboxURL
            self.sandboxOnly = sandboxOnly
            self.sandboxEndpoint = sandboxEndpoint
        }
    }

    /// Reads a file's bytes and reports every fault, not only the first.
    ///
    /// - Throws: ``ConfigurationFailure``.
    package static func load(
        _ bytes: [UInt8], path: String, in environment: Environment
    ) throws(ConfigurationFailure) -> Configuration {
        let tree: JSONValue
        let top: FileModel.Top
        do throws(JSONSyntaxError) { tree = try StrictJSON.parse(bytes, maximumDepth: 32) } catch {
            throw ConfigurationFailure(path: path, issues: [ConfigurationIssue("", "\(error)")])
        }
        do throws(JSONIssues) { top = try StrictDecoder().decode(FileModel.Top.self, from: tree) } catch {
            throw ConfigurationFailure(
                path: path, issues: located(error.issues.map { .init($0.pointer, $0.detail) }, bytes))
        }
        var builder = ConfigurationBuilder(environment: environment)
        let proxies = builder.proxies(top)
        let bodyLimit = builder.within(
            top.callbackBodyLimit, 1_024...Int64(BodyLimit.largestCallback), Int64(BodyLimit.standard),
            at: "/callback_body_limit")
        let limits = builder.limits(top.limits)
        let transferFees = builder.fees(top.transfers?.fees, at: "/transfers")
        let dailyLimits = builder.dailyLimits(top.dailyLimits)
        let messages = builder.messages(top.messages, of: top.providers)
        for (index, provider) in top.providers.enumerated() { builder.add(provider, at: "/providers/\(index)") }
        if top.providers.isEmpty { builder.issues.append(.init("/providers", "at least one provider is required")) }
        let routing = builder.routing(top.routing)
        let payouts =
            top.payoutRouting.map { builder.routing($0, at: "/payout_routing") }
            ?? RoutingTable(rules: [], otherwise: nil)
        let holders = builder.holders(top.holders, messages)
        let console = builder.console(top.console, messages)
        builder.checkOperatorAddresses(top.providers, proxies)
        let issues = located(builder.issues, bytes)
        guard issues.allSatisfy({ $0.severity == .warning }) else {
            throw ConfigurationFailure(path: path, issues: issues)
        }
        return Configuration(
            providers: builder.providers, routing: routing, payoutRouting: payouts, accounts: builder.accounts,
            warnings: issues, trustedProxies: proxies, callbackBodyLimit: Int(bodyLimit), limits: limits,
            transferFees: transferFees, dailyLimits: dailyLimits, messages: messages,
            holders: holders, console: console, source: bytes)
    }

    static func located(_ issues: [ConfigurationIssue], _ bytes: [UInt8]) -> [ConfigurationIssue] {
        issues.map { issue in
            var issue = issue
            // A missing member has no line of its own; its parent's is the nearest.
            var pointer = issue.pointer[...]
            while issue.line == nil {
                issue.line = StrictJSON.line(of: String(pointer), in: bytes)
                guard let cut = pointer.lastIndex(of: "/") else { break }
                pointer = pointer[..<cut]
            }
            return issue
        }
    }
}

/// What a provider is known by at its operator; the sandbox's operators need it to call back.
package struct ProviderAccount: Sendable {
    package var id: ProviderID
    package var kind: String
    package var environment: PayEnvironment
    package var settings: JSONValue
    package var secrets: [String: Secret]
}
