import CurlTransport
import Foundation
import Router

@testable import Host

/// A payer's browser on the hosted page of a payment that was begun with the publishable demo key.
struct CheckoutPage: Sendable {
    let router: RunningRouter
    let id: String
    private let token: String

    /// Posts `/checkout` as `checkout.js` does; `nil` if it leads to no payment.
    init?(on router: RunningRouter, _ fields: [String: String]) async {
        let nonce = UUID().uuidString.lowercased().filter { $0 != "-" }
        var all = fields
        all["key"] = KeyRing.demoPublishableKey
        all["nonce"] = nonce
        let answer = await Self.post(router, "/checkout", all)
        guard answer.status == 303, let place = answer.header("location"),
            let query = place.firstIndex(of: "?"), let token = place[query...].split(separator: "=").dropFirst().first
        else { return nil }
        self.router = router
        id = String(place.dropFirst("/pay/".count).prefix { $0 != "?" })
        self.token = String(token.prefix { $0 != "&" })
    }

    /// Sends one of the page's forms.
    func submit(_ form: String, _ fields: [String: String] = [:]) async -> Int {
        await Self.post(router, "/pay/\(id)/\(form)?t=\(token)&lang=en", fields).status
    }

    /// The page as it is now.
    func text() async -> String {
        let request = APIRequest(
            method: "GET", path: "/pay/\(id)", query: "t=\(token)&lang=en", headers: [], body: [], peer: "127.0.0.1",
            id: RequestID(at: router.host.time.now, from: SystemRandom()))
        return String(decoding: await router.host.dispatcher.respond(to: request).body, as: UTF8.self)
    }

    /// The payment as its shop sees it.
    func payment() async -> JSONValue { await router.call("GET", "/v1/payments/\(id)").json }

    /// The shop accepts an amount.
    func accept(_ amount: Int64, _ currency: String, key: String = UUID().uuidString) async -> RunningRouter.Answer {
        await router.call(
            "POST", "/v1/payments/\(id)/accept", ["amount": JSONValue(amount), "currency": .string(currency)],
            idempotencyKey: key)
    }

    /// The shop sends a code, with the amount it expects or without.
    func confirm(_ code: String, _ amount: Int64? = nil, _ currency: String? = nil) async -> RunningRouter.Answer {
        let body: JSONValue = [
            "code": .string(code), "amount": amount.map { JSONValue($0) } ?? .null, "currency": JSONValue(currency),
        ]
        return await router.call(
            "POST", "/v1/payments/\(id)/confirm", body.withoutNulls, idempotencyKey: UUID().uuidString)
    }

    private static func post(
        _ router: RunningRouter, _ target: String, _ fields: [String: String]
    ) async -> RunningRouter.Answer {
        let body = fields.map { name, value in
            name + "=" + value.replacing("+", with: "%2B").replacing(" ", with: "%20")
        }
        return await router.call(
            "POST", target, bytes: Array(body.joined(separator: "&").utf8), key: nil,
            type: "application/x-www-form-urlencoded")
    }
}

extension RunningRouter {
    /// How often a sandbox operator was called for an operation; `nil` counts the calls of all of them.
    func sandboxRequests(_ operation: String, of name: String? = nil) async throws -> Int64 {
        guard let url = host.sandboxURL else { return 0 }
        let reply = try await host.transport.ask(
            WireRequest(.get, url + "/_requests"), terms: .init(scope: .init(owner: "test"))
        ).get()
        let lines = try StrictJSON.parse(reply.body)["requests"]?.arrayValue ?? []
        let counted = lines.filter { line in
            line["operation"]?.stringValue == operation
                && (name.map { line["operator"]?.stringValue == $0 } ?? true)
        }
        return counted.reduce(0) {
            $0 + ($1["count"]?.integerValue ?? 0)
        }
    }
}
