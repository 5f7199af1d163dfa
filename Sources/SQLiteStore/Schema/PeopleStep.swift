extension Schema {
    /// Accounts of people with their wallets and sessions, one-time codes, messages that wait, bills.
    static let peopleTables = """
        CREATE TABLE people_accounts (
            id TEXT PRIMARY KEY,
            username TEXT NOT NULL UNIQUE,
            phone BYTEA UNIQUE,
            email BYTEA UNIQUE,
            version BIGINT NOT NULL,
            sealed BYTEA NOT NULL
        ) CLUSTERED;

        CREATE TABLE account_wallets (
            n ROW_KEY,
            wallet TEXT NOT NULL UNIQUE,
            account TEXT NOT NULL,
            sealed BYTEA NOT NULL
        );
        CREATE INDEX account_wallets_account ON account_wallets (account, n);

        CREATE TABLE account_sessions (
            hash BYTEA PRIMARY KEY,
            account TEXT NOT NULL,
            generation BIGINT NOT NULL,
            created_at BIGINT NOT NULL,
            expires_at BIGINT NOT NULL
        ) CLUSTERED;
        CREATE INDEX account_sessions_ends ON account_sessions (expires_at);

        CREATE TABLE challenges (
            n ROW_KEY,
            id TEXT NOT NULL UNIQUE,
            account TEXT NOT NULL,
            purpose TEXT NOT NULL,
            created_at BIGINT NOT NULL,
            is_open BIGINT NOT NULL,
            sealed BYTEA NOT NULL
        );
        CREATE INDEX challenges_account ON challenges (account, purpose, n);
        CREATE INDEX challenges_times ON challenges (account, created_at);
        CREATE INDEX challenges_ages ON challenges (created_at);

        CREATE TABLE messages (
            n ROW_KEY,
            account TEXT NOT NULL,
            challenge TEXT,
            wallet TEXT,
            order_id TEXT,
            created_at BIGINT NOT NULL,
            state TEXT NOT NULL,
            due_at BIGINT NOT NULL,
            tries BIGINT NOT NULL,
            fault TEXT
        );
        CREATE INDEX messages_due ON messages (due_at, n) WHERE state = 'waiting';
        CREATE INDEX messages_challenge ON messages (challenge, n) WHERE challenge IS NOT NULL;
        CREATE INDEX messages_ages ON messages (created_at) WHERE state <> 'waiting';

        CREATE TABLE bills (
            id TEXT PRIMARY KEY,
            code BYTEA NOT NULL UNIQUE,
            app TEXT NOT NULL,
            environment TEXT NOT NULL,
            idempotency_key TEXT NOT NULL,
            issuer TEXT,
            recipient TEXT,
            state TEXT NOT NULL,
            sealed BYTEA NOT NULL,
            UNIQUE (app, environment, idempotency_key)
        ) CLUSTERED;
        CREATE INDEX bills_app ON bills (app, environment, id);
        CREATE INDEX bills_issuer ON bills (issuer, id) WHERE issuer IS NOT NULL;
        CREATE INDEX bills_recipient ON bills (recipient, id) WHERE recipient IS NOT NULL;
        """
}
