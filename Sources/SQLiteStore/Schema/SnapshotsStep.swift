extension Schema {
    /// Daily figures, folded from the units.
    ///
    /// Rows belong to a fold, so that another one can be built beside the one that is shown. A subject is an item or a
    /// customer; a shelf, all of them of one app and currency. Sales are there by day and by month (`span`), and found by
    /// how many they are. Sums are bytes, because they may have more than 64 bits.
    static let snapshots = """
        CREATE TABLE snapshot_folds (
            fold ROW_KEY,
            state TEXT NOT NULL,
            unit BIGINT NOT NULL,
            at BIGINT NOT NULL,
            unreadable BIGINT NOT NULL
        );

        CREATE TABLE snapshots (
            fold BIGINT NOT NULL,
            app TEXT NOT NULL,
            environment TEXT NOT NULL,
            day BIGINT NOT NULL,
            currency TEXT NOT NULL,
            channel TEXT NOT NULL,
            kind TEXT NOT NULL,
            figures BYTEA NOT NULL,
            PRIMARY KEY (fold, app, environment, day, currency, channel, kind)
        ) CLUSTERED;
        CREATE INDEX snapshots_days ON snapshots (fold, environment, day);

        CREATE TABLE snapshot_shelves (
            n ROW_KEY,
            app TEXT NOT NULL,
            environment TEXT NOT NULL,
            topic TEXT NOT NULL,
            currency TEXT NOT NULL,
            UNIQUE (app, environment, topic, currency)
        );

        CREATE TABLE snapshot_subjects (
            n ROW_KEY,
            shelf BIGINT NOT NULL,
            mark BYTEA NOT NULL,
            sealed BYTEA NOT NULL,
            UNIQUE (shelf, mark)
        );

        CREATE TABLE snapshot_sales (
            fold BIGINT NOT NULL,
            subject BIGINT NOT NULL,
            span BIGINT NOT NULL,
            shelf BIGINT NOT NULL,
            place BIGINT NOT NULL,
            figures BYTEA NOT NULL,
            PRIMARY KEY (fold, subject, span)
        ) CLUSTERED;
        CREATE INDEX snapshot_sales_places ON snapshot_sales (fold, shelf, span, place DESC);
        """
}
