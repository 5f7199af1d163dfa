import Foundation
import Router
import RouterTestKit
import Testing

@testable import Host

/// A file is taken once it stands still, also where another one is moved into its place.
@Suite struct ConfigurationWatchTests {
    private func numbers(_ bench: VersionBench) async throws -> [Int64] {
        try await bench.store.configurations(before: nil, limit: 9).map(\.number)
    }

    @Test func `a file is taken at the second look, once`() async throws {
        let bench = try VersionBench()
        var watch = ConfigurationWatch(bench.desk)
        await watch.look()
        try bench.write(VersionBench.file("alpha"))
        await watch.look()
        #expect(try await numbers(bench).isEmpty)
        await watch.look()
        #expect(try await numbers(bench) == [1])
        await watch.look()
        #expect(try await numbers(bench) == [1])
    }

    @Test func `a file that is moved into its place is another one`() async throws {
        let bench = try VersionBench()
        var watch = ConfigurationWatch(bench.desk)
        try bench.write(VersionBench.file("alpha"))
        for _ in 0..<2 { await watch.look() }
        let next = bench.folder + "/next.json"
        try VersionBench.file("bravo").write(toFile: next, atomically: false, encoding: .utf8)
        #expect(rename(next, bench.path) == 0)
        for _ in 0..<2 { await watch.look() }
        #expect(try await numbers(bench) == [2, 1])
    }

    @Test func `a file that is being written is left alone, and half of one is told of once`() async throws {
        let bench = try VersionBench()
        var watch = ConfigurationWatch(bench.desk)
        let whole = VersionBench.file("alpha")
        for count in [10, 40, 80] {
            try String(whole.prefix(count)).write(toFile: bench.path, atomically: false, encoding: .utf8)
            await watch.look()
        }
        #expect(bench.seen.alarms.isEmpty)
        for _ in 0..<3 { await watch.look() }
        #expect(bench.seen.alarms.count == 1)
        try whole.write(toFile: bench.path, atomically: false, encoding: .utf8)
        for _ in 0..<2 { await watch.look() }
        #expect(try await numbers(bench) == [1] && bench.seen.alarms.count == 1)
    }

    @Test func `a file that is gone changes nothing`() async throws {
        let bench = try VersionBench()
        var watch = ConfigurationWatch(bench.desk)
        try bench.write(VersionBench.file("alpha"))
        for _ in 0..<2 { await watch.look() }
        try FileManager.default.removeItem(atPath: bench.path)
        for _ in 0..<3 { await watch.look() }
        #expect(try await numbers(bench) == [1] && bench.seen.alarms.isEmpty)
    }
}
