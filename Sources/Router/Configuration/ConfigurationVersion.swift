/// A version of the configuration: the bytes of a file as they were, with who made it, when and why.
///
/// It never changes, but for how many recorded decisions it was tried on.
package struct ConfigurationVersion: Sendable, Hashable {
    /// Where its bytes came from.
    ///
    /// The raw values stand in records and never change.
    package enum Source: String, Sendable, Hashable, CaseIterable {
        /// The file that the router was started with.
        case file
        /// A call of the admin API.
        case api
        /// `payrouter config`.
        case commandLine = "cli"
    }

    /// Who made or activated a version.
    package enum Maker: Sendable, Hashable {
        /// The router itself, from the file.
        case file
        /// Somebody at the command line who gave no name.
        case commandLine
        /// Somebody who may sign, by name.
        case person(String)
    }

    /// From 1 on, without gaps.
    package var number: Int64
    /// SHA-256 of the file's bytes.
    package var hash: [UInt8]
    /// How many bytes the file has.
    package var size: Int
    package var madeAt: Moment
    package var by: Maker
    /// Why, in a person's words.
    package var reason: String?
    package var source: Source
    /// What was found when it was made that does not keep it from working, a sentence each.
    package var warnings: [String]
    /// On how many recorded decisions it was tried.
    package var triedOn: Int64 = 0

    package init(
        number: Int64, hash: [UInt8], size: Int, madeAt: Moment, by: Maker, reason: String? = nil, source: Source,
        warnings: [String] = []
    ) {
        self.number = number
        self.hash = hash
        self.size = size
        self.madeAt = madeAt
        self.by = by
        self.reason = reason
        self.source = source
        self.warnings = warnings
    }

    /// What is stored with orders that are decided on it.
    package var stamp: ConfigurationStamp { ConfigurationStamp(number: number, hash: hash) }
}

extension ConfigurationVersion.Maker {
    /// As it is shown: a person's name, or what did it.
    package var name: String {
        switch self {
        case .file: "file"
        case .commandLine: "command line"
        case .person(let name): name
        }
    }
}

/// That a version became the one that is worked with.
package struct ConfigurationActivation: Sendable, Hashable {
    /// The version.
    package var number: Int64
    /// The one that was worked with before; `nil` for the first.
    ///
    /// It is compared: somebody who was faster is not overwritten.
    package var previous: Int64?
    package var at: Moment
    package var by: ConfigurationVersion.Maker
    /// Why, in a person's words.
    package var reason: String?
    /// Whether it is a version that was worked with before, taken back.
    package var isRollback: Bool

    package init(
        _ number: Int64, after previous: Int64?, at: Moment, by: ConfigurationVersion.Maker, reason: String? = nil,
        isRollback: Bool = false
    ) {
        self.number = number
        self.previous = previous
        self.at = at
        self.by = by
        self.reason = reason
        self.isRollback = isRollback
    }
}
