-- What the school's own lists say (A2). By source_id, the list's own id, a later import knows somebody again; whoever
-- has left keeps their row as long as something refers to it. Dates are ISO 8601.

ALTER TABLE person ADD COLUMN source_id TEXT CHECK (source_id <> '');
ALTER TABLE person ADD COLUMN left_at INTEGER;
CREATE UNIQUE INDEX person_by_source ON person (role, source_id) WHERE source_id IS NOT NULL;

ALTER TABLE student ADD COLUMN source_id TEXT CHECK (source_id <> '');
ALTER TABLE student ADD COLUMN born TEXT CHECK (born IS date(born));
ALTER TABLE student ADD COLUMN year_group TEXT NOT NULL DEFAULT '';
ALTER TABLE student ADD COLUMN left_at INTEGER;
CREATE UNIQUE INDEX student_by_source ON student (source_id) WHERE source_id IS NOT NULL;
CREATE INDEX student_by_name ON student (last_name, first_name);

ALTER TABLE class ADD COLUMN source_id TEXT CHECK (source_id <> '');
ALTER TABLE class ADD COLUMN year_group TEXT NOT NULL DEFAULT '';
ALTER TABLE class ADD COLUMN left_at INTEGER;
CREATE UNIQUE INDEX class_by_source ON class (source_id) WHERE source_id IS NOT NULL;

-- `listed`: it came with a list and goes with one; what was entered by hand stays.
ALTER TABLE contact ADD COLUMN relationship TEXT NOT NULL DEFAULT '';
ALTER TABLE contact ADD COLUMN priority INTEGER NOT NULL DEFAULT 0 CHECK (priority >= 0);
ALTER TABLE contact ADD COLUMN listed INTEGER NOT NULL DEFAULT 0 CHECK (listed IN (0, 1));
ALTER TABLE class_teacher ADD COLUMN source_id TEXT;
ALTER TABLE class_teacher ADD COLUMN listed INTEGER NOT NULL DEFAULT 0 CHECK (listed IN (0, 1));
ALTER TABLE class_student ADD COLUMN source_id TEXT;
ALTER TABLE class_student ADD COLUMN listed INTEGER NOT NULL DEFAULT 0 CHECK (listed IN (0, 1));
