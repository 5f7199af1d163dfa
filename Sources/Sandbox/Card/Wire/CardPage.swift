/// One page of a list, newest first (docs/protocols/card.md, 1.5).
enum CardPage {
    /// - Parameters:
    ///   - all: Ids and objects, newest first.
    ///   - what: What they are called in an error.
    ///   - url: The list's address.
    ///   - parameters: `limit`, `starting_after`, `ending_before`.
    /// - Returns: The list object.
    /// - Throws: ``CardRefusal`` if a parameter cannot be used.
    static func of(
        _ all: [(id: String, json: JSONValue)], _ what: String, _ url: String, _ parameters: CardParameters
    ) throws(CardRefusal) -> JSONValue {
        guard let limit = Int(parameters["limit"] ?? "10"), (1...100).contains(limit) else {
            throw .invalid("Invalid limit: 1 to 100.", code: "parameter_invalid_integer", param: "limit")
        }
        func index(_ name: String) throws(CardRefusal) -> Int? {
            guard let id = parameters[name] else { return nil }
            guard let index = all.firstIndex(where: { $0.id == id }) else {
                throw .missing(what, id, param: name, status: 400)
            }
            return index
        }
        let (after, before) = (try index("starting_after"), try index("ending_before"))
        guard after == nil || before == nil else {
            throw .invalid(
                "You cannot parameterize both starting_after and ending_before.", code: "parameter_invalid_empty",
                param: "starting_after")
        }
        let rest: ArraySlice<(id: String, json: JSONValue)>
        let shown: ArraySlice<(id: String, json: JSONValue)>
        if let before {
            rest = all[..<before]
            shown = rest.suffix(limit)
        } else {
            rest = all[(after.map { $0 + 1 } ?? 0)...]
            shown = rest.prefix(limit)
        }
        return [
            "object": "list", "url": .text(url), "has_more": .bool(rest.count > limit),
            "data": .list(shown.map(\.json)),
        ]
    }
}
