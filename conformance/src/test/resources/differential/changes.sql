# What statements change: counts, keys, and sequences of results.
! CREATE TABLE c (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(10) UNIQUE, n INT DEFAULT 5) ENGINE=InnoDB
! CREATE TABLE plain (a INT, b VARCHAR(10))
! CREATE TABLE large (id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY, v INT) AUTO_INCREMENT = 9223372036854775800
INSERT INTO plain VALUES (1, 'a')
INSERT INTO plain VALUES (2, 'b'), (3, 'c')
INSERT INTO plain SELECT a + 10, b FROM plain
UPDATE plain SET b = 'x' WHERE a = 1
UPDATE plain SET b = 'x' WHERE a = 1
UPDATE plain SET b = 'y'
UPDATE plain SET b = 'z' WHERE a = 999
DELETE FROM plain WHERE a = 1
DELETE FROM plain WHERE a = 1
DELETE FROM plain
TRUNCATE TABLE plain
keys: INSERT INTO plain VALUES (1, 'a')
keys: INSERT INTO c (name) VALUES ('first')
keys: INSERT INTO c (name) VALUES ('second'), ('third'), ('fourth')
keys: INSERT INTO c (id, name) VALUES (50, 'fifty')
keys: INSERT INTO c (name) VALUES ('after fifty')
keys: INSERT INTO c SET name = 'set'
keys: INSERT INTO c () VALUES ()
keys: INSERT INTO c (name) VALUES ('first') ON DUPLICATE KEY UPDATE n = n + 1
keys: INSERT INTO c (name) VALUES ('fresh') ON DUPLICATE KEY UPDATE n = n + 1
keys: INSERT INTO c (name) VALUES ('first') ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id), n = n + 1
keys: INSERT INTO c (name) VALUES ('first'), ('mixed') ON DUPLICATE KEY UPDATE n = n + 1
keys: INSERT IGNORE INTO c (name) VALUES ('first')
keys: INSERT IGNORE INTO c (name) VALUES ('first'), ('ignored not')
keys: INSERT INTO c (id, name) VALUES (NULL, 'null key'), (0, 'zero key')
keys: INSERT INTO c (id, name) VALUES (NULL, 'made'), (900, 'given')
keys: INSERT INTO c (name) SELECT CONCAT('s', id) FROM c WHERE id < 4
keys: REPLACE INTO c (id, name) VALUES (50, 'fifty again')
keys: REPLACE INTO c (name) VALUES ('first')
keys: UPDATE c SET n = 1 WHERE id = 2
keys: DELETE FROM c WHERE id = 3
keys: INSERT INTO large (v) VALUES (1)
keys: INSERT INTO c (name) VALUES (?) <- text by name ; text by name 2
keys: INSERT INTO c (name, n) VALUES (?, ?), (?, ?) <- text p1 | int 1 | text p2 | int 2
keys: INSERT INTO c (name, n) VALUES (?, 1), (?, 2), (?, 3) <- text q1 | text q2 | text q3
mariadb: INSERT INTO c (name) VALUES ('returned') RETURNING id, name
mariadb: DELETE FROM c WHERE name = 'returned' RETURNING id
SELECT id, name, n FROM c ORDER BY id
CREATE TABLE made (a INT)
CREATE TABLE IF NOT EXISTS made (a INT)
INSERT INTO made VALUES (1), (2), (3)
ALTER TABLE made ADD COLUMN b INT DEFAULT 7
SELECT * FROM made
CREATE TABLE copied AS SELECT * FROM made
CREATE INDEX made_a ON made (a)
CREATE TEMPORARY TABLE passing (a INT)
DROP TABLE made, copied
DROP TABLE IF EXISTS made
CREATE OR REPLACE VIEW seen AS SELECT 1 AS one
DROP VIEW seen
SET @x = 5
SET SESSION sort_buffer_size = 300000
SET NAMES utf8mb4
DO 1
START TRANSACTION
COMMIT
BEGIN
ROLLBACK
SAVEPOINT s
FLUSH STATUS
ANALYZE TABLE plain
CHECK TABLE plain
OPTIMIZE TABLE plain
LOCK TABLES plain READ
UNLOCK TABLES
UPDATE c, plain SET c.n = 9 WHERE c.id = plain.a
DELETE c FROM c JOIN plain ON plain.a = c.id
