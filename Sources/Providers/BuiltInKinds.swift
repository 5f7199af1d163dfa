public import Router

/// The kinds that ship with the router.
///
/// A package of its own adds its kinds to this list when it builds its router.
public enum BuiltInKinds {
    /// One entry per kind.
    ///
    /// Adding a kind is one folder and one line here.
    public static let all: [RegisteredKind] = [
        RegisteredKind(TMoneyKind.self),
        RegisteredKind(FlouciKind.self),
        RegisteredKind(CardKind.self),
        RegisteredKind(MTNMoMoKind.self),
        RegisteredKind(PayGateKind.self),
        RegisteredKind(FloozKind.self),
        RegisteredKind(KsherKind.self),
        RegisteredKind(KsherRSAKind.self),
        RegisteredKind(TMoneyOnlineKind.self),
        RegisteredKind(PlatformWalletKind.self),
        RegisteredKind(GSMABillerKind.self),
    ]
}
