/// All requests that there can be, as far as a configuration tells them apart.
///
/// The classes of a dimension are made of the values that conditions and providers name, and of one value that none names.
/// What a condition says of a class is found by asking the condition itself about a request of that class, so that there is
/// no second meaning of conditions here.
struct RequestSpace: Sendable {
    let dimensions: [RequestDimension]
    private let places: [RequestDimension.Subject: Int]
    /// For which classes of its dimension each condition holds.
    private var truths: [RouteCondition: ClassBits] = [:]

    init(_ conditions: [RouteCondition], _ providers: [AnalysedProvider]) {
        let leaves = Self.distinct(conditions)
        var subjects: [RequestDimension.Subject] = [
            .operation, .currency, .amount, .channels, .app, .phone, .token, .wallet, .bill,
        ]
        for leaf in leaves where !subjects.contains(leaf.subject) { subjects.append(leaf.subject) }
        dimensions = subjects.map { RequestDimension(subject: $0, classes: Self.classes($0, leaves, providers)) }
        places = Dictionary(uniqueKeysWithValues: subjects.enumerated().map { ($0.element, $0.offset) })
        for leaf in leaves { truths[leaf] = classes(of: leaf.subject, where: leaf.isTrue) }
    }

    /// The number of a dimension.
    func place(of subject: RequestDimension.Subject) -> Int { places[subject] ?? 0 }

    /// The classes of a dimension for whose requests something is true, each tried with a request that is plain otherwise.
    func classes(of subject: RequestDimension.Subject, where holds: (RequestSketch) -> Bool) -> ClassBits {
        let dimension = dimensions[place(of: subject)]
        var bits = ClassBits(count: dimension.classes.count)
        for (index, make) in dimension.classes.enumerated() {
            var sketch = RequestSketch()
            make(&sketch)
            bits[index] = holds(sketch)
        }
        return bits
    }

    /// Some request of a set.
    func request(in clause: RequestClause) -> RequestSketch {
        var sketch = RequestSketch()
        for (index, dimension) in dimensions.enumerated() {
            let number = clause.bits[index]?.first ?? 0
            dimension.classes[number](&sketch)
        }
        return sketch
    }

    /// The requests for which a condition holds; `nil` if that takes too many clauses to say.
    func requests(_ condition: RouteCondition, holding: Bool = true) -> RequestSet? {
        switch condition {
        case .all(let parts): return combined(parts, holding: holding, isAll: holding)
        case .any(let parts): return combined(parts, holding: holding, isAll: !holding)
        case .not(let part): return requests(part, holding: !holding)
        default:
            let bits = truths[condition] ?? classes(of: condition.subject, where: condition.isTrue)
            return RequestSet(
                clauses: [RequestClause(place(of: condition.subject), holding ? bits : bits.complement)].compactMap(
                    \.self))
        }
    }

    private func combined(_ parts: [RouteCondition], holding: Bool, isAll: Bool) -> RequestSet? {
        var result = isAll ? RequestSet.everything : .nothing
        for part in parts {
            guard let next = requests(part, holding: holding) else { return nil }
            guard let both = isAll ? result.intersection(next) : result.union(next),
                both.clauses.count <= RequestSet.mostClauses
            else { return nil }
            result = both
        }
        return result
    }
}

extension RouteCondition {
    /// Whether it holds for a request that is sketched.
    func isTrue(of sketch: RequestSketch) -> Bool {
        guard case .bucket(let bucket) = self else { return holds(for: sketch.facts(.sandbox)) }
        return bucket.range.contains(sketch.places[RequestDimension.key(bucket.subject, bucket.salt)] ?? 0)
    }
}
