/// An order is made in the moment that its identifier says: a stretch of time is a stretch of identifiers.
extension OrderID {
    /// When it was made; `nil` if the text does not say so.
    package var madeAt: Moment? {
        ULID.milliseconds(of: text.dropFirst(kind.prefix.utf8.count + 1)).map { Moment(milliseconds: Int64($0)) }
    }

    /// A text between the identifiers of a kind: those made before a moment are smaller, the others are larger.
    package static func bound(_ kind: OrderKind, at moment: Moment) -> String {
        kind.prefix + "_" + ULID.time(milliseconds: UInt64(max(0, moment.milliseconds)))
    }
}
