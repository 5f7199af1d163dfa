/// The tables of the Flouci operator.
struct FlouciState: Sendable {
    /// Every session, by payment id.
    var sessions: [String: FlouciSession] = [:]
    /// Tracking ids whose first answer was lost.
    var lostOnce: Set<String> = []
    /// Every accept call that was executed.
    var accepted: Set<FlouciAcceptance> = []
}
