-- Instants are seconds since 1970 (UTC) on the simulator's own clock; dates are AAAA-MM-DD.
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE IF NOT EXISTS companies (
    rut TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    resolution_date TEXT NOT NULL,
    resolution_number INTEGER NOT NULL,
    actecos TEXT NOT NULL,
    types TEXT NOT NULL,
    users TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS cafs (
    id INTEGER PRIMARY KEY,
    rut TEXT NOT NULL,
    type INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    authorised_on TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS annulled_folios (
    rut TEXT NOT NULL,
    type INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS seeds (seed TEXT PRIMARY KEY, issued_at REAL NOT NULL);

CREATE TABLE IF NOT EXISTS tokens (
    token TEXT PRIMARY KEY,
    rut TEXT NOT NULL,
    expires_at REAL NOT NULL
);

CREATE TABLE IF NOT EXISTS boleta_seeds (seed TEXT PRIMARY KEY, issued_at REAL NOT NULL);

CREATE TABLE IF NOT EXISTS boleta_tokens (
    token TEXT PRIMARY KEY,
    rut TEXT NOT NULL,
    expires_at REAL NOT NULL
);

CREATE TABLE IF NOT EXISTS envelopes (
    track_id INTEGER PRIMARY KEY,
    company TEXT NOT NULL,
    sender TEXT NOT NULL,
    filename TEXT NOT NULL,
    sha1 TEXT NOT NULL,
    content BLOB NOT NULL,
    received_at REAL NOT NULL,
    visible_at REAL NOT NULL,
    state TEXT NOT NULL,
    next_at REAL,
    reasons TEXT NOT NULL DEFAULT '[]'
);
CREATE INDEX IF NOT EXISTS envelopes_due ON envelopes (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS envelopes_content ON envelopes (company, sha1);

CREATE TABLE IF NOT EXISTS envelope_states (
    track_id INTEGER NOT NULL,
    state TEXT NOT NULL,
    at REAL NOT NULL
);

CREATE TABLE IF NOT EXISTS documents (
    id INTEGER PRIMARY KEY,
    track_id INTEGER NOT NULL,
    rut TEXT NOT NULL,
    type INTEGER NOT NULL,
    folio INTEGER NOT NULL,
    receiver TEXT NOT NULL,
    issued_on TEXT NOT NULL,
    total INTEGER NOT NULL,
    verdict TEXT NOT NULL,
    reasons TEXT NOT NULL,
    decided_at REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS documents_folio ON documents (rut, type, folio);
CREATE UNIQUE INDEX IF NOT EXISTS documents_held
    ON documents (rut, type, folio) WHERE verdict IN ('accepted', 'objected');

CREATE TABLE IF NOT EXISTS document_references (
    document_id INTEGER NOT NULL,
    code INTEGER NOT NULL,
    type INTEGER NOT NULL,
    folio INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS script (
    id INTEGER PRIMARY KEY,
    operation TEXT NOT NULL,
    action TEXT NOT NULL,
    times INTEGER NOT NULL,
    folio INTEGER,
    type INTEGER
);

CREATE TABLE IF NOT EXISTS exchanges (
    id INTEGER PRIMARY KEY,
    at REAL NOT NULL,
    operation TEXT NOT NULL,
    http_status INTEGER,
    outcome TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS claims (
    id INTEGER PRIMARY KEY,
    rut TEXT NOT NULL,
    type INTEGER NOT NULL,
    folio INTEGER NOT NULL,
    code TEXT NOT NULL,
    responsible TEXT NOT NULL,
    at REAL NOT NULL
);

CREATE TABLE IF NOT EXISTS register_documents (
    issuer TEXT NOT NULL,
    receiver TEXT NOT NULL,
    type INTEGER NOT NULL,
    folio INTEGER NOT NULL,
    period TEXT NOT NULL,
    received_at REAL NOT NULL,
    row TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS register_lists (
    rut TEXT NOT NULL,
    period TEXT NOT NULL,
    name TEXT NOT NULL,
    rows TEXT NOT NULL,
    PRIMARY KEY (rut, period, name)
);
