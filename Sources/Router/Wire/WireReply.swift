/// A complete HTTP reply from an operator: status line, headers and the whole body as announced.
///
/// A truncated, oversized or otherwise broken reply is never represented by this type; the transport reports those as a
/// ``TransportFailure``. What an operator says is hostile input: nothing in here has been checked.
public struct WireReply: Sendable, Hashable {
    /// The status code of the final (not 1xx) response.
    public var status: Int
    /// The header fields in arrival order; names in lower case.
    public var headers: [WireRequest.Header]
    /// The body bytes, after content decoding, at most as many as the caller's cap.
    public var body: [UInt8]

    /// A complete one; half a reply is a ``TransportFailure``.
    public init(status: Int, headers: [WireRequest.Header] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The first value of a header, looked up without regard to case.
    public func header(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name.lowercased() == wanted }?.value
    }
}
