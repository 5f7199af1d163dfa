import Router

extension CallbackDescription.SignaturePlace {
    /// The notification without its signature, with an empty one, and with one of its characters changed.
    func forgeries(of good: InboundCallback) -> [(String, InboundCallback)] {
        var forgeries = [("no signature", with(nil, good)), ("an empty signature", with("", good))]
        let text = Array(signature(of: good) ?? "")
        // The last characters of base64 hold bits that mean nothing.
        let changeable = text.indices.dropLast(3).filter { index in
            text[index].isASCII && (text[index].isLetter || text[index].isNumber)
        }
        for index in changeable where index % max(1, changeable.count / 24) == 0 {
            var changed = text
            changed[index] = Self.another(text[index])
            forgeries.append(("a signature changed at character \(index)", with(String(changed), good)))
        }
        return forgeries
    }

    /// The notification with one member or field changed and the signature as it was.
    func changes(of good: InboundCallback) -> [(String, InboundCallback)] {
        if let body = try? StrictJSON.parse(good.body) {
            return body.scalarPlaces.flatMap { place -> [(String, InboundCallback)] in
                guard self != .member(place) else { return [] }
                let value = body.value(at: place)
                return (Self.others(value) + (value?.unheardOf ?? [])).map { other in
                    var changed = good
                    changed.body = body.replacing(place, with: other).serialized()
                    return (place, changed)
                }
            }
        }
        let fields = good.query.split(separator: "&").map(String.init)
        return fields.indices.compactMap { index -> (String, InboundCallback)? in
            guard case .query(let name) = self, !fields[index].hasPrefix(name + "=") else { return nil }
            var changed = fields
            changed[index] += "7"
            var forged = good
            forged.query = changed.joined(separator: "&")
            return (fields[index], forged)
        }
    }

    /// A text or number that is a little different.
    private static func others(_ value: JSONValue?) -> [JSONValue] {
        switch value {
        case .string(let text)?: [.string(text + "7")]
        case .number(let text)?: [.number("1" + text.filter(\.isNumber))]
        default: []
        }
    }

    private func signature(of callback: InboundCallback) -> String? {
        switch self {
        case .header(let name): callback.header(name)
        case .member(let place): (try? StrictJSON.parse(callback.body))?.value(at: place)?.stringValue
        case .query(let name):
            callback.query.split(separator: "&").first { $0.hasPrefix(name + "=") }
                .map { String($0.dropFirst(name.count + 1)) }
        }
    }

    private func with(_ signature: String?, _ good: InboundCallback) -> InboundCallback {
        var forged = good
        switch self {
        case .header(let name):
            forged.headers = good.headers.compactMap { header -> WireRequest.Header? in
                guard header.name == name.lowercased() else { return header }
                return signature.map { WireRequest.Header(header.name, $0) }
            }
        case .member(let place):
            let body = try? StrictJSON.parse(good.body)
            forged.body = body?.replacing(place, with: signature.map(JSONValue.string)).serialized() ?? []
        case .query(let name):
            let fields = good.query.split(separator: "&").compactMap { field -> String? in
                field.hasPrefix(name + "=") ? signature.map { "\(name)=\($0)" } : String(field)
            }
            forged.query = fields.joined(separator: "&")
        }
        return forged
    }

    private static func another(_ character: Character) -> Character {
        if let digit = character.wholeNumberValue { return Character(String((digit + 1) % 10)) }
        return switch character {
        case "a": "b"
        case "A": "B"
        default: character.isUppercase ? "A" : "a"
        }
    }
}
