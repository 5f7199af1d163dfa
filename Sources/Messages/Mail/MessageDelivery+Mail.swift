package import Router

extension MessageDelivery {
    /// Replies that ask for a login, or refuse one, whichever step they answer (RFC 4954, section 6).
    private static let aboutLogin: Set<Int> = [530, 534, 535, 538]

    /// What a mail server's word means for the message.
    ///
    /// Only a definite no about the recipient or the message itself is for good. What the server has against our login or our sender
    /// address it has against every message: that is mended in the configuration, and the message is sent again.
    package init(_ outcome: MailOutcome) {
        switch outcome {
        case .accepted: self = .accepted
        case .refused(_, let code) where Self.aboutLogin.contains(code): self = .failed(Self.login(code))
        case .refused(.login, let code): self = .failed(Self.login(code))
        case .refused(.sender, let code) where code >= 500:
            self = .failed(
                "the mail server refuses our sender address (\(code)); let it allow the address in messages.mail.from, or "
                    + "change that")
        case .refused(.recipient, let code) where code >= 500:
            self = .refused("the mail server refused the recipient (\(code))")
        case .refused(.message, let code) where code >= 500:
            self = .refused("the mail server refused the message (\(code))")
        case .refused(let step, let code): self = .failed("the mail server said no for now (\(step.rawValue), \(code))")
        case .failed(let failure): self = .failed("no answer of the mail server: \(failure)")
        }
    }

    private static func login(_ code: Int) -> String {
        "the mail server refuses our login (\(code)); check messages.mail.user and messages.mail.password"
    }
}
