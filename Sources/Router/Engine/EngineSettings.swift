/// What the engine needs to know about the installation.
package struct EngineSettings: Sendable {
    /// A transmission may leave within this time after W3.
    package var sendNotAfterMilliseconds = Self.standardSendNotAfterMilliseconds
    /// What ``sendNotAfterMilliseconds`` is unless a test says otherwise: ten seconds.
    package static let standardSendNotAfterMilliseconds: Int64 = 10_000
    /// How long a create waits for the operator's first answer.
    package var firstAnswerMilliseconds: Int64 = 8_000
    /// How many orders may be on their way to being accepted; whoever comes beyond that is refused and asked to come back.
    package var acceptance = AcceptanceLimits(places: .max)
    /// How long an orphaned callback is matched again.
    package var orphanSeconds: Int64 = 86_400
    /// What notifications may use up.
    package var callbacks = CallbackBounds()
    /// Where holders pay with their wallets on hosted pages; `nil` where they do not.
    package var holders: PayEnvironment?
    /// Where callbacks and pages are reached from outside, without a trailing slash.
    package var publicURL: String

    package init(publicURL: String) { self.publicURL = publicURL }
}

/// The data folder belongs to another master key.
package struct MasterKeyMismatch: Error, Sendable, Hashable, CustomStringConvertible {
    package var stored: String
    package var given: String

    package init(stored: String, given: String) {
        self.stored = stored
        self.given = given
    }

    package var description: String {
        "the data belong to another key: they were written under master key \(stored), and the one given is \(given); give "
            + "that key, or another data folder"
    }
}
