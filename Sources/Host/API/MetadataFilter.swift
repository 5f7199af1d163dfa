import Router

/// `metadata[name]=value` of a list: what was asked for, and from when on the answer holds.
struct MetadataFilter {
    /// What must hold, all of it; empty if nothing was asked for.
    private(set) var terms: [MetadataTerm] = []
    /// From when on all orders are found by it; `nil` if that is all of them.
    private(set) var completeFrom: Moment?

    /// Reads the filter and how far the index is; before the list is read, because an index only grows.
    ///
    /// - Throws: If it names what the app did not choose, or no app is known.
    init(
        _ members: [(name: String, value: String)], _ kind: OrderKind, app: AppID?, store: any MetadataIndexStore
    ) async throws(Problem) {
        guard !members.isEmpty else { return }
        guard let app else {
            throw Problem(.invalidParameter, "metadata is looked for in one app: say which, for instance --app Shop")
        }
        let index: MetadataIndex
        do throws(StoreFailure) { index = try await store.metadataIndex(of: app) } catch {
            throw Problem(.unavailable, "the list cannot be read now")
        }
        for member in members {
            guard let known = index.names.first(where: { $0.name == member.name }) else {
                throw Self.notChosen(member.name, index)
            }
            terms.append(MetadataTerm(known.name, member.value))
        }
        completeFrom = index.completeFrom(terms, kind)
    }

    private static func notChosen(_ name: String, _ index: MetadataIndex) -> Problem {
        let names = index.names.map(\.name)
        let known =
            names.isEmpty
            ? "this app has chosen no names" : "chosen are " + names.map { "\"\($0)\"" }.joined(separator: ", ")
        let question = NearestName.question(name, among: names).map { $0 + " " } ?? ""
        return Problem(
            .invalidParameter,
            "lists are not filtered by the metadata \"\(name.prefix(40))\": \(known). \(question)Up to "
                + "\(MetadataIndex.limit) names are chosen with PUT /v1/metadata_index, or `payrouter apps index-metadata`"
        )
    }
}
