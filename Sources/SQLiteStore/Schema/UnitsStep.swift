extension Schema {
    /// What a step leaves behind is one sealed row, instead of rows in five tables.
    ///
    /// `units` is only ever appended to, and each of its rows names the one before it of its order; `orders` and `attempts`
    /// hold what is searched by, and what constraints compare. An order's movement is named like the order, so that
    /// `movement` is empty but for older ones; `event_id` names the first event of a unit, the others follow it. The rows
    /// of before are brought over by ``OlderOrders`` at the next start.
    static let units = """
        DROP INDEX payments_app;
        DROP INDEX payments_reference;
        DROP INDEX payments_phone;
        DROP INDEX payments_due;
        DROP INDEX payments_status;
        DROP INDEX orders_parent;
        DROP INDEX orders_repeat_of;
        DROP INDEX orders_review;
        DROP INDEX attempts_live;
        DROP INDEX attempts_reference;
        DROP INDEX attempts_operator_reference;
        DROP INDEX attempts_sending;
        DROP INDEX attempts_unknown;
        DROP INDEX attempts_conflict;
        DROP INDEX attempts_prompt_lock;
        DROP INDEX attempts_settled_as;
        DROP INDEX events_app;
        ALTER TABLE orders RENAME TO older_orders;
        ALTER TABLE order_bodies RENAME TO older_bodies;
        ALTER TABLE movements RENAME TO older_movements;
        ALTER TABLE attempts RENAME TO older_attempts;
        ALTER TABLE evidence RENAME TO older_evidence;
        ALTER TABLE events RENAME TO older_events;

        CREATE TABLE units (
            n ROW_KEY,
            order_id TEXT NOT NULL,
            previous BIGINT,
            app TEXT NOT NULL,
            environment TEXT NOT NULL,
            at BIGINT NOT NULL,
            event_id BYTEA,
            first_event BIGINT,
            types TEXT,
            sealed BYTEA NOT NULL
        );
        CREATE UNIQUE INDEX units_event ON units (app, environment, event_id) WHERE event_id IS NOT NULL;

        CREATE TABLE orders (
            id TEXT PRIMARY KEY,
            app TEXT NOT NULL,
            environment TEXT NOT NULL,
            idempotency_key TEXT NOT NULL,
            request_id TEXT NOT NULL,
            created_at BIGINT NOT NULL,
            reference TEXT,
            phone BYTEA,
            movement TEXT,
            parent TEXT,
            repeat_of TEXT,
            amount BIGINT NOT NULL,
            currency TEXT NOT NULL,
            first_unit BIGINT NOT NULL,
            last_unit BIGINT NOT NULL,
            version BIGINT NOT NULL,
            purpose TEXT NOT NULL,
            outcome TEXT NOT NULL,
            status TEXT NOT NULL,
            review TEXT,
            provider TEXT,
            channel TEXT,
            due_lane TEXT,
            due_at BIGINT,
            event_count BIGINT NOT NULL,
            updated_at BIGINT NOT NULL,
            place BIGINT
        ) CLUSTERED;
        CREATE INDEX orders_app ON orders (app, environment, id);
        CREATE INDEX orders_reference ON orders (app, environment, reference) WHERE reference IS NOT NULL;
        CREATE INDEX orders_phone ON orders (phone) WHERE phone IS NOT NULL;
        CREATE INDEX orders_due ON orders (due_lane, due_at, id, place) WHERE due_at IS NOT NULL;
        CREATE INDEX orders_status ON orders (status, app, environment, id)
            WHERE status = 'failed' OR status = 'cancelled' OR status = 'under_review';
        CREATE INDEX orders_review ON orders (review, id) WHERE review IS NOT NULL;
        CREATE INDEX orders_parent ON orders (parent, id) WHERE parent IS NOT NULL;
        CREATE UNIQUE INDEX orders_repeat_of ON orders (repeat_of) WHERE repeat_of IS NOT NULL;

        CREATE TABLE places (
            n ROW_KEY,
            provider TEXT NOT NULL,
            scope TEXT NOT NULL,
            operation TEXT NOT NULL,
            UNIQUE (provider, scope, operation)
        );

        CREATE TABLE attempts (
            n ROW_KEY,
            order_id TEXT NOT NULL,
            id TEXT NOT NULL,
            provider TEXT NOT NULL,
            scope TEXT NOT NULL,
            reference TEXT NOT NULL,
            amount BIGINT NOT NULL,
            currency TEXT NOT NULL,
            created_at BIGINT NOT NULL,
            state TEXT NOT NULL,
            live BIGINT NOT NULL,
            open_since BIGINT,
            operator_reference TEXT,
            prompt_lock BYTEA,
            proof BYTEA
        );
        CREATE UNIQUE INDEX attempts_reference ON attempts (provider, reference, scope);
        CREATE UNIQUE INDEX attempts_live ON attempts (order_id) WHERE live = 1;
        CREATE INDEX attempts_operator_reference ON attempts (provider, operator_reference)
            WHERE operator_reference IS NOT NULL;
        CREATE INDEX attempts_sending ON attempts (order_id) WHERE state = 'sending';
        CREATE INDEX attempts_unknown ON attempts (provider, currency, amount, open_since, created_at)
            WHERE state = 'unknown';
        CREATE INDEX attempts_conflict ON attempts (provider) WHERE state = 'conflict';
        CREATE UNIQUE INDEX attempts_prompt_lock ON attempts (prompt_lock) WHERE prompt_lock IS NOT NULL;
        CREATE UNIQUE INDEX attempts_proof ON attempts (proof) WHERE proof IS NOT NULL;

        ALTER TABLE deliveries RENAME TO older_deliveries;
        DROP INDEX deliveries_due;
        CREATE TABLE deliveries (
            endpoint TEXT NOT NULL,
            event BIGINT NOT NULL,
            state TEXT NOT NULL,
            due_at BIGINT,
            last_try_at BIGINT,
            tries BYTEA NOT NULL,
            body BYTEA,
            PRIMARY KEY (endpoint, event)
        ) CLUSTERED;
        CREATE INDEX deliveries_due ON deliveries (endpoint, due_at) WHERE state = 'pending';
        INSERT INTO deliveries (endpoint, event, state, due_at, last_try_at, tries)
            SELECT endpoint, event_seq * 256, state, due_at, last_try_at, tries FROM older_deliveries;
        DROP TABLE older_deliveries;
        UPDATE webhook_endpoints SET given_up_to = given_up_to * 256 + 255;
        """
}
