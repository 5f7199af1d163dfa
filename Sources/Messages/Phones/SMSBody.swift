package import Router
import WebText

/// The body of a request to an SMS gateway, before its places are filled.
package enum SMSBody: Sendable, Hashable {
    /// A JSON document whose texts are templates, and whose other values stay as they are.
    case json(Tree)
    /// The fields of a form, in their order.
    case form([Field])

    /// One field of a form.
    package struct Field: Sendable, Hashable {
        /// Its name, as it is.
        package var name: String
        /// Its value.
        package var value: MessageTemplate

        /// Takes both as they are.
        package init(_ name: String, _ value: MessageTemplate) {
            self.name = name
            self.value = value
        }
    }

    /// A JSON value with templates for texts.
    package indirect enum Tree: Sendable, Hashable {
        case text(MessageTemplate)
        case list([Tree])
        case object([Member])
        /// Anything else.
        case other(JSONValue)
    }

    /// One member of an object.
    package struct Member: Sendable, Hashable {
        /// Its name, as it is.
        package var name: String
        /// Its value.
        package var value: Tree

        /// Takes both as they are.
        package init(_ name: String, _ value: Tree) {
            self.name = name
            self.value = value
        }
    }

    /// What the body is, as its `Content-Type`.
    var contentType: String {
        switch self {
        case .json: "application/json"
        case .form: "application/x-www-form-urlencoded"
        }
    }

    /// Every template in it.
    package var templates: [MessageTemplate] {
        switch self {
        case .json(let tree): tree.templates
        case .form(let fields): fields.map(\.value)
        }
    }

    /// The bytes, with every place filled.
    func filled(_ value: (MessageTemplate.Place) -> String) -> [UInt8] {
        switch self {
        case .json(let tree): tree.filled(value).serialized()
        case .form(let fields): Array(FormText.encoded(fields.map { ($0.name, $0.value.filled(value)) }).utf8)
        }
    }
}

extension SMSBody.Tree {
    fileprivate var templates: [MessageTemplate] {
        switch self {
        case .text(let template): [template]
        case .list(let items): items.flatMap(\.templates)
        case .object(let members): members.flatMap(\.value.templates)
        case .other: []
        }
    }

    fileprivate func filled(_ value: (MessageTemplate.Place) -> String) -> JSONValue {
        switch self {
        case .text(let template): .string(template.filled(value))
        case .list(let items): .array(items.map { $0.filled(value) })
        case .object(let members): .object(JSONObject(members.map { .init($0.name, $0.value.filled(value)) }))
        case .other(let value): value
        }
    }
}
