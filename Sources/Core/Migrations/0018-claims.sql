-- Which claim a mail is in the hand of: a server that lost the answer to its claim knows what is not in its hand.
ALTER TABLE mail ADD COLUMN claim_id TEXT;
