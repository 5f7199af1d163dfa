import Router
import Testing

@testable import Host

/// Paths are percent-decoded once, segment by segment.
@Suite("Paths") struct PathTests {
    private static let routes: RouteTable = {
        var routes = RouteTable()
        let answer: RouteTable.OpenHandler = { request in
            let pairs = request.parameters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            return .bytes(Array(pairs.joined(separator: "&").utf8), type: "text/plain")
        }
        routes.open("GET", "/v1/parties/{phone}", answer)
        routes.open("POST", "/apps/{id}/disable", answer)
        routes.open("POST", "/callbacks/{provider}/{rest...}", answer)
        routes.open("POST", "/v1/payments", answer)
        return routes
    }()

    private struct Silent: RequestObserver {
        func answered(
            _ request: APIRequest, template: String, caller: Caller?, status: Int, elapsed: Duration
        ) {}
    }

    private func respond(
        _ method: String, _ path: String, headers: [(name: String, value: String)] = [], body: String = ""
    ) async -> APIResponse {
        let keys = KeyRing(.fresh(MasterKey.random().key), store: NoApps(), time: HostClock())
        let dispatcher = Dispatcher(routes: Self.routes, keys: keys, publicURL: "", observer: Silent())
        return await dispatcher.respond(
            to: APIRequest(
                method: method, path: path, headers: headers, body: Array(body.utf8),
                id: RequestID(at: Moment(milliseconds: 0), from: SystemRandom())))
    }

    private func text(_ response: APIResponse) -> String { String(decoding: response.body, as: UTF8.self) }

    @Test(arguments: [
        ("+237670000001", "+237670000001"), ("%2B237670000001", "+237670000001"), ("237%20670", "237 670"),
        ("%2b237", "+237"), ("a%2Fb", "a/b"), ("a%252Fb", "a%2Fb"), ("%2525", "%25"), ("%25", "%"),
        ("%00", "\u{0}"),
        ("%E2%82%AC", "\u{20AC}"), ("\u{E9}", "\u{E9}"), ("a+b%2Bc", "a+b+c"), ("%2E%2E", ".."),
        ("a%3Fb%23c", "a?b#c"),
        ("%70%61y", "pay"),
    ])
    func `each segment once; a plus is a plus`(_ segment: String, _ value: String) async {
        let response = await respond("GET", "/v1/parties/\(segment)")
        #expect(response.status == 200)
        #expect(text(response) == "phone=\(value)")
    }

    @Test(arguments: [
        "%", "%2", "%zz", "%2G", "%+1", "%-1", "% 1", "abc%", "%C0%AF", "%FF", "%ED%A0%80", "%E2%82", "%80",
        "%F4%90%80%80", "22890112233%",
    ])
    func `what is not percent-encoded UTF-8 is a 400 that names the segment, not what stands in it`(
        _ segment: String
    ) async {
        let response = await respond("GET", "/v1/parties/\(segment)")
        #expect(response.status == 400, "\(segment)")
        #expect(text(response).contains("malformed_request") && text(response).contains("segment 3 of the path"))
        #expect(!text(response).contains("22890112233"))
        #expect(await respond("POST", "/callbacks/a/b/\(segment)").status == 400)
    }

    @Test
    func `an encoded slash is no slash: neither between segments nor within a name of the table`() async {
        for path in ["/v1%2Fparties/1", "/v1/parties%2F1", "%2Fv1/parties/1"] {
            #expect(await respond("GET", path).status == 404, "\(path)")
        }
        #expect(await text(respond("POST", "/apps/a%2Fdisable/disable")) == "id=a/disable")
        #expect(await text(respond("POST", "/apps/Shop%20A/disable")) == "id=Shop A")
        #expect(await text(respond("POST", "/%61pps/x/dis%61ble")) == "id=x")
        #expect(await respond("GET", "/%61pps/x/dis%61ble").status == 405)
    }

    @Test
    func `what operators append to their address stays as it came`() async {
        #expect(
            await text(respond("POST", "/callbacks/tmoney%2Dtg/a%2Fb/c+d%20e"))
                == "provider=tmoney-tg&rest=a%2Fb/c+d%20e")
    }

    @Test(arguments: ["gzip", "GZIP", "deflate", "br", "x-gzip", "identity, gzip", " zstd "])
    func `a compressed body is a 415 that says what to do`(_ coding: String) async {
        let response = await respond("POST", "/v1/payments", headers: [("content-encoding", coding)], body: "\u{1F}")
        #expect(response.status == 415)
        #expect(text(response).contains("Content-Encoding"))
        #expect(response.headers.contains { $0.name == "accept-encoding" && $0.value == "identity" })
        // A notification that nobody can read is not taken either.
        #expect(
            await respond("POST", "/callbacks/a/b", headers: [("content-encoding", coding)], body: "x").status == 415)
        #expect(await respond("POST", "/v1/payments", headers: [("content-encoding", coding)]).status == 200)
    }

    @Test(arguments: ["identity", "", "Identity", "identity,identity"])
    func `a body that says that it is as it is`(_ coding: String) async {
        #expect(
            await respond("POST", "/v1/payments", headers: [("content-encoding", coding)], body: "x").status == 200)
    }
}
