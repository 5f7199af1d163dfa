/// A way on that a page was given, and that stays among the pages it came from.
enum LocalAddress {
    /// The address if it lies below a path, whatever somebody wrote into it; else the path itself.
    ///
    /// Browsers walk up for `..`, in any spelling, so that none may stand in it.
    static func checked(_ next: String?, below path: String) -> String {
        guard let next, next == path || next.hasPrefix(path + "/") || next.hasPrefix(path + "?"),
            next.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), !next.contains("//"), !next.contains("\\")
        else { return path }
        let way = next.prefix { $0 != "?" && $0 != "#" }.lowercased()
        let isPlain = !way.contains("%2e") && !way.split(separator: "/").contains { $0 == ".." || $0 == "." }
        return isPlain ? next : path
    }
}
