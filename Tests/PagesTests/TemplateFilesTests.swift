import Pages
import Testing

@Suite("Template files")
struct TemplateFilesTests {
    @Test func `are named after folder and file, and others are left out`() {
        let files = [("page.css", "a"), ("step.mustache", "b"), ("two-steps.mustache", "c"), ("page.js", "d")]
            .map { (name: $0, text: $1) }
        let named = TemplateFiles.named("pay", files)
        #expect(named.map(\.name) == ["pay.step", "pay.two-steps"] && named.map(\.text) == ["b", "c"])
    }
}
