public import Router
import WebText

/// The mail server that a ``CurlMail`` hands its mails to.
public struct MailServer: Sendable, Hashable {
    /// How the connection is protected.
    public enum Security: String, Sendable, Hashable, CaseIterable {
        /// It begins in the clear and must become TLS before anything is said.
        case starttls
        /// TLS from the first byte.
        case tls
        /// Not at all; for a server at a loopback address of this machine only.
        case none
    }

    /// What proves who we are.
    public struct Login: Sendable, Hashable {
        /// The user's name.
        public var user: String
        /// The password.
        public var password: Secret

        /// Takes both as they are; they are sent encoded, so any character may stand in them.
        public init(user: String, password: Secret) {
            self.user = user
            self.password = password
        }
    }

    /// The name or the address, an IPv6 address in brackets.
    public var host: String
    /// The port, 1 to 65535.
    public var port: Int
    /// How the connection is protected.
    public var security: Security
    /// `nil` for a server that asks for none.
    public var login: Login?
    /// Whom to trust; there is no way to trust everybody.
    public var authorities: CurlConfiguration.Authorities
    /// Longest time until the dialogue may begin: name lookup, TCP, TLS, greeting and login, in milliseconds.
    public var connectMilliseconds: Int
    /// Longest time for one mail, in milliseconds.
    public var totalMilliseconds: Int
    /// Longest time for one reply, in seconds.
    public var replySeconds: Int

    /// The limits suit a server that takes its time to look at a mail.
    public init(
        host: String, port: Int, security: Security, login: Login? = nil,
        authorities: CurlConfiguration.Authorities = .system, connectMilliseconds: Int = 15_000,
        totalMilliseconds: Int = 60_000, replySeconds: Int = 30
    ) {
        self.host = host
        self.port = port
        self.security = security
        self.login = login
        self.authorities = authorities
        self.connectMilliseconds = connectMilliseconds
        self.totalMilliseconds = totalMilliseconds
        self.replySeconds = replySeconds
    }

    /// Whether a text is a name or an address that a connection can be made to.
    public static func isHost(_ text: String) -> Bool {
        guard let url = try? WebURL("https://\(text):1/") else { return false }
        return url.host == text.lowercased() && url.port == 1
    }

    /// Whether ``host`` is this machine by its very spelling.
    public static func isLoopback(_ host: String) -> Bool {
        host.lowercased() == "localhost" || NetworkAddress(host)?.isLoopback == true
    }

    /// The address for libcurl, whose path is how we introduce ourselves; `nil` if host or port are none.
    func url(introducing name: String) -> String? {
        guard Self.isHost(host), (1...65_535).contains(port) else { return nil }
        return "\(scheme)://\(host):\(port)/\(name)"
    }

    /// The only protocol that the exchange may use.
    var scheme: String { security == .tls ? "smtps" : "smtp" }
}
