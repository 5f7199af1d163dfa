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

@Suite("The audit of templates")
struct TemplateAuditTests {
    private func faults(_ text: String, _ models: [PageModel], part: String = "") throws -> [String] {
        var audit = TemplateAudit(try PageTemplates<TestPage>([("letter", text), ("part", part)]))
        for model in models { audit.render(.letter, model) }
        return audit.faults()
    }

    @Test func `finds nothing where all is right`() throws {
        let text = "{{name}}{{#part}}{{inner}}{{name}}{{/part}}{{^part}}-{{/part}}{{words.a}}{{{style}}}"
        let common: PageModel = ["name": "n", "words": .words(["a": "b"]), "style": .verbatim("s")]
        let models = [common.with(["part": nil]), common.with(["part": .model(["inner": "i"])])]
        #expect(try faults(text, models) == [])
    }

    @Test(arguments: [
        ("{{nane}}", "letter: no model has nane"), ("{{#nane}}x{{/nane}}", "letter: no model has nane"),
        ("{{^nane}}x{{/nane}}", "letter: no model has nane"),
        ("{{#list}}{{nane}}{{/list}}", "letter: no model has nane"),
        ("{{words.nane}}", "letter: no model has words.nane"),
        ("\n{{#never}}{{name}}{{inner}}{{/never}}", "letter, line 2: {{inner}} was never read"),
        ("{{> part}}", "letter: no model has nane"),
        ("{{{name}}}", "letter, line 1: {{{name}}} shows what is not a file"),
        ("{{list}}", "letter, line 1: {{list}} is not always text"),
        ("{{#words}}{{/words}}", "letter, line 1: {{#words}} goes into words"),
    ])
    func `finds what was planted`(text: String, wanted: String) throws {
        let model: PageModel = ["name": "n", "list": .list([["x": "y"]]), "words": .words(["a": "b"]), "never": nil]
        let found = try faults("{{name}}" + text, [model], part: "{{nane}}")
        #expect(found.contains { $0.hasPrefix(wanted) }, "\(found)")
    }

    @Test func `finds a page that nobody rendered`() throws {
        #expect(try faults("", []) == ["letter was never rendered"])
    }
}

@Suite("Marked text")
struct MarkedTextTests {
    /// A model as text: each piece with the first letter of its style.
    private func shown(_ pieces: [PageModel]) throws -> String {
        let style = "{{#plain}}p{{/plain}}{{#code}}c{{/code}}{{#strong}}s{{/strong}}{{#link}}l{{/link}}"
        let templates = try PageTemplates<TestPage>([("letter", "{{#all}}[\(style) {{text}}]{{/all}}")])
        return templates.render(.letter, ["all": .list(pieces)])
    }

    @Test(arguments: [
        ("a", "[p a]"), ("`x<y`", "[p ][c x&lt;y][p ]"), ("**not** so", "[p ][s not][p  so]"),
        ("`a ** b`", "[p ][c a ** b][p ]"),
    ])
    func `has plain, code and strong pieces`(text: String, wanted: String) throws {
        #expect(try shown(MarkedText.line(text)) == wanted)
    }

    @Test func `has paragraphs and lists`() throws {
        let text =
            "{{#all}}{{#isList}}({{#items}}<{{#words}}{{text}}{{/words}}>{{/items}}){{/isList}}"
            + "{{^isList}}{{#words}}{{text}}{{/words}};{{/isList}}{{/all}}"
        let templates = try PageTemplates<TestPage>([("letter", text)])
        let page = templates.render(.letter, ["all": .list(MarkedText.blocks("one\n\n- a\n- b\n\ntwo\nlines"))])
        #expect(page == "one;(<a><b>)two\nlines;")
    }

    @Test func `is joined by separators`() throws {
        let parts = ["a", "b"].map { [MarkedText.piece(.code, $0)] }
        #expect(try shown(MarkedText.joined(parts, by: ", ")) == "[c a][p , ][c b]")
    }
}
