/// Whose account at which operator an attempt was made at; kept with every attempt.
///
/// An id of `providers.json` is only a name. Whether it still means the same operator and the same account is decided
/// by this, so that nobody is asked about another one's references and nothing is sent twice to two accounts
/// (docs/money-safety.md, 1 and 6).
package struct OperatorScope: Sendable, Hashable {
    /// The provider's kind.
    package var kind: String
    /// The account as the kind names it; where only a secret names it, a digest.
    package var account: String
    /// The address in its plainest form, ``own`` or ``sandbox``; empty if it is not known here.
    package var endpoint: String

    /// The operator's own public address.
    package static let own = "own"
    /// The sandbox operators of the router's own process, whose books lie in its data folder.
    package static let sandbox = "sandbox"

    private static let version = "1"
    private static let separator: Character = "\u{1F}"

    package init(kind: String, account: String, endpoint: String) {
        self.kind = kind
        self.account = account
        self.endpoint = endpoint
    }

    /// Reads what ``text`` wrote; `nil` for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: Self.separator, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 4, parts[0] == Self.version else { return nil }
        self.init(kind: parts[1], account: parts[2], endpoint: parts[3])
    }

    /// The scope as it is stored.
    package var text: String { [Self.version, kind, account, endpoint].joined(separator: String(Self.separator)) }

    /// Whether a text is this scope as it is stored; found out without making that text.
    func isWritten(_ text: String) -> Bool {
        var rest = text.utf8[...]
        for (index, part) in [Self.version, kind, account, endpoint].enumerated() {
            if index > 0, rest.popFirst() != 0x1F { return false }
            guard rest.starts(with: part.utf8) else { return false }
            rest = rest.dropFirst(part.utf8.count)
        }
        return rest.isEmpty
    }

    /// How another scope stands to this one.
    package enum Likeness: Sendable, Hashable {
        /// The same account at the same operator.
        case same
        /// Nothing says that it is another one, but nothing proves that it is the same: only a secret names the
        /// account, and the secret was changed, or the attempt is older than scopes.
        case unproven
        /// Another operator, account or address; the text says which.
        case other(String)
    }

    /// How the account that is configured now stands to this one.
    package func likeness(of now: OperatorScope) -> Likeness {
        guard kind == now.kind else { return .other("its kind was \(kind) and is \(now.kind)") }
        guard endpoint.isEmpty || now.endpoint.isEmpty || endpoint == now.endpoint else {
            return .other("its address is another one")
        }
        guard account != now.account else { return .same }
        let (old, new) = (Self.parts(account), Self.parts(now.account))
        // A digest tells nothing about another digest or a name: keys are changed, and accounts come to be named.
        let isOpen =
            old.count == new.count
            && zip(old, new).allSatisfy { $0 == $1 || Self.isDigest($0) || Self.isDigest($1) }
        return isOpen ? .unproven : .other("its account at the operator is another one")
    }

    private static func parts(_ account: String) -> [Substring] {
        account.split(separator: "/", omittingEmptySubsequences: false)
    }

    /// See ``ProviderManifest/account``.
    private static func isDigest(_ part: Substring) -> Bool { part.hasPrefix("sha256:") }

    /// An address in its plainest form: scheme and host in small letters, no default port, no slash at the end.
    package static func plain(address: String) -> String {
        var text = address
        while text.hasSuffix("/") { text.removeLast() }
        guard let scheme = text.firstRange(of: "://") else { return text }
        let rest = text[scheme.upperBound...]
        let cut = rest.firstIndex(of: "/") ?? rest.endIndex
        var host = rest[..<cut].lowercased()
        let start = text[..<scheme.lowerBound].lowercased()
        let port = start == "https" ? ":443" : ":80"
        if host.hasSuffix(port) { host.removeLast(port.count) }
        return start + "://" + host + rest[cut...]
    }
}

/// Orders that are open at a provider under one scope.
package struct OpenPlace: Sendable, Hashable {
    package var provider: ProviderID
    /// As the attempts keep it; empty for those of older releases.
    package var scope: String
    package var operation: MoneyOperation
    /// How many orders.
    package var count: Int

    package init(provider: ProviderID, scope: String, operation: MoneyOperation, count: Int) {
        self.provider = provider
        self.scope = scope
        self.operation = operation
        self.count = count
    }
}
