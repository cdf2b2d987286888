-- Times are microseconds since 1970 in UTC; what is a list or a small record of ours is JSON.

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

-- The WARC files, and how far each is known to be whole.
CREATE TABLE warc (
    name TEXT PRIMARY KEY,
    good INTEGER NOT NULL
) STRICT;

CREATE TABLE capture (
    id     INTEGER PRIMARY KEY,
    file   TEXT    NOT NULL REFERENCES warc (name),
    offset INTEGER NOT NULL,
    length INTEGER NOT NULL,
    sha256 TEXT    NOT NULL,
    url    TEXT    NOT NULL,
    at     INTEGER NOT NULL
) STRICT;
CREATE INDEX capture_same ON capture (sha256, url);

CREATE TABLE fetch (
    id         INTEGER PRIMARY KEY,
    source     TEXT,
    url        TEXT    NOT NULL,
    purpose    TEXT    NOT NULL,
    started    INTEGER NOT NULL,
    finished   INTEGER NOT NULL,
    outcome    TEXT    NOT NULL,
    status     INTEGER,
    bytes      INTEGER NOT NULL,
    failure    TEXT,
    final_url  TEXT,
    feed_kind  TEXT,
    repairs    TEXT    NOT NULL,
    problems   TEXT    NOT NULL,
    items      INTEGER,
    new_items  INTEGER,
    capture_id INTEGER REFERENCES capture (id)
) STRICT;
CREATE INDEX fetch_url ON fetch (url, purpose, started);
CREATE INDEX fetch_source ON fetch (source, purpose, started);

CREATE TABLE poll (
    url              TEXT PRIMARY KEY,
    etag             TEXT,
    last_modified    TEXT,
    body_sha256      TEXT,
    last_attempt     INTEGER,
    last_answer      INTEGER,
    last_new         INTEGER,
    failures         INTEGER NOT NULL,
    not_before       INTEGER,
    last_problem     TEXT,
    newest_item      INTEGER,
    unconditional_at INTEGER
) STRICT;

CREATE TABLE story (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    name    TEXT    NOT NULL,
    created INTEGER NOT NULL
) STRICT;

CREATE TABLE article (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    source       TEXT,
    url          TEXT UNIQUE,
    by_hand      INTEGER NOT NULL,
    seen_after   INTEGER,
    seen_by      INTEGER NOT NULL,
    outcome      TEXT    NOT NULL,
    last_look    INTEGER NOT NULL,
    story_id     INTEGER REFERENCES story (id),
    reprint_of   INTEGER REFERENCES article (id),
    reprint_kind TEXT,
    placed_why   TEXT
) STRICT;
CREATE INDEX article_story ON article (story_id);
CREATE INDEX article_source ON article (source, seen_by);
CREATE INDEX article_seen ON article (seen_by);

-- Every address under which an article was announced or asked for leads to it.
CREATE TABLE address (
    url        TEXT PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES article (id)
) STRICT;

CREATE TABLE version (
    id                INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id        INTEGER NOT NULL REFERENCES article (id),
    number            INTEGER NOT NULL,
    url               TEXT,
    canonical         TEXT,
    title             TEXT    NOT NULL,
    authors           TEXT    NOT NULL,
    provider          TEXT,
    published         INTEGER,
    published_raw     TEXT,
    published_assumed INTEGER,
    updated           INTEGER,
    site              TEXT,
    lang              TEXT    NOT NULL,
    text              TEXT    NOT NULL,
    partial           TEXT,
    layer             TEXT    NOT NULL,
    assessed_lang     TEXT    NOT NULL,
    region            TEXT,
    verdict           TEXT    NOT NULL,
    score             REAL    NOT NULL,
    topic             TEXT,
    why               TEXT    NOT NULL,
    seen_after        INTEGER,
    seen_by           INTEGER NOT NULL,
    capture_id        INTEGER REFERENCES capture (id),
    made_by           TEXT    NOT NULL,
    print             TEXT    NOT NULL, -- SHA-256 of headline and body
    UNIQUE (article_id, number)
) STRICT;
CREATE INDEX version_print ON version (print);
CREATE INDEX version_seen ON version (seen_by);

CREATE TABLE statement (
    id         INTEGER PRIMARY KEY,
    version_id INTEGER NOT NULL REFERENCES version (id),
    position   INTEGER NOT NULL,
    kind       TEXT    NOT NULL,
    polarity   TEXT    NOT NULL,
    candidate  INTEGER NOT NULL,
    speaker_id TEXT,
    target_id  TEXT,
    confidence REAL    NOT NULL,
    body       TEXT    NOT NULL,
    UNIQUE (version_id, position)
) STRICT;

-- What an entry point announced. Another sighting of the same page is a row too: `leader` is the row that was first.
CREATE TABLE entry (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    source      TEXT    NOT NULL,
    entry_point TEXT    NOT NULL,
    key         TEXT    NOT NULL,
    url         TEXT,
    title       TEXT    NOT NULL,
    updated     INTEGER,
    body        TEXT    NOT NULL,
    seen_after  INTEGER,
    seen_by     INTEGER NOT NULL,
    leader      INTEGER REFERENCES entry (id),
    article_id  INTEGER REFERENCES article (id),
    waits       INTEGER NOT NULL, -- 1 while its page is to be looked at
    tries       INTEGER NOT NULL,
    last_try    INTEGER,
    UNIQUE (source, entry_point, key)
) STRICT;
CREATE INDEX entry_url ON entry (url);
CREATE INDEX entry_key ON entry (source, key);
CREATE INDEX entry_leader ON entry (leader);
CREATE INDEX entry_article ON entry (article_id);
CREATE INDEX entry_seen ON entry (source, seen_by);
CREATE INDEX entry_waits ON entry (waits) WHERE waits = 1;

-- How each page ended: one row an entry that was the first, or a page brought in by hand.
CREATE TABLE outcome (
    id         INTEGER PRIMARY KEY,
    entry_id   INTEGER UNIQUE REFERENCES entry (id),
    article_id INTEGER REFERENCES article (id),
    source     TEXT,
    url        TEXT,
    title      TEXT    NOT NULL,
    by_hand    INTEGER NOT NULL,
    kind       TEXT    NOT NULL,
    reason     TEXT    NOT NULL,
    message    TEXT    NOT NULL,
    at         INTEGER NOT NULL
) STRICT;
CREATE INDEX outcome_at ON outcome (at);
CREATE INDEX outcome_article ON outcome (article_id);
CREATE INDEX outcome_url ON outcome (url) WHERE entry_id IS NULL;

CREATE TABLE gone (
    id         INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES article (id),
    after      INTEGER,
    by         INTEGER NOT NULL,
    answer     TEXT    NOT NULL,
    back_by    INTEGER
) STRICT;
CREATE INDEX gone_article ON gone (article_id);

-- One row an article, at its newest place; places are never used again.
CREATE TABLE change_log (
    seq        INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id INTEGER NOT NULL UNIQUE REFERENCES article (id)
) STRICT;
