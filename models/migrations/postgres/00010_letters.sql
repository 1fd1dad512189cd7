-- +goose Up
CREATE TABLE logos (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    party_id TEXT NOT NULL,
    hash BYTEA NOT NULL,
    data BYTEA NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    actor TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE letterheads (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    party_id TEXT NOT NULL,
    name TEXT NOT NULL,
    names TEXT NOT NULL,
    address TEXT NOT NULL,
    place TEXT NOT NULL,
    paper TEXT NOT NULL,
    margins TEXT NOT NULL,
    font TEXT NOT NULL,
    points BIGINT NOT NULL,
    pattern TEXT NOT NULL,
    code TEXT NOT NULL,
    logo_id TEXT NOT NULL,
    actor TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE letter_signers (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    letterhead_id TEXT NOT NULL,
    level TEXT NOT NULL,
    post_id TEXT NOT NULL,
    on_behalf TEXT NOT NULL,
    holder_id TEXT NOT NULL,
    detail BYTEA NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    actor TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE letters (
    id TEXT NOT NULL,
    province_code TEXT NOT NULL,
    regency_code TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    letterhead_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    level TEXT NOT NULL,
    about_kind TEXT NOT NULL,
    about_id TEXT NOT NULL,
    subject TEXT NOT NULL,
    addressee TEXT NOT NULL,
    version INTEGER NOT NULL,
    replaces_id TEXT NOT NULL,
    earlier_id TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    on_day TEXT NOT NULL,
    workdays INTEGER NOT NULL,
    due_on TEXT NOT NULL,
    signer_post_id TEXT NOT NULL,
    on_behalf TEXT NOT NULL,
    number TEXT NOT NULL,
    number_year INTEGER NOT NULL,
    number_seq INTEGER NOT NULL,
    numbered_on TEXT NOT NULL,
    code TEXT NOT NULL,
    body BYTEA NOT NULL,
    logo_id TEXT NOT NULL,
    renderer TEXT NOT NULL,
    hash BYTEA NOT NULL,
    pages INTEGER NOT NULL,
    issued_at BIGINT NOT NULL,
    issued_by TEXT NOT NULL,
    sent_on TEXT NOT NULL,
    sent_how TEXT NOT NULL,
    receipt BYTEA NOT NULL,
    scan_id TEXT NOT NULL,
    signed_id TEXT NOT NULL,
    actor TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE letter_duties (
    letter_id TEXT NOT NULL,
    obligation_id TEXT NOT NULL,
    slot TEXT NOT NULL,
    PRIMARY KEY (letter_id, obligation_id)
);

CREATE TABLE letter_posts (
    letter_id TEXT NOT NULL,
    post_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (letter_id, post_id)
);

CREATE UNIQUE INDEX letters_number ON letters (letterhead_id, number_year, number) WHERE number <> '';
CREATE UNIQUE INDEX letters_register ON letters (letterhead_id, number_year, number_seq) WHERE number_seq > 0;
CREATE UNIQUE INDEX letters_code ON letters (code);
CREATE UNIQUE INDEX letters_successor ON letters (replaces_id) WHERE replaces_id <> '';
CREATE UNIQUE INDEX letter_duties_slot ON letter_duties (obligation_id, slot) WHERE slot <> '';

CREATE INDEX logos_party ON logos (party_id);
CREATE INDEX letterheads_party ON letterheads (party_id);
CREATE INDEX letter_signers_letterhead ON letter_signers (letterhead_id);
CREATE INDEX letters_agreement ON letters (agreement_id, state);
CREATE INDEX letters_about ON letters (about_id);
CREATE INDEX letter_posts_post ON letter_posts (post_id);

-- +goose Down
DROP TABLE letter_posts;
DROP TABLE letter_duties;
DROP TABLE letters;
DROP TABLE letter_signers;
DROP TABLE letterheads;
DROP TABLE logos;
