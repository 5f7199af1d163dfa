import Glibc
package import Router
import WebText

/// The folder that holds everything the router must not lose: the store, the sandbox's key, the control socket.
package struct DataFolder: Sendable {
    package let path: String

    /// Opens the folder, making it if it is missing, readable by its owner only.
    ///
    /// - Throws: ``StartFailure``.
    package init(path: String) throws(StartFailure) {
        var parent = ""
        for part in path.split(separator: "/", omittingEmptySubsequences: false) {
            parent += parent.isEmpty && !path.hasPrefix("/") ? String(part) : "/" + part
            if part.isEmpty || part == "." || part == ".." { continue }
            guard mkdir(parent, 0o700) == 0 || errno == EEXIST else {
                throw StartFailure("the data folder \(path) cannot be made: \(String(cString: strerror(errno)))")
            }
        }
        guard access(path, R_OK | W_OK | X_OK) == 0 else {
            throw StartFailure("the data folder \(path) cannot be used: \(String(cString: strerror(errno)))")
        }
        self.path = path
    }

    package var store: String { path + "/" + StoreFactory.file }
    package var controlSocket: String { ControlSocket(folder: path).path }
    package var sandbox: String { path + "/sandbox" }

    /// The installation's master key.
    ///
    /// - Parameters:
    ///   - environment: Where `PAYROUTER_MASTER_KEY` (64 hexadecimal digits) or `PAYROUTER_MASTER_KEY_FILE` may stand.
    ///   - makeIfMissing: In the sandbox a key is made once and kept here with mode 0600.
    /// - Returns: The key.
    /// - Throws: ``StartFailure``.
    package func masterKey(_ environment: [String: String], makeIfMissing: Bool) throws(StartFailure) -> MasterKey {
        if environment["PAYROUTER_MASTER_KEY"] != nil, environment["PAYROUTER_MASTER_KEY_FILE"] != nil {
            throw StartFailure("PAYROUTER_MASTER_KEY and PAYROUTER_MASTER_KEY_FILE are both set: unset one of them")
        }
        if let text = environment["PAYROUTER_MASTER_KEY"] { return try Self.key(text, "PAYROUTER_MASTER_KEY") }
        let named = environment["PAYROUTER_MASTER_KEY_FILE"]
        let file = named ?? path + "/master.key"
        let given: [UInt8]?
        do throws(FileFault) { given = try Files.load(file) } catch {
            guard named == nil else { throw StartFailure("PAYROUTER_MASTER_KEY_FILE: \(error)") }
            given = nil
        }
        if let given { return try Self.key(String(decoding: given, as: UTF8.self), file) }
        // A new key beside an old store would be one that nothing in it was written under.
        if makeIfMissing, named == nil, access(store, F_OK) == 0 {
            throw StartFailure(
                "\(store) was written under a master key that is missing: put the key back at \(file), or name it in "
                    + "PAYROUTER_MASTER_KEY_FILE, or start with another data folder")
        }
        guard makeIfMissing, named == nil else {
            throw StartFailure(
                "no master key: set PAYROUTER_MASTER_KEY to 64 hexadecimal digits (openssl rand -hex 32), or "
                    + "PAYROUTER_MASTER_KEY_FILE to a file that holds them")
        }
        let (key, bytes) = MasterKey.random()
        guard Files.write(file, Array(Hex.text(bytes).utf8) + [0x0A], mode: 0o600) else {
            throw StartFailure("the master key cannot be written to \(file)")
        }
        return key
    }

    /// Whether nothing was ever stored here.
    package var isNew: Bool { access(store, F_OK) != 0 }

    /// What is open to others of the folder and of the file that the master key comes from, each with its remedy.
    package func openToOthers(_ environment: [String: String]) -> [String] {
        var faults = FilePrivacy.fault(ofFolder: path).map { ["the data folder " + $0] } ?? []
        if environment["PAYROUTER_MASTER_KEY"] == nil {
            let file = environment["PAYROUTER_MASTER_KEY_FILE"] ?? path + "/master.key"
            if let fault = FilePrivacy.fault(ofFile: file) { faults.append("the master key's file " + fault) }
        }
        return faults
    }

    /// Refuses a new folder under a key that can be guessed.
    ///
    /// What a folder was written under it keeps: a weak key of before is told of, at every start.
    ///
    /// - Throws: ``StartFailure``.
    package func admit(_ master: MasterKey) throws(StartFailure) {
        guard isNew, let weakness = master.weakness else { return }
        throw StartFailure(
            "the master key can be guessed: \(weakness); a new data folder takes a random one, as openssl rand -hex 32 makes it"
        )
    }

    /// Opens the store; every command does so here.
    ///
    /// The store belongs to the first key that opens it. Another one is refused before anything is written. A command
    /// keeps the lock for a moment only, so a lock is waited for, three seconds at most.
    ///
    /// - Throws: ``StartFailure``.
    package func openStore(
        _ master: MasterKey, from factory: StoreFactory = StoreFactory()
    ) async throws(StartFailure) -> any InstalledStore {
        try checkLength()
        let clock = HostClock()
        let end = clock.now.adding(milliseconds: 3_000)
        while true {
            do throws(StoreFailure) {
                return try await factory.open(store, master)
            } catch {
                guard error.kind == .busy, clock.now < end, !Task.isCancelled else { throw unopened(error) }
                await clock.sleep(until: clock.now.adding(milliseconds: 50))
            }
        }
    }

    /// The store goes by the real path, whatever links lead there.
    private func checkLength() throws(StartFailure) {
        guard let real = realpath(path, nil) else { return }
        defer { free(real) }
        let count = strlen(real)
        let most = StoreFactory.longestPath - store.utf8.count + path.utf8.count
        guard count > most else { return }
        throw StartFailure(
            "the path of the data folder has \(count) bytes, and the database takes \(most) at most: name a shorter one with "
                + "--data (a symbolic link makes it no shorter, a bind mount does); it is \(String(path.prefix(100)))..."
        )
    }

    private func unopened(_ error: StoreFailure) -> StartFailure {
        let reason = error.detail.isEmpty ? "\(error)" : error.detail
        let remedy = "; stop it first, or name another folder with --data"
        return StartFailure("the data in \(path) cannot be opened: \(reason)\(error.kind == .busy ? remedy : "")")
    }

    private static func key(_ text: String, _ source: String) throws(StartFailure) -> MasterKey {
        let digits = text.split(whereSeparator: \.isWhitespace).first.map(String.init) ?? ""
        guard let key = Hex.bytes(digits).flatMap({ MasterKey(bytes: $0) }) else {
            throw StartFailure("\(source) does not hold a master key: 64 hexadecimal digits are needed")
        }
        return key
    }
}

/// Why the router does not start: one sentence for the person at the terminal.
package struct StartFailure: Error, Sendable, CustomStringConvertible {
    package var description: String

    package init(_ description: String) { self.description = description }
}

/// Small whole files.
package enum Files {
    /// The file's bytes; `nil` if it cannot be read.
    package static func read(_ path: String) -> [UInt8]? { try? load(path) }

    /// Writes a new file and flushes it; refuses to replace one.
    package static func write(_ path: String, _ bytes: [UInt8], mode: UInt32) -> Bool {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        return count == bytes.count && fsync(descriptor) == 0
    }
}
