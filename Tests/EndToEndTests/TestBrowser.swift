import Foundation
import Router
import Synchronization
import Testing
import WebText

@testable import Host

/// Somebody's browser: keeps cookies, fills in forms, follows nothing by itself.
final class TestBrowser: Sendable {
    private let router: RunningRouter
    private let cookies = Mutex<[String: String]>([:])

    /// Whether it looks at the port of those who run the router.
    private let isInside: Bool

    init(_ router: RunningRouter, inside: Bool = false) {
        self.router = router
        isInside = inside
    }

    /// A cookie that it keeps, or is given.
    subscript(cookie name: String) -> String? {
        get { cookies.withLock { $0[name] } }
        set { cookies.withLock { $0[name] = newValue } }
    }

    struct Page: Sendable {
        var status: Int
        var headers: [(name: String, value: String)]
        var text: String
        /// What follows the answer's beginning, where it has no end of its own.
        var stream: (@Sendable () -> AsyncThrowingStream<String, any Error>)?

        func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
        var location: String { header("location") ?? "" }

        /// What a form of the page sends unless somebody types over it: that of a submit button, counted from 0.
        func fields(_ form: Int = 0) -> [(String, String)] {
            let forms = text.components(separatedBy: "<form ").dropFirst().map { $0 }
            guard form < forms.count else { return [] }
            return forms[form].matches(of: /<input[^>]*name="([^"]*)"[^>]*value="([^"]*)"/).map {
                (String($0.1), String($0.2).replacing("&amp;", with: "&"))
            }
        }
    }

    func get(_ path: String) async -> Page { await send("GET", path, [], []) }

    /// Sends a page's form with what somebody typed.
    func submit(_ path: String, _ fields: [(String, String)], typing typed: [String: String] = [:]) async -> Page {
        var all = fields.filter { typed[$0.0] == nil }
        all += typed.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        return await send("POST", path, all, [("origin", router.host.engine.settings.publicURL)])
    }

    func send(
        _ method: String, _ target: String, _ fields: [(String, String)], _ headers: [(name: String, value: String)]
    ) async -> Page {
        let parts = target.split(separator: "?", maxSplits: 1)
        var all = headers + [("accept-language", "en")]
        let jar = cookies.withLock { $0 }
        if !jar.isEmpty {
            all.append(
                ("cookie", jar.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")))
        }
        if method == "POST" { all.append(("content-type", "application/x-www-form-urlencoded")) }
        let request = APIRequest(
            method: method, path: String(parts[0]), query: parts.count > 1 ? String(parts[1]) : "", headers: all,
            body: Array(FormText.encoded(fields).utf8), peer: "127.0.0.1",
            id: RequestID(at: router.host.time.now, from: SystemRandom()))
        let response = await (isInside ? router.host.admin : router.host.dispatcher).respond(to: request)
        for (name, value) in response.headers where name == "set-cookie" {
            guard let match = value.firstMatch(of: /^([^=]+)=([^;]*);.*Max-Age=([0-9]+)/) else { continue }
            cookies.withLock { $0[String(match.1)] = match.3 == "0" ? nil : String(match.2) }
        }
        return Page(
            status: response.status, headers: response.headers, text: String(decoding: response.body, as: UTF8.self),
            stream: response.stream)
    }

    /// Signs in to the console with the form.
    func signInToConsole(_ name: String, next: String = "/console") async -> Page {
        let page = await get("/console/signin?next=\(next)")
        return await submit(
            "/console/signin", page.fields(), typing: ["username": name, "password": TestHolder.password])
    }

    /// Signs in with the form.
    func signIn(_ username: String, next: String = "/wallet") async -> Page {
        let page = await get("/wallet/signin?next=\(next)")
        return await submit(
            "/wallet/signin", page.fields(), typing: ["username": username, "password": TestHolder.password])
    }
}
