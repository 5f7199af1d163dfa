import Synchronization

extension SandboxOperator {
    /// Flouci: hosted pages of version 2, and the older accept call (docs/protocols/flouci.md, 4 and 2); TND.
    public static let flouci = SandboxOperator(named: "flouci")
}

extension SandboxCredentials {
    /// Flouci's public key; the sample key of the vendor's own example.
    public static let flouciPublicKey = "4bc20c76-9df5-41ee-a63a-90914072b393"
    /// Flouci's private key.
    public static let flouciPrivateKey = "5d1f3a52-7c0e-4b8a-9e64-2f0b6a1c8d37"
}

/// Flouci: hosted pages of version 2 and the older accept call (docs/protocols/flouci.md, 4 and 2); TND.
final class FlouciOperator: SimulatedOperator {
    static let name = SandboxOperator.flouci
    static let about = "Flouci at `/flouci`; its payment pages have buttons."
    static let scenarios =
        SandboxScenario.flouciPages + SandboxScenario.flouciAccept + SandboxScenario.flouciHolds
        + SandboxScenario.flouciRefunds
    static let callbackWaits: [Int64] = [1_000, 2_000, 4_000, 8_000, 16_000]

    let tools: OperatorTools
    let state = Mutex(FlouciState())

    init(_ tools: OperatorTools) { self.tools = tools }

    static let routes = RouteTable<FlouciOperator, SandboxRequest>([
        .init("POST", "/api/v2/generate_payment", .open) { one, request, _ in try one.generate(request) },
        .init("POST", "/api/generate_payment", .open) { one, request, _ in try one.generateFirst(request) },
        .init("POST", "/api/code", .open) { one, request, _ in try one.prepared(request) },
        .init("POST", "/api/accept", .collect) { one, request, _ in try await one.accept(request) },
        .init("POST", "/api/v2/refund_payment", .refund) { one, request, _ in try await one.refund(request) },
        .init("POST", "/api/v2/confirm_payment", .capture) { one, request, _ in try await one.confirm(request) },
        .init("POST", "/api/v2/cancel_payment", .void) { one, request, _ in try await one.cancel(request) },
        .init("GET", "/api/v2/verify_payment/{id}", .check) { one, request, values in
            try one.verify(values[0], request)
        },
        .init("GET", "/api/verify_payment/{id}", .check) { one, request, values in
            try one.verifyFirst(values[0], request)
        },
        .init(nil, "/pay/{id}") { one, request, values in try one.page(values[0], request) },
    ])

    func restore(_ line: JournalLine) {
        state.withLock { state in
            if let session = line.session { state.sessions[session.id] = session }
            if let tracking = line.trackingID { state.lostOnce.insert(tracking.id) }
            if let acceptance = line.acceptance { state.accepted.insert(acceptance.paymentID) }
        }
    }

    /// Arms every planned result that has begun.
    func armAll() {
        for session in state.withLock({ $0.sessions.values.filter { $0.result == nil && $0.due != nil } }) {
            arm(session)
        }
    }

    /// Lets a session's plan happen when it is due.
    func arm(_ session: FlouciSession) {
        guard let due = session.due, let plan = session.plan else { return }
        tools.stage.at(due) { [weak self] in
            guard let self else { return }
            tools.unattended { try end(session.id, plan, at: due) }
        }
    }

    /// Ends a session, unless it has ended already.
    ///
    /// The moment is when the payer acted; after a restart that may be in the past. The result says whether the session
    /// ended now.
    @discardableResult
    func end(_ id: String, _ result: FlouciResult, at moment: Int64) throws -> Bool {
        try state.withLock { state in
            guard var session = state.sessions[id], session.isOpen(now: moment) else { return false }
            let now = tools.stage.now
            session.result = result
            session.plan = nil
            session.due = nil
            var line = JournalLine(session: session)
            if result == .paid, session.isPreAuthorization == true {
                session.hold = .held
                line.session = session
            } else if result == .paid {
                line.movement = SandboxMovement(
                    operator: .flouci, reference: session.reference, amount: session.toldAmount, currency: "TND",
                    party: "wallet", executedAtMilliseconds: now, operatorReference: id)
            }
            if let webhook = session.webhook {
                let flag = result == .paid ? "True" : "False"
                let url = Links.adding(["payment_id": id, "success": flag], to: webhook)
                let outgoing = Outgoing(id: "flouci-\(id)", sender: .flouci, url: url, method: "GET", due: now)
                line.callbacks = outgoing.copies(session.callbacks)
            }
            try tools.recorder.commit(line)
            state.sessions[id] = session
            return true
        }
    }

    /// Whether the request carries the two keys (docs/protocols/flouci.md, 4).
    func isAuthorized(_ request: SandboxRequest) -> Bool {
        request.bearer.map(String.init)
            == "\(SandboxCredentials.flouciPublicKey):\(SandboxCredentials.flouciPrivateKey)"
    }

    /// A refusal in the only documented shape (4.1, 4.2).
    static func refusal(_ status: Int, _ message: String) -> Answer {
        .json(["result": ["status": .number(Int64(status)), "message": .text(message)]], status: status)
    }
}
