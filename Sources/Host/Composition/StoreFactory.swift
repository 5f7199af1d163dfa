package import Router
import SQLiteStore

/// The store of an installation: what the router works with, and what those who run it ask of it besides.
package protocol InstalledStore: Store {
    /// The keys that everything in it was made with.
    var dataKeys: DataKeys { get }

    /// Reads everything: its structure, that the records agree with each other, and that sealed ones open.
    ///
    /// Takes seconds to minutes and disturbs no writer.
    ///
    /// - Returns: What is wrong, one line each; empty if all is well.
    func fullCheck() async throws(StoreFailure) -> [String]
}

extension SQLiteStore: InstalledStore {}

/// Where stores come from: the only place of the host that names an engine.
package struct StoreFactory: Sendable {
    /// Whether what is there is copied before it is brought to a newer form.
    package var copiesBeforeUpgrade = true
    /// Hears, in words for people, how far a step is that brings the data to a newer form.
    package var onProgress: @Sendable (String) -> Void = { _ in }

    package init() {}

    /// The name of the store's file in the data folder.
    static let file = "payrouter.sqlite"
    /// The bytes of the longest path that SQLite opens, less the end of its journal's name.
    static let longestPath = 504

    /// Opens the store at a path, or makes a new one; its folder must be there.
    ///
    /// - Throws: `busy` if another process has it, `corrupt` if it is damaged, belongs to another key, has lost the keys of its data or was written by a
    ///   newer version, `inputOutput` if its files cannot be opened.
    func open(_ path: String, _ master: MasterKey) async throws(StoreFailure) -> any InstalledStore {
        var options = SQLiteStore.Options()
        options.copiesBeforeUpgrade = copiesBeforeUpgrade
        options.onProgress = onProgress
        return try await SQLiteStore.open(path: path, master: master, options: options)
    }
}
