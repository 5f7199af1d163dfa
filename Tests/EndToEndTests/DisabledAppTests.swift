import Foundation
import Router
import Testing

@testable import Host

/// Of a disabled app nothing is open: no key, no page, no link, no checkout; what is under way goes on.
@Suite("A disabled app", .timeLimit(.minutes(10)))
struct DisabledAppTests {
    private func control(_ router: RunningRouter, _ path: String) async -> Int {
        let request = APIRequest(
            method: "POST", path: path, query: "", headers: [], body: [], peer: "",
            id: RequestID(at: router.host.time.now, from: SystemRandom()))
        return await router.host.control.respond(to: request).status
    }

    private func browse(
        _ router: RunningRouter, _ method: String, _ target: String, _ form: String = ""
    ) async -> APIResponse {
        let parts = target.split(separator: "?", maxSplits: 1)
        return await router.host.dispatcher.respond(
            to: APIRequest(
                method: method, path: String(parts[0]), query: parts.count > 1 ? String(parts[1]) : "",
                headers: [("accept-language", "en")], body: Array(form.utf8), peer: "127.0.0.1",
                id: RequestID(at: router.host.time.now, from: SystemRandom())))
    }

    private func page(_ payment: JSONValue, _ path: String = "") -> String {
        let url = payment["hosted_url"]?.stringValue ?? ""
        let local = "/" + url.split(separator: "/").dropFirst(2).joined(separator: "/")
        let parts = local.split(separator: "?", maxSplits: 1)
        return parts[0] + path + "?" + (parts.last ?? "")
    }

    @Test
    func `keys, pages, links, pictures and checkout are closed, and open again`() async throws {
        let router = try await RunningRouter()
        let hosted = await router.create([
            "amount": 5_000, "currency": "XOF", "hosted": true, "customer": ["phone": "+22890000001"],
        ])
        #expect(hosted.status == 201, "\(hosted.json.jsonText)")
        let shown = await router.create(["amount": 9_001, "currency": "THB", "channel": "promptpay"])
        let picture = "/v1/payments/\(shown.json["id"]?.stringValue ?? "")/qr.svg"
        let checkout =
            "/checkout?key=\(KeyRing.demoPublishableKey)&amount=5000&currency=XOF&nonce=0123456789abcdef0123456789abcdef"
        let pages = [
            ("GET", page(hosted.json)), ("GET", page(hosted.json, "/events")), ("POST", page(hosted.json, "/choose")),
            ("POST", page(hosted.json, "/confirm")), ("POST", page(hosted.json, "/check")),
            ("POST", page(hosted.json, "/cancel")), ("GET", checkout),
            ("GET", checkout + "&payment=\(hosted.json["id"]?.stringValue ?? "")"),
        ]
        #expect(await browse(router, "GET", pages[0].1).status == 200)
        #expect(await browse(router, "GET", picture).status == 200)
        #expect(await browse(router, "GET", checkout).status == 200)

        #expect(await control(router, "/apps/demo/disable") == 200)
        for (method, target) in pages {
            let answer = await browse(router, method, target, "channel=tmoney&phone=%2B22890000001")
            #expect(answer.status == 403, "\(method) \(target)")
            #expect(String(decoding: answer.body, as: UTF8.self).contains("Payments are closed"), "\(target)")
            #expect(answer.stream == nil)
        }
        let began = await browse(
            router, "POST", "/checkout",
            "key=\(KeyRing.demoPublishableKey)&amount=5000&currency=XOF&nonce=0123456789abcdef0123456789abcdef")
        #expect(began.status == 403)
        #expect(await browse(router, "GET", picture).status == 404)
        #expect(await router.call("GET", "/v1/payments").status == 401)
        #expect(try await router.books().isEmpty, "nothing was collected")
        let french = await router.host.dispatcher.respond(
            to: APIRequest(
                method: "GET", path: String(pages[0].1.split(separator: "?")[0]),
                query: String(pages[0].1.split(separator: "?")[1]) + "&lang=fr", peer: "127.0.0.1",
                id: RequestID(at: router.host.time.now, from: SystemRandom())))
        #expect(String(decoding: french.body, as: UTF8.self).contains("Le paiement est fermé"))

        #expect(await control(router, "/apps/demo/enable") == 200)
        #expect(await browse(router, "GET", pages[0].1).status == 200)
        #expect(await browse(router, "GET", picture).status == 200)
        #expect(await browse(router, "POST", pages[2].1, "channel=tmoney&phone=%2B22890000001").status == 303)
        await router.stop()
    }

    @Test
    func `what is under way at an operator is checked to its end`() async throws {
        let router = try await RunningRouter()
        let payment = await router.create([
            "amount": 5_000, "currency": "XOF", "channel": "tmoney", "customer": ["phone": "+22890000001"],
        ])
        #expect(await control(router, "/apps/demo/disable") == 200)
        let id = try #require(payment.json["id"]?.stringValue)
        var status = ""
        for _ in 0..<100 where status != "succeeded" {
            status = await router.control("/orders/\(id)")["status"]?.stringValue ?? ""
            try await Task.sleep(for: .milliseconds(100))
        }
        #expect(status == "succeeded")
        await router.stop()
    }

    @Test
    func `a page that follows its payment hears of it`() async throws {
        let router = try await RunningRouter()
        let hosted = await router.create(["amount": 5_000, "currency": "XOF", "hosted": true])
        let answer = await browse(router, "GET", page(hosted.json, "/events"))
        let follow = try #require(answer.stream)
        let stream = follow()
        #expect(await control(router, "/apps/demo/disable") == 200)
        var last = ""
        for try await part in stream { last = part }
        #expect(last == "event: end\ndata: closed\n\n")
        await router.stop()
    }
}
