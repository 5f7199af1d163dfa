import Synchronization

extension SandboxOperator {
    /// Flouci: hosted pages of version 2, and the older accept call (docs/protocols/flouci.md, 4 and 2); TND.
    public static let flouci = SandboxOperator(named: "flouci")
}

/// Flouci: hosted pages of version 2 and the older accept call (docs/protocols/flouci.md, 4 and 2); TND.
final class FlouciOperator: SimulatedOperator {
    static let name = SandboxOperator.flouci
    static let about = "Flouci at <code>/flouci</code>; its payment pages have buttons."
    static let scenarios =
        SandboxScenario.flouciPages + SandboxScenario.flouciAccept + SandboxScenario.flouciHolds
        + SandboxScenario.flouciRefunds
    static let callbackWaits: [Int64] = [1_000, 2_000, 4_000, 8_000, 16_000]

    let tools: OperatorTools
    let state = Mutex(FlouciState())

    init(_ tools: OperatorTools) { self.tools = tools }

    func operation(of request: SandboxRequest) -> SandboxOperation? {
        switch (request.method, request.path) {
        case ("POST", "/api/v2/generate_payment"): .open
        case ("POST", "/api/generate_payment"): .open
        case ("POST", "/api/code"): .open
        case ("POST", "/api/accept"): .collect
        case ("POST", "/api/v2/refund_payment"): .refund
        case ("POST", "/api/v2/confirm_payment"): .capture
        case ("POST", "/api/v2/cancel_payment"): .void
        case ("GET", let path) where path.hasPrefix("/api/v2/verify_payment/"): .check
        case ("GET", let path) where path.hasPrefix("/api/verify_payment/"): .check
        default: nil
        }
    }

    /// Answers one request below `/flouci`.
    func answer(_ request: SandboxRequest) async throws -> Answer {
        switch (request.method, request.path) {
        case ("POST", "/api/v2/generate_payment"): return try generate(request)
        case ("POST", "/api/generate_payment"): return try generateFirst(request)
        case ("POST", "/api/code"): return try prepared(request)
        case ("POST", "/api/accept"): return try await accept(request)
        case ("POST", "/api/v2/refund_payment"): return try await refund(request)
        case ("POST", "/api/v2/confirm_payment"): return try await confirm(request)
        case ("POST", "/api/v2/cancel_payment"): return try await cancel(request)
        default: break
        }
        if request.method == "GET", let id = request.tail(after: "/api/v2/verify_payment/") {
            return try verify(id, request)
        }
        if request.method == "GET", let id = request.tail(after: "/api/verify_payment/") {
            return try verifyFirst(id, request)
        }
        if let id = request.tail(after: "/pay/") { return try page(id, request) }
        return .notFound
    }

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
                let url = FormText.adding(["payment_id": id, "success": flag], to: webhook)
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
