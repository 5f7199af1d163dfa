/// One HTTP request to an operator, complete but for what the transport adds itself (`Host`, `Content-Length`).
///
/// A value of this type is data only. Nothing is sent until it is handed to a ``Transport``.
public struct WireRequest: Sendable, Hashable {
    /// The HTTP methods operators use.
    public enum Method: String, Sendable, Hashable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case delete = "DELETE"
    }

    /// The method, sent as written.
    public var method: Method
    /// The absolute URL, already percent-encoded.
    ///
    /// User information is never allowed in it.
    public var url: String
    /// The header fields in sending order.
    ///
    /// Names and values must not hold control characters.
    public var headers: [Header]
    /// The exact body bytes; empty means no body.
    public var body: [UInt8]

    /// Nothing is encoded or checked here; the transport refuses what must not be sent.
    public init(_ method: Method, _ url: String, headers: [Header] = [], body: [UInt8] = []) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }

    /// A header field; names are compared without regard to case.
    public struct Header: Sendable, Hashable {
        /// The field name as sent.
        public var name: String
        /// The field value as sent.
        public var value: String

        /// Takes both as they are; line breaks are refused by the transport.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }
}

extension WireRequest: CustomStringConvertible, CustomDebugStringConvertible {
    /// Method and address without query; headers and body may hold secrets and are only counted.
    public var description: String {
        let address = url.prefix { $0 != "?" && $0 != "#" }
        return "\(method.rawValue) \(address) (\(headers.count) headers, \(body.count) bytes)"
    }

    /// The same as ``description``.
    public var debugDescription: String { description }
}
