import Crypto
import Router
import WebText

extension Secret {
    /// Names an account that nothing but this secret names, without telling it: a digest.
    ///
    /// Another secret for the same account, as after a rotation, is another name.
    var accountName: String {
        "sha256:" + Hex.text(SHA256.hash(data: Array(("operator account\u{1F}" + reveal()).utf8)).prefix(16))
    }
}

extension ProviderSetup {
    /// A secret of one line, such as a password: whatever a file holds, without line breaks or other control characters.
    func requiredSecret(_ name: String) throws(ProviderConfigurationError) -> Secret {
        let secret = try givenSecret(name)
        guard !secret.reveal().unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw ProviderConfigurationError(
                pointer: "/secrets/\(name)",
                "the secret \"\(name)\" holds a line break or another control character; it must be one line and nothing "
                    + "else")
        }
        return secret
    }

    /// A secret that must be there and must not be empty.
    func givenSecret(_ name: String) throws(ProviderConfigurationError) -> Secret {
        guard let secret = secrets[name], !secret.reveal().isEmpty else {
            throw ProviderConfigurationError(
                pointer: "/secrets/\(name)", "the secret \"\(name)\" is required and must not be empty")
        }
        return secret
    }

    /// A secret that goes into a header or a line: printable ASCII without spaces.
    func requiredKey(_ name: String) throws(ProviderConfigurationError) -> Secret {
        let secret = try givenSecret(name)
        guard secret.reveal().utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw ProviderConfigurationError(
                pointer: "/secrets/\(name)",
                "the secret \"\(name)\" must be one line of printable ASCII without white space")
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

    /// The address of a call: a path below a root, or an absolute address.
    func place(_ text: String, below root: String, _ setting: String) throws(ProviderConfigurationError) -> String {
        let full = text.hasPrefix("/") ? root + text : text
        try requireAddress(full, at: "/settings/\(setting)")
        return full
    }

    /// The address of a call that is below the root in any case.
    func path(_ text: String, below root: String, _ setting: String) throws(ProviderConfigurationError) -> String {
        try ProviderConfigurationError.require(
            text.hasPrefix("/"), setting, "expected a path that begins with /")
        return try place(text, below: root, setting)
    }

    /// Requires https, or in the sandbox http to a literal loopback address, without query or fragment.
    func requireAddress(_ text: String, at pointer: String) throws(ProviderConfigurationError) {
        guard let address = try? WebURL(text), !address.hasQueryOrFragment else {
            throw ProviderConfigurationError(
                pointer: pointer, "expected an absolute address such as https://operator.example/path")
        }
        guard address.isSecure || (environment == .sandbox && address.isLiteralLoopback) else {
            throw ProviderConfigurationError(
                pointer: pointer,
                "expected https; plain http is allowed in the sandbox only, and only to a literal loopback address")
        }
    }
}

extension NetworkAddress {
    /// The setting `operator_addresses`.
    static func operators(_ texts: [String]?) throws(ProviderConfigurationError) -> Set<NetworkAddress> {
        var addresses: Set<NetworkAddress> = []
        for (index, text) in (texts ?? []).enumerated() {
            try ProviderConfigurationError.require(
                NetworkAddress(text).map { addresses.insert($0.unmapped).inserted } ?? false,
                "operator_addresses/\(index)",
                "expected an IP address written as digits, such as 196.168.1.2, once; no names, ports or ranges")
        }
        return addresses
    }
}

extension Set<NetworkAddress> {
    /// Whether a notification comes from one of them.
    func hold(_ callback: InboundCallback) -> Bool {
        NetworkAddress(callback.peer).map { contains($0.unmapped) } ?? false
    }
}

extension ProviderManifest.CurrencyLimits {
    /// The limits a platform may set, checked.
    init(
        _ currency: Currency, minimum: Int64?, maximum: Int64?, standard: ClosedRange<Int64>
    ) throws(ProviderConfigurationError) {
        let minimum = minimum ?? standard.lowerBound
        let maximum = maximum ?? max(standard.upperBound, minimum)
        guard minimum >= 1 else { throw .setting("minimum", "expected at least 1 minor unit") }
        guard maximum >= minimum else {
            throw .setting("maximum", "expected at least the minimum, which is \(minimum)")
        }
        self.init(currency, minimum: minimum, maximum: maximum)
    }
}

extension ProviderConfigurationError {
    /// A wrong setting; its name may be a path such as `paths/debit`.
    static func setting(_ name: String, _ detail: String) -> ProviderConfigurationError {
        ProviderConfigurationError(pointer: "/settings/\(name)", detail)
    }

    /// Throws that a setting is wrong, unless it is right.
    static func require(
        _ isRight: Bool, _ name: String, _ detail: String
    ) throws(ProviderConfigurationError) {
        guard isRight else { throw setting(name, detail) }
    }
}
