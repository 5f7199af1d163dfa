import Foundation
import Router
import SQLiteStore
import Testing
import WebText

/// A database of the program before units: payments by prompt and card, a hold with its capture, a refund, a payout, a
/// refusal, an endpoint that nobody answers.
///
/// It was made once with that program, in the sandbox; its master key protects nothing else. `told.json` is what it said
/// of them.
struct OlderDatabase {
    let folder: TemporaryFolder
    let master: MasterKey
    let view: OrderView
    let told: JSONValue

    /// Unpacked once: Foundation does not get along with processes that are started on many threads at once.
    private static let unpacked = Result {
        let folder = try TemporaryFolder()
        let archive = try #require(
            Bundle.module.path(forResource: "before-units", ofType: "tar.gz", inDirectory: "Fixtures"))
        let tar = Process()
        tar.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        tar.arguments = ["tar", "xzf", archive, "-C", folder.path]
        try tar.run()
        tar.waitUntilExit()
        return folder
    }

    init() throws {
        let source = try Self.unpacked.get().path
        folder = try TemporaryFolder()
        for (name, target) in [
            ("payrouter.sqlite", "router.sqlite"), ("master.key", "master.key"), ("told.json", "told.json"),
        ] {
            try FileManager.default.copyItem(atPath: source + "/" + name, toPath: folder.path + "/" + target)
        }
        let digits = try String(contentsOfFile: folder.path + "/master.key", encoding: .utf8)
        let bytes = try #require(Hex.bytes(digits.trimmingCharacters(in: .whitespacesAndNewlines)))
        let key = try #require(MasterKey(bytes: bytes))
        master = key
        view = OrderView(publicURL: "http://127.0.0.1:18080", pages: HostedPages(.derived(from: key)))
        told = try StrictJSON.parse(
            Array(try Data(contentsOf: URL(fileURLWithPath: folder.path + "/told.json"))), maximumDepth: 64)
    }

    func open(_ change: (inout SQLiteStore.Options) -> Void = { _ in }) async throws -> SQLiteStore {
        var options = SQLiteStore.Options()
        options.copiesBeforeUpgrade = false
        options.upgradeBatch = 1
        change(&options)
        return try await SQLiteStore.open(path: folder.database, master: master, options: options)
    }
}
