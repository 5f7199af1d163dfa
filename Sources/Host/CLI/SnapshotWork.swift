import Router

/// Has a running router compare or rebuild its snapshots, or does it in the store of one that does not run.
struct SnapshotWork {
    private let common: AppsCommand.Common
    private let work: SnapshotRun.Work

    init(_ common: AppsCommand.Common, _ work: SnapshotRun.Work) { (self.common, self.work) = (common, work) }

    /// Waits until it has ended.
    ///
    /// - Parameter alone: What is done where no router runs.
    /// - Returns: How it ended.
    /// - Throws: ``CommandFailure`` if it did not come to its end.
    func result(
        alone: (any InstalledStore, News) async throws -> JSONValue
    ) async throws -> JSONValue {
        let news = News(isWanted: !common.output.json)
        let socket = ControlSocket(folder: common.data).path
        guard try await ControlClient(path: socket).isAnswered else {
            let host = try await OfflineHost.open(common.data)
            do {
                let result = try await alone(host.store, news)
                await host.store.close()
                return result
            } catch {
                await host.store.close()
                throw CommandFailure(description: "the \(work.rawValue) did not come to its end: \(error)")
            }
        }
        let path = "/snapshots/\(work.rawValue)"
        var state = try await common.link.call(.post, path)
        while state["state"]?.stringValue == SnapshotRun.Progress.running.rawValue {
            news.tell(SnapshotsText.progress(state, of: work))
            try await Task.sleep(for: .milliseconds(300))
            state = try await common.link.call(.get, path)
        }
        if state["state"]?.stringValue == SnapshotRun.Progress.done.rawValue { return state }
        throw CommandFailure(
            description: "the \(work.rawValue) did not come to its end: "
                + (state["failure"]?.stringValue ?? "the router was started anew; ask again"))
    }
}
