import Pages
import Testing

@testable import Sandbox

/// Templates of the sandbox's pages.
@Suite struct SandboxPageTests {
    private static let base = "http://127.0.0.1:8090"

    /// Every page with all that it can show.
    private func audit(_ texts: [(name: String, text: String)] = SandboxPage.texts) throws -> [String] {
        var audit = TemplateAudit(try PageTemplates<SandboxPage>(texts))
        for (page, title, model) in Self.samples { audit.render(page, SandboxPage.framed(title, model)) }
        audit.render(.maintenance, [:])
        audit.render(.heading, ["text": "Error"])
        audit.render(.paragraph, ["text": "Not Found"])
        return audit.faults()
    }

    @Test func `name nothing that their models do not have, and are used up to the last tag`() throws {
        #expect(try audit() == [])
    }

    @Test(arguments: [
        ("pages.frame", "{{title}}"), ("pages.buttons", "{{label}}"), ("pages.start", "{{party}}"),
        ("tmoney-online.wallet", "{{pin}}"), ("faults.heading", "{{text}}"),
    ])
    func `are found out by one slip of the pen`(name: String, tag: String) throws {
        var texts = SandboxPage.texts
        let index = try #require(texts.firstIndex { $0.name == name })
        let slip = tag.dropLast(2) + "x}}"
        texts[index].text.replace(tag, with: slip)
        #expect(try audit(texts).contains { $0.hasSuffix("no model has \(slip.dropFirst(2).dropLast(2))") })
    }

    @Test func `show what comes from outside as text only`() {
        for (page, title, model) in Self.samples {
            let text = page.rendered(SandboxPage.framed(title, model))
            #expect(!text.contains("<b>") && !text.contains("{{") && !text.contains("}}"), "\(page) \(title)")
            #expect(text.contains("<h1>&lt;b&gt;&quot;A&#39;s&quot; &amp; co</h1>"), "\(page)")
        }
    }

    @Test func `carry raw values for the style only`() {
        let found = SandboxPage.texts.flatMap { name, text in
            text.matches(of: /\{\{\{([^}]*)\}\}\}|\{\{&([^}]*)\}\}/).map { "\(name) \($0.1 ?? $0.2 ?? "")" }
        }
        #expect(found == ["pages.frame style"])
    }

    @Test func `hold no space between buttons, which would be seen`() {
        let text = SandboxPage.message.rendered(SandboxPage.framed("t", Message("t", buttons: Self.buttons).model))
        #expect(text.contains("Pay</button></form><form") && text.contains(">\n<form") && text.contains("</form>\n<p>"))
    }

    private static let planted = "<b>\"A's\" & co"
    private static let buttons: [Message.Button] = ["Pay", "Refuse"].map {
        .init(label: $0, decision: planted, action: "\(base)/pay?a=\(planted)")
    }

    /// Each page as it can look, with what may come from outside.
    private static let samples: [(page: SandboxPage, title: String, model: PageModel)] =
        starts + menus + phones + inboxes + messages + sessions + wallets + [(.cardField, planted, [:])]

    private static let prompts: [SandboxPrompt] = [1_000, nil].map { until in
        SandboxPrompt(
            operator: .tmoney, party: planted, id: planted, amount: 5_000, currency: planted, text: planted,
            until: until
        )
    }

    private static let menus: [(page: SandboxPage, title: String, model: PageModel)] = [planted, nil].map {
        (.menu, planted, TMoneyMenu(phone: planted, amount: planted, reference: planted).model($0, base: base))
    }

    private static let starts: [(page: SandboxPage, title: String, model: PageModel)] = [[], prompts].map {
        (.start, planted, StartPage(prompts: $0, base: base, now: 0).model)
    }

    private static let phones: [(page: SandboxPage, title: String, model: PageModel)] = [[], prompts].map {
        (.phone, planted, SandboxPrompt.phoneModel($0, base: base, now: 0))
    }

    private static let inboxes: [(page: SandboxPage, title: String, model: PageModel)] = [nil, planted].map { text in
        let messages = [SandboxMessage.Kind.sms, .mail].map { kind in
            SandboxMessage(number: 1, to: planted, kind: kind, subject: text, text: planted, receivedAt: 0)
        }
        return (
            .inbox, planted, InboxPage(messages: text == nil ? [] : messages, recipient: text, base: base).model
        )
    }

    private static let messages: [(page: SandboxPage, title: String, model: PageModel)] = [
        Message(planted), Message(planted, planted), Message(planted, isMagic: true, buttons: buttons),
    ].map { (.message, planted, $0.model) }

    private static let sessions: [(page: SandboxPage, title: String, model: PageModel)] =
        [nil, CardSession.Plan(instrument: nil, after: 0, processing: 0)].flatMap { plan in
            [nil, planted].map { text in
                let session = CardSession(
                    id: "cs_1", number: 1, created: 0, expiresAt: 1, amount: 1, currency: "xof", product: planted,
                    successURL: base, cancelURL: text, metadata: [:], intentMetadata: [:], captureMethod: "automatic",
                    plan: plan)
                return (.cardSession, planted, session.model(text))
            }
        }

    private static let wallets: [(page: SandboxPage, title: String, model: PageModel)] =
        [TMoneyOnlineSession.Step.login, .code].flatMap { step in
            [nil, planted].map { phone in
                let order = TMoneyOnlineSession.Order(
                    reference: "r", amount: 1, brand: phone, phone: phone, description: planted, text: planted,
                    language: "fr", acceptURL: base, declineURL: base, cancelURL: base)
                var session = TMoneyOnlineSession(id: "1", merchant: "2", expiresAt: 1, order: order, step: step)
                (session.wrongPINs, session.plan) = phone == nil ? (0, nil) : (2, .paid)
                return (.wallet, planted, session.model(order, action: "\(base)/pay/\(planted)"))
            }
        }
}
