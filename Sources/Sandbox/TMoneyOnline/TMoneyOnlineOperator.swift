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
    static let about = "TMoney Online at <code>/tmoney-online</code>; its pages ask for phone, PIN and code."
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

    func operation(of request: SandboxRequest) -> SandboxOperation? {
        request.method == "GET" && request.path == "/online/online.php" ? .open : nil
    }

    func answer(_ request: SandboxRequest) async throws -> Answer {
        switch (request.method, request.path) {
        case ("GET", "/online/online.php"): return try session(request)
        case ("POST", "/online/online.php"): return try form(request)
        default: break
        }
        if let id = request.tail(after: "/pay/") { return try page(id, request) }
        return .notFound
    }

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
            return .html(HTMLPage.render(title: "This session has ended", ""), status: 410)
        }
        guard let order = TMoneyOnlineForm(request, merchant: session.merchant).order,
            session.order == nil || session.order == order
        else { return .html(HTMLPage.render(title: "The form is not right", ""), status: 400) }
        // The same form again is the same purchase: a page that is loaded twice, or another try.
        if session.order != nil, session.isOpen(now: now) { return screen(session) }
        // One purchase is paid once, through whichever session.
        guard !isTaken(order.reference, of: session) else {
            return .html(
                HTMLPage.render(title: "This purchase is being paid already, or was", "<p>Go back to the shop.</p>"),
                status: 409)
        }
        try tools.recorder.requests.log(.tmoneyOnline, "form", order.reference)
        let behaviour = tools.behaviours.settled(TMoneyOnlineBehaviour.of(amount: order.amount))
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
                let url = FormText.adding(
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

/// The thirteen fields of the form, within their sizes (docs/protocols/tmoney.md, A2).
struct TMoneyOnlineForm {
    /// What they say; `nil` if one of them breaks a rule.
    let order: TMoneyOnlineSession.Order?

    init(_ request: SandboxRequest, merchant: String) {
        func text(_ name: String, _ limit: Int) -> String? {
            let value = request.field(name) ?? ""
            return value.count <= limit ? value : nil
        }
        let phone = request.field("phonennumber") ?? request.field("phonenumber")
        guard request.field("merchantid") == merchant, request.field("currency") == "952",
            let amountText = request.field("amount"), (3...10).contains(amountText.utf8.count),
            amountText.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let amount = Int64(amountText), amount >= 100,
            let reference = text("purchaseref", 250), !reference.isEmpty, let brand = text("brand", 150),
            phone.map({ (8...16).contains($0.utf8.count) }) ?? true, let description = text("description", 255),
            let accept = text("accepturl", 150), let decline = text("declineurl", 150),
            let cancel = text("cancelurl", 150), let note = text("text", 250), let language = text("language", 2),
            ["", "fr", "en"].contains(language)
        else {
            order = nil
            return
        }
        order = TMoneyOnlineSession.Order(
            reference: reference, amount: amount, brand: brand.isEmpty ? nil : brand, phone: phone,
            description: description, text: note,
            language: language, acceptURL: accept, declineURL: decline, cancelURL: cancel)
    }
}
