import ArgumentParser
import Router
import WebText

/// One page of a list of the control socket: which, and how it is printed.
struct ListPage: ParsableArguments {
    @Option(name: .long, help: "1 to 100.") var limit = 20
    @Option(name: .long, help: "The page behind an earlier one; that one says how.") var after: String?

    /// Fetches the page and prints it.
    ///
    /// - Parameters:
    ///   - path: The list's path.
    ///   - common: Where it is asked, and in which form it is printed.
    ///   - filters: Parameters by name; those that are `nil` are left out.
    ///   - nothing: What is printed where the page is empty.
    ///   - columns: The table's head.
    ///   - row: One line of it.
    /// - Throws: What asking throws.
    func show(
        _ path: String, _ common: AppsCommand.Common, filters: [(String, String?)] = [], nothing: String,
        columns: [String], row: (JSONValue) -> [String]
    ) async throws {
        let query = (filters + [("after", after)]).compactMap { name, value in
            value.map { "&\(name)=\(PercentText.encoded($0))" }
        }
        let list = try await common.link.call(.get, "\(path)?limit=\(limit)" + query.joined())
        if common.output.json { return Terminal.out(Terminal.pretty(list)) }
        let entries = list["data"]?.arrayValue ?? []
        guard !entries.isEmpty else { return Terminal.out(nothing) }
        Terminal.out(Terminal.table(columns, entries.map(row)))
        Terminal.next(list)
    }
}
