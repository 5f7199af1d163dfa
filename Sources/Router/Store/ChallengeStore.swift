/// One-time codes and the messages that wait to be sent.
package protocol ChallengeStore: Sendable {
    /// Begins a challenge with its message; older ones of its account and purpose count no more.
    func insert(_ challenge: Challenge) async throws(StoreFailure) -> ChallengeInserted

    func challenge(_ id: ChallengeID) async throws(StoreFailure) -> Challenge?

    /// The newest challenge of an account for a purpose.
    func challenge(
        of account: AccountID, for purpose: Challenge.Purpose
    ) async throws(StoreFailure) -> Challenge?

    /// Looks at a code, and counts the try if it is wrong; a right one stays as it is until a commit uses it.
    ///
    /// - Returns: Why the code allows nothing; `nil` if it would.
    func judge(_ use: ChallengeUse) async throws(StoreFailure) -> ChallengeRefusal?

    /// Has the message of a challenge sent again.
    func resend(_ id: ChallengeID, at now: Moment) async throws(StoreFailure) -> ChallengeResend

    /// Uses a code up for something that is no order, such as a person's word.
    func use(_ use: ChallengeUse, by name: String) async throws(StoreFailure) -> ChallengeRefusal?

    /// Messages that are due, oldest first.
    func messages(before moment: Moment, limit: Int) async throws(StoreFailure) -> [MessageEntry]
    /// When the next message is due.
    func nextMessage() async throws(StoreFailure) -> Moment?
    /// Keeps what became of a message; does nothing if there is none with its number.
    func update(_ message: MessageEntry) async throws(StoreFailure)
    /// The newest message about a challenge.
    func message(about challenge: ChallengeID) async throws(StoreFailure) -> MessageEntry?
    /// Forgets challenges and finished messages of before a moment.
    func forgetChallenges(before moment: Moment) async throws(StoreFailure)
}
