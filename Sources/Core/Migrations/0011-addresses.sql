-- Addresses that people give: one corrected on a student's page, or many uploaded in a list.

-- A pinned address was given by a person: no roster blanks or replaces it. roster_address says what the roster has.
ALTER TABLE account ADD COLUMN address_is_pinned BOOLEAN NOT NULL DEFAULT FALSE
    CHECK (address_is_pinned IN (TRUE, FALSE));

-- Whether teachers may correct the address of a student of theirs.
ALTER TABLE district ADD COLUMN teachers_correct_addresses BOOLEAN NOT NULL DEFAULT FALSE
    CHECK (teachers_correct_addresses IN (TRUE, FALSE));

CREATE INDEX account_by_number ON account (number) WHERE number IS NOT NULL;

-- What happened to a student is told from the sheets too.
CREATE INDEX card_sheet_line_by_account ON card_sheet_line (account_id);

-- An uploaded list: first what it would change, then, confirmed, what it changed. It goes when ends_at has passed.
CREATE TABLE address_list (
    id TEXT PRIMARY KEY,
    act_id TEXT NOT NULL UNIQUE,
    made_by TEXT NOT NULL REFERENCES account (id),
    made_at BIGINT NOT NULL,
    file_name TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('reading', 'ready', 'refused', 'applying', 'applied')),
    ends_at BIGINT NOT NULL,
    -- How much of the file is read, in hundredths.
    percent BIGINT NOT NULL DEFAULT 0,
    refused_reason TEXT,
    refused_value TEXT,
    confirmed_by TEXT REFERENCES account (id),
    applied_at BIGINT
);
CREATE INDEX address_list_by_end ON address_list (ends_at);

-- One line of the list, by its number in the file: whom it means, what it would do, and once applied what it did.
CREATE TABLE address_list_line (
    list_id TEXT NOT NULL REFERENCES address_list (id),
    line BIGINT NOT NULL,
    named TEXT NOT NULL,
    address TEXT NOT NULL,
    address_key TEXT,
    account_id TEXT REFERENCES account (id),
    before_address TEXT,
    finding TEXT NOT NULL CHECK (finding IN ('change', 'pin', 'same', 'repeated', 'conflict', 'notFound', 'several',
        'username', 'bad', 'changed', 'pinned', 'overtaken')),
    reason TEXT,
    PRIMARY KEY (list_id, line)
);
CREATE INDEX address_list_line_by_finding ON address_list_line (list_id, finding, line);
CREATE INDEX address_list_line_by_account ON address_list_line (list_id, account_id) WHERE account_id IS NOT NULL;

-- Addresses of a list that more people would share than can be told apart at the door.
CREATE TABLE address_list_crowd (
    list_id TEXT NOT NULL REFERENCES address_list (id),
    address TEXT NOT NULL,
    people BIGINT NOT NULL,
    PRIMARY KEY (list_id, address)
);
