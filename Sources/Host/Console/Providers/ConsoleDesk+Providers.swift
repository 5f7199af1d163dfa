import Router

/// Providers as staff see them, and having one take no new orders.
extension ConsoleDesk {
    func providers() async throws(Problem) -> [ProviderHealth] {
        try await stored { () async throws(StoreFailure) in
            try await ProviderHealthReader(engine: engine, watch: watch).all()
        }
    }

    /// The provider of a path.
    func provider(_ visit: ConsoleVisit) async throws(Problem) -> ProviderHealth {
        let id = visit.request.parameters["id"] ?? ""
        guard let found = try await providers().first(where: { $0.id.text == id }) else {
            throw Problem(.notFound, "there is no such provider")
        }
        return found
    }

    /// Has a provider take no new orders; what is under way there is finished.
    func drain(_ id: ProviderID, _ reason: String, _ visit: ConsoleVisit) async throws(Problem) {
        var checks = InputChecks()
        checks.words(reason, 200, "/reason")
        try checks.done()
        guard let account = visit.visitor.account else { throw Problem(.unauthorized, "nobody is signed in") }
        _ = try await apply(
            PlatformChange(
                line(.providerDrained, .init(.provider, id.text), visit, after: ["reason": .string(reason)])))
        let wish = ProviderDrain(since: now, by: account.username.text, reason: reason)
        let drained = try await changed { () async throws(StoreFailure) in try await engine.drain(id, wish) }
        guard drained != nil else { throw Problem(.notFound, "there is no such provider") }
    }

    /// Tries a provider's connection with a harmless question; no money moves.
    func test(_ id: ProviderID, _ visit: ConsoleVisit) async throws(Problem) -> ProviderTest.Report {
        guard let runtime = engine.providers[id] else { throw Problem(.notFound, "there is no such provider") }
        guard let permit = probes.permit(id) else {
            throw Problem(.unavailable, "\(id) is being tried already; wait until that has ended")
        }
        defer { probes.end(permit) }
        guard try await apply(PlatformChange(line(.providerTested, .init(.provider, id.text), visit))) == .done else {
            throw Problem(.unavailable, "the test cannot be written down now, so nothing was asked")
        }
        return await probes.run(runtime, time: engine.time, publicURL: publicURL)
    }

    func resume(_ id: ProviderID, _ visit: ConsoleVisit) async throws(Problem) {
        guard let account = visit.visitor.account else { throw Problem(.unauthorized, "nobody is signed in") }
        _ = try await apply(PlatformChange(line(.providerResumed, .init(.provider, id.text), visit)))
        let known = try await changed { () async throws(StoreFailure) in
            try await engine.resume(id, by: account.username.text)
        }
        guard known != nil else { throw Problem(.notFound, "there is no such provider") }
    }
}
