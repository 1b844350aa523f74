# What the server refuses; the connection is as good as before.
! CREATE TABLE parent (id INT PRIMARY KEY, u VARCHAR(5) NOT NULL, n TINYINT, d DATE, UNIQUE KEY by_u (u)) ENGINE=InnoDB
! CREATE TABLE child (id INT PRIMARY KEY, parent INT, CONSTRAINT has_parent FOREIGN KEY (parent) REFERENCES parent (id)) ENGINE=InnoDB
! CREATE TABLE checked (a INT, CONSTRAINT positive CHECK (a > 0))
! INSERT INTO parent VALUES (1, 'one', 1, NULL)
! INSERT INTO child VALUES (1, 1)
! CREATE VIEW grouped AS SELECT COUNT(*) AS c FROM parent
! CREATE PROCEDURE complains() BEGIN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'from within'; END
SELEKT 1
SELECT * FROM
SELECT 'open
SELECT * FROM missing
SELECT missing FROM parent
SELECT parent.missing FROM parent
SELECT * FROM no_such_database.t
SELECT id FROM parent, child
SELECT NO_SUCH_FUNCTION(1)
SELECT ABS(1, 2)
CALL no_such_procedure()
INSERT INTO parent VALUES (1, 'two', 1, NULL)
INSERT INTO parent VALUES (2, 'one', 1, NULL)
INSERT INTO parent VALUES (2, NULL, 1, NULL)
INSERT INTO parent (id) VALUES (2)
INSERT INTO parent VALUES (2, 'far too long', 1, NULL)
INSERT INTO parent VALUES (2, 'two', 999, NULL)
INSERT INTO parent VALUES (2, 'two', 'x', NULL)
INSERT INTO parent VALUES (2, 'two', 1, 'x')
INSERT INTO parent VALUES (2, 'two', 1, '2024-02-31')
INSERT INTO parent VALUES (2)
INSERT INTO parent (id, id) VALUES (1, 2)
INSERT INTO child VALUES (2, 99)
DELETE FROM parent
UPDATE parent SET id = 2
UPDATE child SET parent = 99
DROP TABLE parent
INSERT INTO checked VALUES (0)
INSERT INTO grouped VALUES (1)
UPDATE grouped SET c = 1
SELECT ~0 + 1
SELECT 9223372036854775807 + 1
SELECT (SELECT 1 UNION SELECT 2)
SELECT (SELECT 1, 2)
SELECT 1 UNION SELECT 1, 2
SELECT COUNT(*) FROM parent GROUP BY no_such_column
SELECT MAX(COUNT(*)) FROM parent
CREATE TABLE parent (id INT)
CREATE DATABASE differential_errors
DROP TABLE missing
DROP DATABASE missing_database
CREATE TABLE wrong (id NO_SUCH_TYPE)
CREATE TABLE wrong (id INT, id INT)
CREATE TABLE wrong (id INT PRIMARY KEY, x INT PRIMARY KEY)
ALTER TABLE parent DROP COLUMN missing
ALTER TABLE parent ADD COLUMN id INT
CREATE INDEX by_u ON parent (u)
SET no_such_variable = 1
SET SESSION max_connections = 5
SET sql_mode = 'NO_SUCH_MODE'
SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'mine'
SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'mine', MYSQL_ERRNO = 30001
SIGNAL SQLSTATE '02000' SET MESSAGE_TEXT = 'nothing found'
SIGNAL SQLSTATE '08000' SET MESSAGE_TEXT = 'not really lost'
SIGNAL SQLSTATE '23000' SET MESSAGE_TEXT = 'for key'
SIGNAL SQLSTATE '99999' SET MESSAGE_TEXT = 'of no class'
SIGNAL SQLSTATE '0A000' SET MESSAGE_TEXT = 'unsupported'
SIGNAL SQLSTATE '28000' SET MESSAGE_TEXT = 'not allowed'
SIGNAL SQLSTATE '40001' SET MESSAGE_TEXT = 'again'
SIGNAL SQLSTATE 'HY000' SET MESSAGE_TEXT = 'general'
CALL complains()
RELEASE SAVEPOINT missing
USE missing_database
KILL 999999999
SET TRANSACTION READ ONLY
START TRANSACTION READ ONLY
INSERT INTO parent VALUES (3, 'three', 1, NULL)
ROLLBACK
SELECT JSON_EXTRACT('{bad', '$.a')
SELECT ST_GeomFromText('NONSENSE(1)')
SELECT 'a' REGEXP '('
SELECT CONVERT('a' USING no_such_charset)
SELECT 'a' COLLATE no_such_collation
SELECT _utf8mb4'a' COLLATE latin1_bin
EXECUTE not_prepared
GRANT SELECT ON *.* TO no_such_user
SELECT * FROM parent WHERE id = ? AND missing = 1 <- int 1
INSERT INTO parent VALUES (?, ?, ?, NULL) <- int 1 | text two | int 1
INSERT INTO parent VALUES (?, ?, ?, NULL) <- int 2 | text far too long | int 1
INSERT INTO parent VALUES (?, ?, ?, NULL) <- int 2 | null | int 1
SELECT 1
# Statements that take too long.
mysql: SELECT /*+ MAX_EXECUTION_TIME(1) */ COUNT(*) FROM information_schema.collations a, information_schema.collations b, information_schema.collations c, information_schema.collations d
mariadb: SET STATEMENT max_statement_time = 0.01 FOR SELECT SLEEP(5)
SET GLOBAL no_such_variable = 1
SELECT * FROM parent WHERE id = 1 FOR UPDATE NOWAIT
CALL mysql.no_such()
SELECT 1
