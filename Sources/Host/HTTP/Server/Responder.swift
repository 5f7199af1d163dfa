import HTTPTypes
import HummingbirdCore
import NIOCore
import Router

extension HTTPServer {
    /// From Hummingbird's requests to the dispatcher's and back: first the head, then, of those who may call, the body.
    struct Responder: Sendable {
        let dispatcher: Dispatcher
        let time: any TimeSource
        let random: any RandomSource

        func respond(to request: Request, from peer: String) async -> Response {
            let target = RequestTarget(request.head.path ?? "")
            let api = APIRequest(
                method: request.method.rawValue, path: target.path, query: target.query,
                headers: request.headers.map { ($0.name.canonicalName, $0.value) }, peer: peer,
                id: RequestID(at: time.now, from: random))
            let visit = Visit.current
            if let fault = visit?.fault {
                return Self.response(dispatcher.refuse(api, fault.problem).with("connection", "close"))
            }
            let admitted: Dispatcher.Admitted
            switch await dispatcher.admit(api, hasBody: api.announcesBody) {
            case .refused(let answer): return Self.response(answer)
            case .admitted(let admission): admitted = admission
            }
            if admitted.caller != nil { visit?.recognise() }
            visit?.connection.invite()
            do throws(Problem) {
                let body = try await Self.read(request.body, limit: admitted.bodyLimit)
                return Self.response(await dispatcher.respond(to: admitted, body: body))
            } catch {
                return Self.response(dispatcher.refuse(admitted, error).with("connection", "close"))
            }
        }

        /// The whole body, of which no more than the limit is ever held.
        private static func read(_ body: RequestBody, limit: Int) async throws(Problem) -> [UInt8] {
            var bytes: [UInt8] = []
            do {
                for try await part in body {
                    guard bytes.count + part.readableBytes <= limit else {
                        throw Problem(.bodyTooLarge, "the body has more than \(limit) bytes")
                    }
                    bytes += part.readableBytesView
                }
            } catch let problem as Problem {
                throw problem
            } catch is BodyTooSlow {
                throw Problem(.requestTimeout, "the body did not come whole in time; nothing was done")
            } catch {
                throw Problem(.malformedRequest, "the body cannot be read: \(error)")
            }
            return bytes
        }

        /// The fields of nearly every answer, whose names need no checking each time.
        private static let usual: [String: HTTPField.Name] = Dictionary(
            uniqueKeysWithValues: [
                "content-type", "cache-control", "location", "ratelimit", "ratelimit-policy", "request-id",
                "retry-after",
            ].compactMap { name in HTTPField.Name(name).map { (name, $0) } })

        private static func response(_ answer: APIResponse) -> Response {
            var fields = HTTPFields()
            // The date and the length are added behind.
            fields.reserveCapacity(answer.headers.count + 2)
            for (name, value) in answer.headers {
                guard let field = usual[name] ?? HTTPField.Name(name) else { continue }
                fields.append(HTTPField(name: field, value: value))
            }
            if let stream = answer.stream {
                let pieces = stream().map { ByteBuffer(string: $0) }
                return Response(
                    status: .init(code: answer.status), headers: fields, body: ResponseBody(asyncSequence: pieces))
            }
            return Response(
                status: .init(code: answer.status), headers: fields,
                body: answer.body.isEmpty ? .init() : .init(byteBuffer: ByteBuffer(bytes: answer.body)))
        }
    }
}

extension APIRequest {
    /// Whether the head says that a body follows.
    fileprivate var announcesBody: Bool {
        !values("transfer-encoding").isEmpty || values("content-length").contains { $0 != "0" }
    }
}
