/// What a row of snapshots is about.
package struct SnapshotKey: Sendable, Hashable, Comparable {
    package var app: AppID
    package var environment: PayEnvironment
    package var day: SnapshotDay
    package var currency: Currency
    /// The channel's name; empty where none was chosen yet.
    package var channel: String
    package var kind: SnapshotKind

    package init(
        app: AppID, environment: PayEnvironment, day: SnapshotDay, currency: Currency, channel: String,
        kind: SnapshotKind
    ) {
        self.app = app
        self.environment = environment
        self.day = day
        self.currency = currency
        self.channel = channel
        self.kind = kind
    }

    package static func < (left: SnapshotKey, right: SnapshotKey) -> Bool {
        let outer = (left.app.text, left.environment.rawValue, left.day)
        let others = (right.app.text, right.environment.rawValue, right.day)
        if outer != others { return outer < others }
        return (left.currency.code, left.channel, left.kind) < (right.currency.code, right.channel, right.kind)
    }
}

/// One row: what happened to orders of one kind, on a channel and in a currency, of an app on one day.
///
/// Everything counts on the day it happened, so that a day that is over never changes.
package struct Snapshot: Sendable, Hashable {
    package var key: SnapshotKey
    package var figures: SnapshotFigures

    package init(_ key: SnapshotKey, _ figures: SnapshotFigures) {
        self.key = key
        self.figures = figures
    }
}

/// Which rows are read; all conditions hold together.
package struct SnapshotQuery: Sendable, Hashable {
    /// Only of these apps; `nil` for all.
    package var apps: [AppID]?
    package var environment: PayEnvironment?
    package var from: SnapshotDay
    /// The last day that counts.
    package var to: SnapshotDay
    /// Only rows behind this one.
    package var after: SnapshotKey?
    /// At most so many; `nil` for all.
    package var limit: Int?

    package init(apps: [AppID]? = nil, environment: PayEnvironment? = nil, from: SnapshotDay, to: SnapshotDay) {
        self.apps = apps
        self.environment = environment
        self.from = from
        self.to = to
    }

    /// Whether a row is one of them, but for the limit.
    package func matches(_ key: SnapshotKey) -> Bool {
        (apps?.contains(key.app) ?? true) && (environment ?? key.environment) == key.environment
            && (from <= to && (from...to).contains(key.day)) && (after.map { $0 < key } ?? true)
    }
}
