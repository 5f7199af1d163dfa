import Router

extension Moment {
    /// 2026-01-01T00:00:00Z.
    static let start = Moment(milliseconds: 1_767_225_600_000)
}
