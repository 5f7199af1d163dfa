import Router

extension ProviderSetup {
    /// A secret that must be there and must not be empty.
    func requiredSecret(_ name: String) throws(ProviderConfigurationError) -> Secret {
        guard let secret = secrets[name], !secret.reveal().isEmpty else {
            throw ProviderConfigurationError(
                pointer: "/secrets/\(name)", "the secret \"\(name)\" is required and must not be empty")
        }
        return secret
    }

    /// A secret that goes into a header or a line: printable ASCII without spaces.
    func requiredKey(_ name: String) throws(ProviderConfigurationError) -> Secret {
        let secret = try requiredSecret(name)
        guard secret.reveal().utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw ProviderConfigurationError(
                pointer: "/secrets/\(name)", "the secret \"\(name)\" must be printable ASCII without white space")
        }
        return secret
    }

    /// The root address of the operator without a trailing slash; a path prefix is kept.
    ///
    /// - Parameter standard: The operator's public address, or `nil` if only a contract tells it.
    /// - Returns: The address, to which paths are appended.
    /// - Throws: If there is none, or it is not an address the router may use.
    func root(standard: String?) throws(ProviderConfigurationError) -> String {
        guard let text = baseURL ?? standard else {
            throw ProviderConfigurationError(
                pointer: "/base_url", "\"base_url\" is required: the operator tells the address in its contract")
        }
        try requireAddress(text, at: "/base_url")
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }

    /// Requires https, or in the sandbox http to a literal loopback address, without query or fragment.
    func requireAddress(_ text: String, at pointer: String) throws(ProviderConfigurationError) {
        guard let address = WebAddress(text), !address.hasQueryOrFragment else {
            throw ProviderConfigurationError(
                pointer: pointer, "expected an absolute address such as https://operator.example/path")
        }
        guard address.scheme == "https" || (environment == .sandbox && address.isLiteralLoopback) else {
            throw ProviderConfigurationError(
                pointer: pointer,
                "expected https; plain http is allowed in the sandbox only, and only to a literal loopback address")
        }
    }
}

/// The amount limits a platform may set, checked.
struct AmountRange: Sendable {
    let minimum: Int64
    let maximum: Int64

    init(
        minimum: Int64?, maximum: Int64?, standard: ClosedRange<Int64>
    ) throws(ProviderConfigurationError) {
        self.minimum = minimum ?? standard.lowerBound
        self.maximum = maximum ?? max(standard.upperBound, self.minimum)
        guard self.minimum >= 1 else {
            throw ProviderConfigurationError(pointer: "/settings/minimum", "expected at least 1 minor unit")
        }
        guard self.maximum >= self.minimum else {
            throw ProviderConfigurationError(
                pointer: "/settings/maximum", "expected at least the minimum, which is \(self.minimum)")
        }
    }
}
