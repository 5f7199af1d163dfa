import Router

/// A provider that asks its operator about a typed code before it sends it.
struct AskingCodeProvider: Collecting, Confirming, Checking {
    var base: CodeProvider
    var manifest: ProviderManifest { base.manifest }

    func sign(_ request: WireRequest, _ context: SigningContext) -> WireRequest { base.sign(request, context) }

    func preparation(of order: Instruction, confirmedBy confirmation: Confirmation?) -> Preparation {
        confirmation == nil ? .offline : .asksOperator
    }

    func prepare(_ order: CollectInstruction, asking wire: any Asking) async throws(PreparationFailure) -> Prepared {
        try await base.prepare(order, asking: wire)
    }

    func prepare(
        _ order: CollectInstruction, confirmedBy confirmation: Confirmation, asking wire: any Asking
    ) async throws(PreparationFailure) -> MoneyRequest {
        let request = try await base.prepare(order, confirmedBy: confirmation, asking: wire)
        let url = "https://\(base.base.name).example/code/\(confirmation.code.reveal())"
        let reply = try await wire.askToPrepare(WireRequest(.get, url))
        switch reply.status {
        case 200: return request
        case 404: throw PreparationFailure(Refusal(.wrongCode), "no such code")
        default: throw PreparationFailure(Refusal(.notSent), "status \(reply.status)")
        }
    }

    func read(_ reply: WireReply, to order: CollectInstruction) -> ProviderOutcome { base.read(reply, to: order) }
    func readConfirmation(_ reply: WireReply, to order: CollectInstruction) -> ProviderOutcome {
        base.readConfirmation(reply, to: order)
    }
    func check(_ order: Instruction, asking wire: any Asking) async -> StatusCheckResult {
        await base.check(order, asking: wire)
    }
}
