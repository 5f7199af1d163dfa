/// A stretch of days, taken apart into the spans that sales are added up by.
package struct SaleSpans: Sendable, Hashable {
    /// The spans in which the best are looked for: the months that it touches, or the one day or month that it is.
    package let ranked: [SaleSpan]
    /// Spans whose figures add up to its own: numbers of ``SaleSpan``, one behind the other in each stretch.
    package let stretches: [ClosedRange<Int64>]
    /// Whether it is one day or one month, whose best are known exactly.
    package let isOne: Bool

    /// - Parameters:
    ///   - first: The first day.
    ///   - last: The last day, not before it.
    package init(from first: SnapshotDay, to last: SnapshotDay) {
        guard first != last else {
            (ranked, isOne) = ([.day(first)], true)
            stretches = [first.number...first.number]
            return
        }
        let (begin, end) = (SnapshotMonth(first), SnapshotMonth(last))
        let firstWhole = begin.firstDay == first ? begin : begin.next
        let afterWhole = end.lastDay == last ? end.next : end
        var stretches: [ClosedRange<Int64>] = []
        if firstWhole < afterWhole {
            if first < firstWhole.firstDay { stretches.append(first.number...firstWhole.firstDay.number - 1) }
            stretches.append(SaleSpan.month(firstWhole).number...SaleSpan.month(afterWhole).number - 1)
            if afterWhole.firstDay <= last { stretches.append(afterWhole.firstDay.number...last.number) }
        } else {
            stretches.append(first.number...last.number)
        }
        self.stretches = stretches
        var months: [SaleSpan] = []
        var month = begin
        while month <= end {
            months.append(.month(month))
            month = month.next
        }
        ranked = months
        isOne = begin == end && begin.firstDay == first && begin.lastDay == last
    }

    /// How many of each ranked span are looked at: more where there are few spans, so that the work is the same.
    package func depth(_ limit: Int) -> Int {
        isOne ? limit : max(2 * limit, min(200, 1_200 / ranked.count))
    }
}
