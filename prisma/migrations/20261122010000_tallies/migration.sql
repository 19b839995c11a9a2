-- Connections that only walk indexes would compare every new row with every old one here: a hundred answers at once, ten
-- thousand comparisons. Rows that a statement changed have no index; they are matched by hashing, whoever writes.
ALTER FUNCTION tally_updated() SET enable_hashjoin = on;
