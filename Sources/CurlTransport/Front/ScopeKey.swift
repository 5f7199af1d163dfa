import Router

/// Names one connection cache inside the transport.
///
/// The address policy is part of it: a warm connection made under a lenient policy is never used under a strict one.
struct ScopeKey: Sendable, Hashable {
    let scope: ConnectionScope
    let addresses: AddressPolicy
}
