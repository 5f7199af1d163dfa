import Testing

@testable import Pages

/// The pages of these tests.
enum TestPage: String, CaseIterable {
    case letter
}

@Suite("Templates")
struct PageTemplatesTests {
    private func templates(_ letter: String, _ others: [(String, String)] = []) throws -> PageTemplates<TestPage> {
        try PageTemplates([("letter", letter)] + others.map { (name: $0.0, text: $0.1) })
    }

    private func fault(_ letter: String, _ others: [(String, String)] = []) -> String? {
        do {
            _ = try templates(letter, others)
            return nil
        } catch { return "\(error)" }
    }

    @Test func `escape text, and nothing else`() throws {
        let templates = try templates("<p title=\"{{text}}\">{{{style}}}</p>")
        let page = templates.render(.letter, ["text": "a < b & \"c\" 'd' >", "style": .verbatim("a > b {}")])
        #expect(page == "<p title=\"a &lt; b &amp; &quot;c&quot; &#39;d&#39; &gt;\">a > b {}</p>")
    }

    @Test func `show sections, lists and words, and nothing of what is not there`() throws {
        let text =
            "{{#one}}1{{name}}{{/one}}{{^two}}2{{/two}}{{#all}}{{name}}{{^last()}},{{/last()}}{{/all}}{{words.a}}{{none}}"
        let model: PageModel = [
            "one": .model(["name": "x"]), "two": nil, "all": .list([["name": "y"], ["name": "z"]]), "name": "outer",
            "words": .words(["a": "w"]), "none": .text(nil),
        ]
        #expect(try templates(text).render(.letter, model) == "1x2y,zw")
    }

    @Test func `stand in lines and in frames without their last line end`() throws {
        let templates = try templates(
            "{{<frame}}\n{{$body}}\n<b>{{> part}}</b>\n{{/body}}\n{{/frame}}\n",
            [("frame", "<html>\n{{$body}}{{/body}}</html>\n"), ("part", "x\n")])
        #expect(templates.render(.letter, [:]) == "<html>\n<b>x</b>\n</html>")
    }

    @Test(arguments: [
        ("one\n{{#open}}", "template letter, line 2: expectedSectionEnd"),
        ("{{#a}}\n\n{{/b}}", "template letter, line 3: sectionCloseNameIncorrect"),
        ("\n{{> other}}", "template letter, line 2: no template is called other"),
        ("{{<other}}{{/other}}", "template letter, line 1: no template is called other"),
        (
            "{{#last()}}{{/last()}}\n{{lowercased(a)}}",
            "template letter, line 2: {{lowercased(a)}} is no tag that pages use"
        ),
        ("{{>*a}}", "template letter, line 1: {{>*a}} is no tag that pages use"),
    ])
    func `that cannot be used are refused with their place`(text: String, wanted: String) {
        #expect(fault(text) == wanted)
    }

    @Test func `have one name each, and every page has one`() {
        #expect(fault("", [("letter", "")]) == "template letter: there is another template of this name")
        #expect(throws: TemplateFault.self) { try PageTemplates<TestPage>([]) }
    }
}
