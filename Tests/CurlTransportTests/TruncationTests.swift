import RawServer
import Router
import Synchronization
import Testing

/// A reply that ends one byte too early is no reply, wherever it ends.
@Suite("Truncation")
struct TruncationTests {
    static let replies = [
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 16\r\n\r\n{\"status\":\"paid\"",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n{\"status\r\nA\r\n\":\"paid\"}\n\r\n0\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n",
    ]

    @Test(arguments: replies, [Mode.fresh, .warm])
    func `every prefix is a failure`(_ reply: String, _ mode: Mode) async throws {
        let whole = Array(reply.utf8)
        let length = Mutex(0)
        let server = try MisbehavingServer { peer in
            while let request = peer.readRequest() {
                guard request.path != "/warm-up" else {
                    peer.write(MisbehavingServer.ok)
                    continue
                }
                return peer.write(Array(whole[..<length.withLock { $0 }]))
            }
        }
        try await Line.with { line in
            for count in 0...whole.count {
                length.withLock { $0 = count }
                if mode == .warm { _ = await line.exchange(server.url("/warm-up"), .warm) }
                let seen = await line.exchange(server.url("/\(count)"), mode)
                // libcurl does not wait for the very last line feed of a chunked body, which carries nothing.
                let isEnough = count == whole.count || (reply.contains("chunked") && count == whole.count - 1)
                #expect((seen.reply != nil) == isEnough, "cut after \(count) bytes: \(seen.result)")
                #expect(seen.gateOpened)
            }
        }
        let page = await server.stop()
        for count in 0...whole.count { #expect(page.full["/\(count)"] == 1) }
        #expect(page.begun == (whole.count + 1) * (mode == .warm ? 2 : 1))
    }
}
