import Router

/// Members named by pointers such as `/data/0/amount`; their names hold no slash and no tilde.
extension JSONValue {
    func value(at place: String) -> JSONValue? {
        var value: JSONValue? = self
        for step in place.split(separator: "/") { value = value?.child(String(step)) }
        return value
    }

    /// The same with another value at a place, or with none; unchanged if there is nothing to hold the place.
    func replacing(_ place: String, with new: JSONValue?) -> JSONValue {
        replacing(place.split(separator: "/").map(String.init)[...], with: new)
    }

    private func child(_ step: String) -> JSONValue? {
        switch self {
        case .object(let object): object[step]
        case .array(let elements): Int(step).flatMap { elements.indices.contains($0) ? elements[$0] : nil }
        default: nil
        }
    }

    private func replacing(_ steps: ArraySlice<String>, with new: JSONValue?) -> JSONValue {
        guard let step = steps.first else { return new ?? .null }
        let rest = steps.dropFirst()
        switch self {
        case .object(var object):
            guard !rest.isEmpty else {
                object[step] = new
                return .object(object)
            }
            guard let child = object[step] else { return self }
            object[step] = child.replacing(rest, with: new)
            return .object(object)
        case .array(var elements):
            guard let index = Int(step), elements.indices.contains(index) else { return self }
            if rest.isEmpty, new == nil {
                elements.remove(at: index)
            } else {
                elements[index] = elements[index].replacing(rest, with: new)
            }
            return .array(elements)
        default: return self
        }
    }

    /// Every place of a text, number or truth value.
    var scalarPlaces: [String] { scalarPlaces(below: "") }

    private func scalarPlaces(below place: String) -> [String] {
        switch self {
        case .object(let object): object.members.flatMap { $0.value.scalarPlaces(below: "\(place)/\($0.name)") }
        case .array(let elements):
            elements.enumerated().flatMap { $0.element.scalarPlaces(below: "\(place)/\($0.offset)") }
        case .string, .number, .bool: [place]
        case .null: []
        }
    }

    /// Values unlike this one that no operator has ever heard of.
    var unheardOf: [JSONValue] {
        switch self {
        case .string: ["unheard-of", .null]
        case .number: [77_777, "unheard-of", .null]
        case .bool(let flag): [.bool(!flag), .null]
        case .array, .object, .null: []
        }
    }
}
