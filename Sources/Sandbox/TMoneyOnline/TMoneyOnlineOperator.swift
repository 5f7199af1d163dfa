import Synchronization

extension SandboxOperator {
    /// TMoney Online: the hosted page that a browser posts a form to (docs/protocols/tmoney.md, A); XOF.
    public static let tmoneyOnline = SandboxOperator(named: "tmoney-online")
}

extension SandboxCredentials {
    /// TMoney Online's merchant.
    public static let tmoneyOnlineMerchant = "1234567890123456"
}

/// TMoney Online: a session id in plain text, a form from the payer's browser, a notification.
///
/// The real operator knows its merchants by their address; this one by their number alone.
final class TMoneyOnlineOperator: SimulatedOperator {
    static let name = SandboxOperator.tmoneyOnline
    static let about = "TMoney Online at `/tmoney-online`; its pages ask for phone, PIN and code."
    static let scenarios = SandboxScenario.tmoneyOnline
    static let accounts = [
        SandboxAccountRule(
            kind: "tmoney-online", operator: .tmoneyOnline, account: .setting("merchant_id"),
            sessionSetting: "session_seconds")
    ]
    /// How long a session lives unless the merchant's registration says otherwise (docs/protocols/tmoney.md, A1).
    static let sessionMilliseconds: Int64 = 180_000

    let tools: OperatorTools
    let state = Mutex<[String: TMoneyOnlineSession]>([:])

    init(_ tools: OperatorTools) { self.tools = tools }

    static let routes = RouteTable<TMoneyOnlineOperator, SandboxRequest>([
        .init("GET", "/online/online.php", .open) { one, request, _ in try one.session(request) },
        .init("POST", "/online/online.php") { one, request, _ in try one.form(request) },
        .init(nil, "/pay/{id}") { one, request, values in try one.page(values[0], request) },
    ])

    func restore(_ line: JournalLine) {
        for session in line.kept(TMoneyOnlineSession.self, as: "session", of: .tmoneyOnline) {
            state.withLock { $0[session.id] = session }
        }
    }

    func armAll() {
        for session in state.withLock({ Array($0.values) }) { arm(session) }
    }

    /// `GET online.php?merchantid=` (docs/protocols/tmoney.md, A1).
    ///
    /// What a caller from elsewhere is told is not on record: here it is what a stranger is told.
    private func session(_ request: SandboxRequest) throws -> Answer {
        let merchant = request.parameter("merchantid") ?? ""
        try tools.recorder.requests.log(.tmoneyOnline, "session", merchant)
        guard merchant == SandboxCredentials.tmoneyOnlineMerchant, tools.callers.admits(request.peer, at: Self.name)
        else { return Self.plain("NOK:UNKNOWN_MERCHANT") }
        let id = (0..<32).map { _ in String(Int.random(in: 0...9)) }.joined()
        let life = tools.recorder.registrations.find(Self.name, merchant)?.sessionSeconds.map { $0 * 1_000 }
        let session = TMoneyOnlineSession(
            id: id, merchant: merchant, expiresAt: tools.stage.now + (life ?? Self.sessionMilliseconds))
        try state.withLock { state in try keep(session, &state) }
        return Self.plain("OK:\(id)")
    }

    private static func plain(_ text: String) -> Answer {
        Answer(status: 200, contentType: "text/plain; charset=utf-8", body: Array(text.utf8))
    }

    /// The form that the payer's browser posts (docs/protocols/tmoney.md, A2).
    private func form(_ request: SandboxRequest) throws -> Answer {
        let found = state.withLock { $0[request.field("sessionid") ?? ""] }
        let now = tools.stage.now
        guard var session = found, session.isOpen(now: now) || session.canTryAgain(now: now) else {
            return Message("This session has ended").answer(status: 410)
        }
        guard let order = TMoneyOnlineForm(request, merchant: session.merchant).order,
            session.order == nil || session.order == order
        else { return Message("The form is not right").answer(status: 400) }
        // The same form again is the same purchase: a page that is loaded twice, or another try.
        if session.order != nil, session.isOpen(now: now) { return screen(session) }
        // One purchase is paid once, through whichever session.
        guard !isTaken(order.reference, of: session) else {
            return Message("This purchase is being paid already, or was", "Go back to the shop.").answer(status: 409)
        }
        try tools.recorder.requests.log(.tmoneyOnline, "form", order.reference)
        let behaviour = tools.behaviour(TMoneyOnlineBehaviour.of(amount: order.amount))
        if session.result != nil { session.tryAgain() }
        session.order = order
        session.phone = behaviour.isFromElsewhere ? "22890009999" : order.phone ?? ""
        session.callbacks = behaviour.callbacks
        session.extraAmount = behaviour.extraAmount
        session.plan = behaviour.result
        session.then = behaviour.then
        session.due = behaviour.result.map { _ in now + behaviour.after }
        let opened = session
        try state.withLock { state in try keep(opened, &state) }
        arm(opened)
        return screen(opened)
    }

    /// Ends a session, unless it has ended already.
    func end(_ id: String, _ result: TMoneyOnlineSession.Result, at moment: Int64) throws {
        let next = try state.withLock { state -> TMoneyOnlineSession? in
            guard var session = state[id], let order = session.order, session.isOpen(now: moment) else { return nil }
            session.result = result
            session.plan = nil
            session.due = nil
            let now = tools.stage.now
            let phone = session.phone.isEmpty ? "22890000001" : session.phone
            let told = order.amount + session.extraAmount
            var line = JournalLine()
            if result == .paid {
                line.movement = SandboxMovement(
                    operator: .tmoneyOnline, reference: order.reference, amount: told, currency: "XOF", party: phone,
                    executedAtMilliseconds: now, operatorReference: session.paymentReference)
            }
            let address = tools.recorder.registrations.find(.tmoneyOnline, session.merchant)?.callbackURL
            if let address {
                let url = Links.adding(
                    [
                        "purchaseref": order.reference, "amount": "\(told)", "currency": "952",
                        "status": result == .paid ? "OK" : "NOK", "clientid": String(id.suffix(8)),
                        "cname": "Ama Koffi",
                        "mobile": phone, "paymentref": session.paymentReference, "payid": session.payID,
                        "timestamp": "\(now / 1_000)", "error": result == .paid ? "" : result.rawValue,
                    ], to: address)
                line.callbacks = Outgoing(
                    id: "tmoney-online-\(id)\(session.suffix)", sender: .tmoneyOnline, url: url, method: "GET", due: now
                ).copies(session.callbacks)
            }
            if let then = session.then {
                session.then = nil
                session.tryAgain()
                (session.plan, session.due) = (then, now + 2_000)
            }
            try keep(session, &state, line)
            return session
        }
        if let next { arm(next) }
    }

    /// Whether another session of the merchant is paying a purchase, or has paid it.
    func isTaken(_ reference: String, of session: TMoneyOnlineSession) -> Bool {
        let now = tools.stage.now
        return state.withLock { state in
            state.values.contains { other in
                other.id != session.id && other.merchant == session.merchant && other.order?.reference == reference
                    && (other.result == .paid || other.isOpen(now: now))
            }
        }
    }

    private func arm(_ session: TMoneyOnlineSession) {
        guard session.result == nil, let due = session.due, let plan = session.plan else { return }
        tools.stage.at(due) { [weak self] in
            guard let self else { return }
            tools.unattended { try end(session.id, plan, at: due) }
        }
    }

    /// Puts a session on file; the caller holds the lock.
    func keep(
        _ session: TMoneyOnlineSession, _ state: inout [String: TMoneyOnlineSession],
        _ line: JournalLine = JournalLine()
    ) throws {
        var line = line
        try line.keep(session, as: "session", of: .tmoneyOnline)
        try tools.recorder.commit(line)
        state[session.id] = session
    }
}
