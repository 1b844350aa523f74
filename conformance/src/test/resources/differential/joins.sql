# Where columns come from, through joins, unions, views and derived tables.
! CREATE TABLE a (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(10) NOT NULL, n SMALLINT UNSIGNED, UNIQUE (name))
! CREATE TABLE b (id BIGINT PRIMARY KEY, a_id INT, price DECIMAL(8,2), at DATETIME(3), FOREIGN KEY (a_id) REFERENCES a (id))
! INSERT INTO a VALUES (1, 'one', 1), (2, 'two', 65535), (3, 'three', NULL)
! INSERT INTO b VALUES (10, 1, 1.50, '2024-01-01 00:00:00.123'), (20, 1, 2.50, NULL), (30, NULL, NULL, '2024-01-02 00:00:00')
! CREATE VIEW both_tables AS SELECT a.id AS a_id, a.name, b.price * 2 AS twice FROM a JOIN b ON b.a_id = a.id
SELECT * FROM a JOIN b ON b.a_id = a.id ORDER BY b.id
SELECT * FROM a LEFT JOIN b ON b.a_id = a.id ORDER BY a.id, b.id
SELECT * FROM a RIGHT JOIN b ON b.a_id = a.id ORDER BY b.id
SELECT a.id, b.id FROM a, b ORDER BY a.id, b.id
SELECT x.name AS n1, y.name AS n2 FROM a x JOIN a y ON x.id = y.id ORDER BY x.id
SELECT * FROM a NATURAL JOIN (SELECT 1 AS id) AS d
SELECT * FROM both_tables ORDER BY twice
SELECT name FROM both_tables AS v ORDER BY 1
SELECT * FROM (SELECT id, name, n + 1 AS m FROM a) AS derived ORDER BY id
SELECT d.m FROM (SELECT id, n + 1 AS m FROM a) AS d ORDER BY id
WITH c AS (SELECT id, name FROM a) SELECT * FROM c ORDER BY id
WITH RECURSIVE r AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM r WHERE i < 3) SELECT i FROM r
SELECT id FROM a UNION SELECT id FROM b ORDER BY id
SELECT id, name FROM a UNION ALL SELECT id, price FROM b ORDER BY id
SELECT n FROM a UNION SELECT -1 ORDER BY 1
SELECT 1 UNION SELECT 'x'
SELECT 1 UNION SELECT 1.5
SELECT 1 UNION SELECT NULL
SELECT CAST(1 AS UNSIGNED) UNION SELECT -1
SELECT DATE '2024-01-01' UNION SELECT TIMESTAMP '2024-01-01 12:00:00'
SELECT 'a' UNION SELECT x'62'
SELECT name FROM a UNION SELECT 'a much longer text than the column' ORDER BY 1
SELECT name, COUNT(*), SUM(price), MIN(at) FROM a LEFT JOIN b ON b.a_id = a.id GROUP BY name ORDER BY name
SELECT n, COUNT(*) FROM a GROUP BY n WITH ROLLUP
SELECT DISTINCT a_id FROM b ORDER BY a_id
SELECT * FROM a WHERE id IN (SELECT a_id FROM b)
SELECT * FROM a WHERE FALSE
SELECT (SELECT COUNT(*) FROM b WHERE b.a_id = a.id) AS orders, name FROM a ORDER BY id
SELECT id AS "id" , name AS "a label with blanks", n AS `select` FROM a ORDER BY id LIMIT 1
SELECT *, 1 AS one FROM a ORDER BY id LIMIT 2
SELECT a.*, b.price FROM a JOIN b ON b.a_id = a.id ORDER BY b.id LIMIT 1 OFFSET 1
SELECT id FROM a ORDER BY id FOR UPDATE
TABLE_NAME
SELECT table_name, table_rows IS NULL, engine FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY table_name
SELECT column_name, data_type, is_nullable, column_key FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'a' ORDER BY ordinal_position
SELECT * FROM a WHERE id = ? AND name = ? <- int 1 | text one ; int 2 | text two ; int 9 | text none
SELECT * FROM b WHERE price > ? ORDER BY id <- decimal 1.75
SELECT * FROM b WHERE at = ? <- local 2024-01-01T00:00:00.123
SELECT name FROM a WHERE name LIKE ? ORDER BY name <- text t%
SELECT * FROM a LIMIT ? <- int 1
