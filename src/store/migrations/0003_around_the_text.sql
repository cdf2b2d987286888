-- What a page says around its article: kept with each version from here on.
ALTER TABLE version ADD COLUMN standfirst TEXT;
ALTER TABLE version ADD COLUMN section TEXT;
ALTER TABLE version ADD COLUMN marks TEXT NOT NULL DEFAULT '[]'; -- paragraphs that are headings, items, quotations, turns
ALTER TABLE version ADD COLUMN discrepancies TEXT NOT NULL DEFAULT '[]'; -- other headlines, authors and dates given
