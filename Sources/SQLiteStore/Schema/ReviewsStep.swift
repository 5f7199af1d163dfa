extension Schema {
    /// Reviews can be found, whatever the state of their order; people can sign them; one operator reference proves one
    /// attempt.
    ///
    /// `settled_as` is a keyed hash over kind, account, operation and operator reference of an attempt that was executed.
    static let reviews = """
        ALTER TABLE orders ADD COLUMN review TEXT;
        UPDATE orders SET review = json_extract(CAST(state AS TEXT), '$.review.reason')
            WHERE json_extract(CAST(state AS TEXT), '$.review.reason') IS NOT NULL;
        UPDATE orders SET state = CAST(json_set(CAST(state AS TEXT), '$.certainty', 'disputed') AS BLOB)
            WHERE review = 'discrepancy' AND status IN ('succeeded', 'failed', 'cancelled');
        CREATE INDEX orders_review ON orders (review, id) WHERE review IS NOT NULL;

        ALTER TABLE attempts ADD COLUMN settled_as BYTEA;
        CREATE UNIQUE INDEX attempts_settled_as ON attempts (settled_as) WHERE settled_as IS NOT NULL;
        CREATE INDEX attempts_conflict ON attempts (provider) WHERE state = 'conflict';

        CREATE TABLE people (
            name TEXT PRIMARY KEY,
            token_hash BYTEA NOT NULL UNIQUE,
            created_at BIGINT NOT NULL,
            revoked_at BIGINT
        ) CLUSTERED;
        """
}
