/// An absolute http or https address, read strictly: what is not plainly an address is none.
///
/// Only printable ASCII without quotes, backslashes or braces, no user information, a host of letters, digits, dots and
/// hyphens (or a bracketed IPv6 literal), and a numeric port. So no two readers can see two different hosts in it, which is
/// why this is stricter than libraries that parse whatever browsers put up with. Which hosts, ports and schemes are allowed
/// is for whoever asks.
public struct WebURL: Sendable, Hashable {
    /// Why a text is no such address.
    public enum Fault: Error, Sendable, Hashable, CustomStringConvertible {
        /// Empty, or longer than ``longest``.
        case length
        /// A character that must be percent-encoded or, in the host, punycode.
        case character
        /// Neither http nor https.
        case scheme
        /// A user name or password.
        case user
        /// A percent sign in the host.
        case encodedHost
        /// No host.
        case noHost
        /// A host that is neither a name nor an IPv6 literal in brackets.
        case host
        /// No number from 1 to 65535 behind the colon.
        case port

        /// What is wrong, as the end of a sentence about the address.
        public var description: String {
            switch self {
            case .length: "it must have 1 to \(WebURL.longest) characters"
            case .character: "it holds a character that must be percent-encoded or, in the host, punycode"
            case .scheme: "it must begin with https:// or http://"
            case .user: "it must not hold a user or password"
            case .encodedHost: "its host must not be percent-encoded"
            case .noHost: "it has no host"
            case .host: "its host is not a valid name"
            case .port: "its port is not a number from 1 to 65535"
            }
        }
    }

    /// How many characters an address may have.
    public static let longest = 2_048

    /// The address as it was given.
    public let text: String
    /// Whether the scheme is https.
    public let isSecure: Bool
    /// The host in lower case; an IPv6 literal keeps its brackets.
    public let host: String
    /// The port, if one is written.
    public let port: Int?
    /// What follows host and port: path, query and fragment as they stand there; may be empty.
    public let rest: String

    /// Reads an address.
    public init(_ text: String) throws(Fault) {
        guard (1...Self.longest).contains(text.utf8.count) else { throw .length }
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !Self.forbidden.contains($0) }) else {
            throw .character
        }
        guard let scheme = ["https", "http"].first(where: { text.lowercased().hasPrefix($0 + "://") }) else {
            throw .scheme
        }
        let behind = text.dropFirst(scheme.count + 3)
        let authority = behind.prefix { !"/?#".contains($0) }
        (host, port) = try Self.split(authority)
        self.text = text
        isSecure = scheme == "https"
        rest = String(behind[authority.endIndex...])
    }

    private static let forbidden = Array("\"\\<>^`{}|".utf8)

    private static func split(_ authority: Substring) throws(Fault) -> (host: String, port: Int?) {
        guard !authority.contains("@") else { throw .user }
        guard !authority.contains("%") else { throw .encodedHost }
        let isBracketed = authority.first == "["
        let end =
            isBracketed
            ? authority.firstIndex(of: "]").map { authority.index(after: $0) }
            : authority.firstIndex(of: ":") ?? authority.endIndex
        guard let end else { throw .host }
        let host = authority[..<end].lowercased()
        guard !host.isEmpty else { throw .noHost }
        let isHost = isBracketed ? NetworkAddress(host) != nil : host.utf8.allSatisfy(isOfName)
        guard isHost else { throw .host }
        let tail = authority[end...]
        guard !tail.isEmpty else { return (host, nil) }
        let digits = tail.dropFirst()
        guard tail.first == ":", (1...5).contains(digits.utf8.count), digits.first != "0",
            digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = Int(digits), port < 65_536
        else { throw .port }
        return (host, port)
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x2D || byte == 0x2E
    }
}

extension WebURL {
    /// `http` or `https`.
    public var scheme: String { isSecure ? "https" : "http" }

    /// Scheme, host and port, as browsers compare them: a port is named only where it is written.
    public var origin: String { "\(scheme)://\(host)\(port.map { ":\($0)" } ?? "")" }

    /// Whether both name the same scheme, host and port.
    public func hasSameOrigin(as other: WebURL) -> Bool { origin == other.origin }

    /// Whether a query or a fragment follows.
    public var hasQueryOrFragment: Bool { rest.contains { $0 == "?" || $0 == "#" } }

    /// Whether a fragment follows.
    public var hasFragment: Bool { rest.contains("#") }

    /// Whether the host is a loopback address written as digits; names such as `localhost` are not.
    public var isLiteralLoopback: Bool { NetworkAddress(host)?.isLoopback ?? false }
}
