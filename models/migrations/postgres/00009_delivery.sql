-- +goose Up
-- What was written to posts before there was delivery lies in their inboxes and
-- is not sent any more.
ALTER TABLE notices ADD COLUMN bundled_at BIGINT NOT NULL DEFAULT 0;
UPDATE notices SET bundled_at = created_at;
CREATE INDEX notices_waiting ON notices (post_id) WHERE bundled_at = 0;

-- How the owner of a duty was proved to be told.
ALTER TABLE obligations ADD COLUMN noticed_how TEXT NOT NULL DEFAULT '';

CREATE TABLE news (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    post_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    details TEXT NOT NULL,
    urgent BOOLEAN NOT NULL,
    key TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    bundled_at BIGINT NOT NULL,
    read_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE messages (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    sender_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    channel TEXT NOT NULL,
    key TEXT NOT NULL,
    recipient BYTEA NOT NULL,
    post_id TEXT NOT NULL,
    holder_id TEXT NOT NULL,
    day TEXT NOT NULL,
    state TEXT NOT NULL,
    problem TEXT NOT NULL,
    detail TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    unknowns INTEGER NOT NULL,
    next_at BIGINT NOT NULL,
    claim TEXT NOT NULL,
    claimed_until BIGINT NOT NULL,
    provider_id TEXT NOT NULL,
    price BIGINT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    superseded_by TEXT NOT NULL,
    actor TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    sent_at BIGINT NOT NULL,
    delivered_at BIGINT NOT NULL,
    read_at BIGINT NOT NULL,
    settled_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE message_items (
    message_id TEXT NOT NULL,
    item_id TEXT NOT NULL,
    outcome TEXT NOT NULL,
    PRIMARY KEY (message_id, item_id)
);

CREATE TABLE channels (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    party_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    enabled BOOLEAN NOT NULL,
    settings TEXT NOT NULL,
    secret BYTEA NOT NULL,
    daily_cap BIGINT NOT NULL,
    daily_budget BIGINT NOT NULL,
    per_minute BIGINT NOT NULL,
    paused_until BIGINT NOT NULL,
    failures BIGINT NOT NULL,
    failing_since BIGINT NOT NULL,
    problem TEXT NOT NULL,
    actor TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE bad_addresses (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    channel TEXT NOT NULL,
    recipient BYTEA NOT NULL,
    post_id TEXT NOT NULL,
    holder_id TEXT NOT NULL,
    reason TEXT NOT NULL,
    message_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    cleared_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE chat_addresses (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    holder_id TEXT NOT NULL,
    channel TEXT NOT NULL,
    address BYTEA NOT NULL,
    actor TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE UNIQUE INDEX news_once ON news (key);
CREATE UNIQUE INDEX messages_key ON messages (key);
CREATE UNIQUE INDEX channels_once ON channels (party_id, kind);
CREATE UNIQUE INDEX bad_addresses_once ON bad_addresses (channel, recipient) WHERE cleared_at = 0;
CREATE UNIQUE INDEX chat_addresses_once ON chat_addresses (holder_id, channel);

CREATE INDEX news_waiting ON news (post_id) WHERE bundled_at = 0;
CREATE INDEX news_post ON news (post_id, created_at);
CREATE INDEX news_agreement ON news (agreement_id);
CREATE INDEX messages_due ON messages (channel, sender_id, next_at) WHERE state = 'queued';
CREATE INDEX messages_unsent ON messages (recipient) WHERE state = 'queued';
CREATE INDEX messages_claimed ON messages (claimed_until) WHERE state = 'sending';
CREATE INDEX messages_sent ON messages (sender_id, channel, sent_at) WHERE sent_at > 0;
CREATE INDEX messages_dead ON messages (id) WHERE state IN ('failed', 'bounced', 'unknown');
CREATE INDEX messages_post ON messages (post_id);
CREATE INDEX message_items_item ON message_items (item_id);
CREATE INDEX bad_addresses_post ON bad_addresses (post_id);

-- +goose Down
DROP TABLE chat_addresses;
DROP TABLE bad_addresses;
DROP TABLE channels;
DROP TABLE message_items;
DROP TABLE messages;
DROP TABLE news;
ALTER TABLE obligations DROP COLUMN noticed_how;
DROP INDEX notices_waiting;
ALTER TABLE notices DROP COLUMN bundled_at;
