extension Schema {
    /// Payments are one kind of order; refunds, captures and voids belong to one, payouts stand alone.
    ///
    /// `wallet_lock` and `prompt_lock` are keyed hashes. The first stands behind "one open payment for one order number,
    /// wallet and amount", the second behind "one open prompt per wallet" where an operator can show only one.
    static let orders = """
        ALTER TABLE payments RENAME TO orders;
        ALTER TABLE payment_bodies RENAME TO order_bodies;
        ALTER TABLE orders ADD COLUMN parent TEXT;
        ALTER TABLE orders ADD COLUMN wallet_lock BYTEA;
        CREATE INDEX orders_parent ON orders (parent, id) WHERE parent IS NOT NULL;
        CREATE UNIQUE INDEX orders_wallet_lock ON orders (wallet_lock) WHERE wallet_lock IS NOT NULL;

        ALTER TABLE movements RENAME COLUMN payment TO order_id;
        ALTER TABLE bindings RENAME COLUMN payment TO order_id;
        ALTER TABLE attempts RENAME COLUMN payment TO order_id;
        ALTER TABLE evidence RENAME COLUMN payment TO order_id;
        ALTER TABLE discrepancies RENAME COLUMN payment TO order_id;
        ALTER TABLE events RENAME COLUMN payment TO order_id;

        ALTER TABLE attempts ADD COLUMN prompt_lock BYTEA;
        CREATE UNIQUE INDEX attempts_prompt_lock ON attempts (prompt_lock) WHERE prompt_lock IS NOT NULL;
        """
}
