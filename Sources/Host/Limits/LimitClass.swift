/// Which limit holds for the calls of a route that needs no key; each such route names its own.
package enum LimitClass: String, Sendable, Hashable, CaseIterable {
    /// Payers' and holders' pages and what belongs to them; signing in.
    case pages
    /// Signing up: it costs a hash of a password, and perhaps a message to a phone.
    case signUps = "sign_ups"
    /// Making a payment for a stranger: with a publishable key, or of a bill.
    case checkout
    /// Pictures of QR codes.
    case qr
    /// The documentation.
    case documentation
    /// Health and metrics.
    case operations
    /// Operators' notifications: only what fails verification counts.
    case callbacks

    var reason: LimitReason {
        switch self {
        case .pages: .pages
        case .signUps: .signUps
        case .checkout: .checkout
        case .qr: .qr
        case .documentation: .documentation
        case .operations: .operations
        case .callbacks: .failedCallbacks
        }
    }
}
