extension Schema {
    /// The first step: what the first release created, under the names of then; a later step renames `payments` to `orders`.
    ///
    /// Times are milliseconds since 1970, amounts are minor units, `sealed` columns are AES-256-GCM.
    ///
    /// A payment lies in two places: `payment_bodies` is written once, `payments` is narrow and rewritten at every step.
    /// Constraints stand behind the rules of the router: one live attempt per movement, one use of a reference per
    /// credential, one payment per idempotency key, one posting per movement, kind and number.
    static let foundation = """
        CREATE TABLE facts (
            name TEXT PRIMARY KEY,
            value TEXT NOT NULL
        ) CLUSTERED;

        CREATE TABLE epochs (
            id BIGINT PRIMARY KEY CHECK (id = 1),
            newest BIGINT NOT NULL
        ) CLUSTERED;
        INSERT INTO epochs (id, newest) VALUES (1, 0);

        CREATE TABLE payment_bodies (
            n ROW_KEY,
            body BYTEA NOT NULL,
            sealed BYTEA NOT NULL
        );

        CREATE TABLE payments (
            id TEXT PRIMARY KEY,
            app TEXT NOT NULL,
            environment TEXT NOT NULL,
            idempotency_key TEXT NOT NULL,
            request_id TEXT NOT NULL,
            created_at BIGINT NOT NULL,
            reference TEXT,
            phone BYTEA,
            movement TEXT NOT NULL,
            body BIGINT NOT NULL,
            version BIGINT NOT NULL,
            status TEXT NOT NULL,
            provider TEXT,
            channel TEXT,
            due_lane TEXT,
            due_at BIGINT,
            event_count BIGINT NOT NULL,
            updated_at BIGINT NOT NULL,
            state BYTEA NOT NULL,
            sealed BYTEA
        ) CLUSTERED;
        CREATE INDEX payments_app ON payments (app, environment, id);
        CREATE INDEX payments_reference ON payments (app, environment, reference) WHERE reference IS NOT NULL;
        CREATE INDEX payments_phone ON payments (phone) WHERE phone IS NOT NULL;
        CREATE INDEX payments_due ON payments (due_lane, due_at) WHERE due_at IS NOT NULL;
        CREATE INDEX payments_status ON payments (status, app, environment, id)
            WHERE status IN ('failed', 'cancelled', 'under_review');

        CREATE TABLE movements (
            id TEXT PRIMARY KEY,
            payment TEXT NOT NULL,
            kind TEXT NOT NULL,
            amount BIGINT NOT NULL,
            currency TEXT NOT NULL,
            state TEXT NOT NULL
        ) CLUSTERED;

        CREATE TABLE bindings (
            app TEXT NOT NULL,
            environment TEXT NOT NULL,
            idempotency_key TEXT NOT NULL,
            operation TEXT NOT NULL,
            fingerprint BYTEA NOT NULL,
            payment TEXT NOT NULL,
            request_id TEXT NOT NULL,
            status BIGINT NOT NULL,
            created_at BIGINT NOT NULL,
            PRIMARY KEY (app, environment, idempotency_key, operation)
        ) CLUSTERED;

        CREATE TABLE attempts (
            n ROW_KEY,
            payment TEXT NOT NULL,
            id TEXT NOT NULL,
            movement TEXT NOT NULL,
            ordinal BIGINT NOT NULL,
            provider TEXT NOT NULL,
            channel TEXT NOT NULL,
            scope TEXT NOT NULL,
            reference TEXT NOT NULL,
            amount BIGINT NOT NULL,
            currency TEXT NOT NULL,
            created_at BIGINT NOT NULL,
            epoch BIGINT NOT NULL,
            state TEXT NOT NULL,
            live BIGINT NOT NULL,
            operator_reference TEXT,
            open_since BIGINT,
            record BYTEA NOT NULL,
            sealed BYTEA
        );
        CREATE UNIQUE INDEX attempts_payment ON attempts (payment, id);
        CREATE UNIQUE INDEX attempts_live ON attempts (movement) WHERE live = 1;
        CREATE UNIQUE INDEX attempts_reference ON attempts (provider, reference, scope);
        CREATE INDEX attempts_operator_reference ON attempts (provider, operator_reference)
            WHERE operator_reference IS NOT NULL;
        CREATE INDEX attempts_sending ON attempts (payment) WHERE state = 'sending';
        CREATE INDEX attempts_unknown ON attempts (provider, currency, amount, open_since, created_at)
            WHERE state = 'unknown';

        CREATE TABLE evidence (
            payment TEXT NOT NULL,
            version BIGINT NOT NULL,
            n BIGINT NOT NULL,
            attempt TEXT NOT NULL,
            source TEXT NOT NULL,
            strength TEXT NOT NULL,
            claim TEXT NOT NULL,
            detail TEXT NOT NULL,
            stated_amount BIGINT,
            stated_currency TEXT,
            operator_reference TEXT,
            http_status BIGINT,
            at BIGINT NOT NULL,
            sealed BYTEA,
            PRIMARY KEY (payment, version, n)
        ) CLUSTERED;

        CREATE TABLE postings (
            movement TEXT NOT NULL,
            kind TEXT NOT NULL,
            seq BIGINT NOT NULL,
            account TEXT NOT NULL,
            side TEXT NOT NULL,
            amount BIGINT NOT NULL,
            currency TEXT NOT NULL,
            at BIGINT NOT NULL,
            PRIMARY KEY (movement, kind, seq)
        ) CLUSTERED;

        CREATE TABLE discrepancies (
            n ROW_KEY,
            payment TEXT NOT NULL,
            attempt TEXT NOT NULL,
            kind TEXT NOT NULL,
            claimed_amount BIGINT,
            claimed_currency TEXT,
            recorded_state TEXT NOT NULL,
            at BIGINT NOT NULL
        );
        CREATE INDEX discrepancies_payment ON discrepancies (payment);

        CREATE TABLE events (
            seq ROW_KEY,
            id TEXT NOT NULL UNIQUE,
            app TEXT NOT NULL,
            environment TEXT NOT NULL,
            payment TEXT NOT NULL,
            sequence BIGINT NOT NULL,
            type TEXT NOT NULL,
            at BIGINT NOT NULL,
            sealed BYTEA NOT NULL,
            UNIQUE (payment, sequence)
        );
        CREATE INDEX events_app ON events (app, environment, seq);

        """ + surroundings

    private static let surroundings = """
        CREATE TABLE inbox (
            id TEXT PRIMARY KEY,
            provider TEXT NOT NULL,
            dedup_key TEXT NOT NULL,
            received_at BIGINT NOT NULL,
            state TEXT NOT NULL,
            retry_at BIGINT,
            sealed BYTEA NOT NULL,
            UNIQUE (provider, dedup_key)
        );
        CREATE INDEX inbox_open ON inbox (received_at, id, retry_at) WHERE retry_at IS NOT NULL;

        CREATE TABLE apps (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            enabled BIGINT NOT NULL,
            created_at BIGINT NOT NULL
        ) CLUSTERED;

        CREATE TABLE app_keys (
            hash BYTEA PRIMARY KEY,
            app TEXT NOT NULL,
            role TEXT NOT NULL,
            environment TEXT NOT NULL,
            prefix TEXT NOT NULL,
            created_at BIGINT NOT NULL,
            expires_at BIGINT,
            last_used_at BIGINT
        ) CLUSTERED;
        CREATE INDEX app_keys_app ON app_keys (app);

        CREATE TABLE webhook_endpoints (
            id TEXT PRIMARY KEY,
            app TEXT NOT NULL,
            environment TEXT NOT NULL,
            enabled BIGINT NOT NULL,
            created_at BIGINT NOT NULL,
            given_up_to BIGINT NOT NULL,
            record BYTEA NOT NULL,
            sealed BYTEA NOT NULL
        ) CLUSTERED;

        CREATE TABLE deliveries (
            endpoint TEXT NOT NULL,
            event_seq BIGINT NOT NULL,
            state TEXT NOT NULL,
            due_at BIGINT,
            last_try_at BIGINT,
            tries BYTEA NOT NULL,
            PRIMARY KEY (endpoint, event_seq)
        ) CLUSTERED;
        CREATE INDEX deliveries_due ON deliveries (endpoint, due_at) WHERE state = 'pending';
        """
}
