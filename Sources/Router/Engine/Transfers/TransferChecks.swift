/// What is looked at before a transfer takes anything: its wallets, and whether the recipient is known where it goes.
package struct TransferChecks: Sendable {
    let context: EngineContext

    init(_ context: EngineContext) { self.context = context }

    /// Why a transfer cannot be accepted; `nil` if nothing is known against it.
    func objection(_ command: Engine.TransferCommand) async -> Engine.CommandResult? {
        do throws(StoreFailure) {
            let refusal = try await WalletChecks(context).objection(
                command.request, .transfer, app: command.app, environment: command.environment,
                consent: command.consent)
            if let refusal { return .walletRefused(refusal) }
        } catch { return .unavailable }
        guard let terms = command.request.transfer, let channel = terms.to.channel, let phone = terms.recipient.phone
        else { return nil }
        switch await recipient(phone, on: channel, command.environment) {
        case .unknown: return .recipientUnknown
        case .unanswered(let why): return .recipientUnverified(why)
        case .known, .nobodyTells: return nil
        }
    }

    /// What operators say about a recipient.
    package enum Recipient: Sendable, Hashable {
        case known(name: String?)
        case unknown
        /// Nobody who would know has answered.
        case unanswered(String)
        /// No operator of the channel tells.
        case nobodyTells
    }

    /// Asks the operators of a channel whether a number can receive money there.
    func recipient(_ phone: MSISDN, on channel: PaymentChannel, _ environment: PayEnvironment) async -> Recipient {
        let found = await AccountLookup(context).party(phone, channel: channel, environment: environment)
        guard !found.isEmpty else { return .nobodyTells }
        var silence: String?
        var denials = 0
        for (provider, _, finding) in found {
            switch finding {
            case .customer(let party) where party.isActive: return .known(name: party.name)
            case .customer, .notCustomer: denials += 1
            case .couldNotAnswer(let why): silence = "\(provider): \(why)"
            }
        }
        if denials > 0 { return .unknown }
        return .unanswered(silence ?? "nobody has answered")
    }
}
