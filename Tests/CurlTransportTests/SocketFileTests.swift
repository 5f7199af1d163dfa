import CurlTransport
import Foundation
import RawServer
import Router
import Testing

/// A socket file stands for the host: nothing of the exchange reaches the network.
@Suite struct SocketFileTests {
    private static func ask(_ url: String, _ path: String) async throws -> Result<WireReply, TransportFailure> {
        let transport = try CurlTransport(CurlConfiguration())
        let terms = AskTerms(scope: ConnectionScope(owner: "test"), addresses: .socketFile(path: path))
        let result = await transport.ask(WireRequest(.get, url), terms: terms)
        await transport.shutdown(grace: .zero)
        return result
    }

    @Test func `where nobody listens at the file, the host in the URL is not asked instead`() async throws {
        let server = try MisbehavingServer.answering()
        let result = try await Self.ask(server.url("/x"), NSTemporaryDirectory() + UUID().uuidString)
        let failure = #expect(throws: TransportFailure.self) { try result.get() }
        #expect(failure?.kind == .connect)
        #expect(await server.stop().connections == 0)
    }

    @Test func `a path that no address holds is a failure, not another file`() async throws {
        let result = try await Self.ask("http://localhost/x", "/tmp/" + String(repeating: "x", count: 200))
        #expect(throws: TransportFailure.self) { try result.get() }
    }
}
