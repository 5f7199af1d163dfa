import Foundation

/// A look into a JSON document for expectations: missing things are `nil`, nothing throws.
struct JSON {
    private let value: Any?

    init(_ data: Data) { value = try? JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed) }

    private init(value: Any?) { self.value = value }

    subscript(_ name: String) -> JSON { JSON(value: (value as? [String: Any])?[name]) }
    subscript(_ index: Int) -> JSON {
        guard let list = value as? [Any], list.indices.contains(index) else { return JSON(value: nil) }
        return JSON(value: list[index])
    }

    var string: String? { value as? String }
    var int: Int? { (value as? NSNumber)?.intValue }
    var bool: Bool? { (value as? NSNumber)?.boolValue }
    var count: Int? { (value as? [Any])?.count }
    var names: Set<String> { Set((value as? [String: Any] ?? [:]).keys) }
    var exists: Bool { value != nil }
    var isNull: Bool { value is NSNull }
}
