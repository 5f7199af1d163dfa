import Router
import WebText

/// Turns the parts of `providers.json` into providers and routing, collecting every fault.
struct ConfigurationBuilder {
    let environment: Configuration.Environment
    var providers: [ProviderRuntime] = []
    var accounts: [ProviderAccount] = []
    var issues: [ConfigurationIssue] = []
    /// Every name in the file, also of providers with faults, so that one fault does not make others.
    private var names: Set<String> = []

    init(environment: Configuration.Environment) { self.environment = environment }

    mutating func fault(_ pointer: String, _ detail: String) { issues.append(.init(pointer, detail)) }

    mutating func decode<T: Decodable>(_ type: T.Type, _ value: JSONValue, at pointer: String) -> T? {
        do throws(JSONIssues) {
            return try StrictDecoder().decode(type, from: value)
        } catch {
            issues += error.issues.map { .init(pointer + $0.pointer, $0.detail) }
            return nil
        }
    }

    mutating func add(_ given: JSONValue, at pointer: String) {
        let value = environment.sandbox?.filled(given) ?? given
        if let id = value["id"]?.stringValue { checkName(id, at: pointer) }
        guard let model = decode(FileModel.Provider.self, value, at: pointer) else { return }
        guard let kind = environment.kinds.first(where: { $0.name == model.kind }) else {
            let known = environment.kinds.map(\.name).sorted()
            let question = NearestName.question(model.kind, among: known).map { $0 + " " } ?? ""
            return fault(
                pointer + "/kind",
                "the kind \"\(model.kind)\" is not known; \(question)known kinds: \(known.joined(separator: ", "))")
        }
        if environment.sandboxOnly, model.environment == .production {
            fault(
                pointer + "/environment",
                "a production provider cannot run with --sandbox; leave it out of this file, or start without --sandbox"
            )
        }
        let before = issues.count { $0.severity != .warning }
        let setup = ProviderSetup(
            id: ProviderID(model.id), environment: model.environment, baseURL: baseURL(model, kind, at: pointer),
            secrets: secrets(model, kind, at: pointer))
        let limits = limits(model, at: pointer)
        let fees = feeTable(model, at: pointer)
        let apps = apps(model, at: pointer)
        let shops = shops(model, at: pointer)
        let longest = Int64(DescriptionFacts.longest)
        let descriptionLimit = model.descriptionLimit.map {
            Int(within($0, 1...longest, longest, at: pointer + "/description_limit"))
        }
        let exposure = exposureLimits(model, at: pointer)
        check(model.contract, at: pointer + "/contract")
        if model.environment == .production, let changed = value["contract"]?.objectValue?.members.map(\.name) {
            issues.append(
                .init(
                    pointer + "/contract",
                    "changes what is known of the operator (\(changed.joined(separator: ", "))): let it confirm each",
                    severity: .warning))
        }
        let seconds = within(model.sessionSeconds, 30...86_400, 300, at: pointer + "/session_seconds")
        let inFlight = within(model.maxInFlight.map(Int64.init), 1...10_000, 256, at: pointer + "/max_in_flight")
        guard issues.count(where: { $0.severity != .warning }) == before,
            let provider = make(kind, settings(model), setup, at: pointer)
        else { return }
        let served = provider.manifest.channels + (provider.manifest.payout?.channels ?? [])
        for name in (model.channelFees ?? [:]).keys.sorted() where !served.contains(PaymentChannel(name)) {
            fault(
                pointer + "/channel_fees/" + JSONPointer.escaped(name),
                "it serves no channel \"\(name)\"" + NearestName.remedy(name, among: served.map(\.text)))
        }
        accounts.append(
            ProviderAccount(
                id: setup.id, kind: kind.name, environment: model.environment,
                settings: settings(model), secrets: setup.secrets))
        providers.append(
            ProviderRuntime(
                id: setup.id, environment: model.environment, provider: provider,
                overrides: model.contract, limits: limits, apps: apps,
                fees: fees, endpoint: endpoint(model, kind), sessionSeconds: seconds, maximumInFlight: Int(inFlight),
                exposureLimits: exposure, isRetired: model.retired == true, shops: shops,
                descriptionLimit: descriptionLimit,
                definition: ProviderDefinition(value, settings(model), setup, endpoint: endpoint(model, kind))))
    }

    private mutating func checkName(_ id: String, at pointer: String) {
        if !ProviderID.isValid(id) {
            fault(pointer + "/id", "\"\(id)\" is not a name: use 1 to 40 of a-z, 0-9 and -, starting with a letter")
        }
        if !names.insert(id).inserted { fault(pointer + "/id", "the name \"\(id)\" is taken by an earlier provider") }
    }

    private mutating func make(
        _ kind: RegisteredKind, _ settings: JSONValue, _ setup: ProviderSetup, at pointer: String
    ) -> (any PaymentProvider)? {
        do {
            return try kind.make(settings: settings, setup: setup)
        } catch let error as ProviderConfigurationError {
            fault(pointer + error.pointer, error.detail)
        } catch let error as JSONIssues {
            issues += error.issues.map { .init(pointer + "/settings" + $0.pointer, $0.detail) }
        } catch {
            fault(pointer, "\(error)")
        }
        return nil
    }

    /// Where the operator is, as attempts remember it.
    private func endpoint(_ model: FileModel.Provider, _ kind: RegisteredKind) -> String {
        if let url = model.baseURL { return OperatorScope.plain(address: url) }
        return model.environment == .sandbox && kind.hasOperator ? environment.sandboxEndpoint : OperatorScope.own
    }

    private mutating func baseURL(
        _ model: FileModel.Provider, _ kind: RegisteredKind, at pointer: String
    ) -> String? {
        guard let url = model.baseURL else {
            guard model.environment == .sandbox, kind.hasOperator else { return nil }
            if let url = environment.sandboxURL(model.kind) { return url }
            let operators = environment.sandbox?.operators ?? []
            guard !operators.isEmpty else {
                fault(
                    pointer + "/environment",
                    "this program has no sandbox operators; give \"base_url\": the operator's test system, or your own "
                        + "stand-in at http://127.0.0.1:PORT")
                return nil
            }
            guard operators.contains(model.kind) else {
                fault(
                    pointer + "/kind",
                    "no sandbox operator speaks \"\(model.kind)\"; give \"base_url\": the operator's test system, or your own "
                        + "stand-in at http://127.0.0.1:PORT (sandbox operators there are: "
                        + operators.joined(separator: ", ") + ")")
                return nil
            }
            fault(
                pointer + "/environment",
                "no sandbox operators are running; start with --sandbox, or give \"base_url\"")
            return nil
        }
        do throws(WebURL.Fault) {
            let address = try WebURL(url)
            if !address.isSecure, !address.isLiteralLoopback || model.environment != .sandbox {
                fault(
                    pointer + "/base_url",
                    "must start with https://; http:// is allowed in the sandbox to a loopback address only")
            }
        } catch { fault(pointer + "/base_url", "is no address: \(error)") }
        return url.hasSuffix("/") ? String(url.dropLast()) : url
    }

    private mutating func secrets(
        _ model: FileModel.Provider, _ kind: RegisteredKind, at pointer: String
    ) -> [String: Secret] {
        var result: [String: Secret] = [:]
        let given = model.secrets ?? [:]
        for name in kind.secretNames where given[name] == nil {
            fault(pointer + "/secrets", "the secret \"\(name)\" is required for kind \"\(kind.name)\"")
        }
        for (name, reference) in given.sorted(by: { $0.key < $1.key }) {
            let all = kind.secretNames + kind.optionalSecretNames
            guard all.contains(name) else {
                let known = all.isEmpty ? "it has none" : "it has: " + all.joined(separator: ", ")
                let question = NearestName.question(name, among: all).map { $0 + " " } ?? ""
                fault(
                    pointer + "/secrets/" + JSONPointer.escaped(name),
                    "kind \"\(kind.name)\" has no such secret; \(question)\(known)")
                continue
            }
            result[name] = secret(reference, model.environment, at: pointer + "/secrets/\(name)")
        }
        return result
    }

    /// The secret behind a reference; `nil` if it cannot be had, which is told.
    mutating func secret(_ reference: String, _ mode: PayEnvironment, at pointer: String) -> Secret? {
        if mode == .sandbox, let issue = environment.secrets.openFile(reference) {
            issues.append(.init(pointer, issue.detail, severity: .warning))
        }
        switch environment.secrets.resolve(reference, mode: mode) {
        case .success(let secret): return secret
        case .failure(let issue):
            fault(pointer, issue.detail)
            return nil
        }
    }

    mutating func within(_ value: Int64?, _ range: ClosedRange<Int64>, _ standard: Int64, at pointer: String) -> Int64 {
        guard let value else { return standard }
        if !range.contains(value) { fault(pointer, "must be \(range.lowerBound) to \(range.upperBound)") }
        return value
    }

    func isNamed(_ id: String) -> Bool { names.contains(id) }

    /// What is wrong with a name that no provider of the file has.
    func noProvider(_ id: String) -> String {
        "no provider is named \"\(id)\"" + NearestName.remedy(id, among: names.sorted())
    }
}
