import Foundation
import Host
import Router
import SQLiteStore
import Synchronization
import Testing
import WebText

/// A name belongs to one app of the installation.
@Suite("Names of apps", .timeLimit(.minutes(10)))
struct AppNameTests {
    @Test
    func `a second app of a name is refused, also by fifty at once, and says whose it is`() async throws {
        let router = try await RunningRouter()
        let body: JSONValue = ["name": "Shop A", "environment": "sandbox"]
        let answers = await withTaskGroup(of: RunningRouter.Answer.self) { group in
            for _ in 0..<50 { group.addTask { await router.admin("POST", "/apps", body) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        let made = answers.filter { $0.status == 201 }
        #expect(made.count == 1)
        let id = try #require(made.first?.json["id"]?.stringValue)
        for refused in answers where refused.status != 201 {
            #expect(refused.status == 400)
            #expect(refused.json["detail"]?.stringValue?.contains(id) == true, "\(refused.json)")
        }
        // Case and white space within tell names apart; the demo app has one, too.
        for name in ["shop a", "Shop  A"] {
            let other = await router.admin("POST", "/apps", ["name": .string(name), "environment": "sandbox"])
            #expect(other.status == 201, "\(name)")
        }
        #expect(await router.admin("POST", "/apps", ["name": "demo", "environment": "sandbox"]).status == 400)
        for name in ["a\u{1B}[31mred", "a\nb", "a\tb", " ", " a", "Shop A ", "a\u{202E}b", "a\u{2028}b", "a\u{200B}b"] {
            let made = await router.admin("POST", "/apps", ["name": .string(name), "environment": "sandbox"])
            #expect(made.status == 400, "\(name.debugDescription)")
        }
        await router.stop()
    }

    @Test
    func `apps of older data that share a name keep their keys and get a suffix, and the log says so`() async throws {
        let (path, _) = try FirstRelease.folder()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let digits = try String(contentsOfFile: path + "/master.key", encoding: .utf8)
        let bytes = try #require(Hex.bytes(digits.trimmingCharacters(in: .whitespacesAndNewlines)))
        let lines = Mutex<[String]>([])
        var options = SQLiteStore.Options()
        options.onProgress = { line in lines.withLock { $0.append(line) } }
        let store = try await SQLiteStore.open(
            path: path + "/payrouter.sqlite", master: try #require(MasterKey(bytes: bytes)), options: options)
        let apps = try await store.apps()
        #expect(Set(apps.map(\.name)).count == apps.count)
        let told = lines.withLock { $0 }.filter { $0.contains("shared its name") }
        #expect(!told.isEmpty, "the first release's folder has two apps of one name")
        for line in told {
            let renamed = try #require(apps.first { line.contains($0.id.text) })
            #expect(renamed.name.hasSuffix(" (\(renamed.id.text.suffix(6)))"))
            #expect(line.contains("\"\(renamed.name)\""))
            #expect(try await !store.keys(of: renamed.id).isEmpty)
        }
        await store.close()
    }
}
