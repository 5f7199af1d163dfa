import Synchronization

extension CardOperator {
    private static let confirmShapes: [String: CardParameters.Shape] = [
        "payment_method": .text, "payment_method_data": paymentMethodData, "return_url": .text, "off_session": .text,
        "error_on_requires_action": .text,
        "capture_method": .text, "receipt_email": .text, "expand": .list,
    ]

    /// `POST /v1/payment_intents/{id}/confirm`: the money request.
    func confirmIntent(
        _ id: String, _ state: inout CardState, _ call: CardCall
    ) throws(CardRefusal) -> CardOutcome {
        try call.parameters.check(against: Self.confirmShapes)
        let expansions = try call.expansions(Self.intentExpansions)
        var intent = try state.intent(id)
        guard state.sessionOfIntent[id] == nil else {
            throw .invalid("You cannot perform this action on PaymentIntents created by Checkout.", code: nil)
        }
        guard intent.status == .requiresPaymentMethod || intent.status == .requiresConfirmation else {
            throw .unexpectedState(
                "You cannot confirm this PaymentIntent because it has a status of \(intent.status.rawValue).",
                intent.json(address: call.address))
        }
        if let instrument = try paymentMethod(call, state) {
            intent.instrument = instrument.name
            intent.paymentMethod = Self.paymentMethodID(instrument)
        } else if intent.status == .requiresPaymentMethod && intent.lastFailure != nil {
            intent.instrument = nil
        }
        intent.returnURL = call.parameters["return_url"] ?? intent.returnURL
        return try confirm(intent, &state, call, expansions)
    }

    /// Tries to move the intent's money with its instrument.
    func confirm(
        _ intent: CardIntent, _ state: inout CardState, _ call: CardCall, _ expansions: Set<String>
    ) throws(CardRefusal) -> CardOutcome {
        guard let instrument = intent.instrument.flatMap(CardInstrument.named) else {
            throw .unexpectedState(
                "You cannot confirm this PaymentIntent because it's missing a payment method.",
                intent.json(address: call.address))
        }
        let behaviour = tools.behaviour(CardBehaviour.of(instrument))
        if behaviour.dropsFirst && !intent.hasDropped {
            var dropped = CardOutcome.unread
            dropped.line.intent = state.intents[intent.id]
            dropped.line.intent?.hasDropped = true
            // Created and confirmed in one call: there is no intent yet that could remember.
            let isFirst = dropped.line.intent != nil || state.droppedKeys.insert(call.key ?? intent.reference).inserted
            if isFirst { return dropped }
        }
        var intent = intent
        intent.confirmKey = call.key
        intent.callbacks = behaviour.callbacks
        intent.lastFailure = nil
        if behaviour.extraAmount != 0 { intent.toldAmount = intent.amount + behaviour.extraAmount }
        if behaviour.swapsCurrency { intent.toldCurrency = intent.currency == "usd" ? "eur" : "usd" }
        let step = CardStep(
            now: call.now, address: call.address, requestID: call.requestID, number: state.lastCharge + 1)
        switch behaviour.course {
        case .ignored: return .page
        case .succeeds: return outcome(step.succeed(intent), call, expansions).leaving(behaviour.answer)
        case .fails(let failure):
            let isTried = failure.type == "card_error"
            return declined(step.fail(intent, failure, isTried: isTried), failure, call).leaving(behaviour.answer)
        case .processes(let wait):
            intent.status = .processing
            intent.due = wait.map { call.now + $0 }
            return waiting(intent, "payment_intent.processing", step, call, expansions).leaving(behaviour.answer)
        case .authenticates(let wait, _):
            let mustNotAsk = try call.parameters.flag("error_on_requires_action") ?? false
            if mustNotAsk || call.parameters["off_session"].map({ $0.lowercased() != "false" }) ?? false {
                let failure = CardFailure.authenticationRequired
                return declined(step.fail(intent, failure, isTried: true), failure, call)
            }
            intent.status = .requiresAction
            intent.due = wait.map { call.now + $0 }
            return waiting(intent, "payment_intent.requires_action", step, call, expansions)
        }
    }

    private func outcome(_ line: JournalLine, _ call: CardCall, _ expansions: Set<String>) -> CardOutcome {
        let charge = expansions.contains("latest_charge") ? line.charge : nil
        return CardOutcome(body: line.intent.map { $0.json(address: call.address, charge: charge) } ?? nil, line: line)
    }

    private func waiting(
        _ intent: CardIntent, _ type: String, _ step: CardStep, _ call: CardCall, _ expansions: Set<String>
    ) -> CardOutcome {
        var line = JournalLine(intent: intent)
        if intent.callbacks != .never {
            line.callbacks = [step.event(type, intent.json(address: call.address), intent.confirmKey)]
        }
        return outcome(line, call, expansions)
    }

    private func declined(_ line: JournalLine, _ failure: CardFailure, _ call: CardCall) -> CardOutcome {
        var members = failure.members
        if let charge = line.charge { members.append(.init(name: "charge", value: .text(charge.id))) }
        if let intent = line.intent {
            members.append(.init(name: "payment_intent", value: intent.json(address: call.address)))
        }
        return CardOutcome(status: 402, body: ["error": .object(members)], line: line)
    }
}

/// 3-D Secure, on which a confirm may wait.
extension CardOperator {
    /// `/3ds/{intent}`: the 3-D Secure page, for people.
    ///
    /// Ends with the browser back at the return URL.
    func securePage(_ id: String, _ request: SandboxRequest) throws -> Answer {
        guard let intent = state.withLock({ $0.intents[id] }) else {
            return Message("No such payment").answer(status: 404)
        }
        guard request.method == "POST" else { return screen(intent) }
        switch request.field("decision") {
        case "complete": try finish(id, due: nil, failure: failureAfterwards(intent))
        case "fail": try finish(id, due: nil, failure: .authenticationFailed)
        default: return .notFound
        }
        guard let url = intent.returnURL else {
            return Message("Done", "You can close this page.").answer()
        }
        let isDone = state.withLock { $0.intents[id]?.status } == .succeeded
        return .seeOther(
            Links.adding(
                [
                    "payment_intent": id, "payment_intent_client_secret": intent.clientSecret,
                    "redirect_status": isDone ? "succeeded" : "failed",
                ], to: url))
    }

    /// What the card does once its holder is authenticated.
    private func failureAfterwards(_ intent: CardIntent) -> CardFailure? {
        guard let instrument = intent.instrument.flatMap(CardInstrument.named),
            case .authenticates(_, let failure) = tools.behaviour(CardBehaviour.of(instrument)).course
        else { return nil }
        return failure
    }

    private func screen(_ intent: CardIntent) -> Answer {
        guard intent.status == .requiresAction else {
            return Message("3-D Secure", "Nothing to do: \(intent.status.rawValue).").answer()
        }
        let action = "\(tools.address.url)/card/3ds/\(intent.id)"
        return Message(
            "3-D Secure", "Your bank asks: pay \(intent.amount) \(intent.currency.uppercased()) (smallest units)?",
            buttons: [
                .init(label: "Complete", decision: "complete", action: action),
                .init(label: "Fail", decision: "fail", action: action),
            ]
        ).answer()
    }
}
