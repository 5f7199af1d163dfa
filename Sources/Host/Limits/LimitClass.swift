/// Which limit holds for the calls of a route that needs no key.
package enum LimitClass: String, Sendable, Hashable, CaseIterable {
    /// Payers' pages and what belongs to them.
    case pages
    /// Making a payment with a publishable key.
    case checkout
    /// Pictures of QR codes.
    case qr
    /// The documentation.
    case documentation
    /// Health and metrics.
    case operations
    /// Operators' notifications: only what fails verification counts.
    case callbacks

    /// The class of a route; `nil` if it is in none, which a test forbids.
    package static func of(method: String, template: String) -> LimitClass? {
        if template == "/checkout", method == "POST" { return .checkout }
        if ["/checkout", "/checkout.js"].contains(template) || template.hasPrefix("/pay/") { return .pages }
        if template.hasPrefix("/v1/payments/{id}/qr.") { return .qr }
        if ["/", "/docs", "/openapi.json"].contains(template) || template.hasPrefix("/problems/") {
            return .documentation
        }
        if template == "/metrics" || template.hasPrefix("/health/") { return .operations }
        return template.hasPrefix("/callbacks/") ? .callbacks : nil
    }

    /// The reason of its refusals.
    var reason: LimitReason {
        switch self {
        case .pages: .pages
        case .checkout: .checkout
        case .qr: .qr
        case .documentation: .documentation
        case .operations: .operations
        case .callbacks: .failedCallbacks
        }
    }
}
