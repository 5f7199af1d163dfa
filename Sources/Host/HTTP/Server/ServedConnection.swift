import HTTPListener
import HTTPTypes
import NIOCore
import NIOHTTP1

/// Answers the requests of one connection, one after the other, on its event loop.
struct ServedConnection: Sendable {
    let intake: NIOLoopBound<RequestIntake>
    let channel: any Channel
    /// `nil` if the connection was turned away; then nothing comes.
    let visit: Visit?
    let responder: HTTPServer.Responder
    let date: DateLine

    /// Serves until the connection ends.
    ///
    /// Concurrent, so that it begins on the task's executor and not on that of whoever calls.
    @concurrent
    func serve() async {
        let intake = intake.value
        let peer = channel.remoteAddress?.ipAddress ?? ""
        do {
            while let head = try await nextHead(intake) {
                let body = IncomingBody(intake)
                try await write(await responder.respond(to: head, body, from: peer, visit), to: intake)
                guard await intake.hasRoom() else { break }
            }
            intake.finish()
        } catch {
            // What cannot be read any more cannot be answered either, and an answer that breaks off must not look whole.
            channel.close(promise: nil)
        }
        try? await channel.closeFuture.get()
    }

    /// The next request's head, after what is left of the one before it.
    private func nextHead(_ intake: RequestIntake) async throws -> HTTPRequestHead? {
        while let part = try await intake.next() {
            if case .head(let head) = part { return head }
        }
        return nil
    }

    private func write(_ answer: APIResponse, to intake: RequestIntake) async throws {
        intake.write(.head(head(of: answer)))
        if let stream = answer.stream {
            intake.flush()
            for try await piece in stream() {
                guard await intake.hasRoom() else { return }
                intake.write(.body(.byteBuffer(ByteBuffer(string: piece))))
                intake.flush()
            }
        } else if !answer.body.isEmpty {
            intake.write(.body(.byteBuffer(ByteBuffer(bytes: answer.body))))
        }
        intake.write(.end(nil))
        intake.flush()
    }

    private func head(of answer: APIResponse) -> HTTPResponseHead {
        var headers = HTTPHeaders()
        headers.reserveCapacity(answer.headers.count + 2)
        var saysLength = false
        for (name, value) in answer.headers {
            saysLength = saysLength || name == "content-length"
            headers.add(name: name, value: HeaderText.harmless(value))
        }
        if answer.stream == nil, !saysLength {
            headers.add(name: "Content-Length", value: String(answer.body.count))
        }
        headers.add(name: "Date", value: date.now)
        return HTTPResponseHead(
            version: .http1_1, status: HTTPResponseStatus(statusCode: answer.status), headers: headers)
    }
}

/// The body of one request, as it comes.
struct IncomingBody {
    private let intake: RequestIntake

    init(_ intake: RequestIntake) { self.intake = intake }

    /// The whole body, of which no more than the limit is ever kept.
    func read(limit: Int) async throws(Problem) -> [UInt8] {
        var bytes: [UInt8] = []
        do {
            while let part = try await intake.next() {
                switch part {
                case .head: break
                case .body(let piece):
                    guard bytes.count + piece.readableBytes <= limit else {
                        throw Problem(.bodyTooLarge, "the body has more than \(limit) bytes")
                    }
                    bytes += piece.readableBytesView
                case .end: return bytes
                }
            }
        } catch let problem as Problem {
            throw problem
        } catch is BodyTooSlow {
            throw Problem(.requestTimeout, "the body did not come whole in time; nothing was done")
        } catch {
            throw Problem(.malformedRequest, "the body cannot be read: \(error)")
        }
        throw Problem(.malformedRequest, "the body ended before it was whole")
    }
}

/// Values of header fields without what would begin another line.
enum HeaderText {
    /// The value as it may stand in a field (RFC 9110, section 5.5).
    static func harmless(_ value: String) -> String {
        HTTPField.isValidValue(value) ? value : HTTPField(name: .location, value: value).value
    }
}
