import HTTPTypes
import NIOHTTP1
import NIOHTTPTypesHTTP1
import Router

extension HTTPServer {
    /// From NIO's requests to the dispatcher's: first the head, then, of those who may call, the body.
    struct Responder: Sendable {
        let dispatcher: Dispatcher
        let time: any TimeSource
        let random: any RandomSource

        func respond(
            to head: HTTPRequestHead, _ body: IncomingBody, from peer: String, _ visit: Visit?
        ) async -> APIResponse {
            let target = RequestTarget(Self.path(of: head))
            var api = APIRequest(
                method: head.method.rawValue, path: target.path, query: target.query, headers: Self.fields(of: head),
                peer: peer, id: RequestID(at: time.now, from: random))
            api.host = head.headers.first(name: "host")
            if let fault = visit?.fault {
                return dispatcher.refuse(api, fault.problem).with("connection", "close")
            }
            let admitted: Dispatcher.Admitted
            switch await dispatcher.admit(api, hasBody: api.announcesBody) {
            case .refused(let answer): return answer
            case .admitted(let admission): admitted = admission
            }
            if admitted.caller != nil { visit?.recognise() }
            if head.awaitsInvitation { visit?.connection.invite() }
            do throws(Problem) {
                let bytes = try await body.read(limit: admitted.bodyLimit)
                return await dispatcher.respond(to: admitted, body: bytes)
            } catch {
                return dispatcher.refuse(admitted, error).with("connection", "close")
            }
        }

        /// The path and the query; of a target that names a host, too, what stands behind it (RFC 9112, section 3.2.2).
        private static func path(of head: HTTPRequestHead) -> String {
            if head.uri.utf8.first == UInt8(ascii: "/") { return head.uri }
            return (try? HTTPRequest(head, secure: false, splitCookie: false))?.path ?? ""
        }

        /// The fields with names in lower case, without the host, which is looked at with the head.
        private static func fields(of head: HTTPRequestHead) -> [(name: String, value: String)] {
            var fields: [(name: String, value: String)] = []
            fields.reserveCapacity(head.headers.count)
            var isFirstHost = true
            for (name, value) in head.headers {
                let name = name.lowercased()
                if isFirstHost, name == "host" {
                    isFirstHost = false
                } else {
                    fields.append((name, HeaderText.harmless(value)))
                }
            }
            return fields
        }
    }
}

extension APIRequest {
    /// Whether the head says that a body follows.
    fileprivate var announcesBody: Bool {
        !values("transfer-encoding").isEmpty || values("content-length").contains { $0 != "0" }
    }
}
