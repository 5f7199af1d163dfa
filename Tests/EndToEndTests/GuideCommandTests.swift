import Foundation
import Router
import Testing

@testable import Host

/// Every `curl` of the guide, as a reader would paste it, against a running router.
@Suite("The guide's commands", .timeLimit(.minutes(5)))
struct GuideCommandTests {
    /// A command as it stands in the guide.
    struct Command: Sendable {
        var chapter: String
        var method: String
        var target: String
        var headers: [(name: String, value: String)] = []
        var body: String?

        /// Reads the words of a shell line: single quotes, continuation lines, nothing else.
        init?(_ text: String, chapter: String) {
            self.chapter = chapter
            let line = text.replacing("\\\n", with: " ")
            let words = line.matches(of: /'([^']*)'|(\S+)/).map { String($0.1 ?? $0.2 ?? "") }
            guard words.first == "curl" else { return nil }
            (method, target) = ("", "")
            var rest = words.dropFirst()[...]
            while let word = rest.popFirst() {
                switch word {
                case "-i", "-s": continue
                case "-X": method = rest.popFirst() ?? ""
                case "-d": body = rest.popFirst()
                case "-H":
                    let parts = (rest.popFirst() ?? "").split(separator: ":", maxSplits: 1)
                    guard parts.count == 2 else { return nil }
                    headers.append((parts[0].lowercased(), parts[1].trimmingCharacters(in: .whitespaces)))
                default:
                    guard word.hasPrefix("{{url}}/"), target.isEmpty else { return nil }
                    target = String(word.dropFirst("{{url}}".count))
                }
            }
            if method.isEmpty { method = body == nil ? "GET" : "POST" }
        }
    }

    /// Every command, with the anchor of its chapter.
    static func commands() -> [Command] {
        Resources.Docs.Guide.all.flatMap { name, text in
            let chapter = String(name.prefix { $0 != "." })
            return text.matches(of: /<code>(curl [\s\S]*?)<\/code>/).compactMap { match in
                let text = String(match.1).replacing("&amp;", with: "&").replacing("&quot;", with: "\"")
                let command = Command(text, chapter: chapter)
                if command == nil { Issue.record("\(chapter): not readable: \(text)") }
                return command
            }
        }
    }

    @Test
    func `do what the guide says`() async throws {
        let router = try await RunningRouter()
        let commands = Self.commands()
        #expect(commands.count >= 14)
        var last: [String: String] = [:]
        for command in commands {
            var target = command.target
            if target.contains("pay_...") {
                let id = try await payment(for: command, on: router)
                target = target.replacing("pay_...", with: id)
            }
            for prefix in ["re", "po", "wal", "tr", "bill"] {
                target = target.replacing("\(prefix)_...", with: last[prefix] ?? "")
            }
            #expect(!target.contains("..."), "\(command.target)")
            #expect(command.headers.contains { $0.name == "authorization" && $0.value == "Bearer sk_sandbox_demo" })
            let answer = await router.call(
                command.method, target,
                bytes: Array((command.body ?? "").replacing("wal_...", with: last["wal"] ?? "").utf8), key: nil,
                type: nil,
                headers: command.headers)
            #expect((200..<300).contains(answer.status), "\(command.chapter) \(target): \(answer.json.jsonText)")
            if let id = answer.json["id"]?.stringValue, let kind = id.split(separator: "_").first {
                last[String(kind)] = id
            }
            judge(command, answer.json)
        }
        await router.stop()
    }

    /// What the guide promises of an answer.
    private func judge(_ command: Command, _ json: JSONValue) {
        let status = json["status"]?.stringValue
        switch (command.chapter, command.target) {
        case ("holds", "/v1/payments"): #expect(status == "authorized")
        case ("holds", let target) where target.hasSuffix("/capture"): #expect(json["amount_collected"] == 4_000)
        case ("holds", let target) where target.hasSuffix("/cancel"): #expect(status == "cancelled")
        case ("hosted", "/v1/payments"): #expect(json["hosted_url"]?.stringValue?.contains("/pay/pay_") == true)
        case ("refunds", let target) where target.hasPrefix("/v1/refunds"): #expect(json["object"] == "refund")
        case ("paying-out", let target) where target.hasPrefix("/v1/payouts/"): #expect(json["object"] == "payout")
        default: break
        }
    }

    /// A payment in the state that a command is for.
    private func payment(for command: Command, on router: RunningRouter) async throws -> String {
        if command.target.hasSuffix("/accept") { return try await begunByABrowser(on: router) }
        var body = JSONObject([
            .init("amount", 5_000), .init("currency", "USD"), .init("channel", "card"),
            .init("source", ["token": "tok_visa"]),
        ])
        if command.chapter == "holds" { body["capture"] = false }
        let created = await router.create(.object(body)).json
        let id = try #require(created["id"]?.stringValue)
        let wanted: JSONValue = command.chapter == "holds" ? "authorized" : "succeeded"
        #expect(await router.follow(id) { $0["status"] == wanted }["status"] == wanted)
        return id
    }

    /// A payment that checkout.js began, for which the payer has given everything.
    private func begunByABrowser(on router: RunningRouter) async throws -> String {
        let nonce = UUID().uuidString.replacing("-", with: "").lowercased()
        let form = "key=pk_sandbox_demo&amount=5000&currency=XOF&channel=tmoney&nonce=\(nonce)"
        let type = "application/x-www-form-urlencoded"
        let begun = await router.call("POST", "/checkout", bytes: Array(form.utf8), key: nil, type: type)
        let page = try #require(begun.header("location"))
        let id = try #require(page.split(separator: "/").last?.split(separator: "?").first).description
        let token = try #require(page.firstMatch(of: /t=([0-9a-f-]+)/)?.1).description
        _ = await router.call(
            "POST", "/pay/\(id)/choose?t=\(token)", bytes: Array("channel=tmoney&phone=%2B22890000001".utf8), key: nil,
            type: type)
        return id
    }
}
