import Foundation
import Testing

/// The data folder of the first release, with every kind and state of orders.
enum FirstRelease {
    /// Unpacks the folder into a new place; `notes` names the orders in it.
    static func folder() throws -> (path: String, notes: [String: String]) {
        let archive = try #require(
            Bundle.module.path(forResource: "first-release", ofType: "tar.gz", inDirectory: "Fixtures"))
        let path = NSTemporaryDirectory() + "first-release-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let tar = Process()
        tar.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        tar.arguments = ["tar", "xzf", archive, "-C", path]
        try tar.run()
        tar.waitUntilExit()
        try #require(tar.terminationStatus == 0)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path + "/data/what-is-in-here.json"))
        return (path + "/data", try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: String]))
    }
}
