/// The tables of the Flouci operator.
struct FlouciState: Sendable {
    /// Every session, by payment id.
    var sessions: [String: FlouciSession] = [:]
    /// Tracking ids whose first answer was lost.
    var lostOnce: Set<String> = []
    /// The ids of the payments that an accept call executed.
    var accepted: Set<String> = []
}
