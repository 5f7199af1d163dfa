import Glibc

/// Whether a file or folder that holds secrets is the router's own.
///
/// Links are followed: what they lead to counts, as Kubernetes mounts secrets. The group may read, and use a folder, only
/// where root owns it and the router is not root but of that group: this is how root hands a secret to one service (a
/// volume with `fsGroup`, `root:payrouter 0640`). A group of whoever owns the file himself proves nothing about its members.
enum FilePrivacy {
    /// Where a file and the process stand towards each other.
    struct Standing: Sendable {
        var mode: mode_t
        var owner: uid_t
        var group: gid_t
        var user: uid_t
        var groups: Set<gid_t>

        init(mode: mode_t, owner: uid_t, group: gid_t, user: uid_t, groups: Set<gid_t>) {
            self.mode = mode
            self.owner = owner
            self.group = group
            self.user = user
            self.groups = groups
        }
    }

    /// What is wrong with a file, and the command that helps; `nil` if nothing is, or if it is no file on a disk.
    static func fault(ofFile path: String) -> String? {
        fault(path, S_IFREG) { _ in
            "chmod 600 \(quoted(path)), or, where it is mounted, mount it with mode 0400 (defaultMode in Kubernetes)"
        }
    }

    /// The same for a folder.
    ///
    /// Nobody is told to take a folder for himself that many use, as `/tmp` is.
    static func fault(ofFolder path: String) -> String? {
        fault(path, S_IFDIR) { mode in
            (mode & sticky == 0 ? "chmod 700 \(quoted(path)), or " : "")
                + "name a folder below it, which payrouter makes for itself alone"
        }
    }

    /// The bit of folders in which everybody may make files.
    private static let sticky: mode_t = 0o1000

    private static func fault(_ path: String, _ kind: mode_t, remedy: (mode_t) -> String) -> String? {
        var facts = stat()
        guard stat(path, &facts) == 0, facts.st_mode & S_IFMT == kind else { return nil }
        let standing = Standing(
            mode: facts.st_mode, owner: facts.st_uid, group: facts.st_gid, user: geteuid(), groups: processGroups)
        guard let who = whoElse(standing) else { return nil }
        let mode = String(facts.st_mode & 0o777, radix: 8)
        return "\(path) is open to \(who) (mode 0\(mode)): \(remedy(facts.st_mode))"
    }

    /// Who else gets in; `nil` if nobody does.
    static func whoElse(_ standing: Standing) -> String? {
        if standing.mode & 0o007 != 0 { return "everybody on this machine" }
        guard standing.mode & 0o070 != 0 else { return nil }
        let isFolder = standing.mode & S_IFMT == S_IFDIR
        let isHandedOver = standing.owner == 0 && standing.user != 0 && standing.groups.contains(standing.group)
        return isHandedOver && (isFolder || standing.mode & 0o020 == 0) ? nil : "its group"
    }

    private static var processGroups: Set<gid_t> {
        let count = getgroups(0, nil)
        var groups = [gid_t](repeating: 0, count: Int(max(count, 0)))
        let found = getgroups(count, &groups)
        return Set(groups.prefix(Int(max(found, 0))) + [getegid()])
    }

    /// The path as a shell takes it.
    private static func quoted(_ path: String) -> String {
        let isPlain = path.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || [0x2D, 0x2E, 0x2F, 0x5F].contains(byte)
        }
        return isPlain ? path : "'" + path.replacing("'", with: "'\\''") + "'"
    }
}
