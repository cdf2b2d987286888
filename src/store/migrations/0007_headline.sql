-- Whether an entry point announced a headline before, however many entries it has.
CREATE INDEX entry_headline ON entry (source, entry_point, title);
