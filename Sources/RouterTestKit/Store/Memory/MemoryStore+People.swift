package import Router

extension MemoryStore {
    package func insert(_ person: Person) async throws(StoreFailure) {
        try await perform(.insertPerson) { (state) throws(StoreFailure) in
            guard !state.signers.contains(where: { $0.name == person.name || $0.tokenHash == person.tokenHash }) else {
                throw StoreFailure(.other, "people.name")
            }
            state.signers.append(person)
        }
    }

    package func update(_ person: Person) async throws(StoreFailure) {
        try await perform(.updatePerson) { state in
            guard let index = state.signers.firstIndex(where: { $0.name == person.name }) else { return }
            state.signers[index] = person
        }
    }

    package func people() async throws(StoreFailure) -> [Person] {
        try await perform(.people) { state in
            state.signers.sorted { ($0.createdAt, $0.name) < ($1.createdAt, $1.name) }
        }
    }

    package func person(named name: String) async throws(StoreFailure) -> Person? {
        try await perform(.person) { state in state.signers.first { $0.name == name } }
    }
}
