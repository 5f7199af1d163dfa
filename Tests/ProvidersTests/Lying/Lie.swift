import RawServer
import Router
import Testing

/// What an operator wants to say.
struct Told: Sendable {
    var status: Int
    var body: [UInt8]

    init(status: Int = 200, body: [UInt8]) {
        self.status = status
        self.body = body
    }

    init(status: Int = 200, json: JSONValue) { self.init(status: status, body: json.serialized()) }

    /// Status line and header.
    ///
    /// - Parameters:
    ///   - fields: Header lines, each with its end.
    ///   - version: The version of the status line.
    ///   - length: The announced length; the body's if it is left out, none at all with `nil`.
    /// - Returns: Everything in front of the body.
    func head(_ fields: String = "", version: String = "HTTP/1.1", length: Int?? = .none) -> String {
        let announced = length ?? body.count
        return "\(version) \(status) Said\r\nContent-Type: application/json\r\n\(fields)"
            + (announced.map { "Content-Length: \($0)\r\n" } ?? "") + "\r\n"
    }

    /// The same with another body.
    func saying(_ body: [UInt8]) -> Told { Told(status: status, body: body) }

    func saying(_ text: String) -> Told { saying(Array(text.utf8)) }

    /// The whole answer, framed as it should be.
    func whole(_ fields: String = "") -> [UInt8] { Array(head(fields).utf8) + body }
}

/// One way for the wire to lie about what an operator says.
struct Lie: Sendable, CustomTestStringConvertible {
    /// When it begins.
    enum Stage: Sendable { case connected, head, request }

    /// Whether what was told gets through.
    enum Reads: Sendable {
        /// It is all there, if strangely dressed.
        case whole
        /// Nothing of it may be believed.
        case never
        /// The network, or the operator's answer to this request, decides.
        case either
    }

    let testDescription: String
    let reads: Reads
    var stage = Stage.request
    /// Whether the client's patience decides.
    var isSlow = false
    let tell: @Sendable (Peer, Told) -> Void

    init(
        _ name: String, _ reads: Reads, at stage: Stage = .request, isSlow: Bool = false,
        tell: @escaping @Sendable (Peer, Told) -> Void
    ) {
        testDescription = name
        self.reads = reads
        self.stage = stage
        self.isSlow = isSlow
        self.tell = tell
    }

    /// Bytes, after which the connection is closed in order.
    static func says(_ name: String, _ reads: Reads, _ bytes: @escaping @Sendable (Told) -> [UInt8]) -> Lie {
        Lie(name, reads) { peer, told in
            peer.write(bytes(told))
            peer.close()
        }
    }

    /// Bytes, after which the server keeps the connection and waits for what comes next.
    static func stays(
        _ name: String, _ reads: Reads, isSlow: Bool = false, _ bytes: @escaping @Sendable (Told) -> [UInt8]
    ) -> Lie {
        Lie(name, reads, isSlow: isSlow) { $0.write(bytes($1)) }
    }
}
