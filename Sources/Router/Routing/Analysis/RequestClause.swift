/// A set of requests: in each dimension those of some classes; whatever is not named is open.
struct RequestClause: Sendable, Hashable {
    /// By dimension; none of them is empty, and none is full.
    private(set) var bits: [Int: ClassBits] = [:]

    /// Every request.
    static let everything = RequestClause()

    /// Requests of some classes of one dimension; `nil` if there are none.
    init?(_ dimension: Int, _ classes: ClassBits) {
        guard !classes.isEmpty else { return nil }
        if !classes.isFull { bits[dimension] = classes }
    }

    private init() {}

    /// What both have in common; `nil` if that is nothing.
    func intersection(_ other: RequestClause) -> RequestClause? {
        var result = self
        for (dimension, classes) in other.bits {
            guard let mine = result.bits[dimension] else {
                result.bits[dimension] = classes
                continue
            }
            let common = mine.intersection(classes)
            guard !common.isEmpty else { return nil }
            result.bits[dimension] = common
        }
        return result
    }

    /// The part that is as near to another clause as can be, and in how many dimensions they have nothing in common.
    func approaching(_ other: RequestClause) -> (clause: RequestClause, missed: Int) {
        var (result, missed) = (self, 0)
        for (dimension, classes) in other.bits {
            let common = result.bits[dimension]?.intersection(classes) ?? classes
            if common.isEmpty { missed += 1 } else { result.bits[dimension] = common }
        }
        return (result, missed)
    }

    /// What is left without another one: sets that have nothing in common.
    func subtracting(_ other: RequestClause) -> [RequestClause] {
        guard intersection(other) != nil else { return [self] }
        var pieces: [RequestClause] = []
        var rest = self
        for (dimension, classes) in other.bits.sorted(by: { $0.key < $1.key }) {
            let mine = rest.bits[dimension] ?? ClassBits(count: classes.count, all: true)
            let outside = mine.subtracting(classes)
            if !outside.isEmpty {
                var piece = rest
                piece.bits[dimension] = outside
                pieces.append(piece)
            }
            rest.bits[dimension] = mine.intersection(classes)
        }
        return pieces
    }
}

/// Several such sets together.
struct RequestSet: Sendable {
    var clauses: [RequestClause]

    static let nothing = RequestSet(clauses: [])
    static let everything = RequestSet(clauses: [.everything])

    /// More clauses than this are not looked at: the answer is "undecided".
    static let mostClauses = 512

    var isEmpty: Bool { clauses.isEmpty }

    /// Whether both have a request in common.
    func meets(_ other: RequestSet) -> Bool {
        clauses.contains { mine in other.clauses.contains { mine.intersection($0) != nil } }
    }

    func union(_ other: RequestSet) -> RequestSet { RequestSet(clauses: clauses + other.clauses) }

    /// `nil` if it would have too many clauses.
    func intersection(_ other: RequestSet) -> RequestSet? {
        var result: [RequestClause] = []
        for mine in clauses {
            for others in other.clauses {
                guard let common = mine.intersection(others) else { continue }
                result.append(common)
                guard result.count <= Self.mostClauses else { return nil }
            }
        }
        return RequestSet(clauses: result)
    }

    /// What is left of it without another one; `nil` if that takes too many pieces to tell.
    func subtracting(_ other: RequestSet) -> RequestSet? {
        var pieces = clauses
        for clause in other.clauses {
            pieces = pieces.flatMap { $0.subtracting(clause) }
            guard pieces.count <= Self.mostPieces else { return nil }
            if pieces.isEmpty { break }
        }
        return RequestSet(clauses: pieces)
    }

    private static let mostPieces = 4_096
}
