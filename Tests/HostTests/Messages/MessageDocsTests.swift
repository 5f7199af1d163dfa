import Foundation
import Providers
import Router
import RouterTestKit
import SandboxHosting
import Testing

@testable import Host

/// What docs/operations.md shows of messages can be pasted.
@Suite("Documented messages") struct MessageDocsTests {
    /// The JSON examples of a section of the document.
    private static func examples() throws -> [String] {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().path
        let text = try String(contentsOfFile: root + "/docs/operations.md", encoding: .utf8)
        let section = try #require(text.components(separatedBy: "\n## ").first { $0.hasPrefix("Messages\n") })
        return section.components(separatedBy: "```json\n").dropFirst().map {
            $0.components(separatedBy: "\n```")[0]
        }
    }

    @Test func `can be loaded`() throws {
        let examples = try Self.examples()
        #expect(examples.count > 1)
        for example in examples {
            let text = """
                { "providers": [ { "id": "w", "kind": "wallet", "environment": "production",
                  "settings": { "currencies": ["XOF"] } } ], "trusted_proxies": [],
                  "routing": { "otherwise": { "strategy": "priority", "providers": ["w"] } }, \(example) }
                """
            let environment = Configuration.Environment(
                kinds: BuiltInKinds.all,
                secrets: SecretSource(environment: ["SMS_TOKEN": "t", "SMTP_PASSWORD": "p"]), sandbox: .builtIn,
                sandboxURL: { _ in nil }, sandboxOnly: false)
            do throws(ConfigurationFailure) {
                let loaded = try Configuration.load(Array(text.utf8), path: "docs", in: environment)
                #expect(loaded.messages != MessageSettings(), "\(example)")
                #expect(loaded.warnings.isEmpty, "\(loaded.warnings)")
            } catch { Issue.record("\(error)\n\(example)") }
        }
    }
}
