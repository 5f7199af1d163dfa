extension Schema {
    /// By which metadata an app's lists can be filtered.
    ///
    /// `order_metadata.hash` is a keyed hash over app, name and value. `complete_from` is empty when all orders of a kind
    /// are indexed; until then `cursor` is the oldest one looked at, empty at the beginning. Rows of a name that left are
    /// deleted in the same way.
    static let metadataIndex = """
        CREATE TABLE metadata_indexes (
            app TEXT NOT NULL,
            name TEXT NOT NULL,
            kind TEXT NOT NULL,
            complete_from BIGINT,
            cursor TEXT,
            leaving BIGINT NOT NULL DEFAULT 0,
            PRIMARY KEY (app, name, kind)
        ) CLUSTERED;
        CREATE INDEX metadata_indexes_open ON metadata_indexes (complete_from) WHERE complete_from IS NOT NULL;
        CREATE TABLE order_metadata (
            hash BYTEA NOT NULL,
            order_id TEXT NOT NULL,
            PRIMARY KEY (hash, order_id)
        ) CLUSTERED;
        """
}
