import Synchronization

extension CardOperator {
    /// `/3ds/{intent}`: the 3-D Secure page, for people.
    ///
    /// Ends with the browser back at the return URL.
    func securePage(_ id: String, _ request: SandboxRequest) throws -> Answer {
        guard let intent = state.withLock({ $0.intents[id] }) else {
            return .html(HTMLPage.render(title: "No such payment", ""), status: 404)
        }
        guard request.method == "POST" else { return screen(intent) }
        switch request.field("decision") {
        case "complete": try finish(id, due: nil, failure: failureAfterwards(intent))
        case "fail": try finish(id, due: nil, failure: .authenticationFailed)
        default: return .notFound
        }
        guard let url = intent.returnURL else {
            return .html(HTMLPage.render(title: "Done", "<p>You can close this page.</p>"))
        }
        let isDone = state.withLock { $0.intents[id]?.status } == .succeeded
        return .seeOther(
            FormText.adding(
                [
                    "payment_intent": id, "payment_intent_client_secret": intent.clientSecret,
                    "redirect_status": isDone ? "succeeded" : "failed",
                ], to: url))
    }

    /// What the card does once its holder is authenticated.
    private func failureAfterwards(_ intent: CardIntent) -> CardFailure? {
        guard let instrument = intent.instrument.flatMap(CardInstrument.named),
            case .authenticates(_, let failure) = tools.behaviours.card(instrument).course
        else { return nil }
        return failure
    }

    private func screen(_ intent: CardIntent) -> Answer {
        guard intent.status == .requiresAction else {
            return .html(
                HTMLPage.render(title: "3-D Secure", "<p>Nothing to do: \(intent.status.rawValue).</p>"))
        }
        let action = "\(tools.address.url)/card/3ds/\(intent.id)"
        let buttons = HTMLPage.buttons([
            .init(label: "Complete", decision: "complete", action: action),
            .init(label: "Fail", decision: "fail", action: action),
        ])
        let text = "<p>Your bank asks: pay \(intent.amount) \(intent.currency.uppercased()) (smallest units)?</p>"
        return .html(HTMLPage.render(title: "3-D Secure", text + buttons))
    }
}
