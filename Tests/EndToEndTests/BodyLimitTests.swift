import CurlTransport
import Foundation
import Router
import Testing

@testable import Host

/// How much anybody can make us read and keep.
@Suite("Body limits", .timeLimit(.minutes(10)))
struct BodyLimitTests {
    private func send(
        _ router: RunningRouter, _ method: WireRequest.Method, _ path: String, _ body: [UInt8], key: Bool = true
    ) async throws -> WireReply {
        var headers: [WireRequest.Header] = [
            .init("Content-Type", "application/json"), .init("Idempotency-Key", UUID().uuidString),
        ]
        if key { headers.append(.init("Authorization", "Bearer sk_sandbox_demo")) }
        return try await router.host.transport.ask(
            WireRequest(
                method, "http://127.0.0.1:\(router.host.options.port)" + path, headers: headers, body: body),
            terms: AskTerms(scope: ConnectionScope(owner: "test"))
        ).get()
    }

    private func spaces(_ count: Int) -> [UInt8] { Array(repeating: 0x20, count: count) }

    @Test
    func `the limit of each call is kept while reading, and told`() async throws {
        let router = try await RunningRouter()
        for (path, limit) in [
            ("/callbacks/tmoney-tg", 16_384), ("/v1/payments", 262_144), ("/v1/payouts", 131_072),
            ("/v1/payments/pay_x/confirm", 16_384),
        ] {
            let within = try await send(router, .post, path, spaces(limit))
            #expect(within.status != 413, "\(path)")
            for size in [limit + 1, 500_000] {
                let reply = try await send(router, .post, path, spaces(size))
                #expect(reply.status == 413, "\(path) \(size)")
                let problem = try StrictJSON.parse(reply.body)
                #expect(problem["detail"]?.stringValue?.contains("\(limit) bytes") == true, "\(path)")
                #expect(problem["code"] == "body_too_large")
            }
        }
        #expect(try await send(router, .post, "/nowhere", spaces(250_000)).status == 404, "nobody reads it")
        #expect(try await send(router, .post, "/v1/payments", spaces(250_000), key: false).status == 401)
        let long = String(repeating: "x", count: 17_000)
        #expect(await router.call("GET", "/callbacks/ksher-th?instance=\(long)", key: nil).status == 413)
        #expect(await router.call("PUT", "/callbacks/mtn-cm/\(long)", key: nil).status == 413)
        await router.stop()
    }

    @Test
    func `all the metadata that is allowed fits`() async throws {
        let router = try await RunningRouter()
        var metadata = JSONObject([])
        for number in 0..<50 {
            metadata["\(number)" + String(repeating: "é", count: 38)] = .string(String(repeating: "😀", count: 500))
        }
        let body: JSONValue = [
            "amount": 5_000, "currency": "XOF", "channel": "tmoney", "customer": ["phone": "+22890000001"],
            "metadata": .object(metadata), "description": .string(String(repeating: "😀", count: 250)),
        ]
        #expect(body.serialized().count > 100_000)
        #expect(try await send(router, .post, "/v1/payments", body.serialized()).status / 100 == 2)
        await router.stop()
    }

    @Test
    func `a setting allows larger notifications`() async throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        let text = try String(contentsOfFile: root + "/providers.json", encoding: .utf8)
        let router = try await RunningRouter(
            configuration: text.replacing(#""routing": {"#, with: #""callback_body_limit": 65536, "routing": {"#))
        #expect(try await send(router, .post, "/callbacks/tmoney-tg", spaces(60_000), key: false).status == 400)
        #expect(try await send(router, .post, "/callbacks/tmoney-tg", spaces(65_537), key: false).status == 413)
        #expect(try await send(router, .post, "/checkout", spaces(60_000), key: false).status == 413)
        await router.stop()
    }

    @Test
    func `strangers cannot fill the disk`() async throws {
        let router = try await RunningRouter()
        let before = try Self.size(of: router.folder)
        await withTaskGroup(of: Void.self) { group in
            for worker in 0..<4 {
                group.addTask {
                    for number in 0..<75 {
                        let pad = String(repeating: "x", count: 15_000)
                        let answer = await router.call(
                            "POST", "/callbacks/tmoney-tg",
                            bytes: Array(#"{"idRequete":"forged-\#(worker)-\#(number)","pad":"\#(pad)"}"#.utf8),
                            key: nil)
                        #expect([200, 503].contains(answer.status))
                    }
                }
            }
        }
        #expect(try Self.size(of: router.folder) - before < 8_000_000, "the log may grow to its checkpoint")
        #expect(try await router.host.engine.store.totals().inboxByTrust[.stranger] == 300)
        await router.stop()
        #expect(try Self.size(of: router.folder) - before < 400_000)
    }

    private static func size(of folder: String) throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: folder).reduce(0) { sum, name in
            let size = try FileManager.default.attributesOfItem(atPath: folder + "/" + name)[.size] as? Int
            return sum + (size ?? 0)
        }
    }
}
