/// What a template is filled with: values by name.
///
/// A template finds a name in the innermost model around it that has it. So every model says all its names, with
/// `nil` for what is not there.
package struct PageModel: Sendable, ExpressibleByDictionaryLiteral {
    private var values: [String: PageValue]

    package init(dictionaryLiteral elements: (String, PageValue)...) {
        values = Dictionary(elements) { _, last in last }
    }

    /// The value of a name; setting `nil` takes the name away.
    package subscript(name: String) -> PageValue? {
        get { values[name] }
        set { values[name] = newValue }
    }

    /// A model in which exactly one of several names has a value, and each of the others is not there.
    package static func one<Name: RawRepresentable<String> & CaseIterable>(
        _ name: Name, _ value: PageValue
    ) -> PageModel {
        var model: PageModel = [:]
        for other in Name.allCases { model[other.rawValue] = .absent }
        model[name.rawValue] = value
        return model
    }

    /// This model with another's values, which go first.
    package func with(_ other: PageModel) -> PageModel {
        var copy = self
        copy.values.merge(other.values) { _, new in new }
        return copy
    }
}

/// One value of a model.
package struct PageValue: Sendable {
    enum Content: Sendable {
        case absent
        case flag(Bool)
        case text(String)
        case verbatim(String)
        case words([String: String])
        case model(PageModel)
        case list([PageModel])
    }

    let content: Content

    /// What is not there: no text, and a section that is not shown.
    ///
    /// In literals it is `nil`.
    package static let absent = PageValue(content: .absent)

    /// Text, which is escaped where it is shown (`{{name}}`); without a text, a value that is not there.
    package static func text(_ text: String?) -> PageValue { .init(content: text.map { .text($0) } ?? .absent) }

    /// What a page holds as it is, `{{{name}}}`.
    ///
    /// A file of this program, such as a style, or what by its making has no character that would have to be escaped. Never
    /// text from outside.
    package static func verbatim(_ file: String?) -> PageValue {
        .init(content: file.map { .verbatim($0) } ?? .absent)
    }

    /// Whether a section (`{{#name}}`) is shown.
    package static func flag(_ isShown: Bool) -> PageValue { .init(content: .flag(isShown)) }

    /// Texts under names of their own, `{{words.name}}`, which no section goes into.
    package static func words(_ words: [String: String]) -> PageValue { .init(content: .words(words)) }

    /// What a section is filled with, if it is there.
    package static func model(_ model: PageModel?) -> PageValue {
        .init(content: model.map { .model($0) } ?? .absent)
    }

    /// What a section is repeated for.
    package static func list(_ models: [PageModel]) -> PageValue { .init(content: .list(models)) }
}

extension PageValue: ExpressibleByStringInterpolation, ExpressibleByBooleanLiteral, ExpressibleByNilLiteral {
    package init(stringLiteral value: String) { self = .text(value) }
    package init(booleanLiteral value: Bool) { self = .flag(value) }
    package init(nilLiteral: ()) { content = .absent }
}
