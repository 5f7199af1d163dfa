import Testing

@testable import Pages

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
