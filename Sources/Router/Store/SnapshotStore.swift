/// Daily figures, folded from the units that the orders' steps left behind.
///
/// Nothing of it is written in the commit of an order. Rows belong to a *fold*, and only the present one's are shown: another
/// one can be built beside it, from the first unit on, and take its place.
package protocol SnapshotStore: Sendable {
    /// The present fold, and how far it is.
    func snapshotFold() async throws(StoreFailure) -> SnapshotFoldState

    /// The units behind a number, oldest first, with what their orders were before each.
    ///
    /// A unit that cannot be read is one of them, and says why.
    func snapshotSteps(after unit: Int64, limit: Int) async throws(StoreFailure) -> [SnapshotStep]

    /// Adds what units add to a fold and moves it on to the last of them, in one transaction.
    ///
    /// - Parameters:
    ///   - batch: What the units behind `unit` add.
    ///   - fold: The fold's number.
    ///   - unit: How far the fold has to be.
    /// - Returns: `false`, and nothing is written, if there is no such fold or it is not there.
    /// - Throws: ``StoreFailure`` if it could not be written, and then nothing is.
    func fold(_ batch: SnapshotBatch, into fold: Int64, after unit: Int64) async throws(StoreFailure) -> Bool

    /// Rows of the present fold, by app, environment, day, currency, channel and kind.
    func snapshots(_ query: SnapshotQuery) async throws(StoreFailure) -> [Snapshot]

    /// The best of the present fold's sales.
    func sales(_ query: SalesQuery) async throws(StoreFailure) -> SalesRanking

    /// Everything of the present fold at one moment, sales by their sums.
    func snapshotDigest() async throws(StoreFailure) -> SnapshotDigest

    /// What was booked of orders, by their ids; only of those behind `after`.
    func bookings(after order: OrderID?, limit: Int) async throws(StoreFailure) -> [OrderBookings]

    /// Makes a fold of nothing beside the present one, and gives up any other that is being built.
    ///
    /// - Returns: Its number.
    func beginFold() async throws(StoreFailure) -> Int64

    /// Puts a fold in the place of the present one, if it is as far.
    func replaceFold(with fold: Int64) async throws(StoreFailure) -> Bool

    /// Deletes some rows of folds that were replaced or given up.
    ///
    /// - Returns: Whether there may be more.
    func forgetFolds(limit: Int) async throws(StoreFailure) -> Bool
}

/// A fold, and how far it is.
package struct SnapshotFoldState: Sendable, Hashable {
    package var fold: Int64
    /// The last unit that is in it.
    package var unit: Int64
    /// When that one was written.
    package var at: Moment
    /// How many of its units could not be read.
    package var unreadable: Int64
    /// The newest unit that there is.
    package var newest: Int64

    package init(fold: Int64, unit: Int64, at: Moment, unreadable: Int64, newest: Int64) {
        self.fold = fold
        self.unit = unit
        self.at = at
        self.unreadable = unreadable
        self.newest = newest
    }

    /// How many units wait to be folded.
    package var lag: Int64 { max(0, newest - unit) }
}

/// What the books have of an order.
package struct OrderBookings: Sendable, Hashable {
    package var order: OrderID
    package var parent: OrderID?
    package var app: AppID
    package var environment: PayEnvironment
    package var postings: [Posting]

    package init(
        order: OrderID, parent: OrderID?, app: AppID, environment: PayEnvironment, postings: [Posting]
    ) {
        self.order = order
        self.parent = parent
        self.app = app
        self.environment = environment
        self.postings = postings
    }
}
