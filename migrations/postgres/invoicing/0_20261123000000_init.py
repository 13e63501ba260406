from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
        CREATE TABLE IF NOT EXISTS aerich (
    id SERIAL NOT NULL PRIMARY KEY,
    version VARCHAR(255) NOT NULL,
    app VARCHAR(100) NOT NULL,
    content JSONB NOT NULL
);
CREATE TABLE account (
    id VARCHAR(40) COLLATE "C" NOT NULL PRIMARY KEY,
    name VARCHAR(200) COLLATE "C" NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE TABLE platform (
    id VARCHAR(40) COLLATE "C" NOT NULL PRIMARY KEY,
    account_id VARCHAR(40) COLLATE "C" NOT NULL,
    mode VARCHAR(32) COLLATE "C" NOT NULL CHECK (mode IN ('LIVE', 'SANDBOX')),
    last_event_seq BIGINT NOT NULL DEFAULT 0,
    created_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT uq_platform_account_id_mode UNIQUE (account_id, mode),
    CONSTRAINT fk_platform_account_id FOREIGN KEY (account_id) REFERENCES account (id)
);
CREATE TABLE entity (
    platform_id VARCHAR(40) COLLATE "C" NOT NULL,
    id VARCHAR(40) COLLATE "C" NOT NULL PRIMARY KEY,
    external_id VARCHAR(200) COLLATE "C",
    name VARCHAR(200) COLLATE "C" NOT NULL,
    legal_name VARCHAR(200) COLLATE "C" NOT NULL,
    status VARCHAR(32) COLLATE "C" NOT NULL CHECK (status IN ('ACTIVE', 'SUSPENDED', 'ARCHIVED')),
    address_name VARCHAR(200) COLLATE "C",
    address_line1 VARCHAR(200) COLLATE "C",
    address_line2 VARCHAR(200) COLLATE "C",
    address_postcode VARCHAR(20) COLLATE "C",
    address_city VARCHAR(120) COLLATE "C",
    address_region VARCHAR(10) COLLATE "C",
    country VARCHAR(2) COLLATE "C" NOT NULL,
    email VARCHAR(254) COLLATE "C",
    phone VARCHAR(40) COLLATE "C",
    website VARCHAR(200) COLLATE "C",
    registration VARCHAR(200) COLLATE "C",
    tax_ids TEXT NOT NULL,
    currency VARCHAR(3) COLLATE "C" NOT NULL,
    time_zone VARCHAR(64) COLLATE "C" NOT NULL,
    locale VARCHAR(20) COLLATE "C" NOT NULL,
    auto_invoice VARCHAR(32) COLLATE "C" NOT NULL CHECK (auto_invoice IN ('NEVER', 'ON_ORDER', 'ON_PAYMENT', 'ON_FULFILMENT')),
    number_formats TEXT NOT NULL,
    payment_term_days INT NOT NULL,
    vat_registered BOOL NOT NULL,
    small_business BOOL NOT NULL,
    oss BOOL NOT NULL,
    ioss BOOL NOT NULL,
    other_registrations TEXT NOT NULL,
    when_unverified VARCHAR(32) COLLATE "C" NOT NULL CHECK (when_unverified IN ('HOLD', 'CHARGE', 'LAST_VALID')),
    prices_include_tax BOOL NOT NULL,
    eu_threshold_exceeded BOOL NOT NULL,
    primary_color VARCHAR(7) COLLATE "C",
    template VARCHAR(40) COLLATE "C" NOT NULL,
    footer VARCHAR(1000) COLLATE "C",
    logo_type VARCHAR(40) COLLATE "C",
    payment_holder VARCHAR(200) COLLATE "C",
    payment_iban VARCHAR(34) COLLATE "C",
    payment_bic VARCHAR(11) COLLATE "C",
    version INT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT uq_entity_id UNIQUE (platform_id, id),
    CONSTRAINT uq_entity_external_id UNIQUE (platform_id, external_id),
    CONSTRAINT fk_entity_platform FOREIGN KEY (platform_id) REFERENCES platform (id)
);
CREATE INDEX ix_entity_status_id ON entity (platform_id, status, id);
CREATE INDEX ix_entity_name_id ON entity (platform_id, name, id);
CREATE TABLE entity_logo (
    platform_id VARCHAR(40) COLLATE "C" NOT NULL,
    id VARCHAR(40) COLLATE "C" NOT NULL PRIMARY KEY,
    entity_id VARCHAR(40) COLLATE "C" NOT NULL,
    content_type VARCHAR(40) COLLATE "C" NOT NULL,
    content BYTEA NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT uq_entity_logo_entity_id UNIQUE (platform_id, entity_id),
    CONSTRAINT fk_entity_logo_entity_id FOREIGN KEY (platform_id, entity_id) REFERENCES entity (platform_id, id)
);
CREATE TABLE api_key (
    platform_id VARCHAR(40) COLLATE "C" NOT NULL,
    id VARCHAR(40) COLLATE "C" NOT NULL PRIMARY KEY,
    entity_id VARCHAR(40) COLLATE "C",
    name VARCHAR(200) COLLATE "C" NOT NULL,
    prefix VARCHAR(16) COLLATE "C" NOT NULL,
    last_four VARCHAR(4) COLLATE "C" NOT NULL,
    key_hash VARCHAR(64) COLLATE "C" NOT NULL,
    permissions TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    created_by VARCHAR(80) COLLATE "C" NOT NULL,
    expires_at TIMESTAMPTZ,
    revoked_at TIMESTAMPTZ,
    CONSTRAINT uq_api_key_key_hash UNIQUE (key_hash),
    CONSTRAINT fk_api_key_platform FOREIGN KEY (platform_id) REFERENCES platform (id),
    CONSTRAINT fk_api_key_entity_id FOREIGN KEY (platform_id, entity_id) REFERENCES entity (platform_id, id)
);
CREATE INDEX ix_api_key_id ON api_key (platform_id, id);
CREATE INDEX ix_api_key_entity_id_id ON api_key (platform_id, entity_id, id);
CREATE TABLE customer (
    platform_id VARCHAR(40) COLLATE "C" NOT NULL,
    id VARCHAR(40) COLLATE "C" NOT NULL PRIMARY KEY,
    entity_id VARCHAR(40) COLLATE "C" NOT NULL,
    external_id VARCHAR(200) COLLATE "C",
    name VARCHAR(200) COLLATE "C" NOT NULL,
    kind VARCHAR(32) COLLATE "C" NOT NULL CHECK (kind IN ('CONSUMER', 'BUSINESS', 'NON_TAXABLE_LEGAL_PERSON')),
    email VARCHAR(254) COLLATE "C",
    address_name VARCHAR(200) COLLATE "C",
    address_line1 VARCHAR(200) COLLATE "C",
    address_line2 VARCHAR(200) COLLATE "C",
    address_postcode VARCHAR(20) COLLATE "C",
    address_city VARCHAR(120) COLLATE "C",
    address_region VARCHAR(10) COLLATE "C",
    country VARCHAR(2) COLLATE "C" NOT NULL,
    locale VARCHAR(20) COLLATE "C",
    tax_id VARCHAR(40) COLLATE "C",
    tax_id_country VARCHAR(2) COLLATE "C",
    tax_id_status VARCHAR(32) COLLATE "C" NOT NULL CHECK (tax_id_status IN ('VALID', 'INVALID', 'UNVERIFIED', 'NONE')),
    tax_id_checked_at TIMESTAMPTZ,
    tax_id_consultation VARCHAR(80) COLLATE "C",
    tax_id_name VARCHAR(200) COLLATE "C",
    version INT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT uq_customer_entity_id_id UNIQUE (platform_id, entity_id, id),
    CONSTRAINT uq_customer_entity_id_external_id UNIQUE (platform_id, entity_id, external_id),
    CONSTRAINT fk_customer_entity_id FOREIGN KEY (platform_id, entity_id) REFERENCES entity (platform_id, id)
);
CREATE INDEX ix_customer_id ON customer (platform_id, id);
CREATE INDEX ix_customer_entity_id_name_id ON customer (platform_id, entity_id, name, id);
CREATE TABLE sales_order (
    platform_id VARCHAR(40) COLLATE "C" NOT NULL,
    id VARCHAR(40) COLLATE "C" NOT NULL PRIMARY KEY,
    entity_id VARCHAR(40) COLLATE "C" NOT NULL,
    customer_id VARCHAR(40) COLLATE "C" NOT NULL,
    external_id VARCHAR(200) COLLATE "C" NOT NULL,
    cart_id VARCHAR(200) COLLATE "C",
    status VARCHAR(32) COLLATE "C" NOT NULL CHECK (status IN ('PROCESSING', 'INVOICED', 'FAILED', 'CANCELLED', 'REFUNDED')),
    placed_at TIMESTAMPTZ NOT NULL,
    paid_at TIMESTAMPTZ,
    fulfilled_at TIMESTAMPTZ,
    cancelled_at TIMESTAMPTZ,
    currency VARCHAR(3) COLLATE "C" NOT NULL,
    prices_include_tax BOOL NOT NULL,
    total_minor BIGINT NOT NULL,
    allowances TEXT NOT NULL,
    charges TEXT NOT NULL,
    ship_to_country VARCHAR(2) COLLATE "C",
    ship_to_region VARCHAR(10) COLLATE "C",
    ship_to_postcode VARCHAR(20) COLLATE "C",
    failure VARCHAR(1000) COLLATE "C",
    fingerprint VARCHAR(64) COLLATE "C" NOT NULL,
    version INT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT uq_sales_order_entity_id_id UNIQUE (platform_id, entity_id, id),
    CONSTRAINT uq_sales_order_entity_id_external_id UNIQUE (platform_id, entity_id, external_id),
    CONSTRAINT fk_sales_order_entity_id FOREIGN KEY (platform_id, entity_id) REFERENCES entity (platform_id, id),
    CONSTRAINT fk_sales_order_entity_id_customer_id FOREIGN KEY (platform_id, entity_id, customer_id) REFERENCES customer (platform_id, entity_id, id)
);
CREATE INDEX ix_sales_order_id ON sales_order (platform_id, id);
CREATE INDEX ix_sales_order_placed_at_id ON sales_order (platform_id, placed_at, id);
CREATE INDEX ix_sales_order_status_id ON sales_order (platform_id, status, id);
CREATE INDEX ix_sales_order_cart_id ON sales_order (platform_id, cart_id);
CREATE INDEX ix_sales_order_entity_id_placed_at_id ON sales_order (platform_id, entity_id, placed_at, id);
CREATE INDEX ix_sales_order_entity_id_customer_id_id ON sales_order (platform_id, entity_id, customer_id, id);
CREATE TABLE order_line (
    platform_id VARCHAR(40) COLLATE "C" NOT NULL,
    id VARCHAR(40) COLLATE "C" NOT NULL PRIMARY KEY,
    entity_id VARCHAR(40) COLLATE "C" NOT NULL,
    order_id VARCHAR(40) COLLATE "C" NOT NULL,
    position INT NOT NULL,
    external_id VARCHAR(200) COLLATE "C",
    sku VARCHAR(200) COLLATE "C",
    description VARCHAR(1000) COLLATE "C" NOT NULL,
    quantity NUMERIC(24,6) NOT NULL,
    unit VARCHAR(20) COLLATE "C",
    unit_price NUMERIC(24,6) NOT NULL,
    supply TEXT NOT NULL,
    tax_class VARCHAR(32) COLLATE "C" NOT NULL CHECK (tax_class IN ('STANDARD', 'REDUCED', 'SECOND_REDUCED', 'SUPER_REDUCED', 'PARKING', 'ZERO', 'EXEMPT')),
    allowances TEXT NOT NULL,
    charges TEXT NOT NULL,
    CONSTRAINT uq_order_line_entity_id_order_id_position UNIQUE (platform_id, entity_id, order_id, position),
    CONSTRAINT fk_order_line_entity_id_order_id FOREIGN KEY (platform_id, entity_id, order_id) REFERENCES sales_order (platform_id, entity_id, id)
);
CREATE TABLE series (
    platform_id VARCHAR(40) COLLATE "C" NOT NULL,
    id VARCHAR(40) COLLATE "C" NOT NULL PRIMARY KEY,
    entity_id VARCHAR(40) COLLATE "C" NOT NULL,
    type VARCHAR(32) COLLATE "C" NOT NULL CHECK (type IN ('STANDARD', 'CREDIT_NOTE', 'PROFORMA', 'ADVANCE', 'SELF_BILLED')),
    pattern VARCHAR(60) COLLATE "C" NOT NULL,
    period VARCHAR(10) COLLATE "C" NOT NULL,
    last_number BIGINT NOT NULL,
    last_issue_date DATE,
    last_hash VARCHAR(64) COLLATE "C",
    created_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT uq_series_entity_id_id UNIQUE (platform_id, entity_id, id),
    CONSTRAINT uq_series_entity_id_type_pattern_period UNIQUE (platform_id, entity_id, type, pattern, period),
    CONSTRAINT fk_series_entity_id FOREIGN KEY (platform_id, entity_id) REFERENCES entity (platform_id, id)
);
CREATE TABLE invoice (
    platform_id VARCHAR(40) COLLATE "C" NOT NULL,
    id VARCHAR(40) COLLATE "C" NOT NULL PRIMARY KEY,
    entity_id VARCHAR(40) COLLATE "C" NOT NULL,
    customer_id VARCHAR(40) COLLATE "C" NOT NULL,
    order_id VARCHAR(40) COLLATE "C",
    type VARCHAR(32) COLLATE "C" NOT NULL CHECK (type IN ('STANDARD', 'CREDIT_NOTE', 'PROFORMA', 'ADVANCE', 'SELF_BILLED')),
    status VARCHAR(32) COLLATE "C" NOT NULL CHECK (status IN ('DRAFT', 'PENDING', 'FINALIZED', 'VOID')),
    payment_status VARCHAR(32) COLLATE "C" NOT NULL CHECK (payment_status IN ('UNPAID', 'PARTIALLY_PAID', 'PAID')),
    series_id VARCHAR(40) COLLATE "C",
    sequence_number BIGINT,
    number VARCHAR(60) COLLATE "C",
    issue_date DATE,
    supply_date DATE,
    due_date DATE,
    payment_term_days INT NOT NULL,
    currency VARCHAR(3) COLLATE "C" NOT NULL,
    prices_include_tax BOOL NOT NULL,
    allowances TEXT NOT NULL,
    charges TEXT NOT NULL,
    taxes TEXT NOT NULL,
    mentions TEXT NOT NULL,
    net_minor BIGINT NOT NULL,
    tax_minor BIGINT NOT NULL,
    gross_minor BIGINT NOT NULL,
    paid_minor BIGINT NOT NULL,
    credited_minor BIGINT NOT NULL,
    due_minor BIGINT NOT NULL,
    ship_to_country VARCHAR(2) COLLATE "C",
    ship_to_region VARCHAR(10) COLLATE "C",
    ship_to_postcode VARCHAR(20) COLLATE "C",
    order_reference VARCHAR(200) COLLATE "C",
    note VARCHAR(2000) COLLATE "C",
    corrected_invoice_id VARCHAR(40) COLLATE "C",
    snapshot TEXT,
    content_hash VARCHAR(64) COLLATE "C",
    previous_hash VARCHAR(64) COLLATE "C",
    pdf_sha256 VARCHAR(64) COLLATE "C",
    version INT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    created_by VARCHAR(80) COLLATE "C" NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    finalized_at TIMESTAMPTZ,
    finalized_by VARCHAR(80) COLLATE "C",
    CONSTRAINT ck_invoice_1 CHECK ((status IN ('FINALIZED', 'VOID')) = (number IS NOT NULL)),
    CONSTRAINT ck_invoice_2 CHECK ((number IS NULL) = (sequence_number IS NULL)),
    CONSTRAINT ck_invoice_3 CHECK ((number IS NULL) = (content_hash IS NULL)),
    CONSTRAINT uq_invoice_entity_id_id UNIQUE (platform_id, entity_id, id),
    CONSTRAINT uq_invoice_entity_id_type_number UNIQUE (platform_id, entity_id, type, number),
    CONSTRAINT uq_invoice_entity_id_series_id_sequence_number UNIQUE (platform_id, entity_id, series_id, sequence_number),
    CONSTRAINT fk_invoice_entity_id FOREIGN KEY (platform_id, entity_id) REFERENCES entity (platform_id, id),
    CONSTRAINT fk_invoice_entity_id_customer_id FOREIGN KEY (platform_id, entity_id, customer_id) REFERENCES customer (platform_id, entity_id, id),
    CONSTRAINT fk_invoice_entity_id_order_id FOREIGN KEY (platform_id, entity_id, order_id) REFERENCES sales_order (platform_id, entity_id, id),
    CONSTRAINT fk_invoice_entity_id_series_id FOREIGN KEY (platform_id, entity_id, series_id) REFERENCES series (platform_id, entity_id, id),
    CONSTRAINT fk_invoice_entity_id_corrected_invoice_id FOREIGN KEY (platform_id, entity_id, corrected_invoice_id) REFERENCES invoice (platform_id, entity_id, id)
);
CREATE INDEX ix_invoice_id ON invoice (platform_id, id);
CREATE INDEX ix_invoice_status_id ON invoice (platform_id, status, id);
CREATE INDEX ix_invoice_issue_date_id ON invoice (platform_id, (coalesce(issue_date, '9999-12-31')), id);
CREATE INDEX ix_invoice_due_date_id ON invoice (platform_id, (coalesce(due_date, '9999-12-31')), id);
CREATE INDEX ix_invoice_gross_minor_id ON invoice (platform_id, gross_minor, id);
CREATE INDEX ix_invoice_number ON invoice (platform_id, number);
CREATE INDEX ix_invoice_entity_id_status_id ON invoice (platform_id, entity_id, status, id);
CREATE INDEX ix_invoice_entity_id_issue_date_id ON invoice (platform_id, entity_id, (coalesce(issue_date, '9999-12-31')), id);
CREATE INDEX ix_invoice_entity_id_gross_minor_id ON invoice (platform_id, entity_id, gross_minor, id);
CREATE INDEX ix_invoice_entity_id_customer_id_id ON invoice (platform_id, entity_id, customer_id, id);
CREATE INDEX ix_invoice_entity_id_order_id ON invoice (platform_id, entity_id, order_id);
CREATE INDEX px_invoice_due_date_id ON invoice (platform_id, due_date, id) WHERE status = 'FINALIZED' AND due_minor > 0;
CREATE TABLE invoice_line (
    platform_id VARCHAR(40) COLLATE "C" NOT NULL,
    id VARCHAR(40) COLLATE "C" NOT NULL PRIMARY KEY,
    entity_id VARCHAR(40) COLLATE "C" NOT NULL,
    invoice_id VARCHAR(40) COLLATE "C" NOT NULL,
    position INT NOT NULL,
    order_line_id VARCHAR(40) COLLATE "C",
    sku VARCHAR(200) COLLATE "C",
    description VARCHAR(1000) COLLATE "C" NOT NULL,
    quantity NUMERIC(24,6) NOT NULL,
    unit VARCHAR(20) COLLATE "C",
    unit_price NUMERIC(24,6) NOT NULL,
    supply TEXT NOT NULL,
    tax_class VARCHAR(32) COLLATE "C" NOT NULL CHECK (tax_class IN ('STANDARD', 'REDUCED', 'SECOND_REDUCED', 'SUPER_REDUCED', 'PARKING', 'ZERO', 'EXEMPT')),
    allowances TEXT NOT NULL,
    charges TEXT NOT NULL,
    net_minor BIGINT NOT NULL,
    tax_minor BIGINT NOT NULL,
    gross_minor BIGINT NOT NULL,
    decision TEXT NOT NULL,
    CONSTRAINT uq_invoice_line_entity_id_invoice_id_position UNIQUE (platform_id, entity_id, invoice_id, position),
    CONSTRAINT fk_invoice_line_entity_id_invoice_id FOREIGN KEY (platform_id, entity_id, invoice_id) REFERENCES invoice (platform_id, entity_id, id)
);
CREATE TABLE payment (
    platform_id VARCHAR(40) COLLATE "C" NOT NULL,
    id VARCHAR(40) COLLATE "C" NOT NULL PRIMARY KEY,
    entity_id VARCHAR(40) COLLATE "C" NOT NULL,
    invoice_id VARCHAR(40) COLLATE "C" NOT NULL,
    amount_minor BIGINT NOT NULL,
    currency VARCHAR(3) COLLATE "C" NOT NULL,
    method VARCHAR(40) COLLATE "C" NOT NULL,
    reference VARCHAR(200) COLLATE "C",
    paid_at TIMESTAMPTZ NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    created_by VARCHAR(80) COLLATE "C" NOT NULL,
    CONSTRAINT ck_payment_1 CHECK (amount_minor > 0),
    CONSTRAINT uq_payment_entity_id_id UNIQUE (platform_id, entity_id, id),
    CONSTRAINT uq_payment_entity_id_reference UNIQUE (platform_id, entity_id, reference),
    CONSTRAINT fk_payment_entity_id FOREIGN KEY (platform_id, entity_id) REFERENCES entity (platform_id, id),
    CONSTRAINT fk_payment_entity_id_invoice_id FOREIGN KEY (platform_id, entity_id, invoice_id) REFERENCES invoice (platform_id, entity_id, id)
);
CREATE INDEX ix_payment_id ON payment (platform_id, id);
CREATE INDEX ix_payment_paid_at ON payment (platform_id, paid_at);
CREATE INDEX ix_payment_entity_id_invoice_id_id ON payment (platform_id, entity_id, invoice_id, id);
CREATE INDEX ix_payment_entity_id_paid_at ON payment (platform_id, entity_id, paid_at);
CREATE TABLE event (
    platform_id VARCHAR(40) COLLATE "C" NOT NULL,
    position BIGINT GENERATED ALWAYS AS IDENTITY (CACHE 1) PRIMARY KEY,
    id VARCHAR(40) COLLATE "C" NOT NULL,
    entity_id VARCHAR(40) COLLATE "C",
    seq BIGINT,
    type VARCHAR(60) COLLATE "C" NOT NULL,
    schema_version INT NOT NULL,
    subject_id VARCHAR(40) COLLATE "C" NOT NULL,
    payload TEXT NOT NULL,
    actor VARCHAR(80) COLLATE "C" NOT NULL,
    occurred_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT uq_event_id UNIQUE (platform_id, id),
    CONSTRAINT uq_event_seq UNIQUE (platform_id, seq),
    CONSTRAINT fk_event_platform FOREIGN KEY (platform_id) REFERENCES platform (id),
    CONSTRAINT fk_event_entity_id FOREIGN KEY (platform_id, entity_id) REFERENCES entity (platform_id, id)
);
CREATE INDEX ix_event_entity_id_seq ON event (platform_id, entity_id, seq);
CREATE INDEX ix_event_subject_id_seq ON event (platform_id, subject_id, seq);
CREATE INDEX px_event_position ON event (platform_id, position) WHERE seq IS NULL;
CREATE TABLE idempotency_key (
    platform_id VARCHAR(40) COLLATE "C" NOT NULL,
    id VARCHAR(40) COLLATE "C" NOT NULL PRIMARY KEY,
    actor VARCHAR(80) COLLATE "C" NOT NULL,
    key VARCHAR(255) COLLATE "C" NOT NULL,
    operation VARCHAR(60) COLLATE "C" NOT NULL,
    fingerprint VARCHAR(64) COLLATE "C" NOT NULL,
    outcome TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT uq_idempotency_key_actor_key UNIQUE (platform_id, actor, key),
    CONSTRAINT fk_idempotency_key_platform FOREIGN KEY (platform_id) REFERENCES platform (id)
);
CREATE INDEX ix_idempotency_key_created_at ON idempotency_key (platform_id, created_at);
CREATE TABLE webhook_endpoint (
    platform_id VARCHAR(40) COLLATE "C" NOT NULL,
    id VARCHAR(40) COLLATE "C" NOT NULL PRIMARY KEY,
    entity_id VARCHAR(40) COLLATE "C",
    url VARCHAR(2048) COLLATE "C" NOT NULL,
    description VARCHAR(200) COLLATE "C",
    event_types TEXT NOT NULL,
    headers TEXT NOT NULL,
    secrets TEXT NOT NULL,
    status VARCHAR(32) COLLATE "C" NOT NULL CHECK (status IN ('ENABLED', 'DISABLED')),
    disabled_reason VARCHAR(200) COLLATE "C",
    cursor_seq BIGINT NOT NULL,
    failing_since TIMESTAMPTZ,
    version INT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT uq_webhook_endpoint_id UNIQUE (platform_id, id),
    CONSTRAINT fk_webhook_endpoint_platform FOREIGN KEY (platform_id) REFERENCES platform (id),
    CONSTRAINT fk_webhook_endpoint_entity_id FOREIGN KEY (platform_id, entity_id) REFERENCES entity (platform_id, id)
);
CREATE INDEX ix_webhook_endpoint_entity_id_id ON webhook_endpoint (platform_id, entity_id, id);
CREATE TABLE webhook_delivery (
    platform_id VARCHAR(40) COLLATE "C" NOT NULL,
    id VARCHAR(40) COLLATE "C" NOT NULL PRIMARY KEY,
    entity_id VARCHAR(40) COLLATE "C",
    endpoint_id VARCHAR(40) COLLATE "C" NOT NULL,
    event_id VARCHAR(40) COLLATE "C" NOT NULL,
    event_type VARCHAR(60) COLLATE "C" NOT NULL,
    seq BIGINT NOT NULL,
    status VARCHAR(32) COLLATE "C" NOT NULL CHECK (status IN ('PENDING', 'SUCCEEDED', 'FAILED')),
    attempt_count INT NOT NULL,
    next_attempt_at TIMESTAMPTZ,
    lease_until TIMESTAMPTZ,
    response_status INT,
    error VARCHAR(500) COLLATE "C",
    created_at TIMESTAMPTZ NOT NULL,
    finished_at TIMESTAMPTZ,
    CONSTRAINT uq_webhook_delivery_id UNIQUE (platform_id, id),
    CONSTRAINT uq_webhook_delivery_endpoint_id_event_id UNIQUE (platform_id, endpoint_id, event_id),
    CONSTRAINT fk_webhook_delivery_endpoint_id FOREIGN KEY (platform_id, endpoint_id) REFERENCES webhook_endpoint (platform_id, id),
    CONSTRAINT fk_webhook_delivery_event_id FOREIGN KEY (platform_id, event_id) REFERENCES event (platform_id, id)
);
CREATE INDEX ix_webhook_delivery_endpoint_id_id ON webhook_delivery (platform_id, endpoint_id, id);
CREATE INDEX ix_webhook_delivery_entity_id_id ON webhook_delivery (platform_id, entity_id, id);
CREATE INDEX px_webhook_delivery_next_attempt_at ON webhook_delivery (next_attempt_at) WHERE status = 'PENDING';
CREATE TABLE webhook_attempt (
    platform_id VARCHAR(40) COLLATE "C" NOT NULL,
    id VARCHAR(40) COLLATE "C" NOT NULL PRIMARY KEY,
    entity_id VARCHAR(40) COLLATE "C",
    delivery_id VARCHAR(40) COLLATE "C" NOT NULL,
    number INT NOT NULL,
    ok BOOL NOT NULL,
    response_status INT,
    error VARCHAR(500) COLLATE "C",
    response_body TEXT,
    duration_ms INT NOT NULL,
    started_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT uq_webhook_attempt_delivery_id_number UNIQUE (platform_id, delivery_id, number),
    CONSTRAINT fk_webhook_attempt_delivery_id FOREIGN KEY (platform_id, delivery_id) REFERENCES webhook_delivery (platform_id, id)
);
ALTER TABLE account ENABLE ROW LEVEL SECURITY;
ALTER TABLE account FORCE ROW LEVEL SECURITY;
CREATE POLICY registry ON account FOR ALL USING (current_setting('app.worker', true) = 'on') WITH CHECK (current_setting('app.worker', true) = 'on');
CREATE POLICY own ON account FOR SELECT USING (id IN (SELECT account_id FROM platform WHERE id = nullif(current_setting('app.platform', true), '')));
ALTER TABLE platform ENABLE ROW LEVEL SECURITY;
ALTER TABLE platform FORCE ROW LEVEL SECURITY;
CREATE POLICY registry ON platform FOR ALL USING (current_setting('app.worker', true) = 'on') WITH CHECK (current_setting('app.worker', true) = 'on');
CREATE POLICY tenant ON platform FOR ALL USING (id = nullif(current_setting('app.platform', true), '')) WITH CHECK (id = nullif(current_setting('app.platform', true), ''));
ALTER TABLE entity ENABLE ROW LEVEL SECURITY;
ALTER TABLE entity FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON entity FOR ALL USING (platform_id = nullif(current_setting('app.platform', true), '')) WITH CHECK (platform_id = nullif(current_setting('app.platform', true), ''));
ALTER TABLE entity_logo ENABLE ROW LEVEL SECURITY;
ALTER TABLE entity_logo FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON entity_logo FOR ALL USING (platform_id = nullif(current_setting('app.platform', true), '')) WITH CHECK (platform_id = nullif(current_setting('app.platform', true), ''));
ALTER TABLE api_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE api_key FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON api_key FOR ALL USING (platform_id = nullif(current_setting('app.platform', true), '')) WITH CHECK (platform_id = nullif(current_setting('app.platform', true), ''));
CREATE POLICY registry ON api_key FOR ALL USING (current_setting('app.worker', true) = 'on') WITH CHECK (current_setting('app.worker', true) = 'on');
CREATE POLICY own_hash ON api_key FOR SELECT USING (key_hash = nullif(current_setting('app.key_hash', true), ''));
ALTER TABLE customer ENABLE ROW LEVEL SECURITY;
ALTER TABLE customer FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON customer FOR ALL USING (platform_id = nullif(current_setting('app.platform', true), '')) WITH CHECK (platform_id = nullif(current_setting('app.platform', true), ''));
ALTER TABLE sales_order ENABLE ROW LEVEL SECURITY;
ALTER TABLE sales_order FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON sales_order FOR ALL USING (platform_id = nullif(current_setting('app.platform', true), '')) WITH CHECK (platform_id = nullif(current_setting('app.platform', true), ''));
ALTER TABLE order_line ENABLE ROW LEVEL SECURITY;
ALTER TABLE order_line FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON order_line FOR ALL USING (platform_id = nullif(current_setting('app.platform', true), '')) WITH CHECK (platform_id = nullif(current_setting('app.platform', true), ''));
ALTER TABLE series ENABLE ROW LEVEL SECURITY;
ALTER TABLE series FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON series FOR ALL USING (platform_id = nullif(current_setting('app.platform', true), '')) WITH CHECK (platform_id = nullif(current_setting('app.platform', true), ''));
ALTER TABLE invoice ENABLE ROW LEVEL SECURITY;
ALTER TABLE invoice FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON invoice FOR ALL USING (platform_id = nullif(current_setting('app.platform', true), '')) WITH CHECK (platform_id = nullif(current_setting('app.platform', true), ''));
ALTER TABLE invoice_line ENABLE ROW LEVEL SECURITY;
ALTER TABLE invoice_line FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON invoice_line FOR ALL USING (platform_id = nullif(current_setting('app.platform', true), '')) WITH CHECK (platform_id = nullif(current_setting('app.platform', true), ''));
ALTER TABLE payment ENABLE ROW LEVEL SECURITY;
ALTER TABLE payment FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON payment FOR ALL USING (platform_id = nullif(current_setting('app.platform', true), '')) WITH CHECK (platform_id = nullif(current_setting('app.platform', true), ''));
ALTER TABLE event ENABLE ROW LEVEL SECURITY;
ALTER TABLE event FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON event FOR ALL USING (platform_id = nullif(current_setting('app.platform', true), '')) WITH CHECK (platform_id = nullif(current_setting('app.platform', true), ''));
CREATE POLICY worker ON event FOR SELECT USING (current_setting('app.worker', true) = 'on');
ALTER TABLE idempotency_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE idempotency_key FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON idempotency_key FOR ALL USING (platform_id = nullif(current_setting('app.platform', true), '')) WITH CHECK (platform_id = nullif(current_setting('app.platform', true), ''));
ALTER TABLE webhook_endpoint ENABLE ROW LEVEL SECURITY;
ALTER TABLE webhook_endpoint FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON webhook_endpoint FOR ALL USING (platform_id = nullif(current_setting('app.platform', true), '')) WITH CHECK (platform_id = nullif(current_setting('app.platform', true), ''));
CREATE POLICY worker ON webhook_endpoint FOR SELECT USING (current_setting('app.worker', true) = 'on');
ALTER TABLE webhook_delivery ENABLE ROW LEVEL SECURITY;
ALTER TABLE webhook_delivery FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON webhook_delivery FOR ALL USING (platform_id = nullif(current_setting('app.platform', true), '')) WITH CHECK (platform_id = nullif(current_setting('app.platform', true), ''));
CREATE POLICY worker ON webhook_delivery FOR SELECT USING (current_setting('app.worker', true) = 'on');
ALTER TABLE webhook_attempt ENABLE ROW LEVEL SECURITY;
ALTER TABLE webhook_attempt FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON webhook_attempt FOR ALL USING (platform_id = nullif(current_setting('app.platform', true), '')) WITH CHECK (platform_id = nullif(current_setting('app.platform', true), ''));"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
        DROP TABLE IF EXISTS webhook_attempt;
DROP TABLE IF EXISTS webhook_delivery;
DROP TABLE IF EXISTS webhook_endpoint;
DROP TABLE IF EXISTS idempotency_key;
DROP TABLE IF EXISTS event;
DROP TABLE IF EXISTS payment;
DROP TABLE IF EXISTS invoice_line;
DROP TABLE IF EXISTS invoice;
DROP TABLE IF EXISTS series;
DROP TABLE IF EXISTS order_line;
DROP TABLE IF EXISTS sales_order;
DROP TABLE IF EXISTS customer;
DROP TABLE IF EXISTS api_key;
DROP TABLE IF EXISTS entity_logo;
DROP TABLE IF EXISTS entity;
DROP TABLE IF EXISTS platform;
DROP TABLE IF EXISTS account;"""


MODELS_STATE = (
    "eJztXWtz4ria/isqvkyfKqarQy6dk/lEEncPZ2jIJqTnsmw5wojgjZFpW3SSc3b++0qyDb"
    "6C5QaiOG9VV2NsPbbzSEiv3ut/Gjb97tqWTe/fty3LXVDWOEP/aVA8I/wg52oTNfB8nrgm"
    "zjE8ciQCx9qNfOZhS9xxgh2f8FNj4luePWe2S0XjNpph74GwuYMtgtw58TBzvfcCPHYtjh"
    "Z3X99uQe1vC2Iy956wKfF46//+n6Z4uTF5In70df5gTmzijJN/3FjcQJ432fNcnruYYu+T"
    "bCneYWRarrOY0VXr+TObunTZnL+iOHtPqHglMo79qXThOCEp0angXfkJ5i3I8iXHqxNjMs"
    "ELRxAm0MEbrM41TLPXH5g3xsA0GxkyI0SMt/CU5VLRETZlvvz7Z/jJdAi9Z1P+9ejD38Fz"
    "VjwErcQDv7avL35tX787+vAP8UCX92bQy73wSkte+lveAjMc3ESyvqJZfioQHbXfDtXRiR"
    "XXq7G4d7JbH8qwzVsV0i2vCb5X/FoeEXyYmGVZvuRXmD0j+UwnkSm+xyH0fXTwCtlfQ/ag"
    "88W4GbS/XInbz3z/myP5ag8McaUlzz6nzr47SfXL8ibo987gVyS+or/6PUPS6frs3pNPXL"
    "Ub/NUQ74QXzDWp+2jicZyT6HR06m8xdU0eYr8qcWKErYdH7I3NzBW35Ra1zV6atWbpM5ji"
    "e9lJgs2/m/Hp/8rBbOJ6s4LVYXl50/IwjzfcuD70KUHhgoJsilz+deaOCZ8vpwQxQjFl71"
    "GH+ejOHt8h20fkO/GekStWAiSf+RO/Fj3T5I2ya8uOngHrku7rUtjpphrdSVQN16htEb8i"
    "Wvyc8ik26GImae7wF8LUIhm6I6zORDe6na/GGRL/D+lNu3d53v/jDIUH6fmmTBcctkp0wW"
    "GrsAvEpWQXONhnJp+4+MD1ybdsZ5zb9x3K8kd8FpvqDDsQ93fRGR92NeTvxRv8/M9W6/Dw"
    "Y+vD4cnp8dHHj8enH055W/m62Usf13TKeedzpzdI9oc4AZIaSGp7ltQMymz2XCCnhRc3SW"
    "lk1azEHt4njsNlIXeCMIrkIPRosymyudjkkHvsIHsc3LPJRaYnjmCMP9Nv8vefjYgYGQjT"
    "MRp5/P+87f8uHgESmh6CQrGEFhOqVfhOwXQWHbSR0cgTIx7FjiLVKVglqsMRrCfTO9HYgE"
    "Zst/zK9cBUZTmJAq7Lcc33bWzhV93erdA6891oXwzkFi/45Ju825sro3dpXPJtXnQ4pIIl"
    "fpmfjI702Pxx0ZVLt77yDyKNg9m91C8ios2xKTmowvcSCIQrE96qSngLCFcmXGycrULl3n"
    "rO49g60l6K9TWkF3FuhRtzVb4jXP24PihF9sEatg+K6fbIvXi5CoSvkDWkvBTjawjPGrGF"
    "UcVTGtkxiM7CY9UZpMwEUjx/ZPb3M2w7Sjv7CFC/0ds6PipD7vFRMb3iWpLgOSdJaSFcAu"
    "pH8PbVU49k5NtMid8YpH4M70SsEyuWeCRTXPHSOKC7FN2MP8Ee56hO/uW7dECeCsyxMVgt"
    "lr11lj/jj0HC6Bfx+e5L+49/JAx/3X7vc9Q8xv9Ft3+eljQWnkeopSZqxDC1ID2lciqjcS"
    "pWOGUGtj0j5r8Vl8MEqIYcn5SROU6KRY6TjMThuBZ21DTcS0QNCd7BllsY+QMDeWX/pfQ9"
    "dCa+0TO+GtdnSH4Mab9n9q8vxYnoSJ67av/5xegN5NnwWJ7/dNv91OkuL62+6qEED7wATG"
    "EXxkx50c2ide5IbdfeOX6eCT8yRryZOcbPOf1Q6IaWi92fJ9ou57HAGa11cPTx6PTw5Gjp"
    "g7Y8s871LOtm9h0zM5DJiUdyzPnnrusQTPNpzoJTHI84+hWSvM55r9/vJob6eSc9lm+/nB"
    "vX7w7kuOeNxL4yl3p/hh3HHC18mxI/Z3SvpT4LBurLU+8q8+0Cyaok2+os20Cz+lgWDolm"
    "XK+iLLEU3ALElgpiy+OUUHNBvxPP5s8scJDbvBfIuY3O3dH4td+9PEPi/yEVFH42zlDwOa"
    "Td9s3A/NrudniL1bEeov7c45stn++6LGcxJibDT4pTVv4NYAIrP4GRhcmmHvGnLn8KebII"
    "GStLooX3gI4o3xF8KM+w9yxodT0l81QaWD+t/rpdVTTxfCycdz5m1J5kJjzP1bSeMYzOa4"
    "E2hsCJ6/KNqQrFK0T9RvDBh1KGKdFsjS9GjgO1e+8GPCkQnQDVj+vtj+VIoyUWOLUxnUXW"
    "j++d2Fwj4uwRVjJxp3H1o/uwjH3qsNg+dZj1iAk5G9lWFapDWP2YPjgoM2UfFE/YB2mm+Y"
    "7Sz/XZKFSmxxCgQodIbRWqX3ukdrybF/NxxW5OIqGbtetm3QLyu1w6bqwLypcNmqUC800n"
    "arsxOn8wJWj0zIgfxM4HcfQ/+UjcoYnwHHsMTTx3JrMdBXdHvsu/YYYc22c+oiLfEbKw5z"
    "2LRrNseP6OngHx+XpsWCA+X4O9YvjDV4zOj4OA5hI088cx6WSiqPtI44Ds8mTnmAVsir3n"
    "tUzn2QHEEvQKaV5nCBC2yLiQxdk87/Ta13/mmzOj9nEB6vzPgdFOMQ9yL8i9O5d723P7N1"
    "KUiCq8uEnexXPbfCAKmaj49pshjmgin7keGSPsyxRRN7+2f24dn/yC/Kn7KLJ8WgQJezy/"
    "KHJ6zvCY5Oed+tEbghSrx7IDUqwGK/4LSbFaq4O3zzKkl9qxEckjEzvHp2idM0WEqCHHBy"
    "dl7BlpOShmzzjJzVY7cRdKNtEEqIY0l7HPFZvnMtY5LtKYU+xPVSiOY2rI8PZD9ObEm9m+"
    "X8V/NwWtBd17D/UFK15dt7l53TxSi+lOoGrx+0pOZ6dlRJ/TYsnnNCdJ7Nzm/Vbh95REbu"
    "H3pJlIX6efk0e+uw+VZs0kEnpZt17WRzd4sfCZO5PqsDzt4PJyc4N+0Io3LKEgHC2egzTy"
    "osxPYKhuBnnkhW06TN0m88R/bQ9QEPUdGKrHxLLHJCgKhJ/ydIVbvTeoDfXQqoDaUAOFFh"
    "i/90Mz1ACAGgB14feB/2n5/G4O1I2wOnPduOj3bm6/iPQ80dGQnt/edHrGzc0Zio6GtNfv"
    "mYP2H+3zrmF2jc/trnllXN/0e2eo6EpatikVPrD1KF7IWLrjjKVQFgDKArwVwqEsAJQF0I"
    "L2UqxDWQAoC/AqKYeyAK+sLMDec8hqPX63Pz0HybpV+F0h6sfv9lVWAVtmhWkii6wf31ue"
    "LELKfqziX+YmOk/SjTDDmfwY0k4v/B4eDOlt76tx3fnUEUX/VsdS6WJIBYuhhzIlGu1TYl"
    "Uz7ebeACy8ull4c+dG6nOOlKt6FMDrN0tu308mpE5VsZaC1Y/pnWgdIPkJJD+B9QGSn0A3"
    "6+jo1ffGhV5ewbXmBhcvHzvEN91l241eXr8LlyocumON3MX9lCW9st6juwl/CvHmfBCwOx"
    "GuKVyvwohO0VZ8tel8wQL/rHBaQzbL+n3t/GngCaaH0gE8wTTQ94An2H4yc4RutYpEp2BA"
    "td5Od3pTvZPNooU9pjqoVxDYkZci+ccUxK9EM3x13b8wbm46vc9naHUsdcT9zoURKInl0Z"
    "B+ane64kzwOaQX7d6F0ZWnlodDem18uu1dipPRkR66Yy6nWJW2iQkg7BK12yUmkzXblbp4"
    "BQNjgM79O1k4E5tvR6t0choLPa1zT1tiVa3Y02ks9LTWPQ2VzDPSTxnhp3wlc6gk9uIFrJ"
    "jL+C53ZtO88lXn9n2hlS8FrJOl75+t1uHhx9aHw5PT46OPH49PPyxNftlL62x/553PnV6q"
    "Z7JdgB3HfRQrg3ISmySyFvPN3nPY8Kn8Xp35GAxor0C7P7XnJl97K3gW5kBrqDjarmthxJ"
    "m6X30WWT+yt+9XH7FWJVQnD1s/zrfvCz7BtrPwlKiOQerH8K6KF8as7UpcJ2G1WDV3nd8Q"
    "fO/A904LEfC1qW7A96623ayZ713XpqSxxv9OXm9u8MGT3ncyHl423eiC16cEidayIBhFEt"
    "4UlRMIZcQjY/62Lpvyp0hvOMxHGW+DPL5hGvPDKW+SdbTb0j3BnU4PDxhwp9PB+Qjc6fZB"
    "czB9qrEcxwDJZaqpu76dH+NWuBmJQ2A3krMbgYyA+3Sbe1goqeGC5kBuKXLjb6ZAcgpWw4"
    "l4V1q4bwss5YSc/S2x7Bl28gmPw9Kb2wD3PsS/QubX8HxpXHS+tLvvWkfNk5RNPL4apso4"
    "UltJxRm1r+OcsW1tveDKlO4biiM4CYQxvGEM+4v53MmZJdabt1eoWkzJ+7Zui0wDloP9H8"
    "risryBzl3QuBm0e5ft68szFB0JT/vL24vA0V4eDOmNcdHvXZrLC8nv/PrtlXEduxz/OqRX"
    "7evfgkCA4GBI/zKu+2dI/D+kxh/Gl6vBGQo+03qtl/HpB5cecOl5C7Tro4y/IZ4d/oVZTX"
    "x4sbkpFH7VrJQKPqgxIlTiPuFdzn+071GH+chzH3/ykeNaD0jcEjv2v4mPJjYVR7z5L7LC"
    "sfRfEhVNqPOMyHd+dM+Bfr5mfnePAoW9Hpo2UNhroOQEhf1eaJbsVBWNQ6zOROdKxRdcnu"
    "0MBMw4Q7EvXL697n/qX39py0hXeTSk7cuvInT1DIUHQobufjLPO0Fca+yLHhLvHDOhlFaa"
    "oFYQnTuzqjdYmV/NSfGv5iRrgeELvKu2BCwRNSR4+167ssR1IGllWV4XC5MC1snWtedYGM"
    "mk7ftcIhU+Vjm6QX52TSckoevct16fSnadarA9MPKYVK1AngDVT429fQ9d8CetMlzB0VBJ"
    "t9GRR6SRr9yIrjY3aDfsWLsypVxtx/nZsR8I4l29mPFNznskk/GtlAto4hEi9A22j/htXP"
    "RA5gw9Tl1HJNxDdz7Fc3/qsrtmUHuVPIUp+Hh7McmQcW6d1709GFQfemwMQfWhwZ4cVB+Q"
    "+q9eVL+IW6jW8i9o8kCTt1GT9ybSC15etz8NzpD84N1m9C4DB4PgYEg/dXrtbucvmVUwOh"
    "zSr31ZrYb/r0dXzfGzkI9/sGRQ9i5ad91t76rdkfWAxKf0Dhl02t3un2ZwPvldXA/O6tJp"
    "gZVZcV1KgGBh2rwwRWbySvrcHHAlna5unL+ISreoA4oHeyHrNRjp2zcLVdOWg6I86SGrTG"
    "AK9pYZHFcYf2MYfQkRjhFvxgl5zpHiiuPr8rB1Mj5uL+0HpPLMCLZl5FpI5fmKUnmC0zk4"
    "nb812kUiEmXSlyCgvALlQuTgr6jMehwHxFcgnhJWJVFzAlYn6XDPegwRk1clT3YcBvRXpv"
    "/ec32/SgekgNAFlbtAVqOp0ANJHHRA5Q6wPDK2hdNghU7IYqEjKneE0F5V6IMEDOivTD9k"
    "j4fs8dqQDdnj65CPJnD88siECKWvEuU50DoyvoOsYdTNMxqtMQy7uQajetBbkt+1BGfdTV"
    "3PI5YQ+0L3f1W/0wJ8/XpgBy4oYRRClu81iZdimDpwvHc1vEuZMImqBr6lcXXgftexb3OP"
    "fLfdha9MdgYIbJdgezwx/SluHZ8oUZ1AAc+beYaaK1BzRYvl8TXEyOZ180jNyyaBqoVdMD"
    "lDnZaRK0+L5crTbOpUKG7zFn5PYbhztZLyKSwUGn8dPa02d6Zx9RPvtjN5apfJYU3RqHiL"
    "ZrmMDlUKRz3abCpTQ+KZMITwTzqW3xl+QiKLtpBof0F30eGdSJ0g/p4gh+Tj1HZIkFuBt7"
    "cwpS5DIyKR47y0Dvt8MKR10EMTBmkdNFBCQlqHvdBcTbu+BZ36WyMaylBtX0GzKj9ZKVtG"
    "DFg/CXQHZiGoQwV1qF7ASwXqUO2L+XURoFCHSi+/H6hDtZ8xDHWoXiY6DupQQR0qCAmGkO"
    "C3QzuESUKY5NulH8IkX7wLItOV6sQfx8HM/+oqEF4F2Zga+Xbd6Gpzg013HmtXypwbApA7"
    "QS4V6e+lSaEp8uALM2n4/ScfRfmM8o2z1W4DplY9tMtgatVAsQ+mVjC11onowEOniiyZRo"
    "IwWVmYhMyFu85cOOOii1pZxRWihuxufx6pFFQN4dTqxm+ZZ0fdWTwGg5AArR3FIZLqTXUz"
    "RFLVOhjA+F6sLgquNTcoi8j30qqiNr9gsSbi9yO8M8eRYofDqM+v8GZBiUQLL3xxmeXVZl"
    "S+x5AO6V3kgCl9+QVAaCtG2BfqJPeRIulGKDRPNvWJx4IAAJ98W7aPtBG8/T2e/yyqP4Yg"
    "fhbxcc8P/Sa6tzkf/CZDmn4r/u/mv7o2IzLcYPQs7+oRBz8jPGH8PpY7m9lMtLsKfsy8eR"
    "M9TrkMwv+MZQwC39XYjgDTH1V/Ffuxrs2kp+TKGkpA+urC9rijAg2ZBjuBl9P51pzYF1I9"
    "ar3F2klNKbXpOgRA7ajKzgSCMoUhHbWv4aSx/cJRvjUlM2yqJzzJAuuk4N1aWI2/GP0vsZ"
    "hqpb8EqoYDeQcxYfjZcXEOy8W+FjFILSjet5Md31flGYWKh/USUAu6d53ixbWkDaeKpi8F"
    "BVWfdqo+fTRQnTGZzV0mbIW/kedGQUaKZKPmpqQUq+bmQ9h+o3bqd6E1wmi2YFjqa2SWCI"
    "w4Hk2xj8Yu5SDfDbRLGHlkzgevbGmLDBL+I+EjXup2RD4I0Rzhez5gsjqsnT4J3KH0EA1A"
    "2aOBVAYiwk5FhHBuLUtu2LyG1LaOj8uY0o+Pi03p4lpKAJsLQhSjyBOgGjK9fRXEhD+ceH"
    "MvVBiUJToFqyPVW89r6y6Y5c5ytGnrgxJisFrQvPcgQHDZgH3crvdxv5PR1HUfDDqeu3ah"
    "T0G6VXPDTu4xaG+SOGCzowFFnDdOrR/soTxiEfs78ZF0VvCFmT9u0m8i14uCTgKD1C9y24"
    "VDlwDRViKR495HuzVr4fmul+OgsN9nw3ZPjz0HbPc02O6BCXofLC88R4XfsHkNB3Drw9Fp"
    "KQ/qo9M1LtTiojYJxLQeyjtxWJeLa3grxX1JClqLEb7vvck0cJxUpT4GA9or0O4TvrVjyr"
    "THYEB7FdoZZovKmbBWaJ3Jbxi99nlXpK4KD4b0snMTnoqO0tumMtP/9lNTjW1fcDM2+X7L"
    "V1xss1BYcEstuMHm1VR2ZEzi6uTttWeHxgm2Hf5Wpm/nxkNuqOqSBkNZF910glBJbpcela"
    "BMfxM/HChwVttu1s5mckkcm0+7Rc5v6VbNkjaTcRxQKo9XYGgQ8YyBOSKwuTTDkMMgBhFb"
    "FpnzsSrsFkGw42L+Ht05XAwmpmx4h2bYe/BFe+yjEeHvh3x+4/ykX3t4JthI9FAhg41EA+"
    "092Ej2w3IwjynznIDBgC5DtdTCK/IcwwDJpUlWDYVMompI9A4CIvcZ36sduS+iD3sTSvkr"
    "o3cZ1I0IDkSdiYsLw7gMakyEh0P6qd2RivrgUw81PWaMzOaMk77I89EtTgGZxtXpR7I1hR"
    "YlT8yMqFJXd+TAQSWsm8oj3t+xXbNqX6eg0M869zO/1Zz/dcQsWt8K580cZI3Sh2xt4iSe"
    "pxZctgTUbwd9XMpSfLzGUnycYykGU8tbmKgmNrX9aaV+TkFhQdKtn7WztbQDSbWx1tQSNW"
    "qWtLTgWPtShpZfB4Mr5BE+xHxZ7gSjyFgjw/ofgwSWM4LEn59vN1G/BZhB9NCqgRlEB4Um"
    "mEH2wHI0JSnynILBgC5BNV3MRiRnO1JcbHIJALVYzu7OfcjRw7uuQzDN5zMApLgcccQrJH"
    "OdTr3f7yYkzvNO2vH99su5cf3uIFWXO0sxaChAQ/G6NRTLcThyxzmpcIoDaTLAOhC+72ia"
    "8SJIdWPOVOaOFAoWv3yTqFdN85ZEguYNNDKFGpk28Wxr2sjXxIQXmxs0MHjVbJPipbiHt6"
    "wYKZx5cnczr7dmxg/ONsVqkMKglWLBpThqpQ67xZ2klxO/KwWGw+Y1ZPeglGR4sEYyPMix"
    "XbmUkTxvlX/d9HsFRqsVJL1u2hZD/4cc23+NwskacgUZ68XCtASYWgXFDV68BPvf/w97oH"
    "QX"
)
