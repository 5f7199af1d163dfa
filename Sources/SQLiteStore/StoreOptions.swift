import Foundation

extension SQLiteStore {
    /// How the store is opened.
    ///
    /// The defaults are what was measured to be right; tests use smaller ones.
    package struct Options: Sendable {
        /// How long the writer waits for somebody else's lock, in milliseconds, before callers hear `busy`.
        package var busyMilliseconds = 2_000
        /// Read-only connections.
        package var readers = 4
        /// The writer's page cache, in KiB.
        ///
        /// Larger is not faster: SQLite walks through all of it at every commit that split a page.
        package var writerCacheKiB = 16 * 1_024
        /// Log length at which the writer checkpoints, in pages of 4 KiB.
        ///
        /// Writers wait meanwhile: with 16 000 pages the slowest hundredth took a quarter longer, with 64 000 three times as long.
        package var checkpointPages: Int32 = 4_000
        /// Largest size of the database in pages; zero means no limit.
        ///
        /// For tests of a full disk.
        package var maximumPages = 0
        /// How many of the orders committed last are kept in memory at most; at least half of them are.
        ///
        /// One takes some 5 KiB, with what was shown of it.
        package var recentOrders = 4_096
        /// Rows of an older form that are brought over in one transaction.
        package var upgradeBatch = 1_000
        /// Hears how far an upgrade of the data is that takes long, one line at a time.
        package var progress: @Sendable (String) -> Void = { line in
            FileHandle.standardError.write(Data((line + "\n").utf8))
        }

        /// Whether the file is copied before it is brought to a newer form.
        package var copiesBeforeUpgrade = true
        /// Hears, in words for people, how far a step is that brings the file to a newer form.
        package var onProgress: @Sendable (String) -> Void = { _ in }

        package init() {}
    }
}
