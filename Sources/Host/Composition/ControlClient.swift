package import CurlTransport
package import Router

/// Talks to a running router over its control socket.
///
/// Each call has a driver and a connection of its own: nothing can be sent twice because a warm connection turned out to be
/// dead.
package struct ControlClient: Sendable {
    /// What a read may take; the store answers at once, and long lists take a moment to send.
    private static let reading = WireLimits(totalMilliseconds: 20_000, maximumReplyBytes: 64 << 20, lowSpeedSeconds: 10)
    /// Some changes wait for the store, or for a test webhook, before they are answered.
    private static let changing = WireLimits(totalMilliseconds: 60_000, maximumReplyBytes: 1 << 20, lowSpeedSeconds: 60)
    /// How long a router may take to show that it runs.
    private static let signOfLife = WireLimits(totalMilliseconds: 5_000)

    private let socket: ControlSocket

    /// A client for the socket at a path; nothing is opened before the first call.
    package init(path: String) { socket = ControlSocket(path: path) }

    /// Sends a request.
    ///
    /// - Returns: The whole answer, or why there is none; `nil` if no router listens there.
    /// - Throws: ``CurlStartError`` if this machine has nothing left to talk with.
    package func send(
        _ method: WireRequest.Method, _ target: String, _ body: JSONValue? = nil
    ) async throws(CurlStartError) -> Result<WireReply, TransportFailure>? {
        try await ask(
            WireRequest(
                method, "http://localhost" + target, headers: [WireRequest.Header("Content-Type", "application/json")],
                body: body?.serialized() ?? []), method == .get ? Self.reading : Self.changing)
    }

    /// Whether a router listens there, even if it does not answer.
    package var isAnswered: Bool {
        get async throws(CurlStartError) {
            try await ask(WireRequest(.get, "http://localhost/"), Self.signOfLife) != nil
        }
    }

    private func ask(
        _ request: WireRequest, _ limits: WireLimits
    ) async throws(CurlStartError) -> Result<WireReply, TransportFailure>? {
        let transport = try CurlTransport(CurlConfiguration(maximumConnections: 2))
        let address = socket.address()
        // The name is worth something only while it is held.
        defer { withExtendedLifetime(address) {} }
        let result = await transport.ask(
            request,
            terms: AskTerms(
                limits: limits, scope: ConnectionScope(owner: "control"), addresses: .socketFile(path: address.text)))
        await transport.shutdown(grace: .zero)
        if case .failure(let failure) = result, failure.kind == .connect { return nil }
        return result
    }
}
