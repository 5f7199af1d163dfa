import Pages
import Router
import Testing

@testable import Host

@Suite("Templates of the host's pages")
struct HostPageTests {
    /// Every page with all that it can show.
    private func audit(_ texts: [(name: String, text: String)] = HostPage.texts) throws -> [String] {
        var audit = TemplateAudit(try PageTemplates<HostPage>(texts))
        let document = try OpenAPIDocument(source: try OpenAPISource.embedded(), publicURL: "https://pay.example")
            .json()
        let docs = DocsPage.model(document, publicURL: "https://pay.example")
        audit.render(.docs, PageFrame.framed(docs, scripts: ["a", "b"]))
        for code in ProblemCode.allCases {
            audit.render(.problem, PageFrame.framed(ProblemPage.model(code), scripts: ["a"]))
        }
        for (_, page) in PaySamples.all(.french) { audit.render(.payment, PayFrame.framed(page.model, .french)) }
        audit.render(.notice, PayFrame.framed(PayFrame.notice("title", "text"), .thai))
        for takesMoney in [true, false] {
            let model = WalletPage.model(PaySamples.wallet(), app: "shop", takesMoney: takesMoney, .arabic)
            audit.render(.wallet, PayFrame.framed(model, .arabic))
        }
        for model in PaySamples.counters(.arabic) { audit.render(.counter, PayFrame.framed(model, .arabic)) }
        for model in HolderSamples.bills(.thai) { audit.render(.bill, PayFrame.framed(model, .thai)) }
        for isSignedIn in [true, false] {
            let visit = try HolderSamples.visit(.french, isSignedIn: isSignedIn)
            for page in [HolderSamples.whole, HolderPage(heading: "heading")] {
                audit.render(.holder, page.model(visit, path: "/wallet/send"))
            }
        }
        for isSignedIn in [true, false] {
            let visit = try ConsoleSamples.visit(.french, isSignedIn: isSignedIn)
            for page in [ConsoleSamples.whole, ConsolePage(heading: "heading")] {
                audit.render(.console, page.model(visit, brand: "Lomé Pay", publicURL: "https://pay.example"))
            }
        }
        let checkout = CheckoutAPI.model(["nonce": "n", "key": "k"], Money(5_000, .xof), .english)
        audit.render(.checkout, PayFrame.framed(checkout, .english))
        audit.render(.returned, [:])
        audit.render(.code, try #require(QRCode("text")).model)
        audit.render(.picture, GivenPicture.model("AAAA"))
        return audit.faults()
    }

    @Test func `name nothing that their models do not have, and are used up to the last tag`() throws {
        let faults = try audit()
        #expect(faults == [])
    }

    @Test(arguments: [
        ("pay.step", "{{hint}}"), ("guide.live", "{{url}}"), ("pay.frame", "{{texts.title}}"),
        ("pages.form", "{{mode}}"),
        ("console.page", "{{lead}}"), ("console.block", "{{caption}}"),
        ("holders.page", "{{notice}}"), ("pay.bill", "{{amount}}"), ("pay.counter", "{{note}}"),
    ])
    func `are found out by one slip of the pen`(name: String, tag: String) throws {
        var texts = HostPage.texts
        let index = try #require(texts.firstIndex { $0.name == name })
        let slip = tag.dropLast(2) + "x}}"
        texts[index].text =
            texts[index].text.contains(tag) ? texts[index].text.replacing(tag, with: slip) : texts[index].text + slip
        #expect(try audit(texts).contains { $0.hasSuffix("no model has \(slip.dropFirst(2).dropLast(2))") })
    }

    @Test func `show what comes from outside as text only`() throws {
        for (name, page) in PaySamples.all(.arabic) {
            let text = String(decoding: page.response().body, as: UTF8.self)
            for planted in ["<b>", "<no>", "T<Money", "A & ", "\"17\"", "l'ami", "\"never\"", "1 < 2"] {
                #expect(!text.contains(planted), "\(name): \(planted)")
            }
            #expect(text.contains("<html lang=\"ar\" dir=\"rtl\">") && !text.contains("{{") && !text.contains("}}"))
        }
    }

    @Test func `show what holders and issuers write as text only`() throws {
        let visit = try HolderSamples.visit(.arabic)
        let page = HostPage.holder.rendered(HolderSamples.whole.model(visit, path: "/wallet/send"))
        let bills = HolderSamples.bills(.arabic).map { HostPage.bill.rendered(PayFrame.framed($0, .arabic)) }
        let counters = PaySamples.counters(.arabic).map { HostPage.counter.rendered(PayFrame.framed($0, .arabic)) }
        for text in [page] + bills + counters {
            #expect(!text.contains("<b>") && !text.contains(" & \"17") && text.contains("&lt;b&gt;Ama"))
            #expect(text.contains("<html lang=\"ar\" dir=\"rtl\">") && !text.contains("{{") && !text.contains("}}"))
        }
    }

    @Test func `show what developers, payers and operators write as text only in the console`() throws {
        let visit = try ConsoleSamples.visit(.french)
        let text = HostPage.console.rendered(
            ConsoleSamples.whole.model(visit, brand: ConsoleSamples.planted, publicURL: "https://pay.example"))
        #expect(!text.contains("<b>") && !text.contains(" & \"17") && text.contains("&lt;b&gt;Ama"))
        #expect(!text.contains("{{") && !text.contains("}}"))
    }

    @Test func `carry raw values for styles, scripts and drawings only`() {
        let found = HostPage.texts.flatMap { name, text in
            text.matches(of: /\{\{\{([^}]*)\}\}\}|\{\{&([^}]*)\}\}/).map { "\(name) \($0.1 ?? $0.2 ?? "")" }
        }
        #expect(
            found.sorted() == [
                "console.frame script", "docs.frame script", "docs.frame style", "qr.code path", "qr.picture base64",
            ])
    }
}
