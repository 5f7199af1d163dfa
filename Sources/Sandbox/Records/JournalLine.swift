/// One line of the journal: everything that one step changed, so that a step is on file as a whole or not at all.
///
/// Records are whole: the latest line about a prompt, session, intent or callback replaces every earlier one.
struct JournalLine: Codable, Sendable {
    var movement: SandboxMovement?
    var registration: SandboxRegistration?
    var prompt: TMoneyPrompt?
    var phone: TMoneyPhone?
    var session: FlouciSession?
    var trackingID: FlouciTracking?
    var acceptance: FlouciAcceptance?
    var intent: CardIntent?
    var charge: CardCharge?
    var key: IdempotencyRecord?
    var callbacks: [Outgoing]?
    /// Callbacks that need no more deliveries, by id.
    var settled: [String]?
}
