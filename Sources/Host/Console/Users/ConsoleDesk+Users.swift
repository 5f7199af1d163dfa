import People
import Router

/// Other people's accounts: roles, disabling, sessions.
extension ConsoleDesk {
    private var signers: Signers { Signers(store: store, time: engine.time) }

    /// The account of a path.
    func user(_ visit: ConsoleVisit) async throws(Problem) -> Account {
        let id = visit.request.parameters["id"].flatMap { AccountID($0) }
        let found = try await stored { () async throws(StoreFailure) -> Account? in
            guard let id else { return nil }
            return try await store.account(id)
        }
        guard let found else { throw Problem(.notFound, "there is no such account") }
        return found
    }

    /// The name under which an account signs findings.
    func signerName(of account: Account) async throws(Problem) -> String? { try await signers.name(of: account) }

    /// Gives an account roles, and takes others away; whoever loses one is signed out.
    func setRoles(_ roles: Set<AccountRole>, of user: Account, _ visit: ConsoleVisit) async throws(Problem) {
        guard user.id != visit.visitor.account?.id || roles.contains(.admin) else {
            throw Problem(.invalidRequest, "nobody takes the role of an admin from themselves: another admin does")
        }
        if roles.contains(where: { $0.isStaff }), user.confirmedEmail == nil {
            throw Problem(.contactUnconfirmed, "staff need a confirmed e-mail address")
        }
        let person = try await signers.person(for: user, roles: roles, named: nil)
        _ = try await change(user.id, .rolesChanged, visit, person: person) { account in
            if !account.roles.isSubset(of: roles) { account.generation += 1 }
            account.roles = roles
        }
    }

    func setState(_ state: Account.State, of user: Account, _ visit: ConsoleVisit) async throws(Problem) {
        guard user.id != visit.visitor.account?.id else {
            throw Problem(.invalidRequest, "nobody disables their own account: another admin does")
        }
        let roles = state == .active ? user.roles : []
        let person = try await signers.person(for: user, roles: roles, named: nil)
        let action: AuditAction = state == .active ? .accountEnabled : .accountDisabled
        _ = try await change(user.id, action, visit, person: person) { account in
            if account.state != state, state == .disabled { account.generation += 1 }
            account.state = state
        }
    }

    func endSessions(of user: Account, _ visit: ConsoleVisit) async throws(Problem) {
        _ = try await change(user.id, .sessionsEnded, visit) { $0.generation += 1 }
    }

    /// Takes a lost second factor away; whoever is signed in has to do it again.
    func removeSecondFactor(of user: Account, _ visit: ConsoleVisit) async throws(Problem) {
        _ = try await change(user.id, .secondFactorRemoved, visit) { account in
            account.secondFactor = nil
            account.generation += 1
        }
    }
}
