/// A name of metadata and the value it must have.
package struct MetadataTerm: Sendable, Hashable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    /// What is hashed: no other app, name and value give the same text.
    package func text(of app: AppID) -> String { "metadata \(app.text) \(name.utf8.count) \(name)\(value)" }

    /// An order's terms under the given names.
    package static func all(of order: Order, under names: [String]) -> [MetadataTerm] {
        guard MetadataIndex.kinds.contains(order.kind) else { return [] }
        return names.compactMap { name in order.request.metadata[name].map { MetadataTerm(name, $0) } }
    }
}
