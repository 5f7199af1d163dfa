/// Codes that holders typed, as far as they can be looked at before a commit uses them up.
final class HolderConsents: EnginePart {
    let context: EngineContext

    init(_ context: EngineContext) { self.context = context }

    /// Why a holder's code does not allow an order; `nil` if it would.
    ///
    /// A wrong one counts.
    func objection(to use: ChallengeUse) async -> Engine.CommandResult? {
        do throws(StoreFailure) {
            return try await store.judge(use).map { .challengeRefused($0) }
        } catch {
            record(.storeFailed(error))
            return .unavailable
        }
    }
}
