from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
        CREATE TABLE IF NOT EXISTS aerich (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    version VARCHAR(255) NOT NULL,
    app VARCHAR(100) NOT NULL,
    content JSON NOT NULL
);
CREATE TABLE account (
    id VARCHAR(40) NOT NULL PRIMARY KEY CHECK (length(id) <= 40),
    name VARCHAR(200) NOT NULL CHECK (length(name) <= 200),
    created_at TIMESTAMP NOT NULL
);
CREATE TABLE platform (
    id VARCHAR(40) NOT NULL PRIMARY KEY CHECK (length(id) <= 40),
    account_id VARCHAR(40) NOT NULL CHECK (length(account_id) <= 40),
    mode VARCHAR(32) NOT NULL CHECK (mode IN ('LIVE', 'SANDBOX')),
    last_event_seq BIGINT NOT NULL DEFAULT 0,
    created_at TIMESTAMP NOT NULL,
    CONSTRAINT uq_platform_account_id_mode UNIQUE (account_id, mode),
    CONSTRAINT fk_platform_account_id FOREIGN KEY (account_id) REFERENCES account (id)
);
CREATE TABLE entity (
    platform_id VARCHAR(40) NOT NULL CHECK (length(platform_id) <= 40),
    id VARCHAR(40) NOT NULL PRIMARY KEY CHECK (length(id) <= 40),
    external_id VARCHAR(200) CHECK (length(external_id) <= 200),
    name VARCHAR(200) NOT NULL CHECK (length(name) <= 200),
    legal_name VARCHAR(200) NOT NULL CHECK (length(legal_name) <= 200),
    status VARCHAR(32) NOT NULL CHECK (status IN ('ACTIVE', 'SUSPENDED', 'ARCHIVED')),
    address_name VARCHAR(200) CHECK (length(address_name) <= 200),
    address_line1 VARCHAR(200) CHECK (length(address_line1) <= 200),
    address_line2 VARCHAR(200) CHECK (length(address_line2) <= 200),
    address_postcode VARCHAR(20) CHECK (length(address_postcode) <= 20),
    address_city VARCHAR(120) CHECK (length(address_city) <= 120),
    address_region VARCHAR(10) CHECK (length(address_region) <= 10),
    country VARCHAR(2) NOT NULL CHECK (length(country) <= 2),
    email VARCHAR(254) CHECK (length(email) <= 254),
    phone VARCHAR(40) CHECK (length(phone) <= 40),
    website VARCHAR(200) CHECK (length(website) <= 200),
    registration VARCHAR(200) CHECK (length(registration) <= 200),
    tax_ids TEXT NOT NULL,
    currency VARCHAR(3) NOT NULL CHECK (length(currency) <= 3),
    time_zone VARCHAR(64) NOT NULL CHECK (length(time_zone) <= 64),
    locale VARCHAR(20) NOT NULL CHECK (length(locale) <= 20),
    auto_invoice VARCHAR(32) NOT NULL CHECK (auto_invoice IN ('NEVER', 'ON_ORDER', 'ON_PAYMENT', 'ON_FULFILMENT')),
    number_formats TEXT NOT NULL,
    payment_term_days INT NOT NULL,
    vat_registered INT NOT NULL,
    small_business INT NOT NULL,
    oss INT NOT NULL,
    ioss INT NOT NULL,
    other_registrations TEXT NOT NULL,
    when_unverified VARCHAR(32) NOT NULL CHECK (when_unverified IN ('HOLD', 'CHARGE', 'LAST_VALID')),
    prices_include_tax INT NOT NULL,
    eu_threshold_exceeded INT NOT NULL,
    primary_color VARCHAR(7) CHECK (length(primary_color) <= 7),
    template VARCHAR(40) NOT NULL CHECK (length(template) <= 40),
    footer VARCHAR(1000) CHECK (length(footer) <= 1000),
    logo_type VARCHAR(40) CHECK (length(logo_type) <= 40),
    payment_holder VARCHAR(200) CHECK (length(payment_holder) <= 200),
    payment_iban VARCHAR(34) CHECK (length(payment_iban) <= 34),
    payment_bic VARCHAR(11) CHECK (length(payment_bic) <= 11),
    version INT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    CONSTRAINT uq_entity_id UNIQUE (platform_id, id),
    CONSTRAINT uq_entity_external_id UNIQUE (platform_id, external_id),
    CONSTRAINT fk_entity_platform FOREIGN KEY (platform_id) REFERENCES platform (id)
);
CREATE INDEX ix_entity_status_id ON entity (platform_id, status, id);
CREATE INDEX ix_entity_name_id ON entity (platform_id, name, id);
CREATE TABLE entity_logo (
    platform_id VARCHAR(40) NOT NULL CHECK (length(platform_id) <= 40),
    id VARCHAR(40) NOT NULL PRIMARY KEY CHECK (length(id) <= 40),
    entity_id VARCHAR(40) NOT NULL CHECK (length(entity_id) <= 40),
    content_type VARCHAR(40) NOT NULL CHECK (length(content_type) <= 40),
    content BLOB NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    CONSTRAINT uq_entity_logo_entity_id UNIQUE (platform_id, entity_id),
    CONSTRAINT fk_entity_logo_entity_id FOREIGN KEY (platform_id, entity_id) REFERENCES entity (platform_id, id)
);
CREATE TABLE api_key (
    platform_id VARCHAR(40) NOT NULL CHECK (length(platform_id) <= 40),
    id VARCHAR(40) NOT NULL PRIMARY KEY CHECK (length(id) <= 40),
    entity_id VARCHAR(40) CHECK (length(entity_id) <= 40),
    name VARCHAR(200) NOT NULL CHECK (length(name) <= 200),
    prefix VARCHAR(16) NOT NULL CHECK (length(prefix) <= 16),
    last_four VARCHAR(4) NOT NULL CHECK (length(last_four) <= 4),
    key_hash VARCHAR(64) NOT NULL CHECK (length(key_hash) <= 64),
    permissions TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    created_by VARCHAR(80) NOT NULL CHECK (length(created_by) <= 80),
    expires_at TIMESTAMP,
    revoked_at TIMESTAMP,
    CONSTRAINT uq_api_key_key_hash UNIQUE (key_hash),
    CONSTRAINT fk_api_key_platform FOREIGN KEY (platform_id) REFERENCES platform (id),
    CONSTRAINT fk_api_key_entity_id FOREIGN KEY (platform_id, entity_id) REFERENCES entity (platform_id, id)
);
CREATE INDEX ix_api_key_id ON api_key (platform_id, id);
CREATE INDEX ix_api_key_entity_id_id ON api_key (platform_id, entity_id, id);
CREATE TABLE customer (
    platform_id VARCHAR(40) NOT NULL CHECK (length(platform_id) <= 40),
    id VARCHAR(40) NOT NULL PRIMARY KEY CHECK (length(id) <= 40),
    entity_id VARCHAR(40) NOT NULL CHECK (length(entity_id) <= 40),
    external_id VARCHAR(200) CHECK (length(external_id) <= 200),
    name VARCHAR(200) NOT NULL CHECK (length(name) <= 200),
    kind VARCHAR(32) NOT NULL CHECK (kind IN ('CONSUMER', 'BUSINESS', 'NON_TAXABLE_LEGAL_PERSON')),
    email VARCHAR(254) CHECK (length(email) <= 254),
    address_name VARCHAR(200) CHECK (length(address_name) <= 200),
    address_line1 VARCHAR(200) CHECK (length(address_line1) <= 200),
    address_line2 VARCHAR(200) CHECK (length(address_line2) <= 200),
    address_postcode VARCHAR(20) CHECK (length(address_postcode) <= 20),
    address_city VARCHAR(120) CHECK (length(address_city) <= 120),
    address_region VARCHAR(10) CHECK (length(address_region) <= 10),
    country VARCHAR(2) NOT NULL CHECK (length(country) <= 2),
    locale VARCHAR(20) CHECK (length(locale) <= 20),
    tax_id VARCHAR(40) CHECK (length(tax_id) <= 40),
    tax_id_country VARCHAR(2) CHECK (length(tax_id_country) <= 2),
    tax_id_status VARCHAR(32) NOT NULL CHECK (tax_id_status IN ('VALID', 'INVALID', 'UNVERIFIED', 'NONE')),
    tax_id_checked_at TIMESTAMP,
    tax_id_consultation VARCHAR(80) CHECK (length(tax_id_consultation) <= 80),
    tax_id_name VARCHAR(200) CHECK (length(tax_id_name) <= 200),
    version INT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    CONSTRAINT uq_customer_entity_id_id UNIQUE (platform_id, entity_id, id),
    CONSTRAINT uq_customer_entity_id_external_id UNIQUE (platform_id, entity_id, external_id),
    CONSTRAINT fk_customer_entity_id FOREIGN KEY (platform_id, entity_id) REFERENCES entity (platform_id, id)
);
CREATE INDEX ix_customer_id ON customer (platform_id, id);
CREATE INDEX ix_customer_entity_id_name_id ON customer (platform_id, entity_id, name, id);
CREATE TABLE sales_order (
    platform_id VARCHAR(40) NOT NULL CHECK (length(platform_id) <= 40),
    id VARCHAR(40) NOT NULL PRIMARY KEY CHECK (length(id) <= 40),
    entity_id VARCHAR(40) NOT NULL CHECK (length(entity_id) <= 40),
    customer_id VARCHAR(40) NOT NULL CHECK (length(customer_id) <= 40),
    external_id VARCHAR(200) NOT NULL CHECK (length(external_id) <= 200),
    cart_id VARCHAR(200) CHECK (length(cart_id) <= 200),
    status VARCHAR(32) NOT NULL CHECK (status IN ('PROCESSING', 'INVOICED', 'FAILED', 'CANCELLED', 'REFUNDED')),
    placed_at TIMESTAMP NOT NULL,
    paid_at TIMESTAMP,
    fulfilled_at TIMESTAMP,
    cancelled_at TIMESTAMP,
    payment_method VARCHAR(40) CHECK (length(payment_method) <= 40),
    payment_reference VARCHAR(200) CHECK (length(payment_reference) <= 200),
    currency VARCHAR(3) NOT NULL CHECK (length(currency) <= 3),
    prices_include_tax INT NOT NULL,
    total_minor BIGINT NOT NULL,
    allowances TEXT NOT NULL,
    charges TEXT NOT NULL,
    ship_to_country VARCHAR(2) CHECK (length(ship_to_country) <= 2),
    ship_to_region VARCHAR(10) CHECK (length(ship_to_region) <= 10),
    ship_to_postcode VARCHAR(20) CHECK (length(ship_to_postcode) <= 20),
    failure VARCHAR(1000) CHECK (length(failure) <= 1000),
    fingerprint VARCHAR(64) NOT NULL CHECK (length(fingerprint) <= 64),
    version INT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
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
    platform_id VARCHAR(40) NOT NULL CHECK (length(platform_id) <= 40),
    id VARCHAR(40) NOT NULL PRIMARY KEY CHECK (length(id) <= 40),
    entity_id VARCHAR(40) NOT NULL CHECK (length(entity_id) <= 40),
    order_id VARCHAR(40) NOT NULL CHECK (length(order_id) <= 40),
    position INT NOT NULL,
    external_id VARCHAR(200) CHECK (length(external_id) <= 200),
    sku VARCHAR(200) CHECK (length(sku) <= 200),
    description VARCHAR(1000) NOT NULL CHECK (length(description) <= 1000),
    quantity VARCHAR(40) NOT NULL,
    unit VARCHAR(20) CHECK (length(unit) <= 20),
    unit_price VARCHAR(40) NOT NULL,
    supply TEXT NOT NULL,
    tax_class VARCHAR(32) NOT NULL CHECK (tax_class IN ('STANDARD', 'REDUCED', 'SECOND_REDUCED', 'SUPER_REDUCED', 'PARKING', 'ZERO', 'EXEMPT')),
    allowances TEXT NOT NULL,
    charges TEXT NOT NULL,
    CONSTRAINT uq_order_line_entity_id_order_id_position UNIQUE (platform_id, entity_id, order_id, position),
    CONSTRAINT fk_order_line_entity_id_order_id FOREIGN KEY (platform_id, entity_id, order_id) REFERENCES sales_order (platform_id, entity_id, id)
);
CREATE TABLE series (
    platform_id VARCHAR(40) NOT NULL CHECK (length(platform_id) <= 40),
    id VARCHAR(40) NOT NULL PRIMARY KEY CHECK (length(id) <= 40),
    entity_id VARCHAR(40) NOT NULL CHECK (length(entity_id) <= 40),
    type VARCHAR(32) NOT NULL CHECK (type IN ('STANDARD', 'CREDIT_NOTE', 'PROFORMA', 'ADVANCE', 'SELF_BILLED')),
    pattern VARCHAR(60) NOT NULL CHECK (length(pattern) <= 60),
    period VARCHAR(10) NOT NULL CHECK (length(period) <= 10),
    last_number BIGINT NOT NULL,
    last_issue_date DATE,
    last_hash VARCHAR(64) CHECK (length(last_hash) <= 64),
    created_at TIMESTAMP NOT NULL,
    CONSTRAINT uq_series_entity_id_id UNIQUE (platform_id, entity_id, id),
    CONSTRAINT uq_series_entity_id_type_pattern_period UNIQUE (platform_id, entity_id, type, pattern, period),
    CONSTRAINT fk_series_entity_id FOREIGN KEY (platform_id, entity_id) REFERENCES entity (platform_id, id)
);
CREATE TABLE invoice (
    platform_id VARCHAR(40) NOT NULL CHECK (length(platform_id) <= 40),
    id VARCHAR(40) NOT NULL PRIMARY KEY CHECK (length(id) <= 40),
    entity_id VARCHAR(40) NOT NULL CHECK (length(entity_id) <= 40),
    customer_id VARCHAR(40) NOT NULL CHECK (length(customer_id) <= 40),
    order_id VARCHAR(40) CHECK (length(order_id) <= 40),
    type VARCHAR(32) NOT NULL CHECK (type IN ('STANDARD', 'CREDIT_NOTE', 'PROFORMA', 'ADVANCE', 'SELF_BILLED')),
    status VARCHAR(32) NOT NULL CHECK (status IN ('DRAFT', 'PENDING', 'FINALIZED', 'VOID')),
    payment_status VARCHAR(32) NOT NULL CHECK (payment_status IN ('UNPAID', 'PARTIALLY_PAID', 'PAID')),
    series_id VARCHAR(40) CHECK (length(series_id) <= 40),
    sequence_number BIGINT,
    number VARCHAR(60) CHECK (length(number) <= 60),
    issue_date DATE,
    supply_date DATE,
    due_date DATE,
    payment_term_days INT NOT NULL,
    currency VARCHAR(3) NOT NULL CHECK (length(currency) <= 3),
    prices_include_tax INT NOT NULL,
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
    ship_to_country VARCHAR(2) CHECK (length(ship_to_country) <= 2),
    ship_to_region VARCHAR(10) CHECK (length(ship_to_region) <= 10),
    ship_to_postcode VARCHAR(20) CHECK (length(ship_to_postcode) <= 20),
    order_reference VARCHAR(200) CHECK (length(order_reference) <= 200),
    note VARCHAR(2000) CHECK (length(note) <= 2000),
    corrected_invoice_id VARCHAR(40) CHECK (length(corrected_invoice_id) <= 40),
    snapshot TEXT,
    content_hash VARCHAR(64) CHECK (length(content_hash) <= 64),
    previous_hash VARCHAR(64) CHECK (length(previous_hash) <= 64),
    pdf_sha256 VARCHAR(64) CHECK (length(pdf_sha256) <= 64),
    version INT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    created_by VARCHAR(80) NOT NULL CHECK (length(created_by) <= 80),
    updated_at TIMESTAMP NOT NULL,
    finalized_at TIMESTAMP,
    finalized_by VARCHAR(80) CHECK (length(finalized_by) <= 80),
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
    platform_id VARCHAR(40) NOT NULL CHECK (length(platform_id) <= 40),
    id VARCHAR(40) NOT NULL PRIMARY KEY CHECK (length(id) <= 40),
    entity_id VARCHAR(40) NOT NULL CHECK (length(entity_id) <= 40),
    invoice_id VARCHAR(40) NOT NULL CHECK (length(invoice_id) <= 40),
    position INT NOT NULL,
    order_line_id VARCHAR(40) CHECK (length(order_line_id) <= 40),
    sku VARCHAR(200) CHECK (length(sku) <= 200),
    description VARCHAR(1000) NOT NULL CHECK (length(description) <= 1000),
    quantity VARCHAR(40) NOT NULL,
    unit VARCHAR(20) CHECK (length(unit) <= 20),
    unit_price VARCHAR(40) NOT NULL,
    supply TEXT NOT NULL,
    tax_class VARCHAR(32) NOT NULL CHECK (tax_class IN ('STANDARD', 'REDUCED', 'SECOND_REDUCED', 'SUPER_REDUCED', 'PARKING', 'ZERO', 'EXEMPT')),
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
    platform_id VARCHAR(40) NOT NULL CHECK (length(platform_id) <= 40),
    id VARCHAR(40) NOT NULL PRIMARY KEY CHECK (length(id) <= 40),
    entity_id VARCHAR(40) NOT NULL CHECK (length(entity_id) <= 40),
    invoice_id VARCHAR(40) NOT NULL CHECK (length(invoice_id) <= 40),
    amount_minor BIGINT NOT NULL,
    currency VARCHAR(3) NOT NULL CHECK (length(currency) <= 3),
    method VARCHAR(40) NOT NULL CHECK (length(method) <= 40),
    reference VARCHAR(200) CHECK (length(reference) <= 200),
    paid_at TIMESTAMP NOT NULL,
    created_at TIMESTAMP NOT NULL,
    created_by VARCHAR(80) NOT NULL CHECK (length(created_by) <= 80),
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
    platform_id VARCHAR(40) NOT NULL CHECK (length(platform_id) <= 40),
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id VARCHAR(40) NOT NULL CHECK (length(id) <= 40),
    entity_id VARCHAR(40) CHECK (length(entity_id) <= 40),
    seq BIGINT,
    type VARCHAR(60) NOT NULL CHECK (length(type) <= 60),
    schema_version INT NOT NULL,
    subject_id VARCHAR(40) NOT NULL CHECK (length(subject_id) <= 40),
    payload TEXT NOT NULL,
    actor VARCHAR(80) NOT NULL CHECK (length(actor) <= 80),
    occurred_at TIMESTAMP NOT NULL,
    CONSTRAINT uq_event_id UNIQUE (platform_id, id),
    CONSTRAINT uq_event_seq UNIQUE (platform_id, seq),
    CONSTRAINT fk_event_platform FOREIGN KEY (platform_id) REFERENCES platform (id),
    CONSTRAINT fk_event_entity_id FOREIGN KEY (platform_id, entity_id) REFERENCES entity (platform_id, id)
);
CREATE INDEX ix_event_entity_id_seq ON event (platform_id, entity_id, seq);
CREATE INDEX ix_event_subject_id_seq ON event (platform_id, subject_id, seq);
CREATE INDEX px_event_position ON event (platform_id, position) WHERE seq IS NULL;
CREATE TABLE idempotency_key (
    platform_id VARCHAR(40) NOT NULL CHECK (length(platform_id) <= 40),
    id VARCHAR(40) NOT NULL PRIMARY KEY CHECK (length(id) <= 40),
    actor VARCHAR(80) NOT NULL CHECK (length(actor) <= 80),
    key VARCHAR(255) NOT NULL CHECK (length(key) <= 255),
    operation VARCHAR(60) NOT NULL CHECK (length(operation) <= 60),
    fingerprint VARCHAR(64) NOT NULL CHECK (length(fingerprint) <= 64),
    outcome TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    CONSTRAINT uq_idempotency_key_actor_key UNIQUE (platform_id, actor, key),
    CONSTRAINT fk_idempotency_key_platform FOREIGN KEY (platform_id) REFERENCES platform (id)
);
CREATE INDEX ix_idempotency_key_created_at ON idempotency_key (platform_id, created_at);
CREATE TABLE webhook_endpoint (
    platform_id VARCHAR(40) NOT NULL CHECK (length(platform_id) <= 40),
    id VARCHAR(40) NOT NULL PRIMARY KEY CHECK (length(id) <= 40),
    entity_id VARCHAR(40) CHECK (length(entity_id) <= 40),
    url VARCHAR(2048) NOT NULL CHECK (length(url) <= 2048),
    description VARCHAR(200) CHECK (length(description) <= 200),
    event_types TEXT NOT NULL,
    headers TEXT NOT NULL,
    secrets TEXT NOT NULL,
    status VARCHAR(32) NOT NULL CHECK (status IN ('ENABLED', 'DISABLED')),
    disabled_reason VARCHAR(200) CHECK (length(disabled_reason) <= 200),
    cursor_seq BIGINT NOT NULL,
    failing_since TIMESTAMP,
    version INT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    CONSTRAINT uq_webhook_endpoint_id UNIQUE (platform_id, id),
    CONSTRAINT fk_webhook_endpoint_platform FOREIGN KEY (platform_id) REFERENCES platform (id),
    CONSTRAINT fk_webhook_endpoint_entity_id FOREIGN KEY (platform_id, entity_id) REFERENCES entity (platform_id, id)
);
CREATE INDEX ix_webhook_endpoint_entity_id_id ON webhook_endpoint (platform_id, entity_id, id);
CREATE TABLE webhook_delivery (
    platform_id VARCHAR(40) NOT NULL CHECK (length(platform_id) <= 40),
    id VARCHAR(40) NOT NULL PRIMARY KEY CHECK (length(id) <= 40),
    entity_id VARCHAR(40) CHECK (length(entity_id) <= 40),
    endpoint_id VARCHAR(40) NOT NULL CHECK (length(endpoint_id) <= 40),
    event_id VARCHAR(40) NOT NULL CHECK (length(event_id) <= 40),
    event_type VARCHAR(60) NOT NULL CHECK (length(event_type) <= 60),
    seq BIGINT NOT NULL,
    status VARCHAR(32) NOT NULL CHECK (status IN ('PENDING', 'SUCCEEDED', 'FAILED')),
    attempt_count INT NOT NULL,
    next_attempt_at TIMESTAMP,
    lease_until TIMESTAMP,
    response_status INT,
    error VARCHAR(500) CHECK (length(error) <= 500),
    created_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP,
    CONSTRAINT uq_webhook_delivery_id UNIQUE (platform_id, id),
    CONSTRAINT uq_webhook_delivery_endpoint_id_event_id UNIQUE (platform_id, endpoint_id, event_id),
    CONSTRAINT fk_webhook_delivery_endpoint_id FOREIGN KEY (platform_id, endpoint_id) REFERENCES webhook_endpoint (platform_id, id),
    CONSTRAINT fk_webhook_delivery_event_id FOREIGN KEY (platform_id, event_id) REFERENCES event (platform_id, id)
);
CREATE INDEX ix_webhook_delivery_endpoint_id_id ON webhook_delivery (platform_id, endpoint_id, id);
CREATE INDEX ix_webhook_delivery_entity_id_id ON webhook_delivery (platform_id, entity_id, id);
CREATE INDEX px_webhook_delivery_next_attempt_at ON webhook_delivery (next_attempt_at) WHERE status = 'PENDING';
CREATE TABLE webhook_attempt (
    platform_id VARCHAR(40) NOT NULL CHECK (length(platform_id) <= 40),
    id VARCHAR(40) NOT NULL PRIMARY KEY CHECK (length(id) <= 40),
    entity_id VARCHAR(40) CHECK (length(entity_id) <= 40),
    delivery_id VARCHAR(40) NOT NULL CHECK (length(delivery_id) <= 40),
    number INT NOT NULL,
    ok INT NOT NULL,
    response_status INT,
    error VARCHAR(500) CHECK (length(error) <= 500),
    response_body TEXT,
    duration_ms INT NOT NULL,
    started_at TIMESTAMP NOT NULL,
    CONSTRAINT uq_webhook_attempt_delivery_id_number UNIQUE (platform_id, delivery_id, number),
    CONSTRAINT fk_webhook_attempt_delivery_id FOREIGN KEY (platform_id, delivery_id) REFERENCES webhook_delivery (platform_id, id)
);"""


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
    "eJztXWtz4ri2/SsqvkyfKqarQx6dk/lEEqeHMzTkJqTncbnlCCOCb4xM26KTnHPnv19Jts"
    "FPsNxAK86u6mqMrWU7awtpa7/0n4ZNv7m2ZdOH923LcheUNc7QfxoUzwg/yLnaRA08nyeu"
    "iXMMjxyJwLF2I5952BJ3nGDHJ/zUmPiWZ8+Z7VLRuI1m2HskbO5giyB3TjzMXO+9AI9di6"
    "PF3de3W1D764KYzH0gbEo83vq//6cpXm5MnokffZ0/mhObOOPkHzcWN5DnTfYyl+cupti7"
    "ki3FO4xMy3UWM7pqPX9hU5cum/NXFGcfCBWvRMaxP5UuHCckJToVvCs/wbwFWb7keHViTC"
    "Z44QjCBDp4g9W5hmn2+gPz1hiYZiNDZoSI8RaeslwqBGFT5su/f4afTYfQBzblX48+/B08"
    "Z8VD0Eo88Ev75uLX9s27ow//EA90uTQDKffCKy156W95C8xwcBPJ+opm+alAdNR+O1RHJ1"
    "Zcr/ri3slufSjDNm9VSLe8Jvhe8Wt5RPBhYpZl+ZJfYfaM5DOdRKb4HofQ99HBK2R/DdmD"
    "zmfjdtD+fC1uP/P9r47kqz0wxJWWPPuSOvvuJCWX5U3Q753Br0h8RX/1e4ak0/XZgyefuG"
    "o3+Ksh3gkvmGtS98nE4zgn0eno1N9i6Jo8xn5V4sQIW49P2BubmStuyy1qm700a83SZzDF"
    "D1JIgs2/m/Hh/9rBbOJ6s4LZYXl50/QwjzfcOD/0KUHhhIJsilz+deaOCR8vpwQxQjFl71"
    "GH+ejeHt8j20fkG/FekCtmAiSf+RO/Fj3T5I2yc8uOngHzku7zUih0U43uJKqGc9S2iF8R"
    "LX5O+RQbdDGTNHf4C2FqkQzdEVZnohvdzhfjDIn/h/S23bs87/9xhsKD9HhTRgSHrRIiOG"
    "wVikBcSorAwT4z+cDFO65PvmaFcW4/dCjL7/FZbEoYdqDu70IYH3bV5R/EG/z8z1br8PBj"
    "68Phyenx0cePx6cfTnlb+brZSx/XCOW886nTGyTlIU6Apgaa2p41NYMym70U6GnhxU1aGl"
    "k1K7GG94njcF3InSCMIj0IPdlsimyuNjnkATvIHgf3bHKV6ZkjGOPP9Jv8/WcjInoGwnSM"
    "Rh7/P2/5v4tHgIamh6JQrKHFlGoVvlMwnVUHbXQ08syIR7GjSHUKVonqsAfryfROLDZgEd"
    "stv3I+MFVZTqKA63Jc83UbW/hVl3crtM58N9oXA7nECz75Iu/u9troXRqXfJkXHQ6pYIlf"
    "5iejIz0Wf1x15dqtr/yDSONgdC/1i4hoc2xKDqrwvQQC4cqEt6oS3gLClQkXC2er0Li3nv"
    "M4to60l2J9DelFnFvhwlyV7whXP64PSpF9sIbtg2K6PfIgXq4C4StkDSkvxfgawrNObOFU"
    "8ZR6dgyis/JYdQQpM4AUjx+Z9f0M247Syj4C1K/3to6PypB7fFRMr7iWJHjOSVKaCJeA+h"
    "G8ffPUExn5NlPiNwapH8M7UevEjCUeyRRnvDQO6C5FN+NPsMc5ppN/+S4dkOcCd2wMVotp"
    "b53nz/hjkHD6RXy++9z+4x8Jx1+33/sUNY/xf9Htn6c1jYXnEWqpqRoxTC1IT5mcylicig"
    "1OmY5tz4j5b8XpMAGqIccnZXSOk2KV4ySjcTiuhR01C/cSUUOCd7DkFk7+wEFeOX4pfQ+d"
    "iW/0jC/GzRmSH0Pa75n9m0txIjqS567bf342egN5NjyW56/uuled7vLS6qseRvAgCsAUfm"
    "HMlCfdLFpnQWo7987xy0zEkTHizcwxfsmRQ2EYWi52f5FouxzHgmC01sHRx6PTw5OjZQza"
    "8sy60LNsmNk3zMxAJyceyXHnn7uuQzDNpzkLTnE84uhXSPK64L1+v5vo6ueddF+++3xu3L"
    "w7kP2eNxLrylzq/Rl2HHO08G1K/JzevZb6LBioL0+9q8y3CySrkmyrs2wDzep9WQQkmnG7"
    "irLGUnALUFsqqC1PU0LNBf1GPJs/syBAbvNaIOc2Oouj8Wu/e3mGxP9DKij8ZJyh4HNIu+"
    "3bgfml3e3wFqtjPVT9uccXWz5fdVnOYkxMhp8Vh6z8G8AAVn4AIwuTTT3iT13+FPJsETJW"
    "1kQL7wGCKC8I3pVn2HsRtLqeknsqDayfVX/dqioaeD4WjjsfM2ZPMhOR52pWzxhG57lAG0"
    "fgxHX5wlSF4hWifj344EMpx5RotiYWIyeA2n1wA54UiE6A6sf19vtyZNESE5xan84i68f3"
    "TnyuEXH2CCu5uNO4+tF9WMY/dVjsnzrMRsSEnI1sqwrVIax+TB8clBmyD4oH7IM003xF6e"
    "fGbBQa02MIMKFDprYK1a89Uzsu5sV8XFHMSSSIWTsx65aQ3+XacWNdUr5s0CyVmG86UduN"
    "2fmDKUGjF0b8IHc+yKP/yUfiDk2E59hjaOK5M1ntKLg78l3+DTPk2D7zERX1jpCFPe9FNJ"
    "pl0/N39AzIz9djwQL5+RqsFcMfvmJ2fhwENJegmT+OySATRdtHGgdklyc7xy1gU+y9rGU6"
    "zw8gpqBXSPM6R4DwRcaVLM7meafXvvkz350ZtY8rUOd/Dox2innQe0Hv3bne257bv5GiQl"
    "ThxU36Lp7b5iNRqETFl98McUQT+cz1yBhhX5aIuv21/XPr+OQX5E/dJ1Hl0yJI+OP5RVHT"
    "c4bHJL/u1PfeELRYPaYd0GI1mPF/kBartTl4+yxDeakdO5E8MrFzYorWBVNEiBpyfHBSxp"
    "+R1oNi/oyT3Gq1E3eh5BNNgGpIcxn/XLF7LuOd4yqNOcX+VIXiOKaGDG8/RW9OvJnt+1Xi"
    "d1PQWtC991Rf8OLVdZmbJ+aRWk53AlWL31dyODsto/qcFms+pzlFYuc2l1uF31MSuYXfk2"
    "YqfZ1+Th755j5WGjWTSJCyblLWxzZ4sfCZO5PmsDzr4PJyc4N90Io3LGEgHC1egjLyYpuf"
    "wFHdDOrIC990WLpN1on/0h6gIOs7cFSPiWWPSbApEH7OsxVu9d5gNtTDqgJmQw0MWuD83g"
    "/NsAcA7AFQF34f+Z+Wz+/mRN0IqzPXjYt+7/busyjPEx0N6fndbadn3N6eoehoSHv9njlo"
    "/9E+7xpm1/jU7prXxs1tv3eGiq6kdZtS6QNbz+KFiqU7rlgK2wLAtgBvhXDYFgC2BdCC9l"
    "Ksw7YAsC3Aq6QctgV4ZdsC7L2GrNb9d/vDc1CsW4XfFaJ+/G7fZBWwZVYYJrLI+vG95cEi"
    "pOz7dvzL3ETnQboRVjiTH0Pa6YXfw4Mhvet9MW46Vx2x6d/qWBpdDGlgMfQwpkS9fUqsaq"
    "7d3BuAh1c3D2/u2Eh9zpHyrh4F8PqNktuPkwmpUzWspWD1Y3onVgcofgLFT2B+gOInIGYd"
    "A7363rgwyiu41twQ4uVjh/imu2y7McrrdxFShcNwrJG7eJiyZFTWe3Q/4U8h3px3AnYv0j"
    "VF6FWY0Snaiq82nS9YEJ8VDmvIZtm4r50/DSLB9DA6QCSYBvYeiATbT2WOMKxWkegUDKjW"
    "O+hOb6p3sli0sMdUO/UKAivyUiR/n4H4lViGr2/6F8btbaf36QytjqWNuN+5MAIjsTwa0q"
    "t2pyvOBJ9DetHuXRhdeWp5OKQ3xtVd71KcjI70sB1zPcWqtExMAGGVqN0qMVms2a4k4hUM"
    "nAE6y3eycCY2X45WEXIaC5LWWdKWmFUrSjqNBUnrLOmoUv6McCmpmR4yyPqptrvbr8MjEy"
    "K2g1dy7uWC68f6blZtC09QphYGGMPovJCoyPNhGS2/WMmHLfO2M2dscac25jLsmDOb5u3T"
    "dm4/FLqzU8A6ubT/2WodHn5sfTg8OT0++vjx+PTD0redvbTOyX3e+dTppSSTFQF2HPdJqE"
    "DK1ZqSyFqMN3sv1sSH8gd15mMwoL0C7f7UnptcyawQQpsDraFCs90Y2ogz9QSSLLJ+ZG8/"
    "gSRirUpOWh62fpxvP+lhgm1n4SlRHYPUj+Fd7dIZCytR4joJq8WsuetCnhBkCkGmWqiAr8"
    "1GCUGmtRWzZkGmXZuSxppAU3m9uSHYVIaZysIPsunGWNM+JUi0ljvfUSThTbFFCKGMeGTM"
    "39ZlU/4UGfaJeS/jbZDHF0xjfjjlTbIRpVu6J8SN6uE/gLhRDVw3EDe6F5qD4VON5TgGSC"
    "7jhnR9Oz+Zs3AxEofAaiRnNQKlL/cZH/q4UDLDBc2B3FLkxt9MgeQUrIYD8a6scF8XWOoJ"
    "OetbYtkz7OQTHoelF7cB7n2If4XMr+H50rjofG5337WOmicpn3h8NkztV0ptJRNn1L6OY8"
    "a2rfWCK1OGbyj24CQQ+vCGPuwv5nMnZ5RY795eoWoxJO/buy1KalgO9r+rXNHyBjqLoHE7"
    "aPcu2zeXZyg6Eikll3cXQUaJPBjSW+Oi37s0lxeS3/n1u2vjJnY5/nVIr9s3vwUZL8HBkP"
    "5l3PTPkPh/SI0/jM/XgzMUfKbtWj8meQVCeiCk5y3Qro8x/pZ4dvgXZi3x4cXmppoPq2al"
    "TPDBZjrCJO4TLnL+o32POsxHnvv0k48c13pE4pbYsf9NfDSxqTjizX+RW3nL+CWxdQ91Xh"
    "D5xo8eONDPt8zv7lFgsNfD0gYGew2MnGCw3wvNkp2qqnGI1ZnoXK34guuznYGAGWco9oXr"
    "tzf9q/7N57ZM6ZZHQ9q+/CJytM9QeCB06O6Ved4JErhjX/TQeOeYCaO00gC1gugszKrRYG"
    "V+NSfFv5qTrAeGT/CKCXdLRA0J3n7UrtzLPdC0siyvy4VJAevk69pzLoxk0vZ9rpGKGKsc"
    "2yA/u0YISei68K3XZ5JdZxpsD4w8JqfYn6oMGAlQ/czY24/QhXjSKt0VAg2VbBsdeUQa+c"
    "aN6Gpzg3XDjrUrs2ex7Tg/O/YjQVzUC5FE/h7JqpMr4wKaeIQIe4PtI34bFz2SOUNPU9cR"
    "lSXRvU/x3J+67L4ZbDJMnsNak7y9GGTIOHdD4709GEwfeiwMwfShwZocTB97oRlqXNY7LF"
    "Rr/RcseWDJ22jJexN1NC9v2leDMyQ/uNiM3mUQYBAcDOlVp9fudv6S5TOjwyH90pfbMvH/"
    "9RBVVN3p+0SWvYvWorvrXbc7cuMr8SmjQwaddrf7pxmcT34X14Ozuggt8DIrzksJEExMmy"
    "emyE1eyZ6bA65k09WN8x9i0i0SQHFnL2S9Bj19+26hatZyMJQnI2SVCUzB3jKD4wr9bwy9"
    "L6HCMeLNOCEvOVpccX5dHrZOzsftlf2AUp4ZxbaMXgulPF9RKU8IOoeg87dGuyhEokz6Eg"
    "SUV6BcqBz8FZVZj+OA+ArEU8KqFGpOwOqkHe7ZjiFy8qrUyY7DgP7K9D94ru9XEUAKCCKo"
    "LAK57VIFCSRxIIDKArA8MrZF0GAFIWSxIIjKghDWqwoySMCA/sr0Q/V4qB6vDdlQPb4O9W"
    "iCwK9Ke2zlQOvI+A6qhlE3z2m0xjHs5jqM6kFvSX7XEpwNN3U9j1hC7QvD/1XjTgvw9ZPA"
    "DkJQwiyELN9rCi/FMHXgeO9meJcy4RJVTXxL4+rA/a5z3+Ye+Wa7C1+Z7AwQ2C7B9nhi+l"
    "PcOj5RojqBAp438wx7rsCeK1pMj68hRzZPzCO1KJsEqhZ+weQIdVpGrzwt1itPs6VTYXOb"
    "t/B7CtOdKwk6jd2CqDVTA+opabWxM42rn3q3ncFTu0oOazaNirdolqvoUGXjqCebTWVpSD"
    "wTjhD+ScfyO8PPSFTRFhrtL+g+OrwXpRPE3xPUkHya2g4Jaivw9ham1GVoRCRynFfWYZ8P"
    "hrIOeljCoKyDBkZIKOuwF5qrWde3YFN/a0TDNlTbN9Cstp+sVC0jBqyfBroDtxDsQwX7UP"
    "2AKBXYh2pfzK/LAIV9qPSK+4F9qPbTh2Efqh+THQf7UME+VJASDCnBb4d2SJOENMm3Sz+k"
    "Sf5wEUSuK9WBP46Dkf/V7UB4HVRjauT7daOrzQ0+3XmsXSl3bghA7gS5VJS/ly6FpqiDL9"
    "yk4feffBTVM8p3zla7Dbha9bAug6tVA8M+uFrB1VonooMInSq6ZBoJymRlZRIqF+66cuGM"
    "qy5q2yquEDVkd/vjSKWkakinVnd+yzo76sHiMRikBGgdKA6ZVG9KzJBJVetkAONbsbkouN"
    "bcYCwi30qbitr8gsWaiN+PcGGOI8MOh1GfX+HNgi0SLbzwxWWWtzej8j2GdEjvowBMGcsv"
    "AMJaMcK+MCe5TxTJMEJhebKpTzwWJAD45OuyfWSN4O0f8PxnsftjCOJnEe/3/NBvogeb88"
    "FvMqTpt+L/bv+razMi0w1GL/KuHnHwC8ITxu9jubOZzUS76+DHzJs30dOU6yD8z1jmIPBV"
    "je0IMP1e81dxHOvaSnpKoayhBqSvLWyPKyqwkGmwEvhxNt+aE/uDTI9aL7F2sqeU2nAdAm"
    "DvqMrBBIIyhS4dta/hoLH9jaN8a0pm2FQveJIF1snAu7W0Gn8x+l9iMdWd/hKoGnbkHeSE"
    "4RfHxTksF8daxCC1oHjfQXZ8XZXnFCru1ktALejedYkX15I+nCqWvhQUTH3amfr0sUB1xm"
    "Q2d5nwFf5GXhoFFSmSjZqbilKsmpuPYfuN1qnfhdUIo9mCYWmvkVUiMOJ4NMU+GruUg3w3"
    "sC5h5JE577yypS0qSPhPhPd4adsR9SBEc4QfeIfJ2rB2+iQIh9JDNQBjjwZaGagIO1URwr"
    "G1LLlh8xpS2zo+LuNKPz4udqWLaykFbC4IUcwiT4BqyPT2TRAT/nDizb3QYFCW6BSsjlRv"
    "va6tu2CWO8uxpq1PSojBakHz3pMAIWQD1nG7Xsf9TkZT13006Hju2oUxBelWzQ0ruaegvU"
    "nigM2BBhRx3ji1frCG8ohF7G/ERzJYwRdu/rhLv4lcL0o6CRxSv8hlFw5DAkRbiUSO+xCt"
    "1qyF57teToDCfp8Nyz091hyw3NNguQcu6H2wvPAcFX7D5jXswK0PR6elIqiPTteEUIuL2h"
    "QQ07or7yRgXU6u4a0U1yUpaC16+L7XJtMgcFKV+hgMaK9Au0/40o4p0x6DAe1VaGeYLSpX"
    "wlqhdSa/YfTa511Ruio8GNLLzm14KjpKL5vKDP/bL001tn3Bzdjk6y1fcbLNQmHCLTXhBo"
    "tXUzmQMYmrU7TXngMaJ9h2+FuZvp2bD7lhV5c0GLZ10c0mCDvJ7TKiEozpb+KHAxuc1VbM"
    "2vlMLolj82G3KPgt3apZ0mcyjgNK1fEKHA0inzFwRwQ+l2aYchjkIGLLInPeV4XfIkh2XM"
    "zfo3uHq8HElA3v0Qx7j75oj300Ivz9kM9vnF/0aw/PBB+JHiZk8JFoYL0HH8l+WA7GMWWe"
    "EzDo0GWollZ4RZ5jGCC5NMmqqZBJVA2J3kFC5D7ze7Uj94fYw96EUf7a6F0G+0YEB2KfiY"
    "sLw7gM9pgID4f0qt2RhvrgUw8zPWaMzOaMk77Ii9EtLgGZxtXpR7I1gxYlz8yMqFI3d+TA"
    "wSSsm8kjLu/YqllV1ikoyFlnOfNbzflfR8yi+a1w3MxB1qh8yNYGTuJ5asllS0D9VtDHpT"
    "zFx2s8xcc5nmJwtbyFgWpiU9ufVpJzCgoTkm5y1s7X0g401cZaV0vUqFnS04Jj7Us5Wn4d"
    "DK6RR3gX8+V2JxhFzhqZ1v8UFLCcEST+/Hy/ifotwA2ih1UN3CA6GDTBDbIHlqMhSZHnFA"
    "w6dAmq6WI2IjnLkeLNJpcAMIvlrO7cxxw7vOs6BNN8PgNAissRR7xCMtfZ1Pv9bkLjPO+k"
    "A9/vPp8bN+8OUvtyZykGCwVYKF63hWLZD0fuOKcUTnEiTQZYB8L3nU0zXgSlbsyZytiRQs"
    "Hkl+8S9apZ3pJIsLyBRabQItMmnm1NG/mWmPBic4MFBq+abTK8FEt4y4aRwpEndzXzevfM"
    "+M7RptgMUpi0Uqy4FGet1GG1uJPycuJ3pcBw2LyG7B6U0gwP1miGBzm+K5cykhet8q/bfq"
    "/AabWCpOdN22Lo/5Bj+69ROVlDriBjvVqY1gBTs6C4wQ/fgv3v/wewWWP6"
)
