extension Engine {
    /// What the operator is answered.
    package struct CallbackReply: Sendable {
        package var status: Int
        package var acknowledgement: CallbackAcknowledgement?
        /// Whether it was taken although nobody vouches for it and it names nothing that is known here.
        package var matchesNothing = false

        /// Whether it proved to be nobody's word about anything: refused, unreadable, or about nothing that is known.
        ///
        /// What could not be stored is not the sender's doing.
        package var failsVerification: Bool { matchesNothing || (400..<500).contains(status) }
    }
}
