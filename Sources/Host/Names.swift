// This file imports the core alone, so that names which other libraries use as well can be told apart elsewhere.
package import Router

/// Practice or real money.
package typealias Mode = Environment
/// What a payer chooses; Hummingbird has a `Channel` of its own.
package typealias PaymentChannel = Router.Channel
