import Router

/// Looks once a second whether the configuration's file, or a file with a secret of it, is another one than before.
///
/// A file is taken once it was the same at two looks: one that is being written is not. What cannot be read is looked at again.
struct ConfigurationWatch: Sendable {
    private let desk: ConfigurationDesk
    private let path: String
    /// The file that was taken last.
    private var taken: FileStamp?
    /// The file of the look before.
    private var before: FileStamp?
    private var secretsTaken: [String: FileStamp]?
    private var secretsBefore: [String: FileStamp] = [:]

    init(_ desk: ConfigurationDesk) {
        self.desk = desk
        path = desk.loader.path
    }

    /// Looks until the task is cancelled.
    mutating func run(_ time: any TimeSource) async {
        while !Task.isCancelled {
            await look()
            await time.sleep(until: time.now.adding(seconds: Self.seconds))
        }
    }

    private static let seconds: Int64 = 1

    /// Looks once.
    mutating func look() async {
        await lookAtFile()
        await lookAtSecrets()
    }

    private mutating func lookAtFile() async {
        let now = FileStamp(path)
        defer { before = now }
        guard let now, now == before, now != taken, let bytes = try? Files.load(path), FileStamp(path) == now else {
            return
        }
        taken = now
        await desk.fileChanged(bytes)
    }

    private mutating func lookAtSecrets() async {
        let now = Dictionary(
            desk.secretFiles.compactMap { path in FileStamp(path).map { (path, $0) } }, uniquingKeysWith: { $1 })
        defer { secretsBefore = now }
        guard let known = secretsTaken else { return secretsTaken = now }
        guard now == secretsBefore, now != known else { return }
        secretsTaken = now
        await desk.secretsChanged()
    }
}
