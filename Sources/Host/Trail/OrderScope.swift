import Router

/// Whose orders somebody may see.
enum OrderScope: Sendable, Hashable {
    /// Those of every app: the platform's own people.
    case all
    /// Those of some apps: whoever these belong to.
    case apps(Set<AppID>)

    func includes(_ app: AppID) -> Bool {
        switch self {
        case .all: true
        case .apps(let apps): apps.contains(app)
        }
    }
}
