import Pages

/// A form of a page: what `pages/form.mustache` is filled with.
struct PageForm: Sendable {
    var action: String
    var heading: String?
    var hidden: [(name: String, value: String)] = []
    var fields: [Field] = []
    var submit: String
    var isQuiet = false
    /// Whether it only asks: what is typed stands in the address then, and nothing is changed.
    var isSearch = false

    /// Something that can be typed or chosen.
    struct Field: Sendable {
        var name: String
        var label: String
        var hint: String?
        var value = ""
        var kind = Kind.text
        var isRequired = true
        var longest = 200
        /// What can be chosen; empty where it is typed.
        var options: [(value: String, label: String)] = []

        enum Kind: Sendable { case text, password, newPassword, phone, email, amount, code, username, latin }
    }

    /// Writes a value into one of its fields.
    mutating func fill(_ name: String, _ value: String) {
        for place in fields.indices where fields[place].name == name { fields[place].value = value }
    }

    var model: PageModel {
        [
            "action": .text(action), "method": .text(isSearch ? "get" : "post"), "heading": .text(heading),
            "submit": .text(submit), "isQuiet": .flag(isQuiet),
            "hidden": .list(hidden.map { ["name": .text($0.name), "value": .text($0.value)] }),
            "fields": .list(fields.map(\.model)),
        ]
    }
}

extension PageForm.Field {
    /// What tells browsers and keyboards what is typed here.
    private var facts: (type: String, mode: String?, complete: String?, isLatin: Bool) {
        switch kind {
        case .text: ("text", nil, nil, false)
        case .latin: ("text", nil, "off", true)
        case .password: ("password", nil, "current-password", true)
        case .newPassword: ("password", nil, "new-password", true)
        case .phone: ("tel", "tel", "tel", true)
        case .email: ("email", "email", "email", true)
        case .amount: ("text", "decimal", "off", true)
        case .code: ("text", "numeric", "one-time-code", true)
        case .username: ("text", nil, "username", true)
        }
    }

    var model: PageModel {
        let facts = facts
        return [
            "name": .text(name), "label": .text(label), "hint": .text(hint), "value": .text(value),
            "type": .text(facts.type), "mode": .text(facts.mode), "complete": .text(facts.complete),
            "isLatin": .flag(facts.isLatin), "isRequired": .flag(isRequired), "longest": "\(longest)",
            "isChoice": .flag(!options.isEmpty),
            "options": .list(
                options.map {
                    ["value": .text($0.value), "label": .text($0.label), "isSelected": .flag($0.value == value)]
                }),
        ]
    }
}
