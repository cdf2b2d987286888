-- How many items of a look its entry point had announced before, and whether others may have been missed since the look
-- before: NULL where nobody counted. And whether it showed that the validators of the looks before it were false.
ALTER TABLE fetch ADD COLUMN known_items INTEGER;
ALTER TABLE fetch ADD COLUMN may_have_missed INTEGER;
ALTER TABLE fetch ADD COLUMN false_validators INTEGER NOT NULL DEFAULT 0;
CREATE INDEX fetch_false_validators ON fetch (url, finished) WHERE false_validators = 1;
-- How long an entry point is left alone, where that is not as long as others are.
ALTER TABLE poll ADD COLUMN interval_seconds INTEGER;
ALTER TABLE poll ADD COLUMN unmodified_since INTEGER;
ALTER TABLE poll ADD COLUMN false_validators_at INTEGER;
-- When an item says that it was published: to the second for what was announced before this column was.
ALTER TABLE entry ADD COLUMN published INTEGER;
UPDATE entry SET published = unixepoch(json_extract(body, '$.published.at')) * 1000000;
-- All that is asked of the past of an entry point, so that no whole texts are read for it.
CREATE INDEX entry_point_seen ON entry (source, entry_point, seen_by, seen_after, published, updated, leader);
