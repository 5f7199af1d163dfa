/// Renders pages and tells what templates and models disagree about; for tests.
///
/// Mustache shows a name that nobody knows as nothing. Here it is a fault, and so is a tag that no rendered page came to.
package struct TemplateAudit<Page: PageName> {
    private let templates: PageTemplates<Page>
    private var logs: [Page: ReadingLog] = [:]

    package init(_ templates: PageTemplates<Page>) { self.templates = templates }

    /// The page, as a browser would get it.
    @discardableResult
    package mutating func render(_ page: Page, _ model: PageModel) -> String {
        let log = logs[page] ?? ReadingLog()
        logs[page] = log
        return templates.render(page, model, log)
    }

    /// Every disagreement so far.
    package func faults() -> [String] {
        Page.allCases.flatMap { page in
            guard let log = logs[page] else { return ["\(page.rawValue) was never rendered"] }
            let unread = templates.used(by: page).flatMap { template in
                (templates.tags[template] ?? []).compactMap { tag in
                    log.fault(of: tag).map { "\(template), line \(tag.line): \($0)" }
                }
            }
            return log.missing.sorted().map { "\(page.rawValue): no model has \($0)" } + unread
        }
    }
}

extension PageTemplates {
    /// The templates of a page: its own and all partials.
    fileprivate func used(by page: Page) -> [String] {
        var found: [String] = [page.rawValue]
        var index = 0
        while index < found.count {
            let partials = (tags[found[index]] ?? []).filter(\.isPartial).map(\.name)
            for name in partials where !found.contains(name) { found.append(name) }
            index += 1
        }
        return found
    }
}

/// What a page asked its models for.
final class ReadingLog {
    private enum Kind { case absent, text, verbatim, words, other }

    private(set) var missing: Set<String> = []
    private var found: [String: Set<Kind>] = [:]

    func miss(_ name: String) { missing.insert(name) }

    func find(_ name: String, _ content: PageValue.Content) {
        let kind: Kind =
            switch content {
            case .absent: .absent
            case .text: .text
            case .verbatim: .verbatim
            case .words: .words
            case .flag, .model, .list: .other
            }
        found[name, default: []].insert(kind)
    }

    /// What is wrong with a tag, after all that was rendered.
    func fault(of tag: TemplateTag) -> String? {
        let kinds = found[tag.name, default: []].subtracting([.absent])
        switch tag.kind {
        case .partial, .other: return nil
        case _ where found[tag.name] == nil: return "{{\(tag.name)}} was never read"
        case .text where kinds != [.text]: return "{{\(tag.name)}} is not always text"
        case .verbatim where kinds != [.verbatim]: return "{{{\(tag.name)}}} shows what is not a file of the program"
        case .section where kinds.contains(.words): return "{{#\(tag.name)}} goes into words"
        case .text, .verbatim, .section: return nil
        }
    }
}
