# NULL in each type.
! CREATE TABLE empties (id INT PRIMARY KEY, t TINYINT, t1 TINYINT(1), bu BIGINT UNSIGNED, i INT, d DECIMAL(10,2), f FLOAT, db DOUBLE, y YEAR, b1 BIT(1), b8 BIT(8),
  da DATE, ti TIME(3), dt DATETIME(6), ts TIMESTAMP NULL, c CHAR(5), v VARCHAR(5), tx TEXT, e ENUM('a'), s SET('a'), bi BINARY(3), bl BLOB, j JSON, g GEOMETRY)
! INSERT INTO empties (id) VALUES (1)
! INSERT INTO empties VALUES (2, 0, 0, 0, 0, 0, 0, 0, 2000, b'0', b'0', '2000-01-01', '00:00:00', '2000-01-01', '2000-01-01', '', '', '', 'a', '', '', '', '0', NULL)
SELECT * FROM empties ORDER BY id
SELECT NULL
SELECT NULL AS a, NULL AS b UNION SELECT 1, 'x'
SELECT t + 1, v || 'x', CONCAT(v, 'x'), da + INTERVAL 1 DAY AS later FROM empties ORDER BY id
SELECT MAX(t), MAX(v), MAX(dt), SUM(d) FROM empties WHERE id = 1
SELECT e.id, o.v, o.dt, o.d FROM empties e LEFT JOIN empties o ON o.id = e.id + 1 ORDER BY e.id
SELECT ?, ? <- null | int 1
SELECT ?, ? <- null | null
SELECT ? <- null ; null
