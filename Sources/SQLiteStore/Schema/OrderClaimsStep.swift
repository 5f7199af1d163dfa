extension Schema {
    /// One order number, one order: for each lock, as a keyed hash, the orders accepted under it.
    ///
    /// `orders` are identifiers with spaces between them, oldest first. The lock on wallets goes: it knew payments with a
    /// phone only. What older orders hold is listed by ``ClaimsOfOlderOrders`` at the next start.
    static let orderClaims = """
        CREATE TABLE order_claims (
            lock BYTEA PRIMARY KEY,
            version BIGINT NOT NULL,
            orders TEXT NOT NULL
        ) CLUSTERED;
        DROP INDEX orders_wallet_lock;
        ALTER TABLE orders DROP COLUMN wallet_lock;
        ALTER TABLE orders ADD COLUMN repeat_of TEXT;
        CREATE UNIQUE INDEX orders_repeat_of ON orders (repeat_of) WHERE repeat_of IS NOT NULL;
        """
}
