-- What outlets print at the beginning or end of many articles, counted over the articles of each source. Counts are halved
-- every hundred articles, so that what a new template prints is learned and what an old one printed is forgotten.
CREATE TABLE edge_line (
    source TEXT NOT NULL,
    line TEXT NOT NULL, -- its letters
    articles INTEGER NOT NULL,
    PRIMARY KEY (source, line)
) WITHOUT ROWID;
CREATE TABLE edge_count (source TEXT PRIMARY KEY, articles INTEGER NOT NULL) WITHOUT ROWID;
-- Lines of the page that were left out of the text because the outlet prints them on many pages.
ALTER TABLE version ADD COLUMN recurring TEXT NOT NULL DEFAULT '[]';
