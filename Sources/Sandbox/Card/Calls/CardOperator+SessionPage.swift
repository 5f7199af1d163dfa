import Pages
import Synchronization

extension CardOperator {
    /// `/c/pay/{session}`: the page on which a payer types a card, or goes back.
    ///
    /// A decline leaves the page open for another card; whoever has paid is sent to `success_url`.
    func sessionPage(_ id: String, _ request: SandboxRequest) throws -> Answer {
        guard let session = state.withLock({ $0.sessions[id] }) else {
            return Message("No such page").answer(status: 404)
        }
        guard request.method == "POST" else {
            let failure = session.intent.flatMap { intent in state.withLock { $0.intents[intent]?.lastFailure } }
            return shown(try visit(id) ?? session, failure?.message)
        }
        if request.field("decision") == "back" {
            return session.cancelURL.map { .seeOther($0) } ?? shown(session, nil)
        }
        let typed = ["number", "exp_month", "exp_year", "cvc"].reduce(into: [String: String]()) {
            $0[$1] = request.field($1)
        }
        do {
            let card = try token(typed)
            try pay(id, with: card.instrument)
        } catch let refusal as CardRefusal {
            return shown(session, refusal.message)
        }
        let (now, intent) = state.withLock { state in
            (state.sessions[id] ?? session, (state.sessions[id]?.intent).flatMap { state.intents[$0] })
        }
        if let intent, intent.status == .requiresAction {
            return .seeOther("\(tools.address.url)/card/3ds/\(intent.id)")
        }
        return shown(now, intent?.lastFailure?.message)
    }

    /// What a page has planned begins when somebody first opens it: a link that reached nobody is never paid.
    private func visit(_ id: String) throws -> CardSession? {
        let begun: CardSession? = try state.withLock { state in
            let now = tools.stage.now
            guard var session = state.sessions[id], let plan = session.plan, plan.instrument != nil,
                session.due == nil, session.intent == nil, session.isOpen(now: now)
            else { return nil }
            session.due = now + plan.after
            var line = JournalLine()
            try line.keep(session, as: "session", of: .card)
            try tools.recorder.commit(line)
            state.apply(line)
            return session
        }
        if let begun { arm(begun) }
        return begun
    }

    /// Does what the page had in mind.
    func act(_ id: String, due: Int64) throws {
        guard let session = state.withLock({ $0.sessions[id] }), session.due == due,
            let instrument = session.plan?.instrument
        else { return }
        try pay(id, with: instrument)
    }

    /// Tries to move a page's money with a test instrument.
    ///
    /// Nothing happens on a page that has ended.
    private func pay(_ id: String, with name: String) throws {
        guard let instrument = CardInstrument.named(name) else { return }
        var paid: CardIntent?
        try state.withLock { state in
            let now = tools.stage.now
            guard var session = state.sessions[id], session.isOpen(now: now) else { return }
            let known = session.intent.flatMap { state.intents[$0] }
            guard known?.isUndecided ?? true else { return }
            var intent = known ?? fresh(session, state, now)
            intent.instrument = instrument.name
            intent.paymentMethod = Self.paymentMethodID(instrument)
            intent.returnURL = session.page(tools.address.url)
            session.intent = intent.id
            session.due = nil
            let step = step(state, now, nil, tools.address.url)
            var line = try tried(intent, instrument, session, step)
            try line.keep(session, as: "session", of: .card)
            line = try completing(line, session, step)
            try tools.recorder.commit(line)
            state.apply(line)
            paid = line.intent
        }
        if let paid { arm(paid) }
    }

    private func tried(
        _ intent: CardIntent, _ instrument: CardInstrument, _ session: CardSession, _ step: CardStep
    ) throws -> JournalLine {
        var intent = intent
        intent.lastFailure = nil
        let thinking = session.plan?.processing ?? 0
        switch tools.behaviour(CardBehaviour.of(instrument)).course {
        case .succeeds where thinking > 0:
            intent.status = .processing
            intent.due = step.now + thinking
            return JournalLine(intent: intent)
        case .processes(let wait):
            intent.status = .processing
            intent.due = wait.map { step.now + $0 }
            return JournalLine(intent: intent)
        case .fails(let failure): return step.fail(intent, failure, isTried: true)
        case .authenticates(let wait, _):
            intent.status = .requiresAction
            intent.due = wait.map { step.now + $0 }
            return JournalLine(intent: intent)
        case .succeeds, .ignored: return step.succeed(intent)
        }
    }

    private func fresh(_ session: CardSession, _ state: CardState, _ now: Int64) -> CardIntent {
        let id = "pi_\(Identifiers.token(24))"
        var intent = CardIntent(
            id: id, clientSecret: "\(id)_secret_\(Identifiers.token(25))", created: now / 1_000,
            amount: session.amount, currency: session.currency, status: .requiresPaymentMethod,
            metadata: session.intentMetadata, description: session.description, customer: session.customer,
            transferGroup: session.transferGroup, statementSuffix: session.statementSuffix,
            captureMethod: session.captureMethod)
        intent.number = state.lastIntent + 1
        intent.callbacks = session.callbacks
        if session.extraAmount != 0 { intent.toldAmount = session.amount + session.extraAmount }
        return intent
    }

    private func shown(_ session: CardSession, _ error: String?) -> Answer {
        let title = "\(session.product): \(session.amount) \(session.currency.uppercased()) (smallest units)"
        if session.status == .complete { return .seeOther(session.successLink) }
        var answer =
            session.isOpen(now: tools.stage.now)
            ? Answer.page(.cardSession, title, session.model(error))
            : Message(title, "This page has expired.").answer()
        answer.set("Cache-Control", "no-store")
        answer.set("Referrer-Policy", "no-referrer")
        answer.set("X-Content-Type-Options", "nosniff")
        return answer
    }
}

extension CardSession {
    /// What `card/session.mustache` is filled with, after a try that failed with why it did.
    func model(_ error: String?) -> PageModel {
        ["isMagic": .flag(plan != nil), "error": .text(error), "mayGoBack": .flag(cancelURL != nil)]
    }
}
