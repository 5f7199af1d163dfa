package import Router
import Synchronization

/// What payers' pages and shops' checkouts may use beyond their routes' classes.
extension RequestLimits {
    /// Why a publishable key may not make another payment now.
    package func checkOut(_ app: AppID) -> Problem? {
        let now = now
        let reading = state.withLock { $0.checkoutKeys.spend(app, at: now) }
        guard !reading.isGranted else { return nil }
        let text = LimitText(
            reason: .checkoutKey, who: "this publishable key", what: "checkouts", setting: "checkout_key")
        return refuse(text, app.text, settings.checkoutKey, reading)
    }

    /// A place for a page that waits for news.
    ///
    /// - Parameters:
    ///   - order: What its link is of.
    ///   - client: The address that the page asks from.
    /// - Returns: Holds the place until it is released.
    /// - Throws: The problem, if the link, its address or everybody together has as many as allowed.
    package func stream(of order: OrderID, client: String) throws(Problem) -> Permit {
        let key = ClientKey(client)
        let allowed = settings.streams
        let refusal = state.withLock { state -> LimitReason? in
            guard state.streams < allowed.total else { return .streamsInTotal }
            guard state.linkStreams.enter(order, limit: allowed.perLink) else { return .streamsPerLink }
            guard state.clientStreams.enter(key, limit: allowed.perAddress) else {
                state.linkStreams.leave(order)
                return .streamsPerAddress
            }
            state.streams += 1
            return nil
        }
        if let refusal { throw streamProblem(refusal, key) }
        return Permit {
            self.state.withLock { state in
                state.linkStreams.leave(order)
                state.clientStreams.leave(key)
                state.streams -= 1
            }
        }
    }

    /// Takes a place for a page of somebody who is signed in: a session's places are counted by themselves, so only those of
    /// everybody together are looked at here.
    ///
    /// - Parameter client: The address that the page asks from.
    /// - Returns: Holds the place until it is released.
    /// - Throws: The problem, if everybody together has as many as allowed.
    package func streamOfSession(client: String) throws(Problem) -> Permit {
        let isFull = state.withLock { state in
            guard state.streams < settings.streams.total else { return true }
            state.streams += 1
            return false
        }
        if isFull { throw streamProblem(.streamsInTotal, ClientKey(client)) }
        return Permit { self.state.withLock { $0.streams -= 1 } }
    }

    private func streamProblem(_ reason: LimitReason, _ key: ClientKey) -> Problem {
        tell(reason, key.shortened)
        let remedy = "read the page anew every few seconds instead"
        let (who, limit, setting) =
            switch reason {
            case .streamsPerLink: ("this link", settings.streams.perLink, "streams.per_link")
            case .streamsPerAddress: ("this address", settings.streams.perAddress, "streams.per_address")
            default: ("this router", settings.streams.total, "streams.total")
            }
        let text = LimitText(reason: reason, who: who, what: "streams open", setting: setting, remedy: remedy)
        // Not the caller's doing: everybody together has them.
        let code = reason == .streamsInTotal ? ProblemCode.unavailable : .rateLimited
        return text.problem(atOnce: limit, retryAfter: spread(5), code: code)
    }
}
