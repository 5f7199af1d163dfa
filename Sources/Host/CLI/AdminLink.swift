import Router

/// Runs administrative calls: through the control socket of a running router, or else with the store at hand, under its
/// lock (docs/decisions.md, 8).
struct AdminLink {
    let data: String

    /// Sends one call.
    ///
    /// - Throws: ``CommandFailure`` with the problem's text if the call was refused.
    func call(_ method: String, _ target: String, _ body: JSONValue? = nil) async throws -> JSONValue {
        let response: APIResponse
        if let answer = ControlClient(path: ControlSocket(folder: data).path).send(method, target, body) {
            response = answer
        } else {
            response = try await offline(method, target, body)
        }
        let value = (try? StrictJSON.parse(response.body, maximumDepth: 64)) ?? .null
        guard (200..<300).contains(response.status) else {
            throw CommandFailure(
                description: value["detail"]?.stringValue ?? "the router answered \(response.status)",
                exit: response.status == 400 ? .wrongArguments : .failed)
        }
        return value
    }

    private func offline(_ method: String, _ target: String, _ body: JSONValue?) async throws -> APIResponse {
        let host = try await OfflineHost.open(data)
        let parts = target.split(separator: "?", maxSplits: 1)
        let request = APIRequest(
            method: method, path: String(parts[0]), query: parts.count > 1 ? String(parts[1]) : "",
            headers: [("content-type", "application/json")], body: body?.serialized() ?? [],
            id: RequestID(at: host.time.now, from: SystemRandom()))
        let response = await host.dispatcher.respond(to: request)
        await host.store.close()
        return response
    }
}

/// Percent-encodes a value for a query or a path segment.
func encoded(_ text: String) -> String {
    text.utf8.map { byte in
        let isPlain =
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            || [0x2D, 0x2E, 0x5F, 0x7E].contains(byte)
        return isPlain ? String(UnicodeScalar(byte)) : "%" + Hex.text([byte]).uppercased()
    }.joined()
}
