internal import Mustache

/// The pages that a program can show, each named after its template.
package typealias PageName = RawRepresentable<String> & CaseIterable & Hashable & Sendable

/// Templates, all parsed once (docs/decisions.md, 174).
///
/// Every partial that one of them names is there, and so is the template of every page: what was made can be rendered.
package struct PageTemplates<Page: PageName>: Sendable {
    private let library: MustacheLibrary
    /// Every tag, by template.
    let tags: [String: [TemplateTag]]

    /// Parses templates.
    ///
    /// - Parameter texts: Names as partials write them, with the templates. A file's last line end is not part of it, so that
    ///   a partial can stand inside a line.
    /// - Throws: What is wrong, with template and line.
    package init(_ texts: [(name: String, text: String)]) throws(TemplateFault) {
        var library = MustacheLibrary()
        var tags: [String: [TemplateTag]] = [:]
        for (name, text) in texts {
            guard tags[name] == nil else { throw TemplateFault(name, nil, "there is another template of this name") }
            let text = text.hasSuffix("\n") ? String(text.dropLast()) : text
            do { try library.register(text, named: name) } catch let error as MustacheTemplate.ParserError {
                throw TemplateFault(name, error.context.lineNumber, "\(error.error)")
            } catch { throw TemplateFault(name, nil, "\(error)") }
            tags[name] = try TemplateTag.all(in: text, of: name)
        }
        for (name, tags) in tags.sorted(by: { $0.key < $1.key }) {
            for tag in tags where tag.isPartial && library.getTemplate(named: tag.name) == nil {
                throw TemplateFault(name, tag.line, "no template is called \(tag.name)")
            }
        }
        for page in Page.allCases where tags[page.rawValue] == nil {
            throw TemplateFault(page.rawValue, nil, "a page needs this template, and there is none")
        }
        (self.library, self.tags) = (library, tags)
    }

    /// A page with its values in their places.
    package func render(_ page: Page, _ model: PageModel) -> String { render(page, model, nil) }

    func render(_ page: Page, _ model: PageModel, _ log: ReadingLog?) -> String {
        library.render(Scope(model: model, isOutermost: true, log: log), withTemplate: page.rawValue) ?? ""
    }
}

/// Pages whose templates are part of the program, and parsed once.
package protocol EmbeddedPage: PageName {
    /// One that cannot be used is a fault of the build: tests find it, and it ends the start of whoever shows pages.
    static var templates: Result<PageTemplates<Self>, TemplateFault> { get }
}

extension EmbeddedPage {
    /// The page with its values.
    package func rendered(_ model: PageModel = [:]) -> String {
        switch Self.templates {
        case .success(let templates): templates.render(self, model)
        case .failure(let fault): fatalError("built into this program, and cannot be used: \(fault)")
        }
    }
}

/// A template that cannot be used.
package struct TemplateFault: Error, CustomStringConvertible {
    /// Template, line if it is known, and reason.
    package let description: String

    init(_ template: String, _ line: Int?, _ reason: String) {
        description = "template \(template)\(line.map { ", line \($0)" } ?? ""): \(reason)"
    }
}
