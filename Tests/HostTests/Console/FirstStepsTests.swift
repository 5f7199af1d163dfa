import Router
import Testing

@testable import Host

@Suite("What comes after an app was made")
struct FirstStepsTests {
    private func blocks(_ key: String?, _ language: PayLanguage = .english) -> [ConsoleBlock] {
        FirstSteps(publicURL: "https://pay.example", texts: ConsoleTexts.of(language)).blocks(key: key)
    }

    @Test(arguments: ConsoleTexts.languages)
    func `is a payment with the app's own key, at this router`(language: PayLanguage) throws {
        let line = try #require(blocks("sk_sandbox_abc", language).first?.code?.text)
        #expect(line.hasPrefix("curl -i 'https://pay.example/v1/payments'"))
        #expect(line.contains("-H 'Authorization: Bearer sk_sandbox_abc'") && line.contains("+22890000001"))
        #expect(line.contains("-H \"Idempotency-Key: $(openssl rand -hex 16)\""))
    }

    @Test(arguments: ["sk_sandbox_abc", nil])
    func `leads to the documentation, the test numbers and webhooks`(key: String?) async throws {
        let page = try await ServedDocs().text("/docs")
        let addresses = blocks(key).flatMap(\.links).map(\.address)
        #expect(addresses.contains("https://pay.example/docs"))
        #expect(addresses.contains("https://pay.example/docs#receive"))
        for address in addresses where address.contains("#") {
            #expect(page.contains("id=\"\(address.split(separator: "#")[1])\""), "\(address)")
        }
    }

    @Test func `has no line without a sandbox: it would move real money`() {
        #expect(blocks(nil).allSatisfy { $0.code == nil })
        #expect(blocks(nil).first?.paragraphs.first?.text == ConsoleTexts.english["firstPaymentNone"])
    }
}
