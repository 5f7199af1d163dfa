import CurlTransport
import Foundation
import Router
import WebText

@testable import Host
@testable import Providers

/// A payer of one payment, who does what the router shows in `next_action`: opens its page, posts its form, scans its code.
///
/// Sandbox operators are paid by nobody else. A payment may show its link late, or another one, so the payer looks again
/// while it follows the payment, and opens each link once.
struct SandboxPayer {
    private let router: RunningRouter
    private var opened: Set<String> = []

    init(on router: RunningRouter) { self.router = router }

    /// Follows a payment that was just created, by long polling, until something holds or a number of polls is used up.
    ///
    /// Anything without a `next_action` is followed all the same.
    mutating func follow(
        _ created: JSONValue, path: String, polls: Int, until isEnough: (JSONValue) -> Bool
    ) async -> JSONValue {
        var order = created
        await look(at: order)
        let end = router.host.time.now.adding(seconds: Int64(polls))
        while true {
            order = await router.call("GET", path + "?wait=1").json
            await look(at: order)
            if isEnough(order) || router.host.time.now >= end { return order }
            await router.host.time.sleep(until: router.host.time.now.adding(milliseconds: 50))
        }
    }

    private mutating func look(at order: JSONValue) async {
        guard let first = order["next_action"], let sandbox = router.host.sandboxURL else { return }
        for action in [first] + (first["also"]?.arrayValue ?? []) {
            guard let request = Self.request(for: action, of: order, at: sandbox),
                opened.insert(request.url + String(decoding: request.body, as: UTF8.self)).inserted
            else { continue }
            // What the page looks like, and where it would send a browser, is of no interest here.
            _ = await router.host.transport.ask(request, terms: AskTerms(scope: ConnectionScope(owner: "payer")))
        }
    }

    /// What a browser or a wallet's camera asks for; `nil` if nothing of the sandbox operators is shown.
    private static func request(for action: JSONValue, of order: JSONValue, at sandbox: String) -> WireRequest? {
        let request: WireRequest
        switch action["type"]?.stringValue {
        case "redirect": request = WireRequest(.get, action["url"]?.stringValue ?? "")
        case "show_qr":
            guard let content = action["content"]?.stringValue else { return nil }
            // Whoever scans a picture finds the order's page in it; here its address is made from the order's number.
            let reference = order["attempts"]?.arrayValue?.last?["reference"]?.stringValue ?? ""
            request = WireRequest(.get, content.hasPrefix("data:") ? "\(sandbox)/ksher/pay/\(reference)" : content)
        case "submit_form":
            let fields = action["fields"]?.objectValue?.members ?? []
            let body = FormText.encoded(fields.map { ($0.name, $0.value.stringValue ?? "") })
            request = WireRequest(
                .post, action["url"]?.stringValue ?? "",
                headers: [.init("Content-Type", "application/x-www-form-urlencoded")], body: Array(body.utf8))
        default: return nil
        }
        return request.url.hasPrefix(sandbox + "/") ? request : nil
    }
}
