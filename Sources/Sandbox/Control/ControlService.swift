import FoundationEssentials

/// The paths that belong to no operator: the books, the counts, registrations, faults, and a page for people.
struct ControlService: Sendable {
    let recorder: Recorder
    let faults: FaultBook
    let blocked: BlockedWallets
    let callers: CallerList

    /// Answers a request whose first path component is `name`; `start` makes the page for people.
    func answer(_ name: String, _ request: SandboxRequest, start: () -> StartPage) throws -> Answer {
        guard request.path == "/" else { return .notFound }
        return switch (request.method, name) {
        case ("GET", "_books"): books(request)
        case ("GET", "_requests"): requests(request)
        case ("PUT", "_registrations"): try register(request)
        case ("GET", "_faults"): list()
        case ("PUT", "_faults"): setFault(request)
        case ("DELETE", "_faults"): clearFaults(request)
        case ("GET", "_blocked"): listBlocked()
        case ("DELETE", "_blocked"): try releaseBlocked(request)
        case ("GET", "_callers"): listCallers()
        case ("PUT", "_callers"): setCallers(request)
        case ("DELETE", "_callers"): clearCallers()
        case ("GET", ""): start().answer
        default: .notFound
        }
    }

    /// Every movement; `?operator=` and `?reference=` narrow the list.
    private func books(_ request: SandboxRequest) -> Answer {
        let name = request.parameter("operator")
        guard let query = request.readableQuery else { return Self.unreadable }
        guard name.map({ SandboxOperator(rawValue: $0) != nil }) ?? true else { return Self.noSuchOperator }
        let reference = query.first { $0.name == "reference" }?.value
        let movements = recorder.books.movements.filter {
            (name == nil || $0.operator.rawValue == name) && (reference == nil || $0.reference == reference)
        }
        return .json(["movements": .list(movements.map(\.json))])
    }

    /// Every count; narrowed in the same way.
    private func requests(_ request: SandboxRequest) -> Answer {
        let name = request.parameter("operator")
        guard let query = request.readableQuery else { return Self.unreadable }
        guard name.map({ SandboxOperator(rawValue: $0) != nil }) ?? true else { return Self.noSuchOperator }
        let reference = query.first { $0.name == "reference" }?.value
        let counts = recorder.requests.all.filter {
            (name == nil || $0.operator.rawValue == name) && (reference == nil || $0.reference == reference)
        }
        return .json(["requests": .list(counts.map(\.json))])
    }

    private func register(_ request: SandboxRequest) throws -> Answer {
        guard let registration = try? JSONDecoder().decode(SandboxRegistration.self, from: Data(request.body)),
            registration.callbackURL.hasPrefix("http://") || registration.callbackURL.hasPrefix("https://")
        else {
            let names = Set(SandboxAccountRule.all.map(\.operator.rawValue)).sorted().joined(separator: ", ")
            let hint = "Send operator (\(names)), account, callback_url (http or https) and, where it signs, secret."
            return .json(["error": .text(hint)], status: 400)
        }
        try recorder.commit(JournalLine(registration: registration))
        return .json([
            "operator": .text(registration.operator.rawValue), "account": .text(registration.account),
            "callback_url": .text(registration.callbackURL),
        ])
    }

    /// The faults that still wait for requests.
    private func list() -> Answer { .json(["faults": .list(faults.all.map(\.json))]) }

    private func setFault(_ request: SandboxRequest) -> Answer {
        do {
            faults.set(try Fault(request.body))
            return list()
        } catch {
            return .json(["error": .text(error.description)], status: 400)
        }
    }

    /// Forgets every fault, or with `?operator=` those of one operator.
    private func clearFaults(_ request: SandboxRequest) -> Answer {
        let name = request.parameter("operator")
        let wanted = name.flatMap { SandboxOperator.target($0) }
        guard (name == nil) == (wanted == nil) else { return Self.noSuchOperator }
        faults.clear(wanted)
        return list()
    }

    private func listBlocked() -> Answer { .json(["blocked": blocked.json]) }

    /// Lets every blocked wallet go, or with `?operator=` or `?phone=` some.
    private func releaseBlocked(_ request: SandboxRequest) throws -> Answer {
        let name = request.parameter("operator")
        let wanted = name.flatMap { SandboxOperator(rawValue: $0) }
        guard (name == nil) == (wanted == nil) else { return Self.noSuchOperator }
        try blocked.release(at: wanted, phone: request.parameter("phone"))
        return listBlocked()
    }

    private func listCallers() -> Answer { .json(["callers": callers.json]) }

    private func setCallers(_ request: SandboxRequest) -> Answer {
        guard let wire = try? JSONDecoder().decode(CallerList.Wire.self, from: Data(request.body)) else {
            let hint = "Send operator (tmoney-online) and addresses, a list of IP addresses such as 127.0.0.1."
            return .json(["error": .text(hint)], status: 400)
        }
        callers.set(wire.addresses, at: wire.operator)
        return listCallers()
    }

    private func clearCallers() -> Answer {
        callers.clear()
        return listCallers()
    }

    private static var unreadable: Answer {
        .json(["error": "the query is not percent-encoded UTF-8"], status: 400)
    }

    private static var noSuchOperator: Answer {
        let names = SandboxOperator.allCases.map(\.rawValue).joined(separator: ", ")
        return .json(["error": .text("operator: one of \(names)")], status: 400)
    }
}
