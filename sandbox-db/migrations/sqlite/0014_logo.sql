-- A practice's own logo: an SVG document; empty where the portal's own mark will do.
ALTER TABLE practice ADD COLUMN logo TEXT NOT NULL DEFAULT '';
