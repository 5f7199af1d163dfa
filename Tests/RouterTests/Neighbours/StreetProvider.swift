import Router

/// A provider that makes every kind of call: logs in, pays in and out, is checked, tells balances and customers.
struct StreetProvider: Collecting, PayingOut, Checking, BalanceReporting, AccessTokenIssuing, PartyLookup {
    var whole: WholeProvider
    var manifest: ProviderManifest { whole.manifest }
    private var address: String { "https://\(whole.base.name).example" }

    init(_ name: String, channel: PaymentChannel) {
        let contract = Sample.contract()
        var manifest = Sample.manifest(channels: [channel], contract: contract, account: name)
        manifest.payout = PayoutFacts(
            channels: [channel], currencies: manifest.currencies, requires: [.phone], contract: contract)
        whole = WholeProvider(base: TestProvider(name: name, manifest: manifest), manifest: manifest)
    }

    func sign(_ request: WireRequest, _ context: SigningContext) -> WireRequest { whole.sign(request, context) }

    func preparation(of order: Instruction, confirmedBy confirmation: Confirmation?) -> Preparation {
        whole.preparation(of: order, confirmedBy: confirmation)
    }

    func prepare(_ order: CollectInstruction, asking wire: any Asking) async throws(PreparationFailure) -> Prepared {
        try await whole.prepare(order, asking: wire)
    }

    func preparePayout(
        _ order: PayoutInstruction, asking wire: any Asking
    ) async throws(PreparationFailure) -> MoneyRequest { try await whole.preparePayout(order, asking: wire) }

    func read(_ reply: WireReply, to order: CollectInstruction) -> ProviderOutcome { whole.read(reply, to: order) }
    func readPayout(_ reply: WireReply, to order: PayoutInstruction) -> ProviderOutcome {
        whole.readPayout(reply, to: order)
    }
    func check(_ order: Instruction, asking wire: any Asking) async -> StatusCheckResult {
        await whole.check(order, asking: wire)
    }
    func balances(asking wire: any Asking) async -> BalanceFinding { await whole.balances(asking: wire) }
    func loginRequest(_ login: LoginName) -> WireRequest { WireRequest(.post, address + "/login") }

    func readLogin(_ reply: WireReply) -> LoginResult {
        reply.status == 200 ? .token(String(decoding: reply.body, as: UTF8.self), lifetimeSeconds: 120) : .unreadable
    }

    func party(_ phone: MSISDN, on channel: PaymentChannel, asking wire: any Asking) async -> PartyFinding {
        guard (try? await wire.ask(WireRequest(.get, address + "/party"))) != nil else {
            return .couldNotAnswer("no reply")
        }
        return .customer(Party(isActive: true))
    }
}
