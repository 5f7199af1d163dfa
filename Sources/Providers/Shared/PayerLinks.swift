import Router
import WebText

/// Where an operator may send the payer's browser.
struct PayerLinks: Sendable {
    let environment: PayEnvironment
    /// The operator's address.
    let root: String
    /// The operator's domains; `nil` if its links lead anywhere, such as to the payer's bank.
    let domains: [String]?

    /// Whether a link is https on one of the domains; in the sandbox also the sandbox operator itself.
    func allow(_ link: String) -> Bool {
        guard let address = try? WebURL(link) else { return false }
        if environment == .sandbox, let root = try? WebURL(root), address.hasSameOrigin(as: root) { return true }
        guard address.isSecure else { return false }
        guard let domains else { return true }
        return (address.port ?? 443) == 443
            && domains.contains { address.host == $0 || address.host.hasSuffix("." + $0) }
    }
}
