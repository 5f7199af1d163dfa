/// Hands a message to whoever carries it to people: an SMS company, a mail server, the sandbox's inbox.
///
/// A gateway keeps nothing and repeats nothing: whoever has the message sends it again.
public protocol MessageGateway: Sendable {
    /// Hands over one message, once.
    ///
    /// Returns within the gateway's own time limits. Cancelling the task may end it early as ``MessageDelivery/failed(_:)``.
    func deliver(_ message: OutboundMessage) async -> MessageDelivery
}

/// What came of handing a message over.
///
/// The texts are for logs and people: none holds a phone number, an address, a part of the message, or a secret.
public enum MessageDelivery: Sendable, Hashable {
    /// The gateway took it; whether it reaches anybody is out of sight.
    case accepted
    /// For good: this message can never be delivered so. Says why.
    case refused(String)
    /// For now: it may be tried again later. Says why, and what to mend where that is for whoever runs the router.
    case failed(String)
}
