-- The school, its people, one evening after the other, and everything the heart needs: appointments, invites, links,
-- mail, audit. Times are milliseconds since 1970 (UTC); minutes are minutes since 1970.

CREATE TABLE school (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    name TEXT NOT NULL CHECK (name <> ''),
    zone TEXT NOT NULL CHECK (zone <> ''),
    locale TEXT NOT NULL CHECK (locale <> ''),
    contact_email TEXT NOT NULL
) STRICT;

-- AUTOINCREMENT where an id is an identity or is shown to people: it must never come to mean somebody else.
CREATE TABLE person (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    role TEXT NOT NULL CHECK (role IN ('parent', 'teacher', 'admin')),
    name TEXT NOT NULL CHECK (name <> ''),
    email TEXT NOT NULL COLLATE NOCASE CHECK (instr(email, char(10)) = 0 AND instr(email, char(13)) = 0),
    locale TEXT NOT NULL CHECK (locale <> '')
) STRICT;
CREATE INDEX person_by_email ON person (email);
CREATE INDEX person_by_role ON person (role, name);

CREATE TABLE student (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    first_name TEXT NOT NULL CHECK (first_name <> ''),
    last_name TEXT NOT NULL CHECK (last_name <> '')
) STRICT;

-- Whose parent or guardian somebody is.
CREATE TABLE contact (
    parent INTEGER NOT NULL REFERENCES person (id),
    student INTEGER NOT NULL REFERENCES student (id),
    PRIMARY KEY (parent, student)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_by_student ON contact (student);

CREATE TABLE class (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL CHECK (name <> ''),
    subject TEXT NOT NULL
) STRICT;

-- At most three teachers a class (M12).
CREATE TABLE class_teacher (
    class INTEGER NOT NULL REFERENCES class (id),
    position INTEGER NOT NULL CHECK (position BETWEEN 1 AND 3),
    teacher INTEGER NOT NULL REFERENCES person (id),
    PRIMARY KEY (class, position),
    UNIQUE (class, teacher)
) STRICT, WITHOUT ROWID;
CREATE INDEX class_teacher_by_teacher ON class_teacher (teacher);

CREATE TABLE class_student (
    class INTEGER NOT NULL REFERENCES class (id),
    student INTEGER NOT NULL REFERENCES student (id),
    PRIMARY KEY (class, student)
) STRICT, WITHOUT ROWID;
CREATE INDEX class_student_by_student ON class_student (student);

CREATE TABLE evening (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL CHECK (title <> ''),
    starts_at INTEGER NOT NULL CHECK (starts_at % 60000 = 0),
    ends_at INTEGER NOT NULL CHECK (ends_at % 60000 = 0 AND ends_at > starts_at),
    slot_minutes INTEGER NOT NULL CHECK (slot_minutes BETWEEN 1 AND 240),
    gap_minutes INTEGER NOT NULL CHECK (gap_minutes BETWEEN 0 AND 240),
    booking_opens_at INTEGER,
    booking_closes_at INTEGER CHECK (booking_closes_at > booking_opens_at)
) STRICT;
CREATE INDEX evening_by_start ON evening (starts_at);

-- How a class takes part in an evening.
CREATE TABLE offer (
    evening INTEGER NOT NULL REFERENCES evening (id),
    class INTEGER NOT NULL REFERENCES class (id),
    mode TEXT NOT NULL CHECK (mode IN ('video', 'in_person', 'telephone')),
    room TEXT NOT NULL,
    first_slot_at INTEGER NOT NULL CHECK (first_slot_at % 60000 = 0),
    slot_minutes INTEGER NOT NULL CHECK (slot_minutes BETWEEN 1 AND 240),
    gap_minutes INTEGER NOT NULL CHECK (gap_minutes BETWEEN 0 AND 240),
    PRIMARY KEY (evening, class)
) STRICT, WITHOUT ROWID;
CREATE INDEX offer_by_class ON offer (class);

CREATE TABLE appointment (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    evening INTEGER NOT NULL,
    student INTEGER NOT NULL REFERENCES student (id),
    parent INTEGER NOT NULL REFERENCES person (id),
    class INTEGER NOT NULL,
    starts_at INTEGER NOT NULL CHECK (starts_at % 60000 = 0),
    ends_at INTEGER NOT NULL CHECK (ends_at % 60000 = 0 AND ends_at > starts_at AND ends_at <= starts_at + 240 * 60000),
    gap_minutes INTEGER NOT NULL CHECK (gap_minutes BETWEEN 0 AND 240),
    mode TEXT NOT NULL CHECK (mode IN ('video', 'in_person', 'telephone')),
    room TEXT NOT NULL,
    note TEXT NOT NULL CHECK (length(note) <= 500),
    sequence INTEGER NOT NULL DEFAULT 0 CHECK (sequence >= 0),
    state TEXT NOT NULL DEFAULT 'booked' CHECK (state IN ('booked', 'cancelled')),
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    FOREIGN KEY (evening, class) REFERENCES offer (evening, class),
    UNIQUE (id, evening, student, state)
) STRICT;
-- No student twice in one class (B4).
CREATE UNIQUE INDEX appointment_once_a_class ON appointment (evening, student, class) WHERE state = 'booked';
CREATE INDEX appointment_by_parent ON appointment (parent, evening);
CREATE INDEX appointment_by_student ON appointment (student, evening);

-- `evening`, `student` and `state` repeat the appointment's and follow it, so that one index can hold the rule.
CREATE TABLE appointment_teacher (
    appointment INTEGER NOT NULL,
    position INTEGER NOT NULL CHECK (position BETWEEN 1 AND 3),
    teacher INTEGER NOT NULL REFERENCES person (id),
    evening INTEGER NOT NULL,
    student INTEGER NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (appointment, position),
    UNIQUE (appointment, teacher),
    FOREIGN KEY (appointment, evening, student, state) REFERENCES appointment (id, evening, student, state)
        ON UPDATE CASCADE ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
-- No student twice with one teacher (B4).
CREATE UNIQUE INDEX appointment_once_a_teacher ON appointment_teacher (evening, student, teacher) WHERE state = 'booked';
CREATE INDEX appointment_teacher_by_teacher ON appointment_teacher (teacher, evening);

-- Who is taken in which minute, gaps included. Slot lengths differ, so this, and not the slots, refuses double booking (B4).
CREATE TABLE occupancy (
    person INTEGER NOT NULL REFERENCES person (id),
    minute INTEGER NOT NULL,
    appointment INTEGER NOT NULL REFERENCES appointment (id) ON DELETE CASCADE,
    PRIMARY KEY (person, minute)
) STRICT, WITHOUT ROWID;
CREATE INDEX occupancy_by_appointment ON occupancy (appointment);

-- 0 to 479: the longest slot with the longest gap. A trigger can count with it.
CREATE TABLE number (value INTEGER PRIMARY KEY) STRICT;
INSERT INTO number
WITH RECURSIVE count (value) AS (SELECT 0 UNION ALL SELECT value + 1 FROM count WHERE value < 479)
SELECT value FROM count;

CREATE TRIGGER appointment_is_the_parents_own BEFORE INSERT ON appointment
WHEN NOT EXISTS (SELECT 1 FROM contact WHERE parent = NEW.parent AND student = NEW.student)
BEGIN SELECT RAISE(ABORT, 'an appointment is for a student of the parent'); END;

CREATE TRIGGER appointment_takes_the_parents_time AFTER INSERT ON appointment WHEN NEW.state = 'booked'
BEGIN
    INSERT INTO occupancy (person, minute, appointment)
    SELECT NEW.parent, NEW.starts_at / 60000 + value, NEW.id FROM number
    WHERE value < (NEW.ends_at - NEW.starts_at) / 60000 + NEW.gap_minutes;
END;

CREATE TRIGGER appointment_takes_the_teachers_time AFTER INSERT ON appointment_teacher WHEN NEW.state = 'booked'
BEGIN
    INSERT INTO occupancy (person, minute, appointment)
    SELECT NEW.teacher, a.starts_at / 60000 + value, a.id
    FROM appointment a JOIN number ON value < (a.ends_at - a.starts_at) / 60000 + a.gap_minutes
    WHERE a.id = NEW.appointment;
END;

CREATE TRIGGER appointment_frees_its_time AFTER UPDATE OF state ON appointment WHEN NEW.state = 'cancelled'
BEGIN DELETE FROM occupancy WHERE appointment = NEW.id; END;

CREATE TRIGGER appointment_keeps_its_people AFTER DELETE ON appointment_teacher
WHEN EXISTS (SELECT 1 FROM appointment WHERE id = OLD.appointment AND state = 'booked')
BEGIN SELECT RAISE(ABORT, 'a booked appointment keeps its teachers'); END;

CREATE TRIGGER appointment_keeps_its_teachers BEFORE UPDATE ON appointment_teacher
WHEN NEW.appointment <> OLD.appointment OR NEW.teacher <> OLD.teacher
BEGIN SELECT RAISE(ABORT, 'a booked appointment keeps its teachers'); END;

CREATE TRIGGER appointment_is_not_moved
BEFORE UPDATE OF evening, student, parent, class, starts_at, ends_at, gap_minutes ON appointment
BEGIN SELECT RAISE(ABORT, 'an appointment is moved by cancelling it and booking another'); END;

CREATE TRIGGER appointment_stays_cancelled BEFORE UPDATE OF state ON appointment
WHEN OLD.state = 'cancelled' AND NEW.state <> 'cancelled'
BEGIN SELECT RAISE(ABORT, 'a cancelled appointment stays cancelled'); END;

CREATE TABLE invite (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    evening INTEGER NOT NULL REFERENCES evening (id),
    parent INTEGER NOT NULL REFERENCES person (id),
    guest_name TEXT NOT NULL CHECK (length(guest_name) BETWEEN 1 AND 100),
    guest_email TEXT NOT NULL CHECK (length(guest_email) BETWEEN 3 AND 254),
    consent_wording TEXT NOT NULL CHECK (consent_wording <> ''),
    consented_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    live INTEGER NOT NULL DEFAULT 1 CHECK (live IN (0, 1)),
    removed_at INTEGER,
    last_opened_at INTEGER,
    knocked_out_at INTEGER,
    CHECK ((live = 1) = (removed_at IS NULL)),
    UNIQUE (id, evening, parent, live)
) STRICT;
CREATE INDEX invite_by_parent ON invite (parent, evening);

-- `evening`, `parent` and `live` repeat the invite's and follow it, so that one index can hold the rule.
CREATE TABLE invite_student (
    invite INTEGER NOT NULL,
    student INTEGER NOT NULL REFERENCES student (id),
    evening INTEGER NOT NULL,
    parent INTEGER NOT NULL,
    live INTEGER NOT NULL,
    PRIMARY KEY (invite, student),
    FOREIGN KEY (invite, evening, parent, live) REFERENCES invite (id, evening, parent, live)
        ON UPDATE CASCADE ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
-- At most one live invite per (evening, parent, student) (M1).
CREATE UNIQUE INDEX invite_once_a_student ON invite_student (evening, parent, student) WHERE live = 1;

CREATE TRIGGER invite_is_for_the_parents_own BEFORE INSERT ON invite_student
WHEN NOT EXISTS (SELECT 1 FROM contact WHERE parent = NEW.parent AND student = NEW.student)
BEGIN SELECT RAISE(ABORT, 'an invite is for a student of the parent'); END;

CREATE TRIGGER invite_stays_removed BEFORE UPDATE OF live ON invite WHEN OLD.live = 0 AND NEW.live <> 0
BEGIN SELECT RAISE(ABORT, 'a removed invite stays removed'); END;

-- Only hashes of tokens are kept (P1); `name` is public and, with the box's key, makes the token again for a mail.
CREATE TABLE link (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE CHECK (length(name) = 32),
    token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    purpose TEXT NOT NULL CHECK (purpose IN ('sign_in', 'guest')),
    person INTEGER REFERENCES person (id),
    invite INTEGER REFERENCES invite (id),
    evening INTEGER REFERENCES evening (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL CHECK (expires_at > created_at),
    revoked_at INTEGER,
    CHECK ((purpose = 'sign_in') = (person IS NOT NULL)),
    CHECK ((purpose = 'guest') = (invite IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX link_one_live_for_a_guest ON link (invite) WHERE invite IS NOT NULL AND revoked_at IS NULL;
CREATE INDEX link_by_person ON link (person, evening);
CREATE INDEX link_by_expiry ON link (expires_at);

CREATE TABLE session (
    token_hash BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
    link INTEGER NOT NULL REFERENCES link (id) ON DELETE CASCADE,
    role TEXT NOT NULL CHECK (role IN ('guest', 'parent', 'teacher', 'admin')),
    key INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL CHECK (expires_at > created_at)
) STRICT;
CREATE INDEX session_by_link ON session (link);
CREATE INDEX session_by_expiry ON session (expires_at);

-- The outbox (N1). The text is rendered from `facts` when it is sent.
CREATE TABLE mail (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('guest_invite', 'booking_confirmation', 'booking_cancelled', 'sign_in')),
    to_name TEXT NOT NULL,
    to_email TEXT NOT NULL CHECK (to_email <> '' AND instr(to_email, char(10)) = 0 AND instr(to_email, char(13)) = 0),
    locale TEXT NOT NULL,
    message_id TEXT NOT NULL UNIQUE,
    facts TEXT NOT NULL CHECK (json_valid(facts)),
    link INTEGER REFERENCES link (id) ON DELETE SET NULL,
    person INTEGER REFERENCES person (id),
    invite INTEGER REFERENCES invite (id),
    appointment INTEGER REFERENCES appointment (id),
    state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sending', 'sent', 'failed', 'withdrawn')),
    attempts INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    next_attempt_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    last_error TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX mail_due ON mail (next_attempt_at) WHERE state = 'queued';
CREATE INDEX mail_sending ON mail (id) WHERE state = 'sending';
CREATE INDEX mail_failed ON mail (id) WHERE state = 'failed';
CREATE INDEX mail_by_invite ON mail (invite) WHERE invite IS NOT NULL;
CREATE INDEX mail_by_person ON mail (person, kind, created_at);
CREATE INDEX mail_by_link ON mail (link) WHERE link IS NOT NULL;

CREATE TRIGGER mail_is_sent_once BEFORE UPDATE OF state ON mail WHEN OLD.state = 'sent' AND NEW.state <> 'sent'
BEGIN SELECT RAISE(ABORT, 'a mail that was sent is not sent again'); END;

-- Who did what (A9). No names: those live with the object and go with it.
CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    actor_role TEXT CHECK (actor_role IN ('guest', 'parent', 'teacher', 'admin')),
    actor_key INTEGER,
    action TEXT NOT NULL CHECK (action <> ''),
    object TEXT NOT NULL,
    CHECK ((actor_role IS NULL) = (actor_key IS NULL))
) STRICT;

CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is not changed'); END;
