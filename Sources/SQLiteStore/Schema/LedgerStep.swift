extension Schema {
    /// Accounts have balances; a posting is one row that names two of them, instead of two rows that name one each.
    ///
    /// `movement_bytes` makes the sixteen bytes of a movement's name; ``LedgerConversion`` has it.
    static let ledger = """
        CREATE TABLE accounts (
            n ROW_KEY,
            name TEXT NOT NULL,
            currency TEXT NOT NULL,
            posted BIGINT NOT NULL,
            held BIGINT NOT NULL,
            floor BIGINT,
            state TEXT NOT NULL,
            UNIQUE (name, currency),
            CONSTRAINT accounts_posted CHECK (posted BETWEEN -9223372036854775807 AND 9223372036854775807),
            CONSTRAINT accounts_held CHECK (held BETWEEN 0 AND 9223372036854775807),
            CONSTRAINT accounts_floor CHECK (floor IS NULL OR posted - held >= floor OR name LIKE 'limit:%')
        );

        CREATE TABLE entries (
            n ROW_KEY,
            movement BYTEA NOT NULL,
            kind TEXT NOT NULL,
            seq BIGINT NOT NULL,
            debit BIGINT NOT NULL,
            credit BIGINT NOT NULL,
            amount BIGINT NOT NULL,
            at BIGINT NOT NULL,
            debit_balance BIGINT,
            credit_balance BIGINT,
            CONSTRAINT entries_amount CHECK (amount > 0),
            CONSTRAINT entries_accounts CHECK (debit <> credit)
        );
        CREATE UNIQUE INDEX entries_movement ON entries (movement, kind, seq);
        CREATE INDEX entries_debit ON entries (debit, n) WHERE debit_balance IS NOT NULL;
        CREATE INDEX entries_credit ON entries (credit, n) WHERE credit_balance IS NOT NULL;

        INSERT INTO accounts (name, currency, posted, held, state)
            SELECT account, currency,
                sum(CASE WHEN (side = 'debit') = (account LIKE 'operator:%') THEN amount ELSE -amount END), 0, 'open'
            FROM postings GROUP BY account, currency ORDER BY account, currency;
        INSERT INTO entries (movement, kind, seq, debit, credit, amount, at)
            SELECT movement_bytes(d.movement), d.kind, (d.seq + 1) / 2, a.n, b.n, d.amount, d.at
            FROM postings d
            JOIN postings c ON c.movement = d.movement AND c.kind = d.kind AND c.seq = d.seq + 1 AND c.side = 'credit'
                AND c.amount = d.amount AND c.currency = d.currency
            JOIN accounts a ON a.name = d.account AND a.currency = d.currency
            JOIN accounts b ON b.name = c.account AND b.currency = c.currency
            WHERE d.side = 'debit' AND d.seq % 2 = 1 AND d.amount > 0 AND movement_bytes(d.movement) IS NOT NULL
            ORDER BY d.at, d.movement, d.kind, d.seq;

        CREATE TABLE holds (
            order_id TEXT NOT NULL,
            account BIGINT NOT NULL,
            amount BIGINT NOT NULL,
            ends_at BIGINT,
            state TEXT NOT NULL,
            at BIGINT NOT NULL,
            PRIMARY KEY (order_id, account),
            CONSTRAINT holds_amount CHECK (amount > 0)
        ) CLUSTERED;
        CREATE INDEX holds_ends ON holds (account, ends_at) WHERE state = 'pending';

        CREATE TABLE wallets (
            id TEXT PRIMARY KEY,
            app TEXT NOT NULL,
            environment TEXT NOT NULL,
            owner TEXT NOT NULL,
            purpose TEXT NOT NULL,
            currency TEXT NOT NULL,
            reference TEXT,
            idempotency_key TEXT NOT NULL,
            fingerprint BYTEA NOT NULL,
            request_id TEXT NOT NULL,
            created_at BIGINT NOT NULL,
            sealed BYTEA NOT NULL,
            UNIQUE (app, environment, idempotency_key)
        ) CLUSTERED;
        CREATE INDEX wallets_app ON wallets (app, environment, id);
        CREATE INDEX wallets_reference ON wallets (app, environment, reference, id) WHERE reference IS NOT NULL;
        """
}
