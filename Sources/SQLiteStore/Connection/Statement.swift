/// The text of a statement that is compiled once per connection and kept.
///
/// Placeholders are `$1`, `$2`, ... in the order of first use, which SQLite and PostgreSQL number alike.
final class Statement: Sendable {
    let sql: String

    init(_ sql: String) { self.sql = sql }
}
