-- 1 where the page said the same as at the look before, and another rule or another release read it otherwise: the outlet
-- changed nothing. Such a version takes the place of the one before, and the time at which that was seen.
ALTER TABLE version ADD COLUMN read_anew INTEGER NOT NULL DEFAULT 0;
