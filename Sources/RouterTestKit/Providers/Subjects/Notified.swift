import Router

/// Notifications of one kind, received by a provider.
struct Notified: Sendable {
    let provider: any ReceivingCallbacks
    let description: CallbackDescription
    let contract: ProviderContract

    init(_ provider: any ReceivingCallbacks, _ description: CallbackDescription) {
        self.provider = provider
        self.description = description
        contract = provider.manifest.contract(
            for: Step(OperationDescription(description.order, reply: nil, check: nil)).operation)
    }

    var name: String { Step(OperationDescription(description.order, reply: nil, check: nil)).rawValue + ": callback" }

    func receive(_ callback: InboundCallback) -> CallbackVerdict {
        provider.receive(callback, now: description.now)
    }

    /// What a rightly signed notification with a body says about the order; one about another order says nothing of it.
    func reading(of body: JSONValue) -> Reading {
        guard case .about(let fact) = receive(description.make(body)) else { return .unclear }
        let isOurs =
            switch fact.about {
            case .reference(let reference): reference == description.order.reference
            case .operatorReference(let theirs): theirs == description.order.operatorReference
            }
        guard isOurs else { return .unclear }
        return AskedMovement(description.order).reading(of: fact, contract: contract)
    }

    /// The notification as a phase of the order's operation.
    var subject: Subject {
        Subject(
            name: name, table: description.table, asked: AskedMovement(description.order), isQuestion: true,
            hasStatuses: false
        ) { reply in
            guard let body = try? StrictJSON.parse(reply.body) else { return .unclear }
            return reading(of: body)
        }
    }
}

extension CallbackVerdict {
    /// What shows that it is the operator's, as the provider says.
    var proof: CallbackProof {
        switch self {
        case .about(let fact): fact.proof
        case .notice(let notice): notice.proof
        case .refused, .ignored: .nothing
        }
    }
}
