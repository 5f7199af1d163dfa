import Router

extension Moment {
    /// 21 November 2026, half past nine in the morning: the day these tests are set on.
    static let start = Moment(milliseconds: 1_795_253_400_000)

    static func + (moment: Moment, seconds: Int64) -> Moment { moment.adding(seconds: seconds) }
}
