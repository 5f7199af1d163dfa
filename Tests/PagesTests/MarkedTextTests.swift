import Testing

@testable import Pages

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
