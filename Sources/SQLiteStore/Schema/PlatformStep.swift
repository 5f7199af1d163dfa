extension Schema {
    /// Apps have owners, sessions a realm, signers an account; what people do is written into a trail.
    ///
    /// `audit` is only ever appended to: `digest` ties each line to the one before.
    static let platform = """
        ALTER TABLE account_sessions ADD COLUMN realm TEXT NOT NULL DEFAULT 'wallet';

        ALTER TABLE apps ADD COLUMN owner TEXT;
        ALTER TABLE apps ADD COLUMN wallet TEXT;
        ALTER TABLE apps ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
        ALTER TABLE apps ADD COLUMN sealed BYTEA;
        DROP INDEX apps_by_name;
        CREATE UNIQUE INDEX apps_by_name ON apps (coalesce(owner, ''), name);
        CREATE INDEX apps_owner ON apps (owner, created_at, id) WHERE owner IS NOT NULL;

        ALTER TABLE people ADD COLUMN account TEXT;
        CREATE UNIQUE INDEX people_account ON people (account) WHERE account IS NOT NULL;

        CREATE TABLE audit (
            n ROW_KEY,
            at BIGINT NOT NULL,
            actor TEXT NOT NULL,
            subject TEXT NOT NULL,
            app TEXT,
            sealed BYTEA NOT NULL,
            digest BYTEA NOT NULL
        );
        CREATE INDEX audit_actor ON audit (actor, n);
        CREATE INDEX audit_subject ON audit (subject, n);
        CREATE INDEX audit_app ON audit (app, n) WHERE app IS NOT NULL;
        """
}
