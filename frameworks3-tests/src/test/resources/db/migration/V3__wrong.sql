-- What cannot succeed.

UPDATE no_such_table SET price = 1;
