import Router

/// A provider whose operator has pages that can be ended: `POST /withdraw/{reference}`.
struct PageProvider: Collecting, Withdrawing, ReceivingCallbacks {
    var base: TestProvider
    var manifest: ProviderManifest { base.manifest }

    init(_ base: TestProvider, channel: PaymentChannel? = nil) {
        self.base = base
        self.base.style = .session
        if let channel { self.base.manifest.channels = [channel] }
    }

    func sign(_ request: WireRequest, _ context: SigningContext) -> WireRequest { base.sign(request, context) }

    func preparation(of order: Instruction, confirmedBy confirmation: Confirmation?) -> Preparation {
        base.preparation(of: order, confirmedBy: confirmation)
    }

    func prepare(_ order: CollectInstruction, asking wire: any Asking) async throws(PreparationFailure) -> Prepared {
        try await base.prepare(order, asking: wire)
    }

    func read(_ reply: WireReply, to order: CollectInstruction) -> ProviderOutcome { base.read(reply, to: order) }

    func check(_ order: Instruction, asking wire: any Asking) async -> StatusCheckResult {
        let finding = await base.check(order, asking: wire)
        // What was paid is the page that was opened, under a name of its own.
        guard case .found(.succeeded(var statement)) = finding else { return finding }
        statement.acceptedAs = order.operatorReference
        return .found(.succeeded(statement))
    }

    func withdraw(_ order: CollectInstruction, asking wire: any Asking) async -> Withdrawal {
        let request = WireRequest(.post, "https://\(base.name).example/withdraw/\(order.reference)")
        return await wire.ask(request) { reply in
            reply.status == 200 ? .withdrawn(providerCode: "gone") : .couldNotAnswer("status \(reply.status)")
        }
    }

    func receive(_ callback: InboundCallback, now: Moment) -> CallbackVerdict { base.receive(callback, now: now) }
}

extension TestOperators {
    /// Ends a page, unless the payer was first: what is on file decides, in one step.
    func withdraw(_ reference: String) -> WireReply {
        decideOnce(reference, .refused(.expired, definitive: true)) ? WireReply(status: 200) : WireReply(status: 409)
    }

    /// The payer pays on the page, unless it has ended.
    func pay(_ reference: String) { _ = decideOnce(reference, .executed) }
}
