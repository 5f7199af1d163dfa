internal import Mustache

/// A model as Mustache asks it for names.
struct Scope: MustacheParent {
    let model: PageModel
    /// Whether nobody is asked after this one.
    let isOutermost: Bool
    /// Notes what is asked for; `nil` outside of an audit.
    let log: ReadingLog?

    func child(named name: String) -> Any? {
        guard let content = model[name]?.content else {
            if isOutermost { log?.miss(name) }
            return nil
        }
        log?.find(name, content)
        switch content {
        case .absent: return Absent()
        case .flag(let flag): return flag
        case .text(let text), .verbatim(let text): return text
        case .words(let words): return WordScope(name: name, words: words, log: log)
        case .model(let model): return Scope(model: model, isOutermost: false, log: log)
        case .list(let models): return models.map { Scope(model: $0, isOutermost: false, log: log) }
        }
    }
}

/// Texts under a name: nobody else is asked for what they do not have.
struct WordScope: MustacheParent {
    let name: String
    let words: [String: String]
    let log: ReadingLog?

    func child(named word: String) -> Any? {
        guard let text = words[word] else {
            log?.miss("\(name).\(word)")
            return nil
        }
        log?.find("\(name).\(word)", .text(text))
        return text
    }
}

/// What is not there: an empty text, and a section that is not shown.
private struct Absent: MustacheCustomRenderable {
    var renderText: String { "" }
    var isNull: Bool { true }
}
