package import Router

extension MemoryStore {
    package func apply(_ change: PlatformChange) async throws(StoreFailure) -> PlatformChanged {
        try await perform(.applyPlatformChange) { state in
            if let objection = state.objection(to: change) { return objection }
            switch change.account {
            case .insert(let account, let challenges):
                state.people.accounts[account.id] = account
                for challenge in challenges { _ = state.people.insert(challenge) }
            case .update(let account): state.people.accounts[account.id] = account
            case .delete(let account): state.people.delete(account.id)
            case nil: break
            }
            if let use = change.use { state.people.useUp(use, by: change.subject) }
            if let app = change.app?.app { state.apps[app.id] = app }
            for key in change.newKeys { state.keys[key.hash] = key }
            for key in change.changedKeys where state.keys[key.hash] != nil { state.keys[key.hash] = key }
            if let person = change.person { state.put(person) }
            if let endpoint = change.endpoint { state.put(endpoint) }
            switch change.configuration {
            case .insert(let version, let file):
                state.configurations.append(StoredConfiguration(version, file: file))
            case .activate(let activation): state.activations.append(activation)
            case nil: break
            }
            for entry in change.audit { state.append(entry) }
            return .done
        }
    }

    package func apps(of owner: AccountID) async throws(StoreFailure) -> [App] {
        try await perform(.appsOf) { state in
            state.apps.values.filter { $0.owner == owner }.sorted {
                ($0.createdAt, $0.id.text) < ($1.createdAt, $1.id.text)
            }
        }
    }

    package func audit(_ query: AuditQuery) async throws(StoreFailure) -> [AuditRecord] {
        try await perform(.audit) { state in
            let found = state.audit.reversed().filter { record in
                record.number < query.before ?? .max
                    && (query.actor.map { record.entry.actor.name == $0 } ?? true)
                    && (query.subject.map { record.entry.subject == $0 } ?? true)
                    && (query.app.map { record.entry.app == $0 } ?? true)
            }
            return Array(found.prefix(max(0, query.limit)))
        }
    }

    package func verifyAudit() async throws(StoreFailure) -> AuditVerdict {
        try await perform(.verifyAudit) { state in
            .whole(count: Int64(state.audit.count), digest: state.audit.last?.digest ?? [])
        }
    }
}

extension MemoryState {
    fileprivate func objection(to change: PlatformChange) -> PlatformChanged? {
        if let write = change.account, let objection = objection(to: write) { return objection }
        if let use = change.use, let refusal = people.objection(to: use) { return .challenge(refusal) }
        if let write = change.app, let objection = objection(to: write) { return objection }
        if let write = change.endpoint, let objection = objection(to: write) { return objection }
        if let write = change.configuration, !admits(write) { return .conflict }
        guard let person = change.person else { return nil }
        let known = signers.first { $0.name == person.name }
        if let account = known?.account, account != person.account { return .personTaken }
        guard let account = person.account else { return nil }
        return signers.contains { $0.account == account && $0.name != person.name } ? .personTaken : nil
    }

    private func objection(to write: PlatformChange.AccountWrite) -> PlatformChanged? {
        let (account, known) = (write.account, people.accounts[write.account.id]?.version)
        switch write {
        case .insert: break
        case .update: guard known == account.version - 1 else { return .conflict }
        case .delete: return known == account.version ? nil : .conflict
        }
        return people.taken(by: account).map { .taken($0) }
    }

    private func objection(to write: PlatformChange.AppWrite) -> PlatformChanged? {
        let app = write.app
        if case .update = write {
            guard apps[app.id]?.version == app.version - 1 else { return .conflict }
        }
        if apps.values.contains(where: { $0.id != app.id && $0.owner == app.owner && $0.name == app.name }) {
            return .appNameTaken
        }
        guard case .insert(_, let most?) = write, let owner = app.owner else { return nil }
        return apps.values.count { $0.owner == owner } < most ? nil : .tooManyApps
    }

    private func objection(to write: PlatformChange.EndpointWrite) -> PlatformChanged? {
        switch write {
        case .insert(let endpoint, let most):
            let own = endpoints(app: endpoint.app).count { $0.environment == endpoint.environment }
            return own < most ? nil : .tooManyEndpoints
        case .update(let endpoint): return endpoints[endpoint.id] == nil ? .noEndpoint : nil
        case .delete(let id): return endpoints[id] == nil ? .noEndpoint : nil
        }
    }

    fileprivate mutating func put(_ write: PlatformChange.EndpointWrite) {
        switch write {
        case .insert(let endpoint, _):
            endpoints[endpoint.id] = StoredEndpoint(endpoint: endpoint, cursor: events.count)
        case .update(let endpoint): endpoints[endpoint.id]?.endpoint = endpoint
        case .delete(let id): delete(id)
        }
    }

    fileprivate mutating func put(_ person: Person) {
        guard let place = signers.firstIndex(where: { $0.name == person.name }) else { return signers.append(person) }
        signers[place] = person
    }

    fileprivate mutating func append(_ entry: AuditEntry) {
        // As long as nobody else writes to memory, the line before is digest enough.
        let number = Int64(audit.count) + 1
        let digest = withUnsafeBytes(of: number) { Array($0) }
        audit.append(AuditRecord(number: number, entry: entry, digest: digest))
    }
}
