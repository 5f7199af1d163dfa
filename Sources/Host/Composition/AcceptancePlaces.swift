import Glibc

/// How many orders are accepted at the same time.
enum AcceptancePlaces {
    /// What each processor gets.
    ///
    /// Enough for one commit to carry many of them, and few enough that those accepted before are not kept waiting: an
    /// order on its way to being accepted competes with about four that were accepted and are being sent. Twice as many
    /// make no more payments per second, and whoever is refused hears of it twice as late.
    private static let perProcessor = 8

    /// How many orders may be on their way to being accepted on this machine; at least two processors are assumed.
    static var count: Int { max(2, sysconf(Int32(_SC_NPROCESSORS_ONLN))) * perProcessor }
}
