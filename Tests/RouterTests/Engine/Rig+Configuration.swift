import Router
import RouterTestKit

extension Rig {
    /// Another version of the configuration, made as an engine is set up.
    static func configuration(_ number: Int64, _ setup: (inout Setup) -> Void) -> EngineConfiguration {
        var made = Setup()
        setup(&made)
        let table = RoutingTable(rules: [], otherwise: made.use)
        return EngineConfiguration(
            ConfigurationStamp(number: number, hash: []), providers: made.runtimes, routing: table,
            payoutRouting: table, dailyLimits: made.dailyLimits)
    }

    /// Works with another version from now on.
    @discardableResult
    func activate(_ number: Int64, _ setup: (inout Setup) -> Void) async throws -> Engine.Activated {
        try await engine.activate(Self.configuration(number, setup))
    }
}
