/// A value that never changes, held once however often its holder is copied.
///
/// Payments and attempts pass from step to step by copying; what is fixed in them costs one reference that way.
final class Shared<Value: Sendable & Hashable>: Sendable, Hashable {
    let value: Value

    init(_ value: Value) { self.value = value }

    static func == (left: Shared, right: Shared) -> Bool { left === right || left.value == right.value }

    func hash(into hasher: inout Hasher) { hasher.combine(value) }
}
