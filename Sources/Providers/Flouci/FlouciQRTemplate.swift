import Router

/// The content of the accept flow's QR code: literal text and placeholders.
///
/// It holds no secret and proves nothing.
struct FlouciQRTemplate: Sendable {
    static let standard = "{checkout_url}?app={public_key}&amount={amount}&ref={reference}&desc={description}"
    static let maximumBytes = 1_000

    private enum Part: Sendable { case literal(String), amount, reference, description }
    private var parts: [Part] = []

    /// Reads a template; what is the same for every payment is filled in at once.
    init(_ template: String, checkoutURL: String?, publicKey: Secret) throws(ProviderConfigurationError) {
        func fail(_ detail: String) -> ProviderConfigurationError {
            ProviderConfigurationError(pointer: "/settings/qr_template", detail)
        }
        var rest = template[...]
        while let open = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
            parts.append(.literal(String(rest[..<open])))
            guard rest[open] == "{", let close = rest[open...].firstIndex(of: "}") else {
                throw fail("a brace without its partner")
            }
            let name = String(rest[rest.index(after: open)..<close])
            switch name {
            case "checkout_url":
                guard let checkoutURL else {
                    throw ProviderConfigurationError(
                        pointer: "/settings/checkout_url", "the QR template names {checkout_url}, so it is required")
                }
                parts.append(.literal(checkoutURL))
            case "public_key": parts.append(.literal(PercentEncoding.encode(publicKey.reveal())))
            case "amount": parts.append(.amount)
            case "reference": parts.append(.reference)
            case "description": parts.append(.description)
            default:
                throw fail(
                    "unknown placeholder {\(name)}; known: {checkout_url}, {public_key}, {amount}, {reference}, "
                        + "{description}")
            }
            rest = rest[rest.index(after: close)...]
        }
        parts.append(.literal(String(rest)))
        guard filled(amount: 0, reference: "", description: "") != nil else {
            throw fail("longer than \(Self.maximumBytes) bytes")
        }
    }

    /// The content for one payment; `nil` if it is too long to be scanned well.
    func filled(amount: Int64, reference: String, description: String) -> String? {
        let text = parts.map { part in
            switch part {
            case .literal(let text): text
            case .amount: String(amount)
            case .reference: PercentEncoding.encode(reference)
            case .description: PercentEncoding.encode(description)
            }
        }.joined()
        return text.utf8.count <= Self.maximumBytes ? text : nil
    }
}
