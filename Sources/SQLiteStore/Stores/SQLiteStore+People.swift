package import Router

extension SQLiteStore {
    package func insert(_ person: Person) async throws(StoreFailure) {
        _ = try await writeUnit { try $0(PeopleRows.insert).run { PeopleRows.bind(person, &$0) } }
    }

    package func update(_ person: Person) async throws(StoreFailure) {
        _ = try await writeUnit { try $0(PeopleRows.update).run { PeopleRows.bind(person, &$0) } }
    }

    package func people() async throws(StoreFailure) -> [Person] {
        try await reader.read { try $0(PeopleRows.all).all { PeopleRows.person($0) } }
    }

    package func person(named name: String) async throws(StoreFailure) -> Person? {
        try await reader.read { connection in
            try connection(PeopleRows.named).first({ $0.text(name) }) { PeopleRows.person($0) }
        }
    }
}
