-- What people made of statements: every act is kept, and the newest upon a reading is what stands.
-- A statement is found again by what was printed (article to ordinal), never by a row, so that a judgement outlives
-- new versions and better rules. The version says where the person read it.
CREATE TABLE judgement (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id INTEGER NOT NULL REFERENCES article (id),
    place      TEXT    NOT NULL,
    sentence   TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    cue        TEXT    NOT NULL,
    ordinal    INTEGER NOT NULL, -- among equals, in the order of the text
    decision   TEXT    NOT NULL,
    note       TEXT,
    at         INTEGER NOT NULL,
    version_id INTEGER NOT NULL REFERENCES version (id),
    claim      TEXT    NOT NULL, -- bytes of the sentence
    statement  TEXT    NOT NULL  -- as it was read when it was judged
) STRICT;
CREATE INDEX judgement_article ON judgement (article_id);

CREATE TRIGGER judgement_stays BEFORE UPDATE ON judgement
BEGIN SELECT RAISE(ABORT, 'a judgement is followed by another and never changed'); END;

CREATE TRIGGER judgement_is_kept BEFORE DELETE ON judgement
BEGIN SELECT RAISE(ABORT, 'a judgement is kept for ever'); END;
