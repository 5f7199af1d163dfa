import CurlTransport
import Router

/// What the options say of the parts that a router is put together from.
extension HostOptions {
    func curlConfiguration(_ budget: DescriptorBudget) -> CurlConfiguration {
        CurlConfiguration(
            authorities: operatorAuthorities.map { .bundle(path: $0) } ?? .system,
            maximumConnections: budget.outgoingConnections, descriptorCeiling: budget.connectionCeiling)
    }

    /// Whether sandbox operators run in this process.
    var hasSandbox: Bool {
        guard case .inProcess = sandbox else { return false }
        return true
    }

    var remoteSandbox: String? {
        guard case .remote(let url) = sandbox else { return nil }
        return url.hasSuffix("/") ? String(url.dropLast()) : url
    }

    /// Where links lead: the address from outside, else the one at which the router listens.
    func linkURL() throws(StartFailure) -> String {
        guard let publicURL else { return LinkAddress.url(host: host, port: port) }
        return try LinkAddress.outside(publicURL)
    }

    /// The configuration's file as it is now.
    var configurationFile: Result<[UInt8], FileFault> {
        do throws(FileFault) { return .success(try Files.load(configurationPath)) } catch { return .failure(error) }
    }

    /// Makes configurations as this router uses them.
    func configurationLoader(
        _ kinds: [RegisteredKind], sandboxURL: String?, linkURL: String
    ) -> ConfigurationLoader {
        let environment = Configuration.Environment(
            kinds: kinds, secrets: SecretSource(environment: environment), sandbox: sandboxSupport,
            sandboxURL: { [sandboxSupport] kind in sandboxURL.flatMap { sandboxSupport?.url(of: kind, below: $0) } },
            sandboxOnly: isSandbox,
            sandboxEndpoint: remoteSandbox.map { OperatorScope.plain(address: $0) } ?? OperatorScope.sandbox,
            routerURL: linkURL)
        return ConfigurationLoader(path: configurationPath, in: environment, activatesOnChange: isSandbox) {
            [self] configuration throws(StartFailure) in _ = try reachableURL(configuration)
        }
    }

    /// Tells the sandbox's operators, wherever they run, where each of these accounts is called back.
    func register(
        _ accounts: [ProviderAccount], _ sandbox: (any RunningSandbox)?, _ transport: any Transport, publicURL: String,
        _ observer: any EngineObserver
    ) async {
        do {
            try sandbox?.register(accounts, publicURL: publicURL)
            if let url = remoteSandbox { try await sandboxSupport?.announce(accounts, publicURL, url, transport) }
        } catch {
            observer.record(
                .alarm(
                    .configurationRefused, order: nil,
                    detail: "the sandbox's operators do not know where to call new accounts back: \(error)"))
        }
    }

    /// Where the router is reached from outside.
    func reachableURL(_ configuration: Configuration) throws(StartFailure) -> String {
        guard publicURL != nil || configuration.providers.allSatisfy({ $0.environment == .sandbox }) else {
            throw StartFailure(
                "production needs --public-url: operators' callbacks and payers' pages are built from it")
        }
        if configuration.providers.contains(where: { $0.environment == .production }), let publicURL {
            try LinkAddress.checkProduction(publicURL)
        }
        return try linkURL()
    }
}
