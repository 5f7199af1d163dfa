import Router
import Synchronization

/// A list of the console as a table, made page by page as it is taken.
final class ListExport: Sendable {
    typealias Made = @Sendable (ConsoleVisit) async throws(Problem) -> ConsolePage

    private let make: Made
    private let place: Mutex<Place>

    /// How far it is.
    private struct Place {
        /// The page that comes next; `nil` after the last one.
        var visit: ConsoleVisit?
        var hasBegun = false
    }

    init(_ visit: ConsoleVisit, _ make: @escaping Made) {
        self.make = make
        place = Mutex(Place(visit: visit))
    }

    /// The next lines, the columns' names first; `nil` once all were given out.
    ///
    /// Called by one reader, who waits for one piece before asking for the next.
    func next() async throws(Problem) -> String? {
        let now = place.withLock { $0 }
        guard let visit = now.visit else { return nil }
        let block = try await make(visit).blocks.first { $0.list != nil }
        let (table, older) = (block?.table, block?.list?.older)
        place.withLock { place in
            place.hasBegun = true
            place.visit = older.map { address in
                var next = visit
                next.request.query = String(address.drop { $0 != "?" }.dropFirst())
                return next
            }
        }
        let head = now.hasBegun ? "" : CSVTable.line((table?.columns ?? []).map { .text($0.label) })
        return head + (table?.rows ?? []).map { row in CSVTable.line(row.map(Self.cell)) }.joined()
    }

    /// Everything from its first piece on; if a page cannot be made the stream throws, and what was taken is no whole table.
    func pieces(after first: String?) -> AsyncThrowingStream<String, any Error> {
        let held = Mutex(first)
        return AsyncThrowingStream {
            let first = held.withLock { held -> String? in
                defer { held = nil }
                return held
            }
            if let first { return first }
            return try await self.next()
        }
    }

    /// What a page shows as nothing is nothing.
    private static func cell(_ cell: ConsoleTable.Cell) -> CSVCell { .text(cell.text == "-" ? "" : cell.text) }
}
