import Router
import WebText

/// Runs administrative calls: through the control socket of a running router, or else with the store at hand, under its
/// lock (docs/decisions.md, 8).
struct AdminLink {
    let data: String
    /// Whether answers are shown as text: then nothing in them steers the terminal, or begins a line of its own.
    var isForPeople = false

    /// How many bytes a path with its query may have: its address is a little longer, and 8000 are sent.
    private static let longest = 7_900

    /// Sends one call.
    ///
    /// - Throws: ``CommandFailure`` with the problem's text if the call was refused.
    func call(_ method: WireRequest.Method, _ target: String, _ body: JSONValue? = nil) async throws -> JSONValue {
        let (status, bytes) = try await answer(method, target, body)
        let value = try? StrictJSON.parse(bytes, maximumDepth: 64)
        // Every answer of a router is an object: what is none is somebody else's, and says nothing of what was asked.
        guard let value, value.objectValue != nil else {
            throw CommandFailure(
                description: "what answers at \(ControlSocket(folder: data).path) is no router (status \(status)); "
                    + "stop it, or name the right folder with --data")
        }
        guard (200..<300).contains(status) else {
            let detail = value["detail"]?.stringValue
            throw CommandFailure(
                description: detail ?? "the router answered \(status) without a reason; its log may say more",
                exit: status == 400 && detail != nil ? .wrongArguments : .failed)
        }
        return isForPeople ? VisibleText.escaped(value) : value
    }

    private func answer(
        _ method: WireRequest.Method, _ target: String, _ body: JSONValue?
    ) async throws -> (status: Int, body: [UInt8]) {
        guard target.utf8.count <= Self.longest else {
            throw CommandFailure.wrongArgument(
                "what was given is too long: the call would have \(target.utf8.count) bytes, and \(Self.longest) are taken; "
                    + "give less")
        }
        switch try await ControlClient(path: ControlSocket(folder: data).path).send(method, target, body) {
        case .success(let reply)?: return (reply.status, reply.body)
        case .failure(let failure)?:
            throw CommandFailure(
                description: "the router that runs on \(data) gave no whole answer (\(failure))"
                    + (method == .get ? "; ask again" : "; it may have done what was asked: look before you ask again"))
        case nil:
            let response = try await offline(method.rawValue, target, body)
            return (response.status, response.body)
        }
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
