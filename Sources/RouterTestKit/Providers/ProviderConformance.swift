public import Router

/// Attacks a provider's translations with hostile replies and checks what must hold for every kind.
///
/// Hand in a provider and what a good exchange with its operator looks like; ``violations()`` lists every promise of
/// ``PaymentProvider`` that was broken, and is empty for a provider that keeps them all.
public struct ProviderConformance: Sendable {
    private let provider: any Collecting
    private let order: CollectOrder
    private let questions: @Sendable (WireRequest) -> WireReply?
    private let accepted: WireReply
    private let secrets: [String]

    /// Describes a provider and its operator's good manners.
    ///
    /// - Parameters:
    ///   - provider: The provider.
    ///   - order: An order that the provider can take.
    ///   - accepted: A reply by which the operator accepts or executes that order.
    ///   - secrets: Secret texts that must not appear in anything sealed or printed.
    ///   - questions: What the operator answers to harmless questions; `nil` for no answer.
    public init(
        _ provider: any Collecting, order: CollectOrder, accepted: WireReply, secrets: [String],
        questions: @escaping @Sendable (WireRequest) -> WireReply? = { _ in nil }
    ) {
        self.provider = provider
        self.order = order
        self.accepted = accepted
        self.secrets = secrets
        self.questions = questions
    }

    /// Every broken promise, in words; empty if there is none.
    public func violations() async -> [String] {
        var found = manifestViolations()
        found += await preparationViolations()
        found += readingViolations()
        found += await checkViolations()
        found += await withdrawalViolations()
        return found
    }

    private func manifestViolations() -> [String] {
        var found: [String] = []
        let manifest = provider.manifest
        if manifest.channels.isEmpty { found.append("the manifest names no channel") }
        if let page = manifest.choosingChannel, !manifest.channels.contains(page) {
            found.append("the channel on which the payer chooses is not among the manifest's channels")
        }
        if manifest.currencies.isEmpty { found.append("the manifest names no currency") }
        if manifest.account.isEmpty || manifest.payoutAccount?.isEmpty == true {
            found.append("the manifest names no account: references of two accounts would be taken for one another's")
        }
        for secret in secrets where !secret.isEmpty {
            if [manifest.account, manifest.payoutAccount ?? ""].contains(where: { $0.contains(secret) }) {
                found.append("a secret stands in the account's name")
            }
        }
        if manifest.mayReuseConnections, !manifest.contract.keyIsStrong {
            found.append("warm connections without a strong key could execute twice")
        }
        if manifest.contract.check == .none, manifest.contract.absenceIsAuthoritative {
            found.append("absence cannot be authoritative where nothing can be asked")
        }
        if manifest.contract.keyIsStrong, manifest.contract.keyWindowSeconds <= 0 {
            found.append("a strong key needs a window")
        }
        return found
    }

    private func preparationViolations() async -> [String] {
        var found: [String] = []
        let first = await prepare()
        if first != (await prepare()) { found.append("preparing the same order twice gives two results") }
        if case .success(let prepared) = first, prepared.operatorReference == order.reference {
            found.append("what is prepared passes our own reference off as the operator's")
        }
        guard case .success(.request(let money)) = first else { return found }
        let sealed =
            "\(money.request.url) \(money.request.headers) \(String(decoding: money.request.body, as: UTF8.self))"
        for secret in secrets where sealed.contains(secret) { found.append("a secret stands in the sealed request") }
        let stamp = CallStamp(token: "conformance-token", now: order.createdAt, sequence: 7, random: 11)
        let authorized = provider.authorize(money.request, stamp)
        if authorized.url != money.request.url || authorized.method != money.request.method {
            found.append("authorize changed more than credentials")
        }
        if authorized != provider.authorize(money.request, stamp) {
            found.append("authorize is not pure")
        }
        return found
    }

    private func prepare() async -> Result<Prepared, PreparationFailure> {
        do throws(PreparationFailure) {
            return .success(try await provider.prepare(order, asking: ScriptedAsking(answer: questions)))
        } catch {
            return .failure(error)
        }
    }

    private func readingViolations() -> [String] {
        var found: [String] = []
        let good = provider.read(accepted, to: order)
        if case .unknown = good { found.append("the good reply is not understood") }
        if good.operatorReference == order.reference {
            found.append("the good reply passes our own reference off as the operator's")
        }
        for (name, reply) in HostileReplies.all(from: accepted) {
            switch provider.read(reply, to: order) {
            case .unknown: break
            case .rejected(let refusal)
            where [401, 403, 429].contains(reply.status)
                && [.credentialsRefused, .throttled].contains(refusal.reason):
                break
            // By itself it proves nothing; the check that it waits for is attacked below.
            case .rejected(let refusal) where refusal.needsCheck: break
            case .settled, .pending: found.append("a reply that is \(name) passes for success")
            case .rejected: found.append("a reply that is \(name) passes for a definite refusal")
            }
            if provider.read(reply, to: order) != provider.read(reply, to: order) {
                found.append("reading a reply that is \(name) is not pure")
            }
        }
        for (place, reply) in HostileReplies.unlisted(from: accepted) {
            if case .rejected(let refusal) = provider.read(reply, to: order), !refusal.needsCheck {
                found.append("a reply with an unheard-of \(place) passes for a definite refusal")
            }
        }
        return found
    }

    private func withdrawalViolations() async -> [String] {
        guard let withdrawing = provider as? any Withdrawing else { return [] }
        var found: [String] = []
        for (name, reply) in HostileReplies.all(from: accepted) {
            if case .withdrawn = await withdrawing.withdraw(order, asking: ScriptedAsking { _ in reply }) {
                found.append("something \(name) passes for the end of a page")
            }
        }
        if case .withdrawn = await withdrawing.withdraw(order, asking: ScriptedAsking { _ in nil }) {
            found.append("a lost answer passes for the end of a page")
        }
        return found
    }

    private func checkViolations() async -> [String] {
        guard let checking = provider as? any Checking else { return [] }
        var found: [String] = []
        for (name, reply) in HostileReplies.all(from: accepted) {
            let finding = await checking.check(.collect(order), asking: ScriptedAsking { _ in reply })
            switch finding {
            case .couldNotAnswer, .found(.unknown): break
            default: found.append("a check answered by something \(name) is taken for \(finding)")
            }
        }
        if case .couldNotAnswer = await checking.check(.collect(order), asking: ScriptedAsking { _ in nil }) {
        } else {
            found.append("a check without any answer is taken for an answer")
        }
        return found
    }
}

extension Prepared {
    /// The operator's name for it, if it has one by now.
    package var operatorReference: String? {
        switch self {
        case .request(let money): money.operatorReference
        case .session(let session): session.operatorReference
        case .input: nil
        }
    }
}

extension Answer {
    /// The operator's name for the transaction, as stated.
    package var operatorReference: String? {
        switch self {
        case .settled(let statement): statement.operatorReference
        case .pending(let progress): progress.operatorReference
        case .rejected, .unknown: nil
        }
    }
}

/// Answers questions from a function, for tests of providers.
public struct ScriptedAsking: Asking {
    private let answer: @Sendable (WireRequest) -> WireReply?

    /// Makes a wire that answers by a function; `nil` stands for a lost connection.
    public init(answer: @escaping @Sendable (WireRequest) -> WireReply?) { self.answer = answer }

    /// Asks the function.
    public func ask(_ request: WireRequest) async throws(AskFailure) -> WireReply {
        guard let reply = answer(request) else { throw .wire(TransportFailure(.connectionLost)) }
        return reply
    }
}
